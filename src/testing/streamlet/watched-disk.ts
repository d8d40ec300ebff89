import type { Disk } from "../../consensus/disk.ts";
import { MESSAGE_WORDS_MAX } from "../../consensus/replica-actor.ts";
import { streamletCodec } from "../../consensus/streamlet/codec.ts";
import type { StreamletMessage } from "../../consensus/streamlet/message.ts";
import type { RandomStream } from "../../core/random.ts";
import { MemoryDisk } from "../memory-disk.ts";

/** A disk in memory that can be asked what on it is safe. */
export class WatchedDisk implements Disk {
  readonly #disk = new MemoryDisk();
  readonly #words = new Int32Array(MESSAGE_WORDS_MAX);
  #safe = 0;

  get records(): readonly Int32Array[] {
    return this.#disk.records;
  }

  append(record: Int32Array): void {
    this.#disk.append(record);
  }

  sync(): void {
    this.#disk.sync();
    this.#safe = this.records.length;
  }

  rewrite(records: readonly Int32Array[]): void {
    this.#disk.rewrite(records);
    this.#safe = this.records.length;
  }

  /** Lets the next writes succeed, and the one after them crash. */
  crashAfter(writes: number): void {
    this.#disk.writesLeft = this.#disk.writes + writes;
  }

  crash(random: RandomStream): void {
    this.#disk.crash(random);
    this.#safe = this.records.length;
  }

  /** Whether a message would still be known after a crash. */
  holds(message: StreamletMessage): boolean {
    const length = streamletCodec.encode(message, this.#words, 0);
    let place = this.#safe - 1;
    while (place >= 0 && !this.#isWritten(this.records[place], length)) place--;
    this.#words.fill(0, 0, length);
    return place >= 0;
  }

  #isWritten(record: Int32Array, length: number): boolean {
    if (record.length !== length) return false;
    for (let i = 0; i < length; i++) if (record[i] !== this.#words[i]) return false;
    return true;
  }
}
