import { named } from "../block.ts";
import { statementOf } from "../streamlet/message.ts";
import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { epochAt } from "../streamlet/rules.ts";
import { DeviantReplica } from "./deviant-replica.ts";
import { signedVote } from "./lies.ts";

/** A replica that votes for every proposal that it hears, of whatever epoch and on whatever chain. */
export function doubleVoter(options: StreamletOptions): DeviantReplica {
  const voted = new Set<string>();
  return new DeviantReplica(new StreamletReplica(options), {
    send(context, to, message) {
      if (message.kind !== "vote") context.send(to, message);
    },
    onMessage(context, _from, message) {
      if (message.kind !== "proposal") return;
      const block = named(message.block);
      if (voted.has(block.id) || block.block.epoch > epochAt(context.nowNs, options.deltaNs)) return;
      voted.add(block.id);
      const vote = signedVote(statementOf(block), context.self, options.signer);
      for (let to = 0; to < options.replicas; to++) if (to !== context.self) context.send(to, vote);
    },
  });
}
