import type { ReadableMachine } from "../../src/consensus/raft/replicated-state.ts";
import { violated } from "../simulation/violation.ts";

export const REGISTERS = 2;
export const ACCOUNTS = 4;
const BALANCE_AT_START = 100;
const UNWRITTEN = -1;
const HEAD_WORDS = 1 + REGISTERS + ACCOUNTS;

/** Words of a transaction; the last two say which one it is. */
export const BankWord = { kind: 0, first: 1, second: 2, third: 3, client: 14, number: 15 } as const;
export const BankKind = { write: 1, compareAndSet: 2, transfer: 3 } as const;

/**
 * What the replicas hold: registers to read, write, and compare and set, and accounts that send each other money. It
 * keeps the name of every transaction, so that a second execution is found at once.
 */
export class RegisterBank implements ReadableMachine {
  readonly #registers = new Int32Array(REGISTERS).fill(UNWRITTEN);
  readonly #balances = new Int32Array(ACCOUNTS).fill(BALANCE_AT_START);
  #executed: number[] = [];
  readonly #names = new Set<number>();
  #hash = 0;
  readonly #onExecuted: (name: number, place: number) => void;
  readonly #ballast: Int32Array;

  /** @param ballastWords make snapshots so large that they travel in pieces */
  constructor(onExecuted: (name: number, place: number) => void, ballastWords: number) {
    this.#onExecuted = onExecuted;
    this.#ballast = new Int32Array(ballastWords);
    for (let place = 0; place < ballastWords; place++) this.#ballast[place] = place + 1;
  }

  apply(words: Int32Array, at: number): number {
    const name = transactionName(words[at + BankWord.client], words[at + BankWord.number]);
    if (this.#names.has(name)) violated("exactly once", `transaction ${name} is executed twice`);
    this.#take(name);
    const answer = this.#execute(words, at);
    this.#hash = (Math.imul(this.#hash, 31) + Math.imul(name, 7) + answer) | 0;
    this.#onExecuted(name, this.#executed.length);
    return answer;
  }

  /** @returns the value of a register, -1 where nobody has written */
  read(words: Int32Array, at: number): number {
    return this.#registers[words[at + BankWord.first]];
  }

  snapshot(): Int32Array {
    const front = HEAD_WORDS + this.#ballast.length;
    const words = new Int32Array(front + this.#executed.length);
    words[0] = this.#hash;
    words.set(this.#registers, 1);
    words.set(this.#balances, 1 + REGISTERS);
    words.set(this.#ballast, HEAD_WORDS);
    words.set(this.#executed, front);
    return words;
  }

  restore(snapshot: Int32Array): void {
    this.#hash = snapshot[0];
    this.#registers.set(snapshot.subarray(1, 1 + REGISTERS));
    this.#balances.set(snapshot.subarray(1 + REGISTERS, HEAD_WORDS));
    const front = HEAD_WORDS + this.#ballast.length;
    for (let at = HEAD_WORDS; at < front; at++) {
      if (snapshot[at] !== this.#ballast[at - HEAD_WORDS])
        violated("state-machine safety", `word ${at} of a snapshot is ${snapshot[at]}`);
    }
    this.#executed = [];
    this.#names.clear();
    for (const name of snapshot.subarray(front)) this.#take(name);
  }

  hash(): string {
    const state = [...this.#registers, ...this.#balances].join(" ");
    return `${this.#executed.length} executed, ${this.#hash}, ${state}`;
  }

  #take(name: number): void {
    this.#names.add(name);
    this.#executed.push(name);
  }

  #execute(words: Int32Array, at: number): number {
    const first = words[at + BankWord.first];
    const second = words[at + BankWord.second];
    const third = words[at + BankWord.third];
    if (words[at + BankWord.kind] === BankKind.transfer) return this.#transfer(first, second, third);
    if (words[at + BankWord.kind] === BankKind.write) {
      this.#registers[first] = second;
      return 1;
    }
    if (this.#registers[first] !== second) return 0;
    this.#registers[first] = third;
    return 1;
  }

  #transfer(from: number, to: number, amount: number): number {
    if (amount > this.#balances[from]) return 0;
    this.#balances[from] -= amount;
    this.#balances[to] += amount;
    const total = this.#balances.reduce((sum, balance) => sum + balance, 0);
    if (total !== ACCOUNTS * BALANCE_AT_START) violated("money is conserved", `${total} units are in the bank`);
    return 1;
  }
}

/** One number for a client's transaction. */
export function transactionName(client: number, number: number): number {
  return client * 100_000 + number;
}
