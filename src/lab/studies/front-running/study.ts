import type { Arm } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import type { SandwichTreatment } from "./sandwich.ts";
import { runSandwich } from "./sandwich.ts";

const BATCH = { auctions: { batch: { window: "1s" }, allocation: "proRata" } };
/** What is overheard in the first 700 ms of a batch is a hash, and later it is too late. */
const COMMIT = { ...BATCH, commitReveal: { reveal: "300ms", commitsMax: 64 } };

const ARMS: readonly Arm<SandwichTreatment>[] = [
  { name: "kept", label: "orders that nobody overhears", treatment: { isOverheard: false, rules: {} } },
  { name: "continuous", label: "a front-runner in continuous trading", treatment: { isOverheard: true, rules: {} } },
  {
    name: "kept-batch",
    label: "batches of 1 s that nobody overhears",
    treatment: { isOverheard: false, rules: BATCH },
  },
  { name: "batch", label: "a front-runner in batches of 1 s", treatment: { isOverheard: true, rules: BATCH } },
  {
    name: "kept-commit",
    label: "commit and reveal that nobody overhears",
    treatment: { isOverheard: false, rules: COMMIT },
  },
  { name: "commit", label: "a front-runner under commit and reveal", treatment: { isOverheard: true, rules: COMMIT } },
];

export const frontRunning = defineStudy({
  name: "front-running",
  question: "What does a front-runner cost its victims, and which way of trading stops it?",
  design:
    "Institutions send orders for more than stands at the touch. Each order is overheard on its way to the venue by a front-runner that is faster: it takes what the institution is about to take and offers it again, dearer. Slippage is counted from the mid at which the institution decided.",
  seedCount: 24,
  parameters: {
    simulatedSeconds: { preset: 600, low: 60, high: 86_400, means: "length of each run, in simulated seconds" },
    ordersPerMinute: { preset: 12, low: 0.1, high: 600, means: "orders of the institutions a minute" },
    sizeShares: { preset: 800, low: 500, high: 100_000, means: "shares in each of them" },
    reachTicks: { preset: 20, low: 0, high: 10_000, means: "how far through the touch they go, in ticks" },
  },
  arms: ARMS,
  measures: [
    { name: "runner", label: "the front-runner's profit", heading: "front-runner", unit: "USD/h", digits: 0 },
    { name: "slippage", label: "the institutions' slippage", heading: "slippage", unit: "bp", digits: 3 },
    {
      name: "filled",
      label: "the share of their orders that is filled",
      heading: "filled",
      unit: "%",
      differenceUnit: "points",
      digits: 1,
    },
  ],
  charts: [
    { kind: "intervals", title: "The front-runner's profit", measure: "runner" },
    { kind: "intervals", title: "The institutions' slippage", measure: "slippage" },
  ],
  runArm: ({ treatment, seed, parameters }) => runSandwich(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "runner", arm: "continuous" }),
    findings.comparison({ measure: "slippage", arm: "continuous", against: "kept" }),
    findings.level({ measure: "runner", arm: "batch" }),
    findings.comparison({ measure: "runner", arm: "batch", against: "continuous" }),
    findings.comparison({ measure: "slippage", arm: "batch", against: "kept-batch" }),
    findings.level({ measure: "runner", arm: "commit" }),
    findings.comparison({ measure: "runner", arm: "commit", against: "continuous" }),
    findings.comparison({ measure: "slippage", arm: "commit", against: "kept-commit" }),
    ...["batch", "commit"].map((arm) => findings.comparison({ measure: "slippage", arm, against: "continuous" })),
  ],
});
