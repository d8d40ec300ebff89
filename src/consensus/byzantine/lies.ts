import type { Block } from "../block.ts";
import { named } from "../block.ts";
import type { Signer } from "../signature.ts";
import type { NamedProposal, Proposal, Vote } from "../streamlet/message.ts";
import { statementOf } from "../streamlet/message.ts";
import type { Statement } from "../streamlet/statement.ts";
import { signStatement } from "../streamlet/statement.ts";
import type { SignedTransaction } from "../transaction.ts";

/** A liar's account: gives two transactions of one nonce, each of which alone is good. */
export interface DoubleSpender {
  readonly account: number;
  spend(nonce: number): readonly [SignedTransaction, SignedTransaction];
}

export function signedVote(statement: Statement, voter: number, signer: Signer): Vote {
  const { epoch, height, block } = statement;
  const signature = signStatement("vote", statement, signer);
  return { kind: "vote", epoch, height, block, voter, signature };
}

export function signedProposal(block: Block, signer: Signer): NamedProposal {
  const unsigned = named(block);
  return { ...unsigned, signature: signStatement("proposal", statementOf(unsigned), signer) };
}

export function proposalMessage({ block, signature }: NamedProposal): Proposal {
  return { kind: "proposal", block, signature };
}
