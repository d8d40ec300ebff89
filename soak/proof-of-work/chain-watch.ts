import type { AccountLedger } from "../../src/consensus/ledger/account-ledger.ts";
import type { Block } from "../../src/consensus/proof-of-work/block.ts";
import type { ProofOfWorkNode } from "../../src/consensus/proof-of-work/node.ts";
import type { ChainParameters } from "../../src/consensus/proof-of-work/parameters.ts";
import type { TreeBlock } from "../../src/consensus/proof-of-work/tree-block.ts";
import type { Verifier } from "../../src/consensus/signature.ts";
import { isSigned } from "../../src/consensus/transaction.ts";
import { ChainChecker } from "../../src/testing/chain-checker.ts";
import { BookCheckError } from "../../src/testing/check-error.ts";
import { violated } from "../simulation/violation.ts";

/**
 * Follows the tip of every node: each block on its chain is right by the plain rules, of which the checker keeps a state
 * of its own for every block; and the node's ledger is in the state of its tip, however it came there.
 */
export class ChainWatch {
  reorganisations = 0;
  readonly #checker: ChainChecker;
  readonly #accounts: Verifier;
  readonly #parameters: ChainParameters;
  readonly #tips = new Map<number, TreeBlock>();
  /** By node: the work of the heaviest branch that it has followed, also before a crash. */
  readonly #works = new Map<number, number>();

  constructor(parameters: ChainParameters, accounts: Verifier) {
    this.#checker = new ChainChecker(parameters);
    this.#accounts = accounts;
    this.#parameters = parameters;
  }

  crashed(node: number): void {
    this.#tips.delete(node);
  }

  /** A node has handled an event. */
  check(number: number, { chain }: ProofOfWorkNode, ledger: AccountLedger): void {
    const { tip } = chain;
    const before = this.#tips.get(number);
    if (tip === before) return;
    this.#tips.set(number, tip);
    if (before !== undefined && !chain.isOnMain(before)) this.reorganisations++;
    if (before !== undefined && tip.work <= before.work) {
      violated("the heaviest chain", `node ${number} went from work ${before.work} to ${tip.work}`);
    }
    const followed = this.#works.get(number) ?? 0;
    if (tip.work < followed) {
      violated("what is told is on the disk", `node ${number} followed work ${followed} and is back at ${tip.work}`);
    }
    this.#works.set(number, tip.work);
    if (ledger.total() !== ledger.supply()) {
      violated("money is conserved", `node ${number} holds ${ledger.total()} coins, and ${ledger.supply()} were made`);
    }
    plainly(() => {
      this.#follow(tip);
      this.#checker.compare(tip.block.id, ledger);
      const work = this.#checker.workOf(tip.block.id);
      if (work !== tip.work) violated("the heaviest chain", `node ${number} takes work ${work} for ${tip.work}`);
    });
  }

  /** By all that was ever seen. */
  get heaviest(): Block {
    return this.#checker.heaviest();
  }

  #follow(tip: TreeBlock): void {
    const missing: TreeBlock[] = [];
    for (let at: TreeBlock | undefined = tip; at !== undefined && !this.#checker.has(at.block.id); at = at.parent) {
      missing.push(at);
    }
    for (const { block, parent } of missing.toReversed()) {
      if (parent !== undefined) this.#mustFollow(block, parent.block);
      if (!block.transactions.every((transaction) => isSigned(transaction, this.#accounts))) {
        violated("every transaction is signed", `a block at ${block.height} holds what its account has not signed`);
      }
      this.#checker.add(block);
    }
  }

  /** Time goes on, and the difficulty changes at the end of a window only, and not by too much. */
  #mustFollow(block: Block, parent: Block): void {
    const { retargetBlocks, retargetFactorMax } = this.#parameters;
    const { height, difficulty, timeNs } = block;
    if (timeNs <= parent.timeNs) violated("time goes on", `the block at ${height} is no later than its parent`);
    const mayChange = parent.height > 0 && parent.height % retargetBlocks === 0;
    const factor = difficulty / parent.difficulty;
    // A difficulty is a whole number: rounding may add a half to it.
    const isNear = Math.abs(difficulty - parent.difficulty * Math.min(factor, retargetFactorMax)) <= 1;
    if (mayChange ? !isNear : factor !== 1) {
      violated("the schedule of difficulty", `at ${height} it is ${difficulty}, and ${parent.difficulty} before`);
    }
  }
}

/** What the checker of chains finds is a violation as any other. */
function plainly(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof BookCheckError) violated("money and nonces by the plain rules", error.message);
    throw error;
  }
}
