import type { Arm } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import type { Spread } from "./spread.ts";
import { runSpread } from "./spread.ts";

const NEIGHBOURS = 4;
const RANDOM: Spread["topology"] = (places) => ({ kind: "randomRegular", places, degree: NEIGHBOURS });

function direct(name: string, label: string, topology: Spread["topology"]): Arm<Spread> {
  return { name, label, treatment: { topology } };
}

function gossip(fanOut: number): Arm<Spread> {
  const label = `gossip to ${fanOut} over a random graph`;
  return { name: `gossip-${fanOut}`, label, dose: fanOut, treatment: { topology: RANDOM, fanOut } };
}

const STAR = direct("star", "a star around the venue", (places) => ({ kind: "star", places }));
const TOPOLOGIES = [
  direct("tree", "a tree below the venue", (places) => ({ kind: "tree", places, branching: 3 })),
  direct("ring", "a ring", (places) => ({ kind: "ring", places })),
  direct("random", "a random graph", RANDOM),
  direct("small-world", "a small world", (places) => ({ kind: "smallWorld", places, degree: NEIGHBOURS })),
  direct("scale-free", "a scale-free graph", (places) => ({ kind: "scaleFree", places, links: NEIGHBOURS / 2 })),
];
const BY_GOSSIP = [2, 3, 4, 6, 8].map(gossip);
const FAN_OUTS = BY_GOSSIP.map(({ name }) => name);

export const informationPropagation = defineStudy({
  name: "information-propagation",
  question: "How does a price shock spread through the nodes?",
  design:
    "Once a second the best bid at a venue moves, and every node of a network listens to its quotes. The venue sends each node a packet of its own, over links that take time, have a bandwidth and lose packets; or it tells a few nodes, who pass it on. A time is that of the middle one of the shocks.",
  reference: "Demers et al. (1987), Epidemic Algorithms for Replicated Database Maintenance",
  seedCount: 16,
  parameters: {
    nodes: { preset: 150, low: 10, high: 1_000, means: "nodes that listen" },
    shocks: { preset: 20, low: 1, high: 1_000, means: "shocks in a run" },
    hopMs: { preset: 5, low: 0.001, high: 100, means: "median delay of a link, half of it jitter, in milliseconds" },
    bandwidthMbit: { preset: 10, low: 0.1, high: 100_000, means: "bandwidth of a link, in megabits a second" },
    lossPercent: { preset: 0.2, low: 0, high: 50, means: "share of packets that a link loses, in percent" },
  },
  arms: [STAR, ...TOPOLOGIES, ...BY_GOSSIP],
  measures: [
    { name: "half", label: "the time until half of the nodes know", heading: "50 %", unit: "ms", digits: 1 },
    { name: "most", label: "the time until 90 % of the nodes know", heading: "90 %", unit: "ms", digits: 1 },
    { name: "nearlyAll", label: "the time until 99 % of the nodes know", heading: "99 %", unit: "ms", digits: 1 },
    { name: "reached", label: "the share of the nodes that learn of it", heading: "reached", unit: "%", digits: 2 },
  ],
  charts: [
    {
      kind: "intervals",
      title: "Time until 90 % of the nodes know",
      measure: "most",
      arms: [STAR, ...TOPOLOGIES, BY_GOSSIP[2]].map(({ name }) => name),
    },
    {
      kind: "curve",
      title: "Gossip over a random graph",
      doseLabel: "nodes that each tells",
      unit: "ms",
      lines: [
        { label: "50 %", measure: "half", arms: FAN_OUTS },
        { label: "90 %", measure: "most", arms: FAN_OUTS },
        { label: "99 %", measure: "nearlyAll", arms: FAN_OUTS },
      ],
    },
    {
      kind: "intervals",
      title: "Share of the nodes that learn of a shock",
      measure: "reached",
      arms: ["star", "ring", "random", ...FAN_OUTS],
    },
  ],
  runArm: ({ treatment, seed, parameters }) => runSpread(treatment, { seed, parameters }),
  find: (findings) => [
    findings.level({ measure: "most", arm: "star" }),
    findings.comparison({ measure: "most", arm: "random", against: "star" }),
    findings.comparison({ measure: "most", arm: "scale-free", against: "random" }),
    findings.comparison({ measure: "most", arm: "ring", against: "random" }),
    findings.comparison({ measure: "most", arm: "gossip-4", against: "random" }),
    findings.comparison({ measure: "reached", arm: "gossip-8", against: "random" }),
    findings.level({ measure: "nearlyAll", arm: "gossip-2" }),
    findings.level({ measure: "reached", arm: "gossip-2" }),
  ],
});
