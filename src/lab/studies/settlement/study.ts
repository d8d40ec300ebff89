import { defineStudy } from "../../study/study.ts";
import { runSettlement } from "./run-settlement.ts";
import { BUSY, CALM, SETTLEMENTS } from "./treatments.ts";

export const settlement = defineStudy({
  name: "settlement",
  question: "How soon is a trade final at a replicated ledger, and what does each fault do to that?",
  design:
    "A venue in New York settles the same trades at four replicas in New York, London, Frankfurt and Singapore, which agree by Raft, Streamlet or proof of work. In the second quarter of a run the leader crashes, two replicas are cut off, or links lose packets throughout; some replicas lie.",
  reference:
    "Ongaro and Ousterhout (2014), In Search of an Understandable Consensus Algorithm; Chan and Shi (2020), Streamlet: Textbook Streamlined Blockchains; Nakamoto (2008), Bitcoin",
  seedCount: 6,
  parameters: {
    simulatedSeconds: { preset: 80, low: 20, high: 3_600, means: "length of each run, in simulated seconds" },
    blockIntervalMs: { preset: 1_000, low: 100, high: 60_000, means: "time that a block takes, in milliseconds" },
    confirmations: { preset: 6, low: 1, high: 60, means: "blocks that make one final in proof of work" },
    lossPercent: { preset: 5, low: 0.1, high: 50, means: "packets that a lossy link loses, in percent" },
    traders: { preset: 20, low: 1, high: 1_000, means: "agents that trade at random" },
  },
  arms: SETTLEMENTS,
  measures: [
    { name: "finality", label: "the median time to finality", heading: "time to finality", unit: "s", digits: 2 },
    { name: "worst", label: "the longest time to finality", heading: "longest", unit: "s", digits: 1 },
    { name: "throughput", label: "the number of final transactions", heading: "final", unit: "1/s", digits: 1 },
    {
      name: "final",
      label: "the share of batches that are final in the end",
      heading: "batches final",
      unit: "%",
      digits: 1,
    },
    { name: "undone", label: "the number of final blocks undone", heading: "undone", unit: "", digits: 1 },
    { name: "depth", label: "the depth of the deepest reorganisation", heading: "deepest", unit: "blocks", digits: 1 },
    { name: "forks", label: "the number of heights with two final blocks", heading: "forks", unit: "", digits: 1 },
    {
      name: "agreeing",
      label: "the share of honest replicas with the venue's balances",
      heading: "agreeing",
      unit: "%",
      digits: 0,
    },
    { name: "caught", label: "the number of replicas caught lying", heading: "caught", unit: "", digits: 1 },
  ],
  charts: [
    { kind: "intervals", title: "Median time to finality", measure: "finality" },
    { kind: "intervals", title: "Longest time to finality", measure: "worst" },
    { kind: "intervals", title: "Final transactions a second", measure: "throughput", arms: [...CALM, ...BUSY] },
  ],
  runArm: ({ treatment, seed, parameters }) => runSettlement(treatment, { seed, parameters }),
  find: (findings) => [
    ...CALM.map((arm) => findings.level({ measure: "finality", arm })),
    findings.comparison({ measure: "throughput", arm: "streamlet-busy", against: "raft-busy" }),
    findings.comparison({ measure: "throughput", arm: "work-busy", against: "raft-busy" }),
    ...CALM.flatMap((name) =>
      ["crash", "cut"].map((trouble) =>
        findings.comparison({ measure: "worst", arm: `${name}-${trouble}`, against: name }),
      ),
    ),
    findings.level({ measure: "undone", arm: "work-cut" }),
    findings.comparison({ measure: "finality", arm: "streamlet-liar", against: "streamlet" }),
    findings.level({ measure: "forks", arm: "streamlet-liar" }),
    findings.level({ measure: "forks", arm: "streamlet-coalition" }),
    findings.level({ measure: "caught", arm: "streamlet-coalition" }),
  ],
});
