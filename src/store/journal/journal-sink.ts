import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";

import { assert } from "../../core/assert.ts";
import { JournalUnusable } from "./journal-error.ts";

/** Where a journal's bytes go: they are only ever added at the end. */
export interface JournalSink {
  /** The file's path, or what the bytes are called in messages. */
  readonly name: string;
  /** Takes all of the bytes or throws. */
  write(bytes: Uint8Array): void;
  /** Returns when all that was written is on the disk. */
  sync(): void;
  close(): void;
}

/** `fs.writeSync` without its file descriptor: writes from `offset`, returns how many bytes it took. */
export type WriteSome = (bytes: Uint8Array, offset: number, position: number) => number;

/** Writes all bytes, however few are taken at once, as happens on pipes, network disks and full disks. */
export function writeFully(bytes: Uint8Array, position: number, writeSome: WriteSome): void {
  for (let offset = 0; offset < bytes.length;) {
    const written = writeSome(bytes, offset, position + offset);
    assert(written > 0, "a write to the journal took no byte");
    offset += written;
  }
}

/** A journal's file, from `position` on. */
export class FileSink implements JournalSink {
  readonly name: string;
  readonly #fd: number;
  #position: number;

  private constructor(path: string, fd: number, position: number) {
    this.name = path;
    this.#fd = fd;
    this.#position = position;
  }

  /** A new file. A journal is never overwritten: the file must not be there. */
  static create(path: string): FileSink {
    return FileSink.#open(path, "wx", 0);
  }

  /** A file that is there and whole up to `position`. */
  static append(path: string, position: number): FileSink {
    return FileSink.#open(path, "r+", position);
  }

  static #open(path: string, flags: string, position: number): FileSink {
    return new FileSink(
      path,
      attempt(path, "open it for writing", () => openSync(path, flags)),
      position,
    );
  }

  write(bytes: Uint8Array): void {
    attempt(this.name, "write", () => {
      writeFully(bytes, this.#position, (all, offset, position) =>
        writeSync(this.#fd, all, offset, all.length - offset, position),
      );
    });
    this.#position += bytes.length;
  }

  sync(): void {
    attempt(this.name, "bring it to the disk", () => {
      fdatasyncSync(this.#fd);
    });
  }

  close(): void {
    closeSync(this.#fd);
  }
}

function attempt<T>(path: string, what: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new JournalUnusable(
      path,
      `can not ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    );
  }
}
