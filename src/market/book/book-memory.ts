import { assert } from "../../core/assert.ts";
import { FlagBits } from "../../model/order-flags.ts";

/**
 * A book's memory: one array of int32 words. Orders, price levels, the index and the owners all live in it, because each
 * further typed array costs a hot function half a dozen instructions to open. Everything is named by the number of its
 * first word. Orders take 16 words (a cache line) and levels 8, at multiples of that, so that `order | Order.flags` is a
 * field's place; `|` needs no check for overflow. Word 0 is never used, so 0 means "none".
 *
 * `words` and `doubles` (the same memory as float64) are replaced when the memory grows: any allocation may do that.
 */
export class BookMemory {
  words = new Int32Array(WORDS_AT_START);
  doubles = new Float64Array(this.words.buffer);
  /** The first block of the free list, which runs through each free block's word 0. */
  free = 0;
  private unused = LADDER_HEADS_END;

  /** A block of 16 words: stale, but for what `OrderWord` says of free blocks. */
  allocate(): number {
    if (this.free === 0)
      this.releaseRegion(this.allocateRegion(BLOCKS_AT_ONCE * BLOCK_WORDS), BLOCKS_AT_ONCE * BLOCK_WORDS);
    const block = this.free;
    this.free = this.words[block];
    return block;
  }

  release(block: number): void {
    this.words[block] = this.free;
    this.free = block;
  }

  /** Zeroed words that follow one another. @param size a multiple of 16 */
  allocateRegion(size: number): number {
    assert((size & (BLOCK_WORDS - 1)) === 0, "memory is given out in whole blocks");
    while (this.unused + size > this.words.length) this.grow();
    const first = this.unused;
    this.unused += size;
    return first;
  }

  /** Gives a region's words to whoever needs single blocks. */
  releaseRegion(first: number, size: number): void {
    this.words.fill(0, first, first + size);
    for (let block = first + size - BLOCK_WORDS; block >= first; block -= BLOCK_WORDS) this.release(block);
  }

  private grow(): void {
    const size = this.words.length * 2;
    assert(size <= WORDS_MAX, "the book's memory is full");
    const words = new Int32Array(size);
    words.set(this.words);
    this.words = words;
    this.doubles = new Float64Array(words.buffer);
  }
}

const BLOCK_WORDS = 16;
const BLOCKS_AT_ONCE = 64;

/**
 * Where the book's ladders have their heads. Those of bids and asks are 16 shifted by the side, so that code for both
 * sides needs no branch: which side comes next is what a processor cannot predict.
 */
export const LADDER_HEADS = { bids: 16, asks: 32, buyStops: 48, sellStops: 64 } as const;
const LADDER_HEADS_END = 80;
const WORDS_AT_START = 1 << 16;
/** 2^30 words are 4 GiB: more than any book we know of needs. */
export const WORDS_MAX = 1 << 30;

/**
 * An order's 16 words. `filledLots` and `extra` of a free block are 0, so that a new order need not set them. What an
 * order shows is what is left of it, unless it is hidden or its extra says otherwise.
 */
export const OrderWord = {
  next: 0,
  previous: 1,
  /** The level whose queue holds it; for a hidden order, the head of the level's hidden queue. */
  queue: 2,
  leavesLots: 3,
  owner: 4,
  orderId: 5,
  flags: 6,
  priceTicks: 7,
  venueOrderId: 8,
  filledLots: 9,
  /** The next order in the same slot of its owner's. */
  indexNext: 10,
  /** A block of `ExtraWord` for orders that expire, wait for a trigger or show only a part; 0 for all others. */
  extra: 11,
} as const;

/** What only few orders need. */
export const ExtraWord = {
  /** float64 over words 0 and 1; 0: never. */
  expireTimeNs: 0,
  /** Place in the expiry heap, from 1; 0: not in it. */
  expiryPlace: 2,
  /** 0 unless the order waits for its trigger. */
  triggerTicks: 3,
  /** An iceberg's: what it shows at most, and what it shows now. `displayLots` is 0 where all is shown. */
  displayLots: 4,
  visibleLots: 5,
  /** An order's that waits for the end of a call: its neighbours among those (held-orders.ts). 0 for all others. */
  heldNext: 6,
  heldPrevious: 7,
} as const;

/**
 * A price level's 8 words. Its orders form a circular list through the level itself, so that taking one out needs no
 * branch.
 */
export const LevelWord = {
  next: 0,
  previous: 1,
  /** Visible orders. */
  orders: 2,
  /** The block that heads the level's hidden orders, 0 when it has none; in that block, the level. */
  hidden: 3,
  /** Visible lots: the low 31 bits, and the rest. */
  lotsLow: 4,
  lotsHigh: 5,
} as const;

/** Words of a level. */
export const LEVEL_WORDS = 8;

const Order = { ...OrderWord };
const Extra = { ...ExtraWord };
const Level = { ...LevelWord };
const HIDDEN = FlagBits.hidden;
const LOW_MASK = 0x7fffffff;

/** Makes a block the head of an empty circular list. */
export function clearQueue(words: Int32Array, queue: number): void {
  words.fill(0, queue, queue + LEVEL_WORDS);
  words[queue] = queue;
  words[queue | Level.previous] = queue;
}

/** Appends an order to a circular list. */
export function enqueue(words: Int32Array, order: number, queue: number): void {
  const last = words[queue | Level.previous];
  words[order] = queue;
  words[order | Order.previous] = last;
  words[order | Order.queue] = queue;
  words[last] = order;
  words[queue | Level.previous] = order;
}

/** Takes an order out of its circular list. */
export function unlink(words: Int32Array, order: number): void {
  const next = words[order];
  const previous = words[order | Order.previous];
  words[previous] = next;
  words[next | Order.previous] = previous;
}

/** Adds to a level's visible lots. The sum of two numbers below 2^31 that passes 2^31 shows as a negative int32. */
export function addLots(words: Int32Array, level: number, lots: number): void {
  const low = (words[level | Level.lotsLow] + lots) | 0;
  words[level | Level.lotsLow] = low & LOW_MASK;
  if (low < 0) words[level | Level.lotsHigh]++;
}

/** Takes from a level's visible lots. */
export function removeLots(words: Int32Array, level: number, lots: number): void {
  const low = (words[level | Level.lotsLow] - lots) | 0;
  words[level | Level.lotsLow] = low & LOW_MASK;
  if (low < 0) words[level | Level.lotsHigh]--;
}

/** Whether a resting order shows nothing of itself: it is hidden, or waits for the end of a call. */
export function isUnseen(words: Int32Array, order: number): boolean {
  if ((words[order | Order.flags] & HIDDEN) !== 0) return true;
  const extra = words[order | Order.extra];
  return extra !== 0 && words[extra | Extra.heldNext] !== 0;
}

/** What a resting order shows. */
export function visibleLotsOf(words: Int32Array, order: number): number {
  if ((words[order | Order.flags] & HIDDEN) !== 0) return 0;
  const extra = words[order | Order.extra];
  if (extra === 0) return words[order | Order.leavesLots];
  if (words[extra | Extra.heldNext] !== 0) return 0;
  return words[extra | Extra.displayLots] === 0 ? words[order | Order.leavesLots] : words[extra | Extra.visibleLots];
}

/** A level's visible lots. */
export function lotsOf(words: Int32Array, level: number): number {
  return words[level | Level.lotsHigh] * 0x80000000 + words[level | Level.lotsLow];
}
