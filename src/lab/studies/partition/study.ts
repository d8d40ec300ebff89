import type { Arm } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import { runCut } from "./cut.ts";

function cutOf(seconds: number): Arm<number> {
  const label = seconds === 0 ? "no cut" : `a cut of ${seconds} s`;
  return { name: seconds === 0 ? "whole" : `cut-${seconds}s`, label, dose: seconds, treatment: seconds };
}

const ARMS = [0, 5, 15, 30, 60, 120].map(cutOf);
const BY_LENGTH = ARMS.map(({ name }) => name);

export const partition = defineStudy({
  name: "partition",
  question: "What do prices on both sides of a cut do, and what is it worth to close the gap when it heals?",
  design:
    "One instrument trades in London, where the dealer hears the news, and in New York, where the dealer learns from its trades alone. An arbitrageur ties the two prices together, and does not trade on quotes that have stopped coming. The cable between the cities is cut for a while, and heals in every arm at the same moment.",
  reference: "Kyle (1985), Continuous Auctions and Insider Trading, Econometrica 53(6)",
  seedCount: 24,
  parameters: {
    healSecond: { preset: 180, low: 180, high: 10_000, means: "when the cut heals, in seconds after the start" },
    afterSeconds: { preset: 75, low: 5, high: 1_000, means: "how long the run goes on then, in seconds" },
    delayMs: { preset: 35, low: 0.1, high: 1_000, means: "delay of the cable, one way, in milliseconds" },
    newsPerSecond: { preset: 1, low: 0.01, high: 10, means: "mean number of jumps of the value a second" },
    jumpTicks: { preset: 10, low: 1, high: 1_000, means: "standard deviation of a jump, in ticks" },
    impactTicksPerLot: {
      preset: 0.02,
      low: 0.001,
      high: 1,
      means: "by how much a lot moves New York's price, in ticks",
    },
  },
  arms: ARMS,
  measures: [
    { name: "before", label: "the gap before any cut", heading: "before", unit: "ticks", digits: 1 },
    { name: "apart", label: "the gap just before the healing", heading: "apart", unit: "ticks", digits: 1 },
    { name: "widest", label: "the widest gap", heading: "widest", unit: "ticks", digits: 1 },
    {
      name: "recovery",
      label: "the time until there is one price again",
      heading: "one price after",
      unit: "s",
      digits: 1,
    },
    {
      name: "arbitrage",
      label: "the arbitrageur's profit after the healing",
      heading: "arbitrage then",
      unit: "USD",
      digits: 0,
    },
    {
      name: "whole",
      label: "the arbitrageur's profit in the whole run",
      heading: "in the whole run",
      unit: "USD",
      digits: 0,
    },
  ],
  charts: [
    {
      kind: "curve",
      title: "Gap between the two prices",
      doseLabel: "length of the cut, s",
      unit: "ticks",
      lines: [
        { label: "at the healing", measure: "apart", arms: BY_LENGTH },
        { label: "at its widest", measure: "widest", arms: BY_LENGTH },
      ],
    },
    {
      kind: "curve",
      title: "Profit of the arbitrageur",
      doseLabel: "length of the cut, s",
      unit: "USD",
      lines: [
        { label: "after the healing", measure: "arbitrage", arms: BY_LENGTH },
        { label: "in the whole run", measure: "whole", arms: BY_LENGTH },
      ],
    },
    { kind: "intervals", title: "Time until there is one price again", measure: "recovery" },
  ],
  runArm: ({ treatment, seed, parameters }) => runCut(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "before", arm: "whole" }),
    findings.comparison({ measure: "apart", arm: "cut-15s", against: "whole" }),
    findings.comparison({ measure: "apart", arm: "cut-60s", against: "cut-15s" }),
    findings.level({ measure: "recovery", arm: "cut-60s" }),
    findings.comparison({ measure: "arbitrage", arm: "cut-60s", against: "whole" }),
    findings.comparison({ measure: "arbitrage", arm: "cut-120s", against: "cut-60s" }),
    findings.comparison({ measure: "whole", arm: "cut-60s", against: "whole" }),
  ],
});
