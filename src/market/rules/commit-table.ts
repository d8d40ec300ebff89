import { CommitWord, HASH_WORDS } from "../../model/commitment.ts";
import { OwnerValues } from "./owner-values.ts";

/** Commits that one instrument holds at once, of all owners. */
export const COMMITS_MAX = 1 << 18;

/** Words of a commit: the owner, its id, the next one of the same owner (0 for none), and the hash. */
const OWNER = 0;
const ORDER_ID = 1;
const NEXT = 2;
const HASH = 4;
const STRIDE = HASH + HASH_WORDS;

/** Numbers of an owner: how many commits it has, and where its newest one stands. */
const COUNT = 0;
const NEWEST = 1;

/**
 * The commits of one batch: those of an owner in a chain, newest first. An owner has only so many, so finding one looks
 * at few; all of them are forgotten together when the batch is over.
 */
export class CommitTable {
  /** Commit 0 is none. */
  private words = new Int32Array(64 * STRIDE);
  private readonly owners = new OwnerValues(2);
  /** Slots that are in use or were, and of those the ones that are free again. */
  private slots = 1;
  private free = 0;
  count = 0;

  countOf(owner: number): number {
    return this.owners.numbers[this.owners.rowOf(owner) + COUNT];
  }

  /** An owner's commit, or 0. */
  find(owner: number, orderId: number): number {
    const { words } = this;
    const row = this.owners.rowOf(owner);
    let commit = this.owners.numbers[row + NEWEST];
    while (commit !== 0 && words[commit * STRIDE + ORDER_ID] !== orderId) commit = words[commit * STRIDE + NEXT];
    return commit;
  }

  /** Takes the commit at `command[at…at+15]`, of which the table has none yet. */
  add(command: Int32Array, at: number): void {
    const owner = command[at + CommitWord.owner];
    const commit = this.free !== 0 ? this.takeFree() : this.slots++;
    if ((commit + 1) * STRIDE > this.words.length) {
      const words = new Int32Array(this.words.length * 2);
      words.set(this.words);
      this.words = words;
    }
    const { words } = this;
    const from = commit * STRIDE;
    const row = this.owners.rowOf(owner);
    const { numbers } = this.owners;
    words[from + OWNER] = owner;
    words[from + ORDER_ID] = command[at + CommitWord.orderId];
    words[from + NEXT] = numbers[row + NEWEST];
    for (let word = 0; word < HASH_WORDS; word++) words[from + HASH + word] = command[at + CommitWord.hash + word];
    numbers[row + NEWEST] = commit;
    numbers[row + COUNT]++;
    this.count++;
  }

  matches(commit: number, hash: Int32Array): boolean {
    const from = commit * STRIDE + HASH;
    for (let word = 0; word < HASH_WORDS; word++) if (this.words[from + word] !== hash[word]) return false;
    return true;
  }

  /** Takes a commit out. */
  remove(commit: number): void {
    const { words } = this;
    const row = this.owners.rowOf(words[commit * STRIDE + OWNER]);
    const { numbers } = this.owners;
    const next = words[commit * STRIDE + NEXT];
    if (numbers[row + NEWEST] === commit) numbers[row + NEWEST] = next;
    else {
      let before = numbers[row + NEWEST];
      while (words[before * STRIDE + NEXT] !== commit) before = words[before * STRIDE + NEXT];
      words[before * STRIDE + NEXT] = next;
    }
    numbers[row + COUNT]--;
    this.count--;
    words[commit * STRIDE + OWNER] = 0;
    words[commit * STRIDE + NEXT] = this.free;
    this.free = commit;
  }

  /** Takes all commits out, in the order of their slots, and shows each. */
  removeAll(show: (owner: number, orderId: number) => void): void {
    const { words } = this;
    for (let commit = 1; commit < this.slots; commit++) {
      const owner = words[commit * STRIDE + OWNER];
      if (owner === 0) continue;
      const row = this.owners.rowOf(owner);
      this.owners.numbers.fill(0, row, row + 2);
      words[commit * STRIDE + OWNER] = 0;
      show(owner, words[commit * STRIDE + ORDER_ID]);
    }
    this.slots = 1;
    this.free = 0;
    this.count = 0;
  }

  private takeFree(): number {
    const commit = this.free;
    this.free = this.words[commit * STRIDE + NEXT];
    return commit;
  }
}
