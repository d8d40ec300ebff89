import { defineStudy } from "../../study/study.ts";
import type { CrashMeasure, CrashTreatment } from "./crash.ts";
import { runCrash } from "./crash.ts";
import type { Arm } from "../../study/study.ts";

const SELLS = "the large seller";

const ARMS: readonly Arm<CrashTreatment>[] = [
  { name: "continuous", label: "no circuit breaker", treatment: { sells: SELLS, rules: {} } },
  { name: "no-sale", label: "no large seller", treatment: { sells: "nobody", rules: {} } },
];

function profitOf(
  name: CrashMeasure,
  who: string,
): { name: CrashMeasure; label: string; heading: string; unit: string; digits: number } {
  return { name, label: `the profit of ${who}`, heading: who, unit: "USD", digits: 0 };
}

export const flashCrash = defineStudy({
  name: "flash-crash",
  question: "What does a circuit breaker do about one large seller, and who pays?",
  design:
    "Noise, value, momentum and market-making agents trade; then somebody sells a part of a large position every second, without regard to price, until all of it is sold. Profits count shares at the price before the sale.",
  reference: "CFTC and SEC (2010), Findings regarding the market events of May 6, 2010",
  seedCount: 16,
  parameters: {
    simulatedSeconds: { preset: 600, low: 60, high: 86_400, means: "length of each run, in simulated seconds" },
    quietSeconds: { preset: 120, low: 1, high: 86_400, means: "when the sale begins" },
    saleSeconds: { preset: 60, low: 1, high: 3_600, means: "how many parts are sold, one a second" },
    sharesPerSecond: { preset: 300, low: 1, high: 100_000, means: "shares in each part" },
  },
  arms: ARMS,
  measures: [
    { name: "depth", label: "the depth of the fall", heading: "fall", unit: "%", digits: 2 },
    {
      name: "recovery",
      label: "the time from the first sale until 90 % is made good",
      heading: "recovery",
      unit: "s",
      digits: 0,
    },
    profitOf("seller", "the seller"),
    profitOf("maker", "the makers"),
    profitOf("momentum", "the momentum agents"),
    profitOf("value", "the value agents"),
    profitOf("noise", "the noise agents"),
  ],
  charts: [
    { kind: "intervals", title: "How deep the price falls", measure: "depth" },
    { kind: "intervals", title: "How long until nine tenths are made good", measure: "recovery" },
    { kind: "intervals", title: "What the sale costs the seller", measure: "seller" },
  ],
  runArm: ({ treatment, seed, parameters }) => runCrash(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "depth", arm: "no-sale" }),
    findings.level({ measure: "depth", arm: "continuous" }),
  ],
});
