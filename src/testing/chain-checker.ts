import type { Block, BlockId } from "../consensus/proof-of-work/block.ts";
import { genesisBlock } from "../consensus/proof-of-work/block.ts";
import type { ChainParameters } from "../consensus/proof-of-work/parameters.ts";
import { readTransfer } from "../consensus/ledger/ledger-transaction.ts";
import { accountOf, feeOf, nonceOf } from "../consensus/transaction.ts";
import { fail } from "./check-error.ts";

interface Checked {
  readonly block: Block;
  readonly parent: Checked | undefined;
  readonly work: number;
  readonly arrival: number;
  readonly balances: ReadonlyMap<number, number>;
  readonly nonces: ReadonlyMap<number, number>;
}

/** A ledger that the checker compares with. */
interface Coins {
  balanceOf(account: number): number;
  nextNonce(account: number): number;
  total(): number;
}

/**
 * Follows blocks from outside, by the plain rules: every block has a state of its own, made from its parent's, and
 * nothing is ever rolled back. It throws when money appears or vanishes, or a transaction happens twice on one branch.
 */
export class ChainChecker {
  readonly #parameters: ChainParameters;
  readonly #blocks = new Map<BlockId, Checked>();

  constructor(parameters: ChainParameters) {
    this.#parameters = parameters;
    const block = genesisBlock(parameters.difficultyFirst);
    const balances = new Map(parameters.allocation);
    this.#blocks.set(block.id, { block, parent: undefined, work: 0, arrival: 0, balances, nonces: new Map() });
  }

  /** The block's parent must have been added. A block that is known is ignored. */
  add(block: Block): void {
    if (this.#blocks.has(block.id)) return;
    const parent = this.#get(block.parent);
    const { balances, nonces } = this.#stateAfter(block, parent);
    const work = parent.work + block.difficulty;
    const checked = { block, parent, work, arrival: this.#blocks.size, balances, nonces };
    this.#checkMoney(checked);
    checkOnce(checked);
    this.#blocks.set(block.id, checked);
  }

  has(id: BlockId): boolean {
    return this.#blocks.has(id);
  }

  workOf(id: BlockId): number {
    return this.#get(id).work;
  }

  /** The last block of the branch with the most work; of several, the one added first. */
  heaviest(): Block {
    const all = [...this.#blocks.values()];
    return all.toSorted((a, b) => b.work - a.work || a.arrival - b.arrival)[0].block;
  }

  nonceAt(id: BlockId, account: number): number {
    return this.#get(id).nonces.get(account) ?? 0;
  }

  balanceAt(id: BlockId, account: number): number {
    return this.#get(id).balances.get(account) ?? 0;
  }

  /** From the genesis block on, without it. */
  branchTo(id: BlockId): Block[] {
    return ancestors(this.#get(id))
      .map(({ block }) => block)
      .toReversed()
      .slice(1);
  }

  /** @throws {BookCheckError} when the ledger is not in the state after this block */
  compare(id: BlockId, coins: Coins): void {
    const { balances, nonces } = this.#get(id);
    let total = 0;
    for (const [account, balance] of balances) {
      total += balance;
      check(coins.balanceOf(account) === balance, `account ${account} has ${coins.balanceOf(account)}, not ${balance}`);
      const nonce = nonces.get(account) ?? 0;
      check(
        coins.nextNonce(account) === nonce,
        `account ${account} is at nonce ${coins.nextNonce(account)}, not ${nonce}`,
      );
    }
    check(coins.total() === total, `the ledger holds ${coins.total()}, not ${total}`);
  }

  #get(id: BlockId): Checked {
    const checked = this.#blocks.get(id);
    check(checked !== undefined, `block ${id} was never seen`);
    return checked;
  }

  #stateAfter(block: Block, parent: Checked): Pick<Checked, "balances" | "nonces"> {
    const balances = new Map(parent.balances);
    const nonces = new Map(parent.nonces);
    const add = (account: number, units: number): void => {
      balances.set(account, (balances.get(account) ?? 0) + units);
    };
    let fees = 0;
    for (const transaction of block.transactions) {
      const sender = accountOf(transaction);
      const nonce = nonces.get(sender) ?? 0;
      check(nonceOf(transaction) === nonce, `a transaction of ${sender} is out of turn at ${block.height}`);
      nonces.set(sender, nonce + 1);
      add(sender, 0 - feeOf(transaction));
      check((balances.get(sender) ?? 0) >= 0, `account ${sender} cannot pay a fee at ${block.height}`);
      fees += feeOf(transaction);
      const { to, amount } = readTransfer(transaction.words, 0);
      // What is not covered is in the block, and has no effect.
      if ((balances.get(sender) ?? 0) < amount) continue;
      add(sender, 0 - amount);
      add(to, amount);
    }
    add(block.miner, fees + this.#reward(block.height));
    return { balances, nonces };
  }

  /** Block by block, where the chain computes. */
  #reward(height: number): number {
    let reward = this.#parameters.reward;
    for (let at = 2; at <= height; at++) {
      if ((at - 1) % this.#parameters.halvingBlocks === 0) reward = Math.floor(reward / 2);
    }
    return reward;
  }

  #checkMoney(checked: Checked): void {
    let due = 0;
    for (const units of this.#parameters.allocation.values()) due += units;
    for (let height = 1; height <= checked.block.height; height++) due += this.#reward(height);
    let found = 0;
    for (const units of checked.balances.values()) found += units;
    check(found === due, `there are ${found} units at height ${checked.block.height}, not ${due}`);
  }
}

function checkOnce(checked: Checked): void {
  const seen = new Set<string>();
  for (const { block } of ancestors(checked)) {
    for (const { words } of block.transactions) {
      const name = words.join();
      check(!seen.has(name), `transaction ${name} is twice on a branch`);
      seen.add(name);
    }
  }
}

function ancestors(from: Checked): Checked[] {
  const path: Checked[] = [];
  for (let each: Checked | undefined = from; each !== undefined; each = each.parent) path.push(each);
  return path;
}

function check(condition: boolean, problem: string): asserts condition {
  if (!condition) fail(problem);
}
