/**
 * Longest line that is read, in bytes. A REST snapshot of 5,000 levels a side takes 400 KB, ten times less. A longer line is
 * skipped and reported, so that a file without line ends cannot take all memory.
 */
export const LINE_BYTES_MAX = 4 * 1024 * 1024;
/** How much of a line that is too long is shown. */
const OVERLONG_SHOWN_BYTES = 500;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

export interface LineHandler {
  /** A line without its end. `number` counts from 1. */
  onLine(text: string, number: number): void;
  /** A line longer than `LINE_BYTES_MAX`, of which only the start was kept. */
  onOverlongLine(start: string, number: number): void;
}

/** Cuts a stream of UTF-8 bytes into lines, wherever the stream itself was cut. Memory stays below two lines. */
export class LineSplitter {
  readonly #handler: LineHandler;
  readonly #lineBytesMax: number;
  #pending: Buffer;
  #pendingBytes = 0;
  #isOverlong = false;
  #lines = 0;

  constructor(handler: LineHandler, options: { lineBytesMax?: number } = {}) {
    this.#handler = handler;
    this.#lineBytesMax = options.lineBytesMax ?? LINE_BYTES_MAX;
    this.#pending = Buffer.alloc(Math.min(64 * 1024, this.#lineBytesMax));
  }

  /** Lines seen so far. */
  get lines(): number {
    return this.#lines;
  }

  push(bytes: Buffer): void {
    let start = 0;
    while (start < bytes.length) {
      const lineFeed = bytes.indexOf(LINE_FEED, start);
      if (lineFeed < 0) {
        this.#keep(bytes, start, bytes.length);
        return;
      }
      if (this.#pendingBytes === 0 && !this.#isOverlong && lineFeed - start <= this.#lineBytesMax) {
        this.#emit(bytes, start, lineFeed);
      } else {
        this.#keep(bytes, start, lineFeed);
        this.#emitPending();
      }
      start = lineFeed + 1;
    }
  }

  /** The end of the stream: what stands behind the last line end is a line too. */
  end(): void {
    if (this.#pendingBytes > 0) this.#emitPending();
  }

  #keep(bytes: Buffer, start: number, end: number): void {
    const kept = Math.min(end - start, this.#lineBytesMax - this.#pendingBytes);
    if (kept < end - start) this.#isOverlong = true;
    const needed = this.#pendingBytes + kept;
    if (needed > this.#pending.length) {
      const grown = Buffer.alloc(Math.min(this.#lineBytesMax, Math.max(needed, 2 * this.#pending.length)));
      this.#pending.copy(grown, 0, 0, this.#pendingBytes);
      this.#pending = grown;
    }
    bytes.copy(this.#pending, this.#pendingBytes, start, start + kept);
    this.#pendingBytes = needed;
  }

  #emitPending(): void {
    const bytes = this.#pendingBytes;
    this.#pendingBytes = 0;
    if (this.#isOverlong) {
      this.#isOverlong = false;
      const start = this.#pending.toString("utf8", 0, Math.min(bytes, OVERLONG_SHOWN_BYTES));
      this.#handler.onOverlongLine(start, ++this.#lines);
    } else {
      this.#emit(this.#pending, 0, bytes);
    }
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    const textEnd = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    this.#handler.onLine(bytes.toString("utf8", start, textEnd), ++this.#lines);
  }
}
