import { RandomStream } from "../../core/random.ts";
import { epochStartNs } from "../../consensus/streamlet/rules.ts";
import { StreamletCheckError } from "./checker.ts";
import { StreamletCluster } from "./cluster.ts";
import type { ClusterPlan } from "./plan.ts";
import { DELTA_NS, drawPlan, planText } from "./plan.ts";
import { RoughNetwork } from "./rough-network.ts";

/** Epochs after the global stabilisation time in which replicas tell each other what they have missed. */
const CATCH_UP_EPOCHS = 1;
/** The theorem's: five epochs in a row with honest leaders make a new block final. */
const HONEST_EPOCHS = 5;
/** A window of five is found long before that. */
const EPOCHS_MAX = 400;

export interface RunResult {
  readonly finalHeight: number;
  readonly messages: number;
  readonly crashes: number;
  readonly culprits: number;
}

/**
 * Runs a cluster with fewer liars than a third: first anything may happen, and nothing may break; then the network is
 * well, and the chain must grow within five epochs of honest leaders.
 *
 * @throws {Error} at the first property that does not hold, with all that the seed drew
 */
export function runHonestMajority(seed: number): RunResult {
  const plan = drawPlan(seed);
  try {
    return run(plan);
  } catch (error) {
    throw new Error(`seed ${seed}: ${String(error)}\n${planText(plan)}`, { cause: error });
  }
}

function run(plan: ClusterPlan): RunResult {
  const network = new RoughNetwork(plan, RandomStream.named(plan.seed, "streamlet", "network"));
  const cluster = new StreamletCluster({ plan, network, forks: "are a bug" });
  const window = honestWindow(cluster, plan);
  cluster.runUntil(epochStartNs(window, DELTA_NS));
  const before = finalHeights(cluster);
  runSharing(cluster, window, window + HONEST_EPOCHS);
  for (const [place, height] of finalHeights(cluster).entries()) {
    if (height <= before[place]) {
      throw new StreamletCheckError(
        "liveness",
        `the chain of an honest replica does not grow: ${height} in epoch ${window}`,
      );
    }
  }
  expectEvidence(cluster, plan, window + HONEST_EPOCHS);
  const { messages, crashes } = cluster;
  return {
    finalHeight: Math.max(...finalHeights(cluster)),
    messages,
    crashes,
    culprits: cluster.checker.culprits.size,
  };
}

/** Runs epochs of a network that is well: what one honest replica has seen notarised, all have within Delta. */
function runSharing(cluster: StreamletCluster, firstEpoch: number, endEpoch: number): void {
  const endNs = epochStartNs(endEpoch, DELTA_NS);
  for (let nowNs = epochStartNs(firstEpoch, DELTA_NS); nowNs < endNs; nowNs += DELTA_NS) {
    const seen = Math.max(...longestHeights(cluster));
    cluster.runUntil(nowNs + DELTA_NS);
    const least = Math.min(...longestHeights(cluster));
    if (least < seen)
      throw new StreamletCheckError(
        "told within Delta",
        `not told within Delta: a chain of height ${seen}, only ${least}`,
      );
  }
}

/** Whoever led an epoch and told two stories, while the network was well, was caught by everyone. */
function expectEvidence(cluster: StreamletCluster, plan: ClusterPlan, endEpoch: number): void {
  for (let epoch = plan.gstEpoch + CATCH_UP_EPOCHS; epoch < endEpoch; epoch++) {
    const leader = cluster.honest[0].chain.leaderOf(epoch);
    if (plan.liars.get(leader) !== "equivocates") continue;
    for (const { chain } of cluster.honest) {
      if (chain.misconduct.isKnownFor(leader, "two proposals")) continue;
      throw new StreamletCheckError(
        "liars are caught",
        `${leader} equivocates in epoch ${epoch}, and not everyone finds out`,
      );
    }
  }
}

/** The first of five epochs in a row, after the replicas have caught up, that honest replicas lead. */
function honestWindow(cluster: StreamletCluster, plan: ClusterPlan): number {
  let row = 0;
  for (let epoch = plan.gstEpoch + CATCH_UP_EPOCHS; epoch < plan.gstEpoch + EPOCHS_MAX; epoch++) {
    row = plan.liars.has(cluster.honest[0].chain.leaderOf(epoch)) ? 0 : row + 1;
    if (row === HONEST_EPOCHS) return epoch - HONEST_EPOCHS + 1;
  }
  throw new Error(`no five epochs in a row have honest leaders in ${EPOCHS_MAX}`);
}

function finalHeights(cluster: StreamletCluster): number[] {
  return cluster.honest.map(({ chain }) => chain.ledger.height);
}

function longestHeights(cluster: StreamletCluster): number[] {
  return cluster.honest.map(({ chain }) => chain.tree.longestHeight);
}
