import type { Arm } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import type { Line } from "./line.ts";
import { runLine } from "./line.ts";

const GOOD: Arm<Line> = { name: "good", label: "a good line", dose: 0, treatment: { lossPercent: 0, load: 0 } };
const LOSSES = [0.5, 1, 2, 5, 10].map((lossPercent): Arm<Line> => ({
  name: `loss-${lossPercent}`,
  label: `a loss of ${lossPercent} %`,
  dose: lossPercent,
  treatment: { lossPercent, load: 0 },
}));
const LOADS = [50, 80, 95, 110].map((percent): Arm<Line> => ({
  name: `load-${percent}`,
  label: `a load of ${percent} %`,
  dose: percent,
  treatment: { lossPercent: 0, load: percent / 100 },
}));
const BY_LOSS = [GOOD, ...LOSSES].map(({ name }) => name);
const BY_LOAD = [GOOD, ...LOADS].map(({ name }) => name);

export const lossAndCongestion = defineStudy({
  name: "loss-and-congestion",
  question: "What do lost packets and a busy line do to the spread, the depth and the losses on stale quotes?",
  design:
    "Makers quote around a public value over a line of their town, by a transport that sends again what is lost, and adjust their spreads until they break even. A sniper on a clean line is a little farther away, so that it is late unless the makers' orders are. The line loses packets, or a crowd in the same town asks for quotes over it. Measured in the second half of each run.",
  reference: "Glosten and Milgrom (1985), Bid, Ask and Transaction Prices, Journal of Financial Economics 14(1)",
  seedCount: 12,
  parameters: {
    simulatedSeconds: { preset: 200, low: 20, high: 86_400, means: "length of each run, in simulated seconds" },
    makers: { preset: 3, low: 1, high: 50, means: "makers in the town" },
    makerMs: { preset: 5, low: 0.001, high: 1_000, means: "delay of the line, one way, in milliseconds" },
    sniperMs: { preset: 30, low: 0.001, high: 1_000, means: "latency of the sniper, one way, in milliseconds" },
    bandwidthKbit: { preset: 1_000, low: 50, high: 1e6, means: "bandwidth of the line, in kilobits a second" },
    queueKB: { preset: 32, low: 2, high: 10_000, means: "what may wait for the line, in kilobytes" },
    newsPerSecond: { preset: 1, low: 0.01, high: 10, means: "mean number of jumps of the value a second" },
    jumpTicks: { preset: 50, low: 1, high: 1_000, means: "standard deviation of a jump, in ticks" },
  },
  arms: [GOOD, ...LOSSES, ...LOADS],
  measures: [
    { name: "spread", label: "the spread", unit: "ticks", digits: 2 },
    { name: "depth", label: "the depth within 10 ticks of the value", heading: "depth", unit: "lots", digits: 0 },
    { name: "stale", label: "the loss on stale quotes", heading: "stale quotes", unit: "USD/h", digits: 0 },
    { name: "cost", label: "what investors pay", heading: "investors pay", unit: "ticks a lot", digits: 2 },
    { name: "repeated", label: "the rate of packets sent again", heading: "sent again", unit: "1/s", digits: 2 },
    { name: "dropped", label: "the share of packets that are dropped", heading: "dropped", unit: "%", digits: 2 },
  ],
  charts: [
    {
      kind: "curve",
      title: "Spread over the loss rate",
      doseLabel: "packets lost, %",
      unit: "ticks",
      lines: [
        { label: "spread", measure: "spread", arms: BY_LOSS },
        { label: "what investors pay", measure: "cost", arms: BY_LOSS },
      ],
    },
    {
      kind: "curve",
      title: "Spread over the load",
      doseLabel: "load of the line, %",
      unit: "ticks",
      lines: [
        { label: "spread", measure: "spread", arms: BY_LOAD },
        { label: "what investors pay", measure: "cost", arms: BY_LOAD },
      ],
    },
    { kind: "intervals", title: "Losses on stale quotes", measure: "stale" },
    { kind: "intervals", title: "Depth within 10 ticks of the value", measure: "depth" },
  ],
  runArm: ({ treatment, seed, parameters }) => runLine(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "spread", arm: "good" }),
    findings.comparison({ measure: "spread", arm: "loss-1", against: "good" }),
    findings.comparison({ measure: "spread", arm: "loss-10", against: "good" }),
    findings.comparison({ measure: "depth", arm: "loss-10", against: "good" }),
    findings.comparison({ measure: "stale", arm: "loss-10", against: "good" }),
    findings.comparison({ measure: "spread", arm: "load-80", against: "good" }),
    findings.comparison({ measure: "spread", arm: "load-110", against: "good" }),
    findings.comparison({ measure: "stale", arm: "load-110", against: "good" }),
  ],
});
