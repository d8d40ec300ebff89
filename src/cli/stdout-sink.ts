import { writeSync } from "node:fs";
import type { ByteSink } from "../lab/compliance-log/ndjson-writer.ts";

const STDOUT = 1;
/** How long to wait for a reader that is slower than the writer. */
const WAIT_MS = 5;

/** Writes to stdout and waits for its reader, so that nothing piles up in memory however slow the reader is. */
export class StdoutSink implements ByteSink {
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));

  write(bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) {
      try {
        written += writeSync(STDOUT, bytes, written, bytes.length - written);
      } catch (error) {
        // The pipe is full. Whether it blocks then is up to who made it.
        if (!hasCode(error, "EAGAIN")) throw error;
        Atomics.wait(this.#pause, 0, 0, WAIT_MS);
      }
    }
  }

  commit(): void {}

  /** What was written to stdout cannot be taken back; the exit code says that it is worth nothing. */
  discard(): void {}
}

/** Whether an error says that nobody reads what is written: such as `head`, which has enough of it. */
export function isReaderGone(error: unknown): boolean {
  return hasCode(error, "EPIPE");
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
