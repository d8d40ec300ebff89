import { ExitCode, UserError } from "../../core/errors.ts";

/** Where and how a journal departs from what a writer makes. */
export interface Corruption {
  /** Path of the file. */
  readonly path: string;
  /** Where the damaged part starts: byte 0 for the file header, otherwise the first byte of a segment. */
  readonly byteOffset: number;
  /** Number of the damaged segment, from 0; -1 for the file header. */
  readonly segment: number;
  /** Sequence of the first entry that can not be delivered. */
  readonly sequence: number;
  /** What of it is wrong, such as `payload`. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * A journal is damaged where a crash can not have damaged it: it was altered, or its disk failed. Everything before
 * `sequence` was read and checked.
 */
export class JournalCorrupt extends UserError implements Corruption {
  override readonly name = "JournalCorrupt";
  readonly path: string;
  readonly byteOffset: number;
  readonly segment: number;
  readonly sequence: number;
  readonly what: string;
  readonly expected: string;
  readonly found: string;

  constructor(corruption: Corruption) {
    const { path, byteOffset, segment, sequence, what, expected, found } = corruption;
    const place = segment < 0 ? `byte ${byteOffset}` : `byte ${byteOffset} (segment ${segment}, entry ${sequence})`;
    super(`journal ${path} is corrupt at ${place}: ${what}: expected ${expected}, found ${found}`, {
      exitCode: ExitCode.failed,
    });
    this.path = path;
    this.byteOffset = byteOffset;
    this.segment = segment;
    this.sequence = sequence;
    this.what = what;
    this.expected = expected;
    this.found = found;
  }
}

/** A journal can not be opened, read or written: no such file, no permission, a full disk, a run that already ended. */
export class JournalUnusable extends UserError {
  override readonly name = "JournalUnusable";
  readonly path: string;

  constructor(path: string, problem: string, cause?: unknown) {
    super(`journal ${path}: ${problem}`, { exitCode: ExitCode.failed });
    this.path = path;
    if (cause !== undefined) this.cause = cause;
  }
}
