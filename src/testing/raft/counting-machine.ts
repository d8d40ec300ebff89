import type { ReadableMachine } from "../../consensus/raft/replicated-state.ts";
import { RaftCheckError } from "./raft-check-error.ts";

/**
 * Counts transactions. Word 0 of a transaction is its client, word 1 its number there, so that a second execution of
 * one is found at once. The answer to a transaction is its place in the order of all; the answer to a query is how many
 * there were.
 */
export class CountingMachine implements ReadableMachine {
  #executed: number[] = [];
  #seen = new Set<number>();
  #hash = 0;
  readonly #onExecuted: (transaction: number, place: number) => void;
  readonly #ballast: Int32Array;

  /** @param ballastWords make snapshots so large that they travel in pieces */
  constructor(onExecuted: (transaction: number, place: number) => void, ballastWords: number) {
    this.#onExecuted = onExecuted;
    this.#ballast = Int32Array.from({ length: ballastWords }, (_, i) => i);
  }

  apply(words: Int32Array, at: number): number {
    const transaction = transactionName(words[at], words[at + 1]);
    if (this.#seen.has(transaction))
      throw new RaftCheckError(`exactly once: transaction ${transaction} executed twice`);
    this.#take(transaction);
    this.#onExecuted(transaction, this.#executed.length);
    return this.#executed.length;
  }

  read(): number {
    return this.#executed.length;
  }

  snapshot(): Int32Array {
    return Int32Array.from([...this.#ballast, ...this.#executed]);
  }

  restore(snapshot: Int32Array): void {
    this.#executed = [];
    this.#seen = new Set();
    this.#hash = 0;
    for (const [at, word] of this.#ballast.entries()) {
      if (snapshot[at] !== word) throw new RaftCheckError(`snapshot: word ${at} is ${snapshot[at]}`);
    }
    for (const transaction of snapshot.subarray(this.#ballast.length)) this.#take(transaction);
  }

  hash(): string {
    return `${this.#executed.length}:${this.#hash}`;
  }

  #take(transaction: number): void {
    this.#seen.add(transaction);
    this.#executed.push(transaction);
    this.#hash = (Math.imul(this.#hash, 31) + transaction) | 0;
  }
}

/** One number for a client's transaction. */
export function transactionName(client: number, number: number): number {
  return client * 100_000 + number;
}
