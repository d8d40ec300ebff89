import { exp, ln } from "../../core/portable-math.ts";
import { RandomStream } from "../../core/random.ts";
import type { StreamletMessage } from "../../consensus/streamlet/message.ts";
import { toleratedBy } from "../../consensus/streamlet/rules.ts";

/** Delta of every simulated cluster. */
export const DELTA_NS = 1_000;

export type LiarKind =
  | "silent"
  | "withholds votes"
  | "votes twice"
  | "equivocates"
  | "forges"
  | "is late"
  | "eclipses"
  | "coalition";

export type MessageKind = StreamletMessage["kind"];

/** What a seed makes of a cluster: everything that is drawn, so that a failure can print it. */
export interface ClusterPlan {
  readonly seed: number;
  readonly replicas: number;
  readonly liars: ReadonlyMap<number, LiarKind>;
  /** The first epoch in which the network is well; crashes and partitions end there. */
  readonly gstEpoch: number;
  /** Before that: */
  readonly delayNsMean: number;
  readonly loss: ReadonlyMap<MessageKind, number>;
  readonly duplicate: number;
  /** Chance that an epoch begins with a new partition, and that it cuts in one direction only. */
  readonly partition: number;
  readonly oneWay: number;
  readonly partitionEpochsMean: number;
  /** Chance that a replica's disk crashes in an epoch, at one of its next writes. */
  readonly crash: number;
  readonly downNsMean: number;
  readonly submissionsPerEpoch: number;
  /** Messages go through the codec. */
  readonly coded: boolean;
}

const LIARS: readonly LiarKind[] = ["silent", "withholds votes", "votes twice", "equivocates", "forges"];
const KINDS: readonly MessageKind[] = ["proposal", "vote", "certificate", "status", "submission", "outcome"];

/** Draws a cluster with fewer liars than a third. Each fault has its own coin, so that many runs have few of them. */
export function drawPlan(seed: number): ClusterPlan {
  const random = RandomStream.named(seed, "streamlet", "plan");
  const coin = (of: number, low: number, high: number): number =>
    random.chance(of) ? logUniform(random, low, high) : 0;
  const replicas = random.chance(0.75) ? 4 : 7;
  const liars = new Map<number, LiarKind>();
  const count = random.integer(0, toleratedBy(replicas));
  while (liars.size < count) liars.set(random.integer(0, replicas - 1), LIARS[random.integer(0, LIARS.length - 1)]);
  const lossOfAll = coin(0.5, 0.01, 0.5);
  return {
    seed,
    replicas,
    liars,
    gstEpoch: random.integer(2, 30),
    delayNsMean: logUniform(random, DELTA_NS / 8, 4 * DELTA_NS),
    loss: new Map(KINDS.map((kind) => [kind, Math.max(lossOfAll, coin(0.15, 0.1, 0.95))])),
    duplicate: coin(0.3, 0.01, 0.5),
    partition: coin(0.5, 0.05, 1),
    oneWay: random.uniform(),
    partitionEpochsMean: logUniform(random, 0.5, 8),
    crash: coin(0.5, 0.02, 0.7),
    downNsMean: logUniform(random, DELTA_NS / 20, 6 * DELTA_NS),
    submissionsPerEpoch: random.integer(0, 3),
    coded: random.chance(0.2),
  };
}

/** A cluster whose network and disks are well from the start. */
export function calmPlan(of: Pick<ClusterPlan, "seed" | "replicas" | "liars">): ClusterPlan {
  return {
    ...of,
    gstEpoch: 1,
    delayNsMean: 1,
    loss: new Map(),
    duplicate: 0,
    partition: 0,
    oneWay: 0,
    partitionEpochsMean: 1,
    crash: 0,
    downNsMean: 1,
    submissionsPerEpoch: 1,
    coded: false,
  };
}

export function planText(plan: ClusterPlan): string {
  return JSON.stringify(plan, (_, value: unknown): unknown =>
    value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : value,
  );
}

/** Between two bounds, each doubling as likely as any other. */
function logUniform(random: RandomStream, low: number, high: number): number {
  return low * exp(random.uniform() * ln(high / low));
}
