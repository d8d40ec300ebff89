import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { StreamletCluster } from "../../testing/streamlet/cluster.ts";
import type { LiarKind } from "../../testing/streamlet/plan.ts";
import { calmPlan, DELTA_NS } from "../../testing/streamlet/plan.ts";
import { RoughNetwork } from "../../testing/streamlet/rough-network.ts";
import { epochStartNs, leaderOf } from "../streamlet/rules.ts";

const EPOCHS = 60;

/** Sixty epochs of a network that is well, with liars in it. The cluster's checker looks on. */
function clusterWith(replicas: number, liars: readonly [number, LiarKind][]) {
  const plan = calmPlan({ seed: 2, replicas, liars: new Map(liars) });
  const network = new RoughNetwork(plan, RandomStream.named(1, "liars", "network"));
  const cluster = new StreamletCluster({ plan, network, forks: "are a bug" });
  cluster.runUntil(epochStartNs(EPOCHS + 1, DELTA_NS));
  const { genesis, final } = cluster.honest[0].chain.tree;
  const finalEpochs = final.map(({ block }) => block.epoch);
  const ledBy = (liar: number): number[] =>
    Array.from({ length: EPOCHS }, (_, at) => at + 1).filter((epoch) => leaderOf(epoch, genesis.id, replicas) === liar);
  const evidence = cluster.honest.map((honest) => honest.evidence.map(({ kind, culprit }) => `${culprit}: ${kind}`));
  const refused = cluster.honest.map(({ chain }) => chain.refused);
  const heights = cluster.honest.map(({ chain }) => chain.ledger.height);
  return { cluster, finalEpochs, ledBy, evidence, refused, heights };
}

test("nobody lies: nearly every epoch has its block, and nothing is refused", () => {
  const { evidence, refused, heights } = clusterWith(4, []);
  for (const height of heights) expect(height).toBeGreaterThan(EPOCHS - 5);
  expect([evidence.flat(), refused]).toEqual([[], [0, 0, 0, 0]]);
});

test("a silent replica leads no block, and the others go on", () => {
  const { finalEpochs, ledBy, heights, evidence } = clusterWith(4, [[1, "silent"]]);
  expect(ledBy(1).filter((epoch) => finalEpochs.includes(epoch))).toEqual([]);
  expect(Math.min(...heights)).toBeGreaterThan(10);
  expect(evidence.flat()).toEqual([]);
});

test("whoever keeps its votes to itself cannot stop the others, and is no proven liar", () => {
  const { heights, evidence } = clusterWith(4, [[1, "withholds votes"]]);
  expect(Math.min(...heights)).toBeGreaterThan(10);
  expect(evidence.flat()).toEqual([]);
});

test("whoever tells two stories is caught by everyone, for both its proposals and its votes", () => {
  const { heights, evidence } = clusterWith(4, [[1, "equivocates"]]);
  expect(Math.min(...heights)).toBeGreaterThan(10);
  for (const found of evidence) expect(found.toSorted()).toEqual(["1: two proposals", "1: two votes"]);
});

test("whoever votes for everything is caught when there are two things to vote for", () => {
  const alone = clusterWith(4, [[1, "votes twice"]]);
  expect(alone.evidence.flat()).toEqual([]);
  const { evidence } = clusterWith(7, [
    [1, "votes twice"],
    [2, "equivocates"],
  ]);
  for (const found of evidence) expect(found).toContain("1: two votes");
});

describe("a forger", () => {
  const { finalEpochs, ledBy, heights, evidence, refused, cluster } = clusterWith(4, [[1, "forges"]]);

  test("is refused by everyone", () => {
    for (const count of refused) expect(count).toBeGreaterThan(EPOCHS);
    expect(ledBy(1).filter((epoch) => finalEpochs.includes(epoch))).toEqual([]);
    expect(Math.min(...heights)).toBeGreaterThan(10);
  });

  test("brings nobody into disrepute by what it forges in their names", () => {
    expect(evidence.flat().filter((found) => !found.startsWith("1:"))).toEqual([]);
  });

  test("does not get its account's money moved", () => {
    expect(cluster.honest.map(({ chain }) => chain.ledger.nextNonce(0))).toEqual([0, 0, 0]);
  });
});
