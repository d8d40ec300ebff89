import type { RandomStream } from "../../src/core/random.ts";
import { FILE_HEADER_BYTES } from "../../src/store/journal/layout.ts";
import type { JournalSink } from "../../src/store/journal/journal-sink.ts";

/** Thrown in the middle of a write. */
export class PowerCut extends Error {
  override readonly name = "PowerCut";
}

/** A journal's file in memory: what was not synced may be lost from any byte on, and be filled with anything. */
export class TornStorage implements JournalSink {
  readonly name = "journal of a soak";
  bytes: Uint8Array;
  /** Bytes that outlive a power cut for certain. */
  syncedBytes: number;
  /** Where the last write began: with it the last segment. */
  lastWriteAt = 0;
  #bytesLeft = Infinity;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.syncedBytes = bytes.length;
  }

  /** Lets so many more bytes be written. */
  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  write(bytes: Uint8Array): void {
    const taken = bytes.subarray(0, Math.min(bytes.length, this.#bytesLeft));
    this.#bytesLeft -= bytes.length;
    this.lastWriteAt = this.bytes.length;
    const grown = new Uint8Array(this.bytes.length + taken.length);
    grown.set(this.bytes);
    grown.set(taken, this.bytes.length);
    this.bytes = grown;
    if (taken.length < bytes.length) throw new PowerCut("the power fails while a segment is written");
  }

  sync(): void {
    this.syncedBytes = this.bytes.length;
  }

  close(): void {}

  /** What a power cut leaves: all that was synced, and of the rest a part, whose end may be zeros or noise. */
  afterPowerCut(random: RandomStream): Uint8Array {
    const left = this.bytes.slice(0, random.integer(this.syncedBytes, this.bytes.length));
    // The header lies within one sector of the disk, which is written whole or not at all.
    const wholeBytes = Math.min(left.length, Math.max(this.syncedBytes, FILE_HEADER_BYTES));
    const tornFrom = random.chance(0.5) ? left.length : random.integer(wholeBytes, left.length);
    const isNoise = random.chance(0.5);
    for (let at = tornFrom; at < left.length; at++) left[at] = isNoise ? random.integer(0, 255) : 0;
    return left;
  }
}
