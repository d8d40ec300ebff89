import { truncateSync } from "node:fs";

import type { ByteSource } from "./byte-source.ts";
import { isRecordEntryKind } from "./entry-kind.ts";
import { FileSource } from "./file-source.ts";
import { JournalUnusable } from "./journal-error.ts";
import { JournalReader } from "./journal-reader.ts";
import { hex } from "./layout.ts";
import type { ChainPosition } from "./segment-encoder.ts";
import type { JournalTail } from "./segment-reader.ts";

/** What a journal that was read from end to end is worth. */
export interface JournalReport {
  readonly path: string;
  /**
   * True when the journal ends with its end entry. False for a run that is still going on or was cut off, and for a
   * finished journal whose last segment was damaged later: the two look the same, so tell the user.
   */
  readonly complete: boolean;
  readonly tail: JournalTail;
  readonly segments: number;
  readonly entries: number;
  /** Bytes up to the end of the last whole segment. */
  readonly wholeBytes: number;
  /** SHA-256 of the last whole segment, in hex; through the chain it covers every byte before. */
  readonly chainHead: string;
  /** Where a writer goes on. */
  readonly chain: ChainPosition;
}

/**
 * Reads and checks a journal from end to end.
 *
 * @throws {JournalCorrupt} when it is damaged and not merely torn off at its end.
 */
export function verifySource(source: ByteSource): JournalReport {
  const reader = new JournalReader(source);
  // A JSON text is parsed when it is asked for, and its right form is part of what is verified.
  while (reader.advance()) if (!isRecordEntryKind(reader.entryKind)) void reader.json;
  return {
    path: source.name,
    complete: reader.complete,
    tail: reader.tail ?? { kind: "whole" },
    segments: reader.chain.segment,
    entries: reader.sequence + 1,
    wholeBytes: reader.byteOffset,
    chainHead: hex(reader.chain.previousHash),
    chain: reader.chain,
  };
}

/**
 * Reads and checks a journal file from end to end, in constant memory.
 *
 * @throws {JournalCorrupt} when it is damaged and not merely torn off at its end.
 * @throws {JournalUnusable} when it can not be read.
 */
export function verifyJournal(path: string): JournalReport {
  return withFile(path, verifySource);
}

/**
 * Verifies a journal first, so that nothing of a corrupt one is ever acted on, then hands out a reader at its start.
 * The reader delivers everything before a torn tail; `report.tail` says where that is. Close the reader.
 *
 * @throws {JournalCorrupt} when it is damaged and not merely torn off at its end.
 * @throws {JournalUnusable} when it can not be read.
 */
export function openJournal(path: string): { readonly report: JournalReport; readonly reader: JournalReader } {
  const source = new FileSource(path);
  try {
    return { report: verifySource(source), reader: new JournalReader(source) };
  } catch (error) {
    source.close();
    throw error;
  }
}

/**
 * Cuts off a torn tail, so that the journal can be appended to.
 *
 * @returns the report from before: its `tail` says what is gone, and the rest holds for the file as it is now.
 * @throws {JournalCorrupt} when it is damaged elsewhere; the file is left as it is.
 * @throws {JournalUnusable} when it can not be read or cut.
 */
export function truncateTornTail(path: string): JournalReport {
  const report = verifyJournal(path);
  if (report.tail.kind === "whole") return report;
  try {
    truncateSync(path, report.wholeBytes);
  } catch (cause) {
    throw new JournalUnusable(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return report;
}

function withFile<T>(path: string, use: (source: ByteSource) => T): T {
  const source = new FileSource(path);
  try {
    return use(source);
  } finally {
    source.close();
  }
}
