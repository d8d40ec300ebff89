import { BLOCK_TRANSACTIONS_MAX } from "../block-body.ts";
import type { NamedProposal } from "../streamlet/message.ts";
import { statementOf } from "../streamlet/message.ts";
import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { accountOf } from "../transaction.ts";
import { DeviantReplica } from "./deviant-replica.ts";
import type { DoubleSpender } from "./lies.ts";
import { proposalMessage, signedProposal, signedVote } from "./lies.ts";

/**
 * A replica that, when it leads, tells every other replica another block: the two spend the same money twice. It votes
 * for both of them, each towards those who have heard of it. Otherwise it is honest.
 */
export function equivocatingLeader(options: StreamletOptions, spender: DoubleSpender): DeviantReplica {
  const honest = new StreamletReplica(options);
  let epoch = 0;
  let blocks: readonly NamedProposal[] = [];

  /** The two blocks in the place of the one that an honest leader would propose. */
  const contradict = ({ block }: Pick<NamedProposal, "block">): readonly NamedProposal[] => {
    const parent = honest.chain.tree.get(block.parent);
    if (parent === undefined) return [];
    const nonce = honest.chain.nextNoncesAbove(parent)(spender.account);
    const others = block.transactions.filter((transaction) => accountOf(transaction) !== spender.account);
    return spender.spend(nonce).map((spend) => {
      const transactions = [spend, ...others.slice(0, BLOCK_TRANSACTIONS_MAX - 1)];
      return signedProposal({ ...block, transactions }, options.signer);
    });
  };

  return new DeviantReplica(honest, {
    send(context, to, message) {
      if (message.kind === "proposal" && message.block.proposer === context.self) {
        if (message.block.epoch > epoch) {
          epoch = message.block.epoch;
          blocks = contradict(message);
        }
        const told = message.block.epoch === epoch ? blocks.at(to % 2) : undefined;
        if (told === undefined) return;
        context.send(to, proposalMessage(told));
        context.send(to, signedVote(statementOf(told), context.self, options.signer));
      } else if (message.kind !== "vote" || message.epoch !== epoch) {
        context.send(to, message);
      }
    },
  });
}
