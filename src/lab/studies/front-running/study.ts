import type { Arm } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import type { SandwichTreatment } from "./sandwich.ts";
import { runSandwich } from "./sandwich.ts";

const ARMS: readonly Arm<SandwichTreatment>[] = [
  { name: "kept", label: "orders that nobody overhears", treatment: { isOverheard: false, rules: {} } },
  { name: "continuous", label: "a front-runner in continuous trading", treatment: { isOverheard: true, rules: {} } },
];

export const frontRunning = defineStudy({
  name: "front-running",
  question: "What does a front-runner cost its victims, and which way of trading stops it?",
  design:
    "Institutions send orders for more than stands at the touch. Each order is overheard on its way to the venue by a front-runner that is faster: it takes what the institution is about to take and offers it again, dearer. Slippage is counted from the mid at which the institution decided.",
  seedCount: 16,
  parameters: {
    simulatedSeconds: { preset: 600, low: 10, high: 86_400, means: "length of each run, in simulated seconds" },
    ordersPerMinute: { preset: 12, low: 0.1, high: 600, means: "orders of the institutions a minute" },
    sizeShares: { preset: 800, low: 500, high: 100_000, means: "shares in each of them" },
    reachTicks: { preset: 20, low: 0, high: 10_000, means: "how far through the touch they go, in ticks" },
  },
  arms: ARMS,
  measures: [
    { name: "runner", label: "the front-runner's profit", heading: "front-runner", unit: "USD/h", digits: 0 },
    { name: "slippage", label: "the institutions' slippage", heading: "slippage", unit: "bp", digits: 3 },
    { name: "filled", label: "the share of their orders that is filled", heading: "filled", unit: "%", digits: 1 },
    { name: "makers", label: "the makers' profit", heading: "makers", unit: "USD/h", digits: 0 },
  ],
  charts: [
    { kind: "intervals", title: "The front-runner's profit", measure: "runner" },
    { kind: "intervals", title: "The institutions' slippage", measure: "slippage" },
  ],
  runArm: ({ treatment, seed, parameters }) => runSandwich(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "runner", arm: "continuous" }),
    findings.comparison({ measure: "slippage", arm: "continuous", against: "kept" }),
  ],
});
