import { assert } from "../../core/assert.ts";

/** Where the bytes of a journal come from. The readers know nothing else of files. */
export interface ByteSource {
  /** The file's path, or what the bytes are called in messages. */
  readonly name: string;
  readonly byteLength: number;
  /** Copies `length` bytes from `position` on to `into[at, at + length)`; the range lies inside the source. */
  read(into: Uint8Array, at: number, length: number, position: number): void;
  close(): void;
}

/** A journal that is in memory. */
export class MemorySource implements ByteSource {
  readonly name: string;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, name = "journal in memory") {
    this.#bytes = bytes;
    this.name = name;
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  read(into: Uint8Array, at: number, length: number, position: number): void {
    assert(position >= 0 && position + length <= this.#bytes.length, "a read outside the bytes");
    into.set(this.#bytes.subarray(position, position + length), at);
  }

  close(): void {
    // Nothing is held open.
  }
}
