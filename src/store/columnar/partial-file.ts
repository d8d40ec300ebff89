import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

import { assert } from "../../core/assert.ts";
import { UserError } from "../../core/errors.ts";

/**
 * A file that appears under its name only once it is whole. Until then it is `<path>.partial`, so neither a crash nor a
 * failure can leave half a file that looks like one.
 */
export class PartialFile {
  readonly path: string;
  readonly #partialPath: string;
  #fd: number | undefined;
  #bytesWritten = 0;

  /** Opens `<path>.partial` and empties it. @throws {UserError} where the folder does not exist or cannot be written. */
  constructor(path: string) {
    this.path = path;
    this.#partialPath = `${path}.partial`;
    try {
      this.#fd = openSync(this.#partialPath, "w");
    } catch (error) {
      throw new UserError(`${path}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  write(bytes: Uint8Array, length = bytes.length): void {
    assert(this.#fd !== undefined, "write to a file that was committed or discarded");
    // A disk that fills up writes less than asked for before it fails.
    for (let written = 0; written < length;) written += writeSync(this.#fd, bytes, written, length - written);
    this.#bytesWritten += length;
  }

  /** Makes the content durable and gives the file its name; an older file of that name is replaced in one step. */
  commit(): void {
    assert(this.#fd !== undefined, "commit of a file that was committed or discarded");
    fsyncSync(this.#fd);
    this.#close();
    renameSync(this.#partialPath, this.path);
  }

  /** Removes what was written. Does nothing after `commit` or `discard`, so it may stand in a `finally`. */
  discard(): void {
    if (this.#fd === undefined) return;
    this.#close();
    rmSync(this.#partialPath, { force: true });
  }

  #close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}
