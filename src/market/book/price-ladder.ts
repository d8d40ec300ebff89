import { INT32_MAX } from "../../core/units.ts";
import { clearBit, nextBit, setBit } from "./bit-tree.ts";
import type { BookMemory } from "./book-memory.ts";
import { LEVEL_WORDS } from "./book-memory.ts";

/** `bestKey` of a ladder without an active level; larger than every key. */
export const NO_KEY = INT32_MAX;

/** What a ladder keeps in the book's memory, at its head. */
export const LadderWord = { bestKey: 0, bestLevel: 1, top: 2 } as const;

const Ladder = { ...LadderWord };
const NONE = NO_KEY;
const TOP_ENTRIES = 2048;
const CHILDREN = 1024;
/** A page: which of its levels are active (33 words), the next free page, then its levels. */
const NEXT_FREE = 33;
export const PAGE_HEAD = 48;
const PAGE_WORDS = PAGE_HEAD + CHILDREN * LEVEL_WORDS;
/** A middle: its pages, which of them hold an active level (33 words), and how many there are. */
const MIDDLE_BITS = CHILDREN;
const MIDDLE_PAGES = CHILDREN + 33;
const MIDDLE_WORDS = CHILDREN + 48;

/**
 * The price levels of one side, lowest key first. Asks use the price as key; bids count down from the top, so that
 * "better" is always "lower" and one code serves both.
 *
 * A key of 31 bits is looked up in three steps (11 + 10 + 10 bits) in the book's memory; only the pages of 1024
 * neighbouring prices that hold orders exist. The page that became empty last stays in its place, for the order that may
 * come back at once; one emptied before it serves the next price that needs a page. So prices may run anywhere, memory
 * follows what is active, and every step is O(1).
 */
export class PriceLadder {
  declare private readonly memory: BookMemory;
  declare private readonly head: number;
  declare private readonly top: number;
  /** Stands for every middle that does not exist, so that a look-up needs no branch for it. */
  declare private readonly noMiddle: number;
  /** A key of the page that became empty last, -1 when there is none. */
  private idleKey = -1;
  private freePage = 0;
  private freeMiddle = 0;

  /** @param head where the memory keeps what `LadderWord` lists */
  constructor(memory: BookMemory, head: number) {
    this.memory = memory;
    this.head = head;
    this.noMiddle = memory.allocateRegion(MIDDLE_WORDS);
    this.top = memory.allocateRegion(TOP_ENTRIES);
    memory.words.fill(this.noMiddle, this.top, this.top + TOP_ENTRIES);
    memory.words[head | Ladder.bestKey] = NONE;
    memory.words[head | Ladder.top] = this.top;
  }

  get bestKey(): number {
    return this.memory.words[this.head];
  }

  /** The best level; meaningless while there is none. */
  get bestLevel(): number {
    return this.memory.words[this.head | Ladder.bestLevel];
  }

  /** The key's level, or 0 where no page covers it. */
  find(key: number): number {
    const page = this.pageOf(key);
    return page === 0 ? 0 : (page + PAGE_HEAD + ((key & 1023) << 3)) | 0;
  }

  /** The key's level; makes its page when there is none, which may replace the memory's arrays. */
  reach(key: number): number {
    const level = this.find(key);
    return level === 0 ? this.make(key) : level;
  }

  /** Marks a level that now holds orders. */
  activate(key: number, level: number): void {
    const words = this.memory.words;
    if (setBit(words, this.pageOf(key), key & 1023))
      setBit(words, this.middleOf(key) + MIDDLE_BITS, (key >>> 10) & 1023);
    if (key < words[this.head]) this.setBest(key, level);
  }

  /** Marks a level that has become empty. */
  deactivate(key: number): void {
    const words = this.memory.words;
    const page = this.pageOf(key);
    const emptied = clearBit(words, page, key & 1023);
    if (emptied) clearBit(words, this.middleOf(key) + MIDDLE_BITS, (key >>> 10) & 1023);
    if (key === this.bestKey) this.moveBest(key, page);
    if (emptied) this.retire(key);
  }

  /** The lowest active key above `key`; NO_KEY when there is none. */
  nextKey(key: number): number {
    const words = this.memory.words;
    const page = this.pageOf(key);
    if (page !== 0) {
      const bit = nextBit(words, page, key & 1023);
      if (bit >= 0) return (key & ~1023) | bit;
    }
    let child = (key >>> 10) & 1023;
    for (let top = key >>> 20; top < TOP_ENTRIES; top++) {
      const middle = words[this.top + top];
      child = nextBit(words, middle + MIDDLE_BITS, child);
      if (child >= 0) return (top << 20) | (child << 10) | nextBit(words, words[middle + child], -1);
    }
    return NONE;
  }

  /** The page that covers a key, or 0. */
  pageOf(key: number): number {
    return this.memory.words[(this.middleOf(key) + ((key >>> 10) & 1023)) | 0];
  }

  private middleOf(key: number): number {
    return this.memory.words[(this.top + (key >>> 20)) | 0];
  }

  private moveBest(key: number, page: number): void {
    // Within the page the level is found by its distance; elsewhere by a look-up.
    const bit = nextBit(this.memory.words, page, key & 1023);
    const best = bit >= 0 ? (key & ~1023) | bit : this.nextKey(key);
    this.setBest(best, best === NONE ? 0 : this.find(best));
  }

  private setBest(key: number, level: number): void {
    const words = this.memory.words;
    words[this.head] = key;
    words[this.head | Ladder.bestLevel] = level;
  }

  private make(key: number): number {
    if (this.middleOf(key) === this.noMiddle) this.makeMiddle(key);
    let page = this.freePage;
    if (page === 0) page = this.freshPage();
    else this.freePage = this.memory.words[page + NEXT_FREE];
    const words = this.memory.words;
    const middle = this.middleOf(key);
    words[middle + ((key >>> 10) & 1023)] = page;
    words[middle + MIDDLE_PAGES]++;
    return this.find(key);
  }

  /** Leaves an emptied page in its place and takes away the one that stayed so before it, if it is still empty. */
  private retire(key: number): void {
    const idle = this.idleKey;
    this.idleKey = key;
    if (idle < 0 || idle >>> 10 === key >>> 10) return;
    const words = this.memory.words;
    const page = this.pageOf(idle);
    if (page === 0 || nextBit(words, page, -1) >= 0) return;
    const middle = this.middleOf(idle);
    words[middle + ((idle >>> 10) & 1023)] = 0;
    words[page + NEXT_FREE] = this.freePage;
    this.freePage = page;
    if (--words[middle + MIDDLE_PAGES] > 0) return;
    words[this.top + (idle >>> 20)] = this.noMiddle;
    // A free middle holds no page, so its first word can link it.
    words[middle] = this.freeMiddle;
    this.freeMiddle = middle;
  }

  private makeMiddle(key: number): void {
    let middle = this.freeMiddle;
    if (middle === 0) middle = this.memory.allocateRegion(MIDDLE_WORDS);
    else this.freeMiddle = this.memory.words[middle];
    this.memory.words[middle] = 0;
    this.memory.words[this.top + (key >>> 20)] = middle;
  }

  private freshPage(): number {
    const page = this.memory.allocateRegion(PAGE_WORDS);
    const words = this.memory.words;
    for (let level = page + PAGE_HEAD; level < page + PAGE_WORDS; level += LEVEL_WORDS) {
      words[level] = level;
      words[level | 1] = level;
    }
    return page;
  }
}
