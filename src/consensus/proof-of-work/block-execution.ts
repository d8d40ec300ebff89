import { TRANSACTION_WORDS } from "../replica.ts";
import type { Block } from "./block.ts";
import type { ChainMachine } from "./coin-ledger.ts";
import { LedgerAnswer, rewardTransaction } from "./coin-ledger.ts";
import type { ChainParameters } from "./parameters.ts";
import { rewardAt } from "./reward.ts";
import { TransactionWord } from "./transaction.ts";

/**
 * Applies a block's transactions and then its reward. The miner is paid last, so that no block spends what it earns.
 * @returns false when the machine refused one, which makes the block invalid and leaves the state spoiled
 */
export function applyBlock(machine: ChainMachine, block: Block, parameters: ChainParameters): boolean {
  let fees = 0;
  for (let at = 0; at < block.transactions.length; at += TRANSACTION_WORDS) {
    if (machine.apply(block.transactions, at) !== LedgerAnswer.applied) return false;
    fees += block.transactions[at + TransactionWord.fee];
  }
  const reward = rewardTransaction({ miner: block.miner, reward: rewardAt(block.height, parameters), fees });
  return machine.apply(reward, 0) === LedgerAnswer.applied;
}
