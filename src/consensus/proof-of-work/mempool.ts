import { assert } from "../../core/assert.ts";
import type { Units } from "../../core/units.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import type { Block } from "./block.ts";
import type { ChainMachine } from "./coin-ledger.ts";
import type { ChainParameters } from "./parameters.ts";
import { isPayment, TransactionWord } from "./transaction.ts";

type MempoolLimits = Pick<ChainParameters, "mempoolMax" | "mempoolOfSenderMax">;
type Accounts = Pick<ChainMachine, "nonceOf" | "balanceOf">;

interface Waiting {
  readonly words: Int32Array;
  readonly sender: number;
  readonly nonce: number;
  readonly fee: Units;
  readonly costs: Units;
  readonly arrival: number;
}

/** `late`: its nonce has been used, or is too far ahead. `outbid`: no higher fee than what it would replace or push out. */
export type MempoolAnswer = "taken" | "malformed" | "late" | "outbid";

/** Transactions that wait for a block: the best payers first, each sender's in the order of nonces. */
export class Mempool {
  readonly #limits: MempoolLimits;
  readonly #accounts: Accounts;
  /** By sender, then by nonce. */
  readonly #waiting = new Map<number, Map<number, Waiting>>();
  #size = 0;
  #arrivals = 0;

  constructor(limits: MempoolLimits, accounts: Accounts) {
    this.#limits = limits;
    this.#accounts = accounts;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes a copy of the transaction at `words[at…at+15]`. A higher fee replaces one with the same nonce. */
  add(words: Int32Array, at: number): MempoolAnswer {
    if (!isPayment(words, at)) return "malformed";
    const taken = this.#read(words.slice(at, at + TRANSACTION_WORDS));
    const next = this.#accounts.nonceOf(taken.sender);
    if (taken.nonce < next || taken.nonce >= next + this.#limits.mempoolOfSenderMax) return "late";
    const replaced = this.#waiting.get(taken.sender)?.get(taken.nonce);
    if (replaced !== undefined && replaced.fee >= taken.fee) return "outbid";
    this.#put(taken);
    if (this.#size <= this.#limits.mempoolMax) return "taken";
    const worst = this.#worst();
    this.#drop(worst);
    return worst === taken ? "outbid" : "taken";
  }

  /** The transactions for a block: always the highest fee of those that are next for their senders and have money behind. */
  select(max: number): Int32Array {
    const chosen: Waiting[] = [];
    const heads = new Map<number, { next: Waiting; spent: Units }>();
    for (const [sender, own] of this.#waiting) {
      const next = own.get(this.#accounts.nonceOf(sender));
      if (next !== undefined && next.costs <= this.#accounts.balanceOf(sender)) heads.set(sender, { next, spent: 0 });
    }
    while (chosen.length < max && heads.size > 0) {
      const best = bestOf([...heads.values()].map(({ next }) => next));
      chosen.push(best);
      const spent = (heads.get(best.sender)?.spent ?? 0) + best.costs;
      const next = this.#waiting.get(best.sender)?.get(best.nonce + 1);
      const affordable = next !== undefined && spent + next.costs <= this.#accounts.balanceOf(best.sender);
      if (affordable) heads.set(best.sender, { next, spent });
      else heads.delete(best.sender);
    }
    const words = new Int32Array(chosen.length * TRANSACTION_WORDS);
    for (const [i, { words: one }] of chosen.entries()) words.set(one, i * TRANSACTION_WORDS);
    return words;
  }

  /** Follows the chain: what left it waits again, what is on it waits no more. */
  follow(disconnected: readonly Block[], connected: readonly Block[]): void {
    for (const { transactions } of disconnected.toReversed()) {
      for (let at = 0; at < transactions.length; at += TRANSACTION_WORDS) this.add(transactions, at);
    }
    if (connected.length === 0) return;
    for (const [sender, own] of this.#waiting) {
      const next = this.#accounts.nonceOf(sender);
      for (const waiting of own.values()) {
        const { nonce } = waiting;
        if (nonce < next || nonce >= next + this.#limits.mempoolOfSenderMax) this.#drop(waiting);
      }
    }
  }

  #read(words: Int32Array): Waiting {
    const fee = words[TransactionWord.fee];
    return {
      words,
      sender: words[TransactionWord.sender],
      nonce: words[TransactionWord.nonce],
      fee,
      costs: words[TransactionWord.amount] + fee,
      arrival: ++this.#arrivals,
    };
  }

  #put(waiting: Waiting): void {
    const own = this.#waiting.get(waiting.sender) ?? new Map<number, Waiting>();
    this.#waiting.set(waiting.sender, own);
    if (!own.has(waiting.nonce)) this.#size++;
    own.set(waiting.nonce, waiting);
  }

  #drop(waiting: Waiting): void {
    const own = this.#waiting.get(waiting.sender);
    assert(own !== undefined && own.delete(waiting.nonce), "only what waits can be dropped");
    this.#size--;
    if (own.size === 0) this.#waiting.delete(waiting.sender);
  }

  /** The lowest fee of those that are the last of their senders: without an earlier one, the later could never go. */
  #worst(): Waiting {
    let worst: Waiting | undefined;
    for (const own of this.#waiting.values()) {
      const last = own.get(Math.max(...own.keys()));
      assert(last !== undefined, "a sender is known while something of it waits");
      if (worst === undefined || pays(worst, last)) worst = last;
    }
    assert(worst !== undefined, "a full pool is not empty");
    return worst;
  }
}

function bestOf(candidates: readonly Waiting[]): Waiting {
  return candidates.reduce((best, each) => (pays(each, best) ? each : best));
}

/** Says whether one goes before the other: it pays more, or came first. */
function pays(one: Waiting, other: Waiting): boolean {
  return one.fee === other.fee ? one.arrival < other.arrival : one.fee > other.fee;
}
