import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { DeviantReplica } from "./deviant-replica.ts";

/**
 * A replica that keeps its votes, and what proves that a block is notarised, from all but its confidants, so that only
 * they see a chain grow. Without confidants nobody gets its votes.
 */
export function voteWithholder(options: StreamletOptions, confidants: readonly number[]): DeviantReplica {
  return new DeviantReplica(new StreamletReplica(options), {
    send(context, to, message) {
      const isVote = message.kind === "vote" || message.kind === "certificate";
      if (!isVote || confidants.includes(to)) context.send(to, message);
    },
  });
}
