import type { StreamletOptions } from "../streamlet/options.ts";
import { statementOf } from "../streamlet/message.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { DeviantReplica } from "./deviant-replica.ts";
import type { DoubleSpender } from "./lies.ts";
import { proposalMessage, signedProposal, signedVote } from "./lies.ts";

export interface EclipserOptions {
  /** The replica whose connections it has to itself: that nobody else reaches it is the network's part. */
  readonly victim: number;
  readonly spender: DoubleSpender;
}

/**
 * A replica that tells its victim a story of its own. Of all that is said it passes nothing on; when it leads, the victim
 * hears of another block than the others, which spends the liar's money, and of the liar's vote for it. To everyone else
 * it is honest. The victim lacks two thirds of the votes for anything, so it makes nothing final, true or false; when it
 * hears the others again it has both blocks of each epoch, and with them the proof.
 */
export function eclipser(options: StreamletOptions, { victim, spender }: EclipserOptions): DeviantReplica {
  const honest = new StreamletReplica(options);
  return new DeviantReplica(honest, {
    send(context, to, message) {
      if (to !== victim) {
        context.send(to, message);
        return;
      }
      if (message.kind !== "proposal" || message.block.proposer !== context.self) return;
      const parent = honest.chain.tree.get(message.block.parent);
      if (parent === undefined) return;
      const [spend] = spender.spend(honest.chain.nextNoncesAbove(parent)(spender.account));
      const told = signedProposal({ ...message.block, transactions: [spend] }, options.signer);
      context.send(victim, proposalMessage(told));
      context.send(victim, signedVote(statementOf(told), context.self, options.signer));
    },
  });
}
