import { assert } from "../../core/assert.ts";

/** Writes int32 words one after the other. */
export class WordWriter {
  readonly words: Int32Array;
  at: number;
  readonly #start: number;

  constructor(words: Int32Array, at: number) {
    this.words = words;
    this.at = at;
    this.#start = at;
  }

  get length(): number {
    return this.at - this.#start;
  }

  word(value: number): void {
    assert((value | 0) === value, () => `a word of the Raft protocol is no int32: ${value}`);
    assert(this.at < this.words.length, "a Raft message or record is too large");
    this.words[this.at++] = value;
  }

  /** Words behind their number. */
  list(values: ArrayLike<number>): void {
    this.word(values.length);
    this.all(values);
  }

  all(values: ArrayLike<number>): void {
    assert(this.at + values.length <= this.words.length, "a Raft message or record is too large");
    this.words.set(values, this.at);
    this.at += values.length;
  }
}

/** Why a `WordReader` gave up: the words were no message. They may come from a liar, so this is no bug. */
export class UnreadableWords extends Error {
  override readonly name = "UnreadableWords";
}

/** Reads what a `WordWriter` wrote, and never beyond its end. */
export class WordReader {
  readonly #words: Int32Array;
  #at: number;
  readonly #end: number;

  constructor(words: Int32Array, at: number, end: number) {
    this.#words = words;
    this.#at = at;
    this.#end = Math.min(end, words.length);
  }

  word(): number {
    if (this.#at >= this.#end) throw new UnreadableWords("the words end too early");
    return this.#words[this.#at++];
  }

  /** A word that is not negative: an index, a term, a count. */
  count(): number {
    const value = this.word();
    if (value < 0) throw new UnreadableWords("a count is negative");
    return value;
  }

  /** One of the values, which was written as its place among them. */
  choice<Value>(values: readonly Value[]): Value {
    const index = this.word();
    if (index < 0 || index >= values.length) throw new UnreadableWords("a choice is not on offer");
    return values[index];
  }

  list(lengthMax: number): number[] {
    return [...this.block(this.#length(lengthMax))];
  }

  /** A copy of that many words. */
  block(length: number): Int32Array {
    if (this.#at + length > this.#end) throw new UnreadableWords("the words end too early");
    this.#at += length;
    return this.#words.slice(this.#at - length, this.#at);
  }

  /** A copy of the words behind their number. */
  counted(lengthMax: number): Int32Array {
    return this.block(this.#length(lengthMax));
  }

  #length(lengthMax: number): number {
    const length = this.count();
    if (length > lengthMax) throw new UnreadableWords("a list is too long");
    return length;
  }
}
