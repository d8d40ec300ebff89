import type { Arm, Findings } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import { sideOf } from "../../study/estimate.ts";
import type { FarmTreatment } from "./farm.ts";
import { runFarm } from "./farm.ts";

const FEES: readonly Arm<FarmTreatment>[] = [0, 0.5, 1, 1.5, 1.8, 2, 2.5, 3].map((feeBps) => ({
  name: `fee-${feeBps}bp`,
  label: feeBps === 0 ? "no fee" : `a fee of ${feeBps} bp`,
  dose: feeBps,
  treatment: { feeBps },
}));

/** What else makes it dear, at a fee that by itself leaves a profit. A wash of 137 shares pays 13.70 dollars a side. */
const MEASURES: readonly Arm<FarmTreatment>[] = [
  { name: "minimum", label: "a fee of 1 bp and at least 30 USD", treatment: { feeBps: 1, minimum: "30" } },
  { name: "surcharge", label: "a fee of 1 bp and 5 bp more within one owner", treatment: { feeBps: 1, washBps: 5 } },
];

export const washTrading = defineStudy({
  name: "wash-trading",
  question: "At which fee does it no longer pay to trade with oneself for rewards?",
  design:
    "A venue rewards volume: so many basis points of what each side trades. Two accounts of one owner hand the same shares back and forth inside the spread of a living market, and collect. Every side of a trade pays the fee.",
  reference: "Cong, Li, Tang and Yang (2023), Crypto Wash Trading, Management Science 69(11)",
  seedCount: 12,
  parameters: {
    simulatedSeconds: { preset: 600, low: 10, high: 86_400, means: "length of each run, in simulated seconds" },
    rewardBps: { preset: 2, low: 0, high: 1_000, means: "reward to each side, in basis points of what it trades" },
    washesPerMinute: {
      preset: 30,
      low: 0.1,
      high: 600,
      means: "trades of the farmer with itself that it tries a minute",
    },
    shares: { preset: 137, low: 1, high: 100_000, means: "shares in each of them" },
  },
  arms: [...FEES, ...MEASURES],
  measures: [
    { name: "profit", label: "the farmer's profit", heading: "farmer", unit: "USD/h", digits: 0 },
    { name: "rewards", label: "the rewards that it collects", heading: "rewards", unit: "USD/h", digits: 0 },
    { name: "fees", label: "the fees that it pays", heading: "fees", unit: "USD/h", digits: 0 },
    { name: "losses", label: "what it loses to others", heading: "lost to others", unit: "USD/h", digits: 0 },
    {
      name: "washed",
      label: "the share of the volume that is washed",
      heading: "washed",
      unit: "%",
      differenceUnit: "points",
      digits: 1,
    },
  ],
  charts: [
    {
      kind: "curve",
      title: "The farmer's profit over the fee",
      doseLabel: "fee of each side, bp",
      unit: "USD/h",
      lines: [
        { label: "profit", measure: "profit", arms: FEES.map(({ name }) => name) },
        { label: "fees", measure: "fees", arms: FEES.map(({ name }) => name) },
        { label: "rewards", measure: "rewards", arms: FEES.map(({ name }) => name) },
      ],
    },
  ],
  runArm: ({ treatment, seed, parameters }) => runFarm(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "profit", arm: FEES[0].name }),
    breakEven(findings),
    findings.level({ measure: "profit", arm: "minimum" }),
    findings.level({ measure: "profit", arm: "surcharge" }),
    findings.level({ measure: "washed", arm: FEES[0].name }),
    findings.level({ measure: "losses", arm: FEES[0].name }),
  ],
});

/** Between the last fee that surely leaves a profit and the first that surely leaves none. */
function breakEven(findings: Findings): string {
  const sides = FEES.map(({ name }) => sideOf(findings.estimate({ measure: "profit", arm: name })));
  const lastPaying = sides.lastIndexOf("above");
  const firstLosing = sides.indexOf("below");
  if (lastPaying < 0) return "Farming surely pays at none of these fees.";
  if (firstLosing < 0)
    return `Farming surely pays up to ${FEES[lastPaying].label}, and surely loses at none of these fees.`;
  if (firstLosing < lastPaying)
    return "Farming pays and loses in turn as the fee rises: there is no one fee that ends it.";
  return `Farming surely pays up to ${FEES[lastPaying].label} and surely loses from ${FEES[firstLosing].label} on: it breaks even between the two.`;
}
