import { blockForger } from "../../consensus/byzantine/block-forger.ts";
import type { Coalition } from "../../consensus/byzantine/coalition.ts";
import { doubleVoter } from "../../consensus/byzantine/double-voter.ts";
import { eclipser } from "../../consensus/byzantine/eclipser.ts";
import { equivocatingLeader } from "../../consensus/byzantine/equivocating-leader.ts";
import { lateReplica } from "../../consensus/byzantine/late-replica.ts";
import type { DoubleSpender } from "../../consensus/byzantine/lies.ts";
import { silentReplica } from "../../consensus/byzantine/silent.ts";
import { voteWithholder } from "../../consensus/byzantine/vote-withholder.ts";
import type { Replica } from "../../consensus/replica.ts";
import type { StreamletMessage } from "../../consensus/streamlet/message.ts";
import type { StreamletOptions } from "../../consensus/streamlet/options.ts";
import type { LiarKind } from "./plan.ts";

/** Whom an eclipse hits. */
export const ECLIPSED = 0;

export interface LiarsMeans {
  readonly spender: DoubleSpender;
  readonly coalition: Coalition | undefined;
}

/** A replica that lies in the given way. */
export function createLiar(
  kind: LiarKind,
  options: StreamletOptions,
  { spender, coalition }: LiarsMeans,
): Replica<StreamletMessage> {
  if (kind === "silent") return silentReplica;
  if (kind === "withholds votes") return voteWithholder(options, [options.chain % options.replicas]);
  if (kind === "votes twice") return doubleVoter(options);
  if (kind === "equivocates") return equivocatingLeader(options, spender);
  if (kind === "forges") return blockForger(options, spender);
  if (kind === "is late") return lateReplica(options);
  if (kind === "eclipses") return eclipser(options, { victim: ECLIPSED, spender });
  if (coalition === undefined) throw new Error("a member of a coalition needs one");
  return coalition.member(options);
}
