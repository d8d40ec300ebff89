import type { Block } from "../block.ts";
import type { ReplicaContext } from "../replica.ts";
import type { StreamletMessage, Vote } from "../streamlet/message.ts";
import { statementOf } from "../streamlet/message.ts";
import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { epochAt } from "../streamlet/rules.ts";
import type { SignedTransaction } from "../transaction.ts";
import { DeviantReplica } from "./deviant-replica.ts";
import type { DoubleSpender } from "./lies.ts";
import { proposalMessage, signedProposal, signedVote } from "./lies.ts";

/**
 * A replica that forges. In every epoch it makes a block in the leader's name and the votes of all for it, each with
 * the only signature that it can make, its own; and a block in its own name, as if it led. When it leads itself, its block spends an account's money twice, or
 * money that is not its own, or skips a nonce. Honest replicas refuse all of it.
 */
export function blockForger(options: StreamletOptions, spender: DoubleSpender): DeviantReplica {
  const honest = new StreamletReplica(options);

  const forge = (epoch: number, self: number): readonly StreamletMessage[] => {
    const leader = honest.chain.leaderOf(epoch);
    const parent = honest.chain.tree.tip;
    const next = honest.chain.nextNoncesAbove(parent)(spender.account);
    const transactions = leader === self ? badTransactions(epoch, next, spender) : [];
    const block: Block = { parent: parent.id, height: parent.block.height + 1, epoch, proposer: leader, transactions };
    const proposal = signedProposal(block, options.signer);
    const statement = statementOf(proposal);
    const votes = Array.from({ length: options.replicas }, (_, voter): Vote => {
      return signedVote(statement, voter, options.signer);
    });
    const usurping = signedProposal({ ...block, proposer: self }, options.signer);
    const usurpation = leader === self ? [] : [proposalMessage(usurping)];
    return [...usurpation, proposalMessage(proposal), ...votes, { kind: "certificate", ...statement, votes }];
  };

  const tellAll = (context: ReplicaContext<StreamletMessage>, messages: readonly StreamletMessage[]): void => {
    for (let to = 0; to < options.replicas; to++) {
      if (to !== context.self) for (const message of messages) context.send(to, message);
    }
  };

  return new DeviantReplica(honest, {
    onEpoch(context) {
      tellAll(context, forge(epochAt(context.nowNs, options.deltaNs), context.self));
    },
    send(context, to, message) {
      const isOwnProposal = message.kind === "proposal" && message.block.proposer === context.self;
      if (!isOwnProposal) context.send(to, message);
    },
  });
}

/** One of the ways to spend what may not be spent, by turns. */
function badTransactions(epoch: number, next: number, spender: DoubleSpender): readonly SignedTransaction[] {
  const [one, other] = spender.spend(next);
  const [early] = spender.spend(next + 1);
  const stolen = { words: one.words.map((word, place) => (place === 4 ? word + 1 : word)), signature: one.signature };
  return [[one, other], [stolen], [early]][epoch % 3];
}
