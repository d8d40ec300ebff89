import type { Arm } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import { RIVALS_MS, runDealers } from "./dealers.ts";

function at(distanceMs: number): Arm<number> {
  const label = distanceMs === RIVALS_MS ? `A as far as its rivals, ${RIVALS_MS} ms` : `A at ${distanceMs} ms`;
  return { name: `at-${distanceMs}ms`, label, dose: distanceMs, treatment: distanceMs };
}

const EQUAL = at(RIVALS_MS);
const NEARER = [0.1, 1, 5].map(at);
const FARTHER = [20, 50, 100].map(at);
const BY_DISTANCE = [...NEARER, EQUAL, ...FARTHER].map(({ name }) => name);

export const latencyAndProfit = defineStudy({
  name: "latency-and-profit",
  question: "What does the distance to the venue cost an agent that is otherwise like the others?",
  design: `Dealer A and its rivals run the same program: each quotes both sides of a public value, and when it jumps cancels, takes stale quotes and quotes anew. News is made at the venue. The rivals are ${RIVALS_MS} ms away; A moves. Investors trade at random with whoever stands first.`,
  reference:
    "Budish, Cramton and Shim (2015), The High-Frequency Trading Arms Race; Baron, Brogaard, Hagströmer and Kirilenko (2019), Risk and Return in High-Frequency Trading",
  seedCount: 16,
  parameters: {
    simulatedSeconds: { preset: 300, low: 10, high: 86_400, means: "length of each run, in simulated seconds" },
    newsPerSecond: { preset: 1, low: 0.01, high: 10, means: "mean number of jumps of the value a second" },
    jumpTicks: { preset: 10, low: 1, high: 1_000, means: "standard deviation of a jump, in ticks" },
    halfSpreadTicks: { preset: 5, low: 1, high: 1_000, means: "how far from the value the dealers quote, in ticks" },
    rivals: { preset: 5, low: 1, high: 50, means: "how many other dealers there are" },
    jitterShare: { preset: 0.2, low: 0, high: 1, means: "share of each latency that is drawn for each message" },
  },
  arms: [EQUAL, ...NEARER, ...FARTHER],
  measures: [
    { name: "profit", label: "A's profit", heading: "A", unit: "USD/h", digits: 0 },
    { name: "making", label: "A's profit from its quotes", heading: "its quotes", unit: "USD/h", digits: 0 },
    {
      name: "taking",
      label: "A's profit from others' stale quotes",
      heading: "stale quotes",
      unit: "USD/h",
      digits: 0,
    },
    { name: "rivals", label: "the mean rival's profit", heading: "a rival", unit: "USD/h", digits: 0 },
    {
      name: "advantage",
      label: "A's profit less the mean rival's",
      heading: "A less a rival",
      unit: "USD/h",
      digits: 0,
    },
    { name: "flow", label: "A's share of what dealers' quotes trade", heading: "A's share", unit: "%", digits: 1 },
  ],
  charts: [
    {
      kind: "curve",
      title: "Profit by distance to the venue",
      doseLabel: "A's latency, one way, ms",
      unit: "USD/h",
      scale: "log",
      lines: [
        { label: "A", measure: "profit", arms: BY_DISTANCE },
        { label: "from its quotes", measure: "making", arms: BY_DISTANCE },
        { label: "from stale quotes", measure: "taking", arms: BY_DISTANCE },
        { label: "a rival", measure: "rivals", arms: BY_DISTANCE },
      ],
    },
  ],
  runArm: ({ treatment, seed, parameters }) => runDealers(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "advantage", arm: EQUAL.name }),
    ...[NEARER[0], NEARER[2], FARTHER[0], FARTHER[2]].map(({ name }) =>
      findings.comparison({ measure: "profit", arm: name, against: EQUAL.name }),
    ),
    findings.comparison({ measure: "making", arm: FARTHER[2].name, against: EQUAL.name }),
    findings.comparison({ measure: "taking", arm: NEARER[0].name, against: EQUAL.name }),
  ],
});
