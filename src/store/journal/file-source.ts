import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import type { ByteSource } from "./byte-source.ts";
import { JournalUnusable } from "./journal-error.ts";

/** A journal's file, as long as it was when it was opened: what a writer adds later is not seen. */
export class FileSource implements ByteSource {
  readonly name: string;
  readonly byteLength: number;
  readonly #fd: number;

  /** @throws {JournalUnusable} when the file is not there, may not be read, or is no regular file. */
  constructor(path: string) {
    this.name = path;
    try {
      this.#fd = openSync(path, "r");
    } catch (cause) {
      throw new JournalUnusable(path, cause instanceof Error ? cause.message : String(cause), cause);
    }
    const facts = fstatSync(this.#fd);
    if (!facts.isFile()) {
      closeSync(this.#fd);
      throw new JournalUnusable(path, "expected a regular file");
    }
    this.byteLength = facts.size;
  }

  read(into: Uint8Array, at: number, length: number, position: number): void {
    for (let done = 0; done < length;) {
      const count = readSync(this.#fd, into, at + done, length - done, position + done);
      if (count === 0) throw new JournalUnusable(this.name, `was cut to ${position + done} bytes while it was read`);
      done += count;
    }
  }

  close(): void {
    closeSync(this.#fd);
  }
}
