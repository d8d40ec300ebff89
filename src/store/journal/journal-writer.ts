import { hash } from "node:crypto";

import { assert } from "../../core/assert.ts";
import { EntryKind, entryKindName } from "./entry-kind.ts";
import type { JsonEntryKind, RecordEntryKind } from "./entry-kind.ts";
import { JournalUnusable } from "./journal-error.ts";
import { FileSink } from "./journal-sink.ts";
import type { JournalSink } from "./journal-sink.ts";
import { encodeJson } from "./json-entry.ts";
import { MAX_JSON_BYTES, fileHeader, hex } from "./layout.ts";
import { truncateTornTail } from "./recovery.ts";
import { SegmentEncoder } from "./segment-encoder.ts";
import type { ChainPosition } from "./segment-encoder.ts";

/**
 * The usual size of a segment. It bounds what a killed process loses (some 20,000 commands), fits the processor's
 * second-level cache, and is large enough to make the cost per segment vanish: see docs/journal.md.
 */
export const SEGMENT_BUFFER_BYTES = 256 * 1024;

export interface JournalWriterOptions {
  /** Size of a segment, header included; a single larger JSON entry still gets a segment of its own. */
  readonly segmentBytes?: number;
}

/**
 * Writes a journal. Entries gather in memory until a segment is full or `flush` is called; a segment is then sealed
 * and written in one piece. The hot path, `appendRecord`, allocates nothing.
 *
 *     const journal = JournalWriter.create("journal.tsj");
 *     journal.appendJson(EntryKind.manifest, 0, manifest);
 *     journal.appendRecord(EntryKind.command, timeNs, words, at);
 *     journal.appendJson(EntryKind.end, timeNs, { reason, tapeHash });
 *     journal.close();
 */
export class JournalWriter {
  declare private readonly sink: JournalSink;
  declare private readonly encoder: SegmentEncoder;
  /** Why nothing can be appended any more: a caller's mistake from then on. */
  #shutBecause: "ended" | "closed" | undefined;
  /** A failed write left the file torn, so nothing may follow it. */
  #failure: { readonly error: unknown } | undefined;

  /** Writes on to a sink from a position of the chain; `create` and `append` do so with files. */
  constructor(sink: JournalSink, start: ChainPosition, options: JournalWriterOptions = {}) {
    this.sink = sink;
    this.encoder = new SegmentEncoder(start, options.segmentBytes ?? SEGMENT_BUFFER_BYTES);
  }

  /**
   * Starts a new journal.
   *
   * @throws {JournalUnusable} when the file is already there: a flight record is never overwritten.
   */
  static create(path: string, options?: JournalWriterOptions): JournalWriter {
    return JournalWriter.startOn(FileSink.create(path), options);
  }

  /** Starts a new journal on an empty sink. */
  static startOn(sink: JournalSink, options?: JournalWriterOptions): JournalWriter {
    const header = fileHeader();
    sink.write(header);
    return new JournalWriter(
      sink,
      { segment: 0, sequence: 0, previousHash: hash("sha256", header, "buffer") },
      options,
    );
  }

  /**
   * Goes on with a journal whose writer stopped without an end entry. A torn tail is cut off first: to tell the user
   * what is lost, call `verifyJournal` before.
   *
   * @throws {JournalCorrupt} when the journal is damaged elsewhere.
   * @throws {JournalUnusable} when it is not there or is complete.
   */
  static append(path: string, options?: JournalWriterOptions): JournalWriter {
    const report = truncateTornTail(path);
    if (report.complete) throw new JournalUnusable(path, "ends with an end entry: nothing can be added");
    const sink = FileSink.append(path, report.wholeBytes);
    return report.wholeBytes === 0
      ? JournalWriter.startOn(sink, options)
      : new JournalWriter(sink, report.chain, options);
  }

  /** Sequence of the next entry: how many there are, those not yet written included. */
  get sequence(): number {
    return this.encoder.nextSequence;
  }

  /** SHA-256 over all that was written, in hex. It depends on where segments were cut: it seals a file, not a run. */
  get chainHead(): string {
    return hex(this.encoder.chain.previousHash);
  }

  /** Appends a command or a checkpoint: the 16 words from `at` on, at a time in nanoseconds since the run's start. */
  appendRecord(kind: RecordEntryKind, timeNs: number, words: Int32Array, at: number): void {
    if (!this.encoder.hasRoomForRecord()) this.#makeRoom();
    this.encoder.appendRecord(kind, timeNs, words, at);
  }

  /**
   * Appends a JSON value: see `ENTRY_KINDS` for what each kind holds. The end entry is the last one.
   *
   * @throws {JournalUnusable} when its text is larger than `MAX_JSON_BYTES`; nothing is appended then.
   */
  appendJson(kind: JsonEntryKind, timeNs: number, value: unknown): void {
    this.#assertOpen();
    const text = encodeJson(value);
    if (text.length > MAX_JSON_BYTES) {
      const problem = `${entryKindName(kind)} entry: expected at most ${MAX_JSON_BYTES} bytes of JSON, found ${text.length}`;
      throw new JournalUnusable(this.sink.name, problem);
    }
    if (!this.encoder.hasRoomForJson(text.length)) this.flush();
    this.encoder.appendJson(kind, timeNs, text);
    if (kind !== EntryKind.end) return;
    this.flush();
    this.#shut("ended");
  }

  /** Seals the open segment, if it holds anything, and writes it: another process can read it now. */
  flush(): void {
    if (this.#shutBecause === "ended") return;
    this.#assertOpen();
    if (this.encoder.entries === 0) return;
    try {
      this.sink.write(this.encoder.seal());
    } catch (error) {
      this.#failure = { error };
      this.encoder.shut();
      throw error;
    }
  }

  /** Flushes, and returns when all is on the disk: it survives a power cut. */
  sync(): void {
    this.flush();
    this.sink.sync();
  }

  /**
   * Flushes, brings all to the disk and closes the file. Closing twice is allowed, and so is closing after a failed
   * write, which then is not told again.
   */
  close(): void {
    if (this.#shutBecause === "closed") return;
    try {
      if (this.#shutBecause === undefined && this.#failure === undefined) this.flush();
      if (this.#failure === undefined) this.sink.sync();
    } finally {
      this.#shut("closed");
      this.sink.close();
    }
  }

  #makeRoom(): void {
    this.#assertOpen();
    this.flush();
  }

  #shut(because: "ended" | "closed"): void {
    this.#shutBecause = because;
    this.encoder.shut();
  }

  #assertOpen(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
    assert(this.#shutBecause === undefined, () => `journal ${this.sink.name} is ${this.#shutBecause}`);
  }
}
