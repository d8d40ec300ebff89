import { assert } from "../../core/assert.ts";
import type { NamedBlock } from "../block.ts";
import type { NextNonces } from "../mempool.ts";
import type { ReplicatedMachine } from "../replica.ts";
import type { SignedTransaction } from "../transaction.ts";
import { accountOf, nonceOf } from "../transaction.ts";
import type { Outcome } from "./message.ts";

/** Hands the transactions of final blocks to the machine: in order, each once. */
export class FinalLedger {
  readonly #machine: ReplicatedMachine;
  #height = 0;
  readonly #nextNonces = new Map<number, number>();
  /** By account, of its transaction that was executed last: what a client that asks again is told. */
  readonly #lastOutcomes = new Map<number, Outcome>();

  constructor(machine: ReplicatedMachine) {
    this.#machine = machine;
  }

  /** Of the block executed last. */
  get height(): number {
    return this.#height;
  }

  readonly nextNonce: NextNonces = (account) => this.#nextNonces.get(account) ?? 0;

  lastOutcome(account: number): Outcome | undefined {
    return this.#lastOutcomes.get(account);
  }

  execute({ block }: NamedBlock): Outcome[] {
    assert(block.height === this.#height + 1, "final blocks are executed in order, each once");
    this.#height = block.height;
    return block.transactions.map((transaction) => this.#executeOne(transaction));
  }

  #executeOne(transaction: SignedTransaction): Outcome {
    const account = accountOf(transaction);
    const nonce = nonceOf(transaction);
    assert(nonce === this.nextNonce(account), "a nonce is used once, in order");
    this.#nextNonces.set(account, nonce + 1);
    const result = this.#machine.apply(transaction.words, 0);
    const outcome: Outcome = { kind: "outcome", height: this.#height, result, words: transaction.words };
    this.#lastOutcomes.set(account, outcome);
    return outcome;
  }
}
