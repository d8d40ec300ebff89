import type { StreamletMessage } from "../../src/consensus/streamlet/message.ts";
import type { StreamletReplica } from "../../src/consensus/streamlet/replica.ts";
import { epochAt, epochStartNs } from "../../src/consensus/streamlet/rules.ts";
import type { LiarKind } from "../../src/testing/streamlet/plan.ts";
import type { Cluster } from "../simulation/cluster.ts";
import { violated } from "../simulation/violation.ts";

export interface Growing {
  readonly cluster: Cluster<StreamletMessage>;
  /** Honest replicas that are up, and stay so. */
  readonly core: readonly number[];
  readonly deltaNs: number;
  readonly liars: ReadonlyMap<number, LiarKind>;
  readonly replicaAt: (seat: number) => StreamletReplica | undefined;
}

/** The theorem's: five epochs in a row with honest leaders make a new block final. */
const HONEST_EPOCHS = 5;
/** In one epoch replicas tell each other what they have missed, in the next what they have missed of that. */
const CATCH_UP_EPOCHS = 3;
/** A window of five is found long before that. */
const EPOCHS_MAX = 2_000;

/**
 * Once nothing is wrong any more, all clocks are right and nobody is paused: what one replica has seen notarised, all have within Delta;
 * five epochs in a row with honest leaders make a new block final everywhere; and who told two stories is caught.
 * @throws {Violation} when that is not so
 */
export function checkGrowth(growing: Growing): void {
  const { cluster, core, deltaNs } = growing;
  const isWell = (seat: number): boolean =>
    cluster.clockOf(seat).at(cluster.nowNs) === cluster.nowNs && !cluster.isPaused(seat);
  while (!core.every(isWell)) cluster.runUntil(cluster.nowNs + deltaNs);
  const wellFrom = epochAt(cluster.nowNs, deltaNs) + 1 + CATCH_UP_EPOCHS;
  const window = honestWindow(growing, wellFrom);
  cluster.runUntil(epochStartNs(window, deltaNs) - 1);
  const before = core.map((seat) => replicaOf(growing, seat).chain.ledger.height);
  const end = window + HONEST_EPOCHS;
  runSharing(growing, end);
  for (const [place, seat] of core.entries()) {
    const { height } = replicaOf(growing, seat).chain.ledger;
    if (height <= before[place]) {
      violated("liveness", `the chain of ${seat} is at ${height} after ${HONEST_EPOCHS} epochs with honest leaders`);
    }
  }
  expectCaught(growing, wellFrom, end);
}

function honestWindow(growing: Growing, from: number): number {
  const { chain } = replicaOf(growing, growing.core[0]);
  let row = 0;
  for (let epoch = from; epoch < from + EPOCHS_MAX; epoch++) {
    row = growing.core.includes(chain.leaderOf(epoch)) ? row + 1 : 0;
    if (row === HONEST_EPOCHS) return epoch - HONEST_EPOCHS + 1;
  }
  throw new Error(`no ${HONEST_EPOCHS} epochs in a row have honest leaders in ${EPOCHS_MAX}`);
}

function runSharing(growing: Growing, endEpoch: number): void {
  const { cluster, core, deltaNs } = growing;
  const heights = (): number[] => core.map((seat) => replicaOf(growing, seat).chain.tree.longestHeight);
  const endNs = epochStartNs(endEpoch, deltaNs);
  while (cluster.nowNs < endNs) {
    const seen = Math.max(...heights());
    cluster.runUntil(cluster.nowNs + deltaNs);
    const least = Math.min(...heights());
    if (least < seen) violated("told within Delta", `a chain of height ${seen} is known, somebody only knows ${least}`);
  }
}

/** Whoever led an epoch and told two stories, while the network was well, was caught by everyone. */
function expectCaught(growing: Growing, from: number, end: number): void {
  const { core, liars } = growing;
  const { chain } = replicaOf(growing, core[0]);
  for (let epoch = from; epoch < end; epoch++) {
    const leader = chain.leaderOf(epoch);
    if (liars.get(leader) !== "equivocates") continue;
    for (const seat of core) {
      if (replicaOf(growing, seat).chain.misconduct.isKnownFor(leader, "two proposals")) continue;
      violated("liars are caught", `${leader} tells two stories in epoch ${epoch}, and ${seat} does not find out`);
    }
  }
}

function replicaOf({ replicaAt }: Growing, seat: number): StreamletReplica {
  const replica = replicaAt(seat);
  if (replica === undefined) throw new Error(`replica ${seat} is of the core and not up`);
  return replica;
}
