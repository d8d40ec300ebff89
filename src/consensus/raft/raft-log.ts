import { assert } from "../../core/assert.ts";
import type { Entry, EntryId } from "./entry.ts";
import { entryWords } from "./entry.ts";

const NONE: readonly Entry[] = [];

/** The part of the log that was not compacted away, and how far it is saved, committed and applied. */
export class RaftLog {
  /** The last entry that is not here any more. */
  #start: EntryId;
  #entries: Entry[];
  #committed: number;
  #applied: number;
  #saved: number;

  /** A saved log. Entries that a snapshot covers may still be in it, for followers who are not far behind. */
  constructor(start: EntryId, entries: readonly Entry[], snapshotIndex: number) {
    this.#start = { index: start.index, term: start.term };
    this.#entries = [...entries];
    this.#saved = this.lastIndex;
    assert(snapshotIndex >= start.index && snapshotIndex <= this.lastIndex, "a snapshot and its log must touch");
    this.#committed = snapshotIndex;
    this.#applied = snapshotIndex;
  }

  get firstIndex(): number {
    return this.#start.index + 1;
  }

  get lastIndex(): number {
    return this.#start.index + this.#entries.length;
  }

  get last(): EntryId {
    return this.#entries.at(-1) ?? this.#start;
  }

  /** The index up to which a majority has the log: what stands there never changes. */
  get committed(): number {
    return this.#committed;
  }

  get lastCommitted(): EntryId {
    const term = this.termAt(this.#committed);
    assert(term !== undefined, "what is committed is in the log, or the last that was compacted");
    return { index: this.#committed, term };
  }

  get applied(): number {
    return this.#applied;
  }

  /** @returns undefined when the entry is compacted, or not here yet */
  termAt(index: number): number | undefined {
    if (index === this.#start.index) return this.#start.term;
    return this.#entries[index - this.firstIndex]?.term;
  }

  holds(id: EntryId): boolean {
    return this.termAt(id.index) === id.term;
  }

  /** Whether a log that ends so may lead this one: it lacks nothing that is committed here. */
  accepts(last: EntryId): boolean {
    const mine = this.last;
    return last.term > mine.term || (last.term === mine.term && last.index >= mine.index);
  }

  append(entry: Entry): void {
    assert(entry.index === this.lastIndex + 1, "a log has no gaps");
    assert(entry.term >= this.last.term, "terms do not fall along a log");
    this.#entries.push(entry);
  }

  /** Takes what is new of a leader's entries. @returns the last index known to agree, undefined if `previous` differs */
  appendAfter(previous: EntryId, entries: readonly Entry[]): number | undefined {
    if (!this.holds(previous)) return undefined;
    for (const entry of entries) {
      if (this.holds(entry)) continue;
      // Only from the first difference on: what came in before, in another order, must not be lost by an old message.
      if (entry.index <= this.lastIndex) this.#truncate(entry.index);
      this.append(entry);
    }
    return previous.index + entries.length;
  }

  /**
   * The last place, at or before `index`, where this log may agree with one that has `term` at `index`: its term is not
   * higher. One answer skips all entries of later terms, where the paper's rule steps back one entry at a time.
   */
  agreementBefore(index: number, term: number): EntryId {
    for (let at = index; at > 0; at--) {
      const here = this.termAt(at);
      if (here === undefined) return { index: at, term: 0 };
      if (here <= term) return { index: at, term: here };
    }
    return { index: 0, term: 0 };
  }

  /** Entries from `from` on: as many as have room in so many words, and at least one if there is one. */
  entriesFrom(from: number, wordsMax: number): Entry[] {
    const entries: Entry[] = [];
    let words = 0;
    for (let at = from - this.firstIndex; at < this.#entries.length; at++) {
      words += entryWords(this.#entries[at]);
      if (words > wordsMax && entries.length > 0) break;
      entries.push(this.#entries[at]);
    }
    return entries;
  }

  between(first: number, last: number): readonly Entry[] {
    if (last < first) return NONE;
    return this.#entries.slice(first - this.firstIndex, last - this.firstIndex + 1);
  }

  commitTo(index: number): void {
    assert(index <= this.lastIndex, "what is committed must be in the log");
    this.#committed = Math.max(this.#committed, index);
  }

  get unsaved(): readonly Entry[] {
    return this.between(this.#saved + 1, this.lastIndex);
  }

  savedTo(index: number): void {
    assert(index <= this.lastIndex, "what is saved must be in the log");
    this.#saved = index;
  }

  get saved(): number {
    return this.#saved;
  }

  get unapplied(): readonly Entry[] {
    return this.between(this.#applied + 1, this.#committed);
  }

  appliedTo(index: number): void {
    assert(index >= this.#applied && index <= this.#committed, "what is applied must be committed");
    this.#applied = index;
  }

  /** Drops the entries up to `index`: a snapshot stands for them. */
  compactTo(index: number): void {
    assert(index <= this.#applied, "what is compacted must be applied");
    const term = this.termAt(index);
    if (term === undefined || index === this.#start.index) return;
    this.#entries = this.#entries.slice(index - this.#start.index);
    this.#start = { index, term };
  }

  /** Begins anew behind a leader's snapshot. */
  restartAfter(snapshot: EntryId): void {
    assert(snapshot.index > this.#committed, "a snapshot never takes back what is committed");
    this.#start = { index: snapshot.index, term: snapshot.term };
    this.#entries = [];
    this.#committed = snapshot.index;
    this.#applied = snapshot.index;
    this.#saved = snapshot.index;
  }

  #truncate(from: number): void {
    assert(from > this.#committed, "what is committed is never taken back");
    this.#entries.length = from - this.firstIndex;
    this.#saved = Math.min(this.#saved, from - 1);
  }
}
