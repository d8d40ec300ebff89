import type { Arm, Findings } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import type { Race } from "./race.ts";
import { runRace } from "./race.ts";

/** B stays on WiFi, 50 ms from the venue, while A comes closer. */
const SLOW_MS = 50;
const FAST_MS = 1;

function distance(latencyMsOfA: number): Arm<Race> {
  return {
    name: `at-${latencyMsOfA}ms`,
    label: `A at ${latencyMsOfA} ms`,
    dose: SLOW_MS - latencyMsOfA,
    treatment: { latencyMsOfA, latencyMsOfB: SLOW_MS },
  };
}

/** The race of A at 1 ms against B, at a venue that does something about it. */
function venue(name: string, label: string, rules: Race["rules"]): Arm<Race> {
  return { name, label, treatment: { latencyMsOfA: FAST_MS, latencyMsOfB: SLOW_MS, rules } };
}

const BUMPS = [
  venue("bump", "a speed bump of 100 ms for all", { speedBump: { delay: "100ms" } }),
  venue("random-bump", "a random speed bump of 0 to 100 ms for all", { speedBump: { delay: "0s", jitter: "100ms" } }),
  venue("taker-bump", "a speed bump of 100 ms for takers", { speedBump: { delay: "100ms", appliesTo: "takers" } }),
];

/** Allocation pro rata: nobody gains by being early within a batch. */
function batch(windowMs: number): Arm<Race> {
  const rules = { auctions: { batch: { window: `${windowMs}ms` }, allocation: "proRata" } };
  return { ...venue(`batch-${windowMs}ms`, `batches of ${windowMs} ms`, rules), dose: windowMs };
}

const BATCHES = [100, 200, 500, 1_000, 2_000].map(batch);
const TIMED = venue("batch-time", "batches of 1000 ms, first come first served", {
  auctions: { batch: { window: "1s" }, allocation: "time" },
});

const DISTANCES = [49, 48, 45, 40, 25, 10, 1].map(distance);
const EQUAL: Arm<Race> = { ...distance(SLOW_MS), name: "both-50ms", label: "both at 50 ms" };
const HEAD_STARTS = [EQUAL, ...DISTANCES].map(({ name }) => name);

export const latencyArbitrage = defineStudy({
  name: "latency-arbitrage",
  question: "What is it worth to be faster?",
  design:
    "A maker quotes around a public value that jumps at random moments. Two snipers, A and B, hear the news at the same moment as the maker and race it to the venue for its old quotes. Investors trade at random.",
  reference:
    "Budish, Cramton and Shim (2015), The High-Frequency Trading Arms Race, Quarterly Journal of Economics 130(4)",
  seedCount: 20,
  parameters: {
    simulatedSeconds: { preset: 600, low: 10, high: 86_400, means: "length of each run, in simulated seconds" },
    newsPerSecond: { preset: 1, low: 0.01, high: 10, means: "mean number of jumps of the value a second" },
    jumpTicks: { preset: 10, low: 1, high: 1_000, means: "standard deviation of a jump, in ticks" },
    halfSpreadTicks: { preset: 5, low: 1, high: 1_000, means: "how far from the value the maker quotes, in ticks" },
    makerLatencyMs: { preset: 50, low: 0.001, high: 1_000, means: "latency of the maker, one way, in milliseconds" },
    jitterShare: { preset: 0.2, low: 0, high: 1, means: "share of each latency that is drawn for each message" },
  },
  arms: [
    EQUAL,
    ...DISTANCES,
    { name: "both-1ms", label: "both at 1 ms", treatment: { latencyMsOfA: FAST_MS, latencyMsOfB: FAST_MS } },
    ...BUMPS,
    ...BATCHES,
    TIMED,
  ],
  measures: [
    { name: "fast", label: "A's profit", heading: "A", unit: "USD/h", digits: 0 },
    { name: "slow", label: "B's profit", heading: "B", unit: "USD/h", digits: 0 },
    { name: "maker", label: "the maker's profit", heading: "maker", unit: "USD/h", digits: 0 },
    { name: "investors", label: "the investors' profit", heading: "investors", unit: "USD/h", digits: 0 },
    { name: "advantage", label: "A's profit less B's", heading: "A less B", unit: "USD/h", digits: 0 },
    {
      name: "share",
      label: "A's share of what the snipers win",
      heading: "A's share",
      unit: "%",
      differenceUnit: "points",
      digits: 1,
    },
  ],
  charts: [
    {
      kind: "curve",
      title: "Profit over A's head start",
      doseLabel: "B's latency less A's, ms",
      unit: "USD/h",
      lines: [
        { label: "A", measure: "fast", arms: HEAD_STARTS },
        { label: "B", measure: "slow", arms: HEAD_STARTS },
      ],
    },
    {
      kind: "curve",
      title: "Profit over the length of a batch, with A at 1 ms and B at 50 ms",
      doseLabel: "length of a batch, ms",
      unit: "USD/h",
      scale: "log",
      lines: [
        { label: "A", measure: "fast", arms: BATCHES.map(({ name }) => name) },
        { label: "B", measure: "slow", arms: BATCHES.map(({ name }) => name) },
      ],
    },
    { kind: "intervals", title: "A's profit less B's", measure: "advantage" },
    { kind: "intervals", title: "The maker's profit", measure: "maker" },
  ],
  runArm: ({ treatment, seed, parameters }) => runRace(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "advantage", arm: "both-50ms" }),
    findings.comparison({ measure: "advantage", arm: "at-45ms", against: "both-50ms" }),
    findings.comparison({ measure: "advantage", arm: "at-1ms", against: "at-25ms" }),
    findings.comparison({ measure: "maker", arm: "both-1ms", against: "both-50ms" }),
    ...["bump", "random-bump", "taker-bump"].map((arm) =>
      findings.comparison({ measure: "advantage", arm, against: "at-1ms" }),
    ),
    findings.level({ measure: "advantage", arm: "taker-bump" }),
    ...[200, 1_000].map((windowMs) => shareLeft(findings, windowMs)),
    findings.comparison({ measure: "investors", arm: "batch-1000ms", against: "at-1ms" }),
  ],
});

/**
 * What batches leave of the advantage, beside the simplest theory: A gains only where news comes so late in a batch that
 * its order is in time and the maker's cancel is not, which is the difference of their latencies by the batch's length.
 */
function shareLeft(findings: Findings, windowMs: number): string {
  const arm = `batch-${windowMs}ms`;
  const left = findings.estimate({ measure: "advantage", arm }).mean;
  const before = findings.estimate({ measure: "advantage", arm: "at-1ms" }).mean;
  const theory = (100 * (SLOW_MS - FAST_MS)) / windowMs;
  return `${findings.comparison({ measure: "advantage", arm, against: "at-1ms" })} That leaves ${((100 * left) / before).toFixed(1)} % of it; a head start of ${SLOW_MS - FAST_MS} ms is ${theory.toFixed(1)} % of the batch.`;
}
