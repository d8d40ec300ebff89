import { assert } from "../../core/assert.ts";
import type { History } from "./history.ts";

/** No entry. */
export const END = 0;

/**
 * The events of a history in doubly linked lists, numbered by position. Calls that the search has put in order are lifted
 * out, so what it may try next stands before the first return, and a way back costs a few links whatever the length
 * (Lowe 2017).
 *
 * Calls of unknown outcome have a list of their own, to be tried last. In one list they would come first, because they
 * stay longest, and the search would place each of them long before it knows what for.
 */
export class EntryList {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** The call of an entry, for a call and for its return. */
  readonly #callOf: Int32Array;
  readonly #callEntry: Int32Array;
  /** `END` where the outcome is unknown. */
  readonly #returnEntry: Int32Array;
  /** Stands before the first and behind the last call of unknown outcome, as `END` does in the list of the others. */
  readonly #unknownEnd: number;

  constructor(calls: History<unknown, unknown>) {
    const events = calls.flatMap(({ calledAt, returnedAt }, call) => [
      { position: calledAt, call, isReturn: false },
      ...(returnedAt === Infinity ? [] : [{ position: returnedAt, call, isReturn: true }]),
    ]);
    events.sort((a, b) => a.position - b.position);
    this.#unknownEnd = events.length + 1;
    this.#next = new Int32Array(events.length + 2);
    this.#previous = new Int32Array(events.length + 2);
    this.#callOf = new Int32Array(events.length + 2);
    this.#callEntry = new Int32Array(calls.length);
    this.#returnEntry = new Int32Array(calls.length);
    this.#next[this.#unknownEnd] = this.#unknownEnd;
    this.#previous[this.#unknownEnd] = this.#unknownEnd;
    for (const [place, { call, isReturn }] of events.entries()) {
      const entry = place + 1;
      this.#callOf[entry] = call;
      (isReturn ? this.#returnEntry : this.#callEntry)[call] = entry;
      const end = calls[call].returnedAt === Infinity ? this.#unknownEnd : END;
      this.#previous[entry] = this.#previous[end];
      this.#next[entry] = end;
      this.#relink(entry);
    }
  }

  /** The first call that may be next in the order, or `END`. */
  firstCandidate(): number {
    return this.#candidateAt(this.#next[END]);
  }

  /** The next call that may be next in the order instead of that one, or `END`. */
  candidateAfter(entry: number): number {
    const isUnknown = this.#returnEntry[this.#callOf[entry]] === END;
    return isUnknown ? this.#unknownAt(this.#next[entry]) : this.#candidateAt(this.#next[entry]);
  }

  callOf(entry: number): number {
    return this.#callOf[entry];
  }

  entryOf(call: number): number {
    return this.#callEntry[call];
  }

  /** The entry of the first return: calls that were made after it cannot be next. There must be one. */
  firstReturn(): number {
    for (let entry = this.#next[END]; ; entry = this.#next[entry]) {
      assert(entry !== END, "the search goes on only while a call that returned is not in order");
      if (this.#isReturn(entry)) return entry;
    }
  }

  /** Takes a call and its return out. */
  lift(call: number): void {
    this.#unlink(this.#callEntry[call]);
    if (this.#returnEntry[call] !== END) this.#unlink(this.#returnEntry[call]);
  }

  /** Puts back the call that was lifted last, and only that: an entry's links are those of when it was taken out. */
  unlift(call: number): void {
    if (this.#returnEntry[call] !== END) this.#relink(this.#returnEntry[call]);
    this.#relink(this.#callEntry[call]);
  }

  #candidateAt(entry: number): number {
    return this.#isReturn(entry) ? this.#unknownAt(this.#next[this.#unknownEnd]) : entry;
  }

  /** Entries are numbered by position, so comparing them compares times. */
  #unknownAt(entry: number): number {
    return entry < this.firstReturn() ? entry : END;
  }

  #isReturn(entry: number): boolean {
    return this.#returnEntry[this.#callOf[entry]] === entry;
  }

  #unlink(entry: number): void {
    this.#next[this.#previous[entry]] = this.#next[entry];
    this.#previous[this.#next[entry]] = this.#previous[entry];
  }

  #relink(entry: number): void {
    this.#next[this.#previous[entry]] = entry;
    this.#previous[this.#next[entry]] = entry;
  }
}
