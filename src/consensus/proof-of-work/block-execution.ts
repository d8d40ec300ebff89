import type { AccountMachine } from "../account-machine.ts";
import { LedgerAnswer } from "../account-machine.ts";
import type { Block } from "./block.ts";
import type { ChainParameters } from "./parameters.ts";
import { rewardAt } from "./reward.ts";

/** What became of a block's transactions, one by one. */
export type Answers = readonly number[];

/**
 * Applies a block's transactions and then its reward. The miner is paid last, so that no block spends what it earns.
 * @returns undefined when one is not its account's next, or cannot pay its fee: then the block is invalid, and the state
 * spoiled. Whatever else the ledger refuses has used its nonce and paid, and is in the block all the same.
 */
export function applyBlock(machine: AccountMachine, block: Block, parameters: ChainParameters): Answers | undefined {
  const answers: number[] = [];
  for (const { words } of block.transactions) {
    const answer = machine.apply(words, 0);
    if (answer === LedgerAnswer.wrongNonce || answer === LedgerAnswer.noFee) return undefined;
    answers.push(answer);
  }
  machine.endBlock(block.miner, rewardAt(block.height, parameters));
  return answers;
}
