import { RandomStream } from "../../core/random.ts";
import { Coalition } from "../../consensus/byzantine/coalition.ts";
import { epochStartNs, toleratedBy } from "../../consensus/streamlet/rules.ts";
import { StreamletCluster } from "./cluster.ts";
import type { LiarKind } from "./plan.ts";
import { calmPlan, DELTA_NS } from "./plan.ts";
import type { ClusterNetwork } from "./rough-network.ts";
import { doubleSpender } from "./spending.ts";

/** Epochs in which the attack must succeed. */
const EPOCHS_MAX = 300;
/** Epochs after the fork in which the groups hear of each other. */
const EPOCHS_AFTER = 6;

export interface CoalitionResult {
  readonly replicas: number;
  readonly forkEpoch: number;
  /** Whom the honest replicas can prove guilty. */
  readonly culprits: ReadonlySet<number>;
}

/**
 * Runs f + 1 liars of n = 3f + 1 as a coalition, until it has made two honest replicas disagree, and a little longer.
 * The checker sees to it that no evidence names an honest replica.
 *
 * @throws {Error} when it does not fork the chain, or anything but agreement breaks
 */
export function runCoalition(options: {
  readonly seed: number;
  readonly replicas: number;
  readonly network: "keeps the groups apart" | "is well";
}): CoalitionResult {
  const { seed, replicas } = options;
  const random = RandomStream.named(seed, "streamlet", "coalition");
  const members = new Map<number, LiarKind>();
  while (members.size <= toleratedBy(replicas)) members.set(random.integer(0, replicas - 1), "coalition");
  const honest = Array.from({ length: replicas }, (_, number) => number).filter((number) => !members.has(number));
  const half = honest.length / 2;
  const groups = [honest.slice(0, half), honest.slice(half)] as const;
  const network = new TwoGroups(groups, random);
  network.isApart = options.network === "keeps the groups apart";
  const plan = calmPlan({ seed, replicas, liars: members });
  const cluster: StreamletCluster = new StreamletCluster({
    plan,
    network,
    forks: "are expected",
    coalition: (keys, accounts) => {
      const signers = new Map([...members.keys()].map((member) => [member, keys.signers[member]]));
      return new Coalition({ members: signers, victims: groups, spender: doubleSpender(0, accounts) });
    },
  });
  for (let epoch = 1; epoch <= EPOCHS_MAX; epoch++) {
    cluster.runUntil(epochStartNs(epoch + 1, DELTA_NS));
    if (cluster.checker.forkedHeights.size === 0) continue;
    network.isApart = false;
    cluster.runUntil(epochStartNs(epoch + EPOCHS_AFTER, DELTA_NS));
    return { replicas, forkEpoch: epoch, culprits: cluster.checker.culprits };
  }
  throw new Error(`seed ${seed}: a coalition of ${members.size} of ${replicas} did not fork the chain`);
}

/** Every message arrives within Delta, but for those between two groups while they are kept apart. */
class TwoGroups implements ClusterNetwork {
  isApart = false;
  readonly #groups: readonly [readonly number[], readonly number[]];
  readonly #random: RandomStream;

  constructor(groups: readonly [readonly number[], readonly number[]], random: RandomStream) {
    this.#groups = groups;
    this.#random = random;
  }

  beginEpoch(): void {}

  delaysNs(from: number, to: number): readonly number[] {
    const [one, other] = this.#groups;
    const isBetween = (one.includes(from) && other.includes(to)) || (other.includes(from) && one.includes(to));
    return this.isApart && isBetween ? [] : [this.#random.integer(1, DELTA_NS - 1)];
  }
}
