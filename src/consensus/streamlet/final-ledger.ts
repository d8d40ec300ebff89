import { assert } from "../../core/assert.ts";
import type { NamedBlock } from "../block.ts";
import type { Outcome } from "../client-messages.ts";
import type { NextNonces } from "../mempool.ts";
import type { AccountMachine } from "../account-machine.ts";
import type { SignedTransaction } from "../transaction.ts";
import { accountOf, nonceOf } from "../transaction.ts";

/** Hands the transactions of final blocks to the machine: in order, each once. */
export class FinalLedger {
  readonly #machine: AccountMachine;
  #height = 0;

  constructor(machine: AccountMachine) {
    this.#machine = machine;
  }

  /** Of the block executed last. */
  get height(): number {
    return this.#height;
  }

  readonly nextNonce: NextNonces = (account) => this.#machine.nextNonce(account);

  execute({ block }: NamedBlock): Outcome[] {
    assert(block.height === this.#height + 1, "final blocks are executed in order, each once");
    this.#height = block.height;
    return block.transactions.map((transaction) => this.#executeOne(transaction));
  }

  #executeOne(transaction: SignedTransaction): Outcome {
    const account = accountOf(transaction);
    const nonce = nonceOf(transaction);
    assert(nonce === this.nextNonce(account), "a nonce is used once, in order");
    const result = this.#machine.apply(transaction.words, 0);
    return { kind: "outcome", height: this.#height, result, words: transaction.words };
  }
}
