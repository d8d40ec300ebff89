import { defineStudy } from "../../study/study.ts";
import type { CrashMeasure, CrashTreatment } from "./crash.ts";
import { runCrash } from "./crash.ts";
import type { Arm } from "../../study/study.ts";

const SELLS = "the large seller";
/** The default halt of five minutes would outlast the sale by far. */
const HALT = "1m";
const REOPENING = "30s";

const ARMS: readonly Arm<CrashTreatment>[] = [
  { name: "none", label: "no circuit breaker", treatment: { sells: SELLS, rules: {} } },
  { name: "no-sale", label: "no large seller", treatment: { sells: "nobody", rules: {} } },
  ...[5, 2, 1].map(breaker),
  {
    name: "band-1",
    label: "limits 1 % up and down",
    treatment: { sells: SELLS, rules: { limitUpLimitDown: { bandPercent: 1, halt: HALT, reopening: REOPENING } } },
  },
];

function breaker(movePercent: number): Arm<CrashTreatment> {
  const rules = { circuitBreaker: { movePercent, halt: HALT, reopening: REOPENING } };
  return {
    name: `breaker-${movePercent}`,
    label: `a circuit breaker at ${movePercent} %`,
    treatment: { sells: SELLS, rules },
  };
}

/** @param heading what the group is called at the head of a column, and in sentences unless `who` says it otherwise */
function profitOf(
  name: CrashMeasure,
  heading: string,
  who = heading,
): { name: CrashMeasure; label: string; heading: string; unit: string; digits: number } {
  return { name, label: `the profit of the ${who}`, heading, unit: "USD", digits: 0 };
}

export const flashCrash = defineStudy({
  name: "flash-crash",
  question: "What does a circuit breaker do about one large seller, and who pays?",
  design:
    "Noise, value, momentum and market-making agents trade; then somebody sells a part of a large position every second, without regard to price, until all of it is sold. Profits count shares at the price before the sale.",
  reference: "CFTC and SEC (2010), Findings regarding the market events of May 6, 2010",
  seedCount: 16,
  parameters: {
    simulatedSeconds: { preset: 1_200, low: 60, high: 86_400, means: "length of each run, in simulated seconds" },
    quietSeconds: { preset: 120, low: 1, high: 86_400, means: "when the sale begins" },
    saleSeconds: { preset: 60, low: 1, high: 3_600, means: "how many parts are sold, one a second" },
    sharesPerSecond: { preset: 400, low: 1, high: 100_000, means: "shares in each part" },
  },
  arms: ARMS,
  measures: [
    { name: "depth", label: "the depth of the fall", heading: "fall", unit: "%", differenceUnit: "points", digits: 2 },
    {
      name: "recovery",
      label: "the time from the first sale until 90 % is made good",
      heading: "recovery",
      unit: "s",
      digits: 0,
    },
    profitOf("seller", "seller"),
    profitOf("maker", "makers"),
    profitOf("momentum", "momentum", "momentum agents"),
    profitOf("value", "value", "value agents"),
    profitOf("noise", "noise", "noise agents"),
  ],
  charts: [
    { kind: "intervals", title: "How deep the price falls", measure: "depth" },
    { kind: "intervals", title: "How long until nine tenths are made good", measure: "recovery" },
    { kind: "intervals", title: "What the sale costs the seller", measure: "seller" },
  ],
  runArm: ({ treatment, seed, parameters }) => runCrash(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "depth", arm: "no-sale" }),
    findings.level({ measure: "depth", arm: "none" }),
    findings.level({ measure: "recovery", arm: "none" }),
    findings.level({ measure: "seller", arm: "none" }),
    findings.level({ measure: "maker", arm: "none" }),
    findings.level({ measure: "value", arm: "none" }),
    ...["breaker-5", "breaker-2", "breaker-1", "band-1"].flatMap((arm) =>
      ["depth", "recovery"].map((measure) => findings.comparison({ measure, arm, against: "none" })),
    ),
    ...["breaker-1", "band-1"].flatMap((arm) =>
      ["seller", "maker"].map((measure) => findings.comparison({ measure, arm, against: "none" })),
    ),
  ],
});
