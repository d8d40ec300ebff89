import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { StreamletCluster } from "../../testing/streamlet/cluster.ts";
import { ECLIPSED } from "../../testing/streamlet/liars.ts";
import type { ClusterPlan, LiarKind, MessageKind } from "../../testing/streamlet/plan.ts";
import { calmPlan, DELTA_NS } from "../../testing/streamlet/plan.ts";
import type { ClusterNetwork } from "../../testing/streamlet/rough-network.ts";
import { RoughNetwork } from "../../testing/streamlet/rough-network.ts";
import { epochStartNs, leaderOf } from "../streamlet/rules.ts";

const EPOCHS = 60;

function wellNetwork(plan: ClusterPlan): RoughNetwork {
  return new RoughNetwork(plan, RandomStream.named(1, "liars", "network"));
}

function planOf(replicas: number, liars: readonly [number, LiarKind][]): ClusterPlan {
  return calmPlan({ seed: 2, replicas, liars: new Map(liars) });
}

function heightsOf(cluster: StreamletCluster): number[] {
  return cluster.honest.map(({ chain }) => chain.ledger.height);
}

function evidenceIn(cluster: StreamletCluster): string[][] {
  return cluster.honest.map((honest) => honest.evidence.map(({ kind, culprit }) => `${culprit}: ${kind}`));
}

describe("replicas that are as late as Delta lets them be", () => {
  function late(replicas: number, liars: readonly number[]): StreamletCluster {
    const plan = planOf(
      replicas,
      liars.map((liar) => [liar, "is late"]),
    );
    const cluster = new StreamletCluster({ plan, network: wellNetwork(plan), forks: "are a bug" });
    cluster.runUntil(epochStartNs(EPOCHS + 1, DELTA_NS));
    return cluster;
  }

  test.each([
    [4, [1]],
    [7, [1, 4]],
  ])("of %d replicas %j: the others agree and go on, and nobody is proven guilty", (replicas, liars) => {
    const cluster = late(replicas, liars);
    expect(Math.min(...heightsOf(cluster))).toBeGreaterThan(8);
    expect(evidenceIn(cluster).flat()).toEqual([]);
  });

  test("lead less that becomes final than they would in time", () => {
    const [tardy, punctual] = [late(4, [1]), late(4, [])];
    const ledByOne = ({ honest }: StreamletCluster): number => {
      const { genesis, final } = honest[0].chain.tree;
      return final.filter(({ block }) => block.epoch > 0 && leaderOf(block.epoch, genesis.id, 4) === 1).length;
    };
    expect(ledByOne(tardy)).toBeLessThan(ledByOne(punctual) / 2);
    expect(Math.min(...heightsOf(tardy))).toBeLessThan(Math.min(...heightsOf(punctual)));
  });
});

describe("a replica whose only connection is a liar's", () => {
  const LIAR = 1;
  const HEALS = 40;

  /** Lets nobody but the liar speak with the victim until an epoch. */
  class Eclipse implements ClusterNetwork {
    readonly #well: ClusterNetwork;
    #epoch = 0;

    constructor(well: ClusterNetwork) {
      this.#well = well;
    }

    beginEpoch(epoch: number): void {
      this.#epoch = epoch;
      this.#well.beginEpoch(epoch);
    }

    delaysNs(from: number, to: number, kind: MessageKind): readonly number[] {
      const isHidden = this.#epoch < HEALS && (from === ECLIPSED || to === ECLIPSED) && from !== LIAR && to !== LIAR;
      return isHidden ? [] : this.#well.delaysNs(from, to, kind);
    }
  }

  const plan = planOf(4, [[LIAR, "eclipses"]]);
  const cluster = new StreamletCluster({ plan, network: new Eclipse(wellNetwork(plan)), forks: "are a bug" });
  cluster.runUntil(epochStartNs(HEALS, DELTA_NS));
  const [victim, ...others] = heightsOf(cluster);
  const accused = evidenceIn(cluster).flat();

  test("makes nothing final, neither the liar's story nor the truth, while the others go on", () => {
    expect(victim).toBe(0);
    expect(Math.min(...others)).toBeGreaterThan(10);
    expect(accused).toEqual([]);
  });

  test("has caught up as soon as it hears the others again, and everybody can prove what the liar did", () => {
    cluster.runUntil(epochStartNs(HEALS + 8, DELTA_NS));
    const [caughtUp, ...rest] = heightsOf(cluster);
    expect(caughtUp).toBeGreaterThanOrEqual(Math.min(...rest) - 1);
    expect(caughtUp).toBeGreaterThan(Math.min(...others));
    expect(evidenceIn(cluster)[0]).toContain(`${LIAR}: two proposals`);
    expect(
      evidenceIn(cluster)
        .flat()
        .filter((found) => !found.startsWith(`${LIAR}:`)),
    ).toEqual([]);
  });

  test("never pays out twice: no honest replica has executed the liar's second spending", () => {
    for (const { chain } of cluster.honest) expect(chain.ledger.nextNonce(0)).toBe(0);
  });
});
