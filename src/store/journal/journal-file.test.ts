import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { InvariantError } from "../../core/assert.ts";
import { UserError } from "../../core/errors.ts";
import { MemorySink, appendSample, command, copyOf, readAll } from "../../testing/journal-samples.ts";
import type { SampleEntry } from "../../testing/journal-samples.ts";
import { EntryKind } from "./entry-kind.ts";
import { JournalCorrupt, JournalUnusable } from "./journal-error.ts";
import { writeFully } from "./journal-sink.ts";
import { JournalWriter } from "./journal-writer.ts";
import { FILE_HEADER_BYTES } from "./layout.ts";
import { openJournal, truncateTornTail, verifyJournal } from "./recovery.ts";
import { SegmentReader } from "./segment-reader.ts";
import { FileSource } from "./file-source.ts";

const MANIFEST: SampleEntry = { kind: EntryKind.manifest, timeNs: 0, json: { seed: 7 } };
const END: SampleEntry = { kind: EntryKind.end, timeNs: 9000, json: { reason: "done" } };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(folder, "journal.tsj");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(writer: JournalWriter, ...entries: readonly SampleEntry[]): JournalWriter {
  for (const entry of entries) appendSample(writer, entry);
  return writer;
}

function readFile(): SampleEntry[] {
  const { reader } = openJournal(path);
  try {
    return Array.from(reader, copyOf);
  } finally {
    reader.close();
  }
}

test("a journal is written to a file, verified and read", () => {
  const writer = write(JournalWriter.create(path), MANIFEST, command(5, 1, 2, 3), END);
  writer.close();
  writer.close();
  expect(readFile()).toEqual([MANIFEST, command(5, 1, 2, 3), END]);
  expect(verifyJournal(path)).toEqual({
    path,
    complete: true,
    tail: { kind: "whole" },
    segments: 1,
    entries: 3,
    wholeBytes: statSync(path).size,
    chainHead: writer.chainHead,
    chain: { segment: 1, sequence: 3, previousHash: Buffer.from(writer.chainHead, "hex") },
  });
});

test("a journal is never overwritten", () => {
  write(JournalWriter.create(path), MANIFEST).close();
  expect(() => JournalWriter.create(path)).toThrow(JournalUnusable);
  expect(() => JournalWriter.create(path)).toThrow(/can not open it for writing: EEXIST/);
  expect(readFile()).toEqual([MANIFEST]);
});

test("a run that goes on is read as far as it was flushed, and a later flush is not seen by an open reader", () => {
  const writer = write(JournalWriter.create(path), MANIFEST);
  writer.flush();
  write(writer, command(1, 1));
  const { reader, report } = openJournal(path);
  write(writer, END);
  expect(Array.from(reader, copyOf)).toEqual([MANIFEST]);
  expect(report).toMatchObject({ complete: false, tail: { kind: "whole" }, entries: 1 });
  reader.close();
  writer.close();
  expect(verifyJournal(path)).toMatchObject({ complete: true, entries: 3 });
});

test("a torn tail is delivered up to, cut off, and written on from", () => {
  const writer = write(JournalWriter.create(path), MANIFEST, command(1, 1));
  writer.flush();
  const wholeBytes = statSync(path).size;
  write(writer, command(2, 1)).close();
  truncateSync(path, statSync(path).size - 1);
  const torn = {
    kind: "torn",
    byteOffset: wholeBytes,
    lastSequence: 1,
    droppedBytes: statSync(path).size - wholeBytes,
  };

  const { report, reader } = openJournal(path);
  expect(Array.from(reader, copyOf)).toEqual([MANIFEST, command(1, 1)]);
  expect(reader.tail).toEqual(torn);
  expect(report).toMatchObject({ complete: false, tail: torn, wholeBytes, entries: 2 });
  reader.close();

  expect(truncateTornTail(path).tail).toEqual(torn);
  expect(truncateTornTail(path).tail).toEqual({ kind: "whole" });
  expect(statSync(path).size).toBe(wholeBytes);

  const next = JournalWriter.append(path);
  expect(next.sequence).toBe(2);
  write(next, command(3, 1), END).close();
  expect(readFile()).toEqual([MANIFEST, command(1, 1), command(3, 1), END]);
  expect(verifyJournal(path)).toMatchObject({ complete: true, segments: 2 });
});

test.each([0, 7, FILE_HEADER_BYTES])("a writer that stopped after %i bytes is followed by one that starts", (bytes) => {
  write(JournalWriter.create(path), MANIFEST).close();
  truncateSync(path, bytes);
  write(JournalWriter.append(path), MANIFEST, END).close();
  expect(readFile()).toEqual([MANIFEST, END]);
});

test("nothing is added to a run that has ended, nor to a corrupt journal, nor to no journal", () => {
  write(JournalWriter.create(path), MANIFEST, END).close();
  const bytes = readFileSync(path);
  expect(() => JournalWriter.append(path)).toThrow(/ends with an end entry/);
  bytes[3] ^= 1;
  writeFileSync(path, bytes);
  expect(() => JournalWriter.append(path)).toThrow(JournalCorrupt);
  expect(() => truncateTornTail(path)).toThrow(JournalCorrupt);
  expect(readFileSync(path)).toEqual(bytes);
  const missing = join(folder, "missing.tsj");
  expect(() => JournalWriter.append(missing)).toThrow(/missing\.tsj: ENOENT/);
});

test("what can not be read is a user's error that names the path", () => {
  for (const unreadable of [join(folder, "missing.tsj"), folder]) {
    expect(() => openJournal(unreadable)).toThrow(UserError);
    expect(() => verifyJournal(unreadable)).toThrow(`journal ${unreadable}: `);
  }
  expect(() => JournalWriter.create(join(folder, "no", "folder.tsj"))).toThrow(JournalUnusable);
});

test("a file that shrinks under its reader is noticed", () => {
  write(JournalWriter.create(path), MANIFEST).close();
  const { reader } = openJournal(path);
  truncateSync(path, 20);
  expect(() => reader.advance()).toThrow(/was cut to 20 bytes while it was read/);
  reader.close();
});

test("a reader's memory does not grow with the journal", () => {
  const writer = JournalWriter.create(path, { segmentBytes: 1024 });
  for (let i = 0; i < 5000; i++) write(writer, command(i * 1000, 1, 0, i, i * 7, i & 1, 10_000 + (i % 50), 5));
  writer.close();
  const source = new FileSource(path);
  const segments = new SegmentReader(source);
  const buffers = new Set<ArrayBuffer>();
  while (segments.next() !== undefined) buffers.add(segments.bytes.buffer);
  source.close();
  expect(segments.chain.segment).toBeGreaterThan(50);
  expect(buffers.size).toBeLessThan(5);
  for (const buffer of buffers) expect(buffer.byteLength).toBeLessThan(4096);
});

test("after a failed write nothing more is taken, the same error is told each time, and what was written is whole", () => {
  const sink = new MemorySink();
  const writer = write(JournalWriter.startOn(sink), MANIFEST);
  writer.flush();
  const full = new JournalUnusable("journal in memory", "can not write: no space left");
  let failing = true;
  const take = sink.write.bind(sink);
  sink.write = (bytes) => {
    if (failing) throw full;
    take(bytes);
  };
  write(writer, command(1, 1));
  for (const attempt of [
    () => {
      writer.flush();
    },
    () => {
      writer.sync();
    },
    () => write(writer, command(2, 1)),
    () => write(writer, END),
  ]) {
    expect(attempt).toThrow(full);
    failing = false;
  }
  writer.close();
  expect(sink.closed).toBe(true);
  expect(readAll(sink.bytes)).toMatchObject({ entries: [MANIFEST], error: undefined });
});

test("close brings all to the disk, and closes the file even when that fails", () => {
  const sink = new MemorySink();
  const writer = write(JournalWriter.startOn(sink), MANIFEST);
  writer.sync();
  expect(sink.syncs).toBe(1);
  expect(sink.pieces).toHaveLength(2);
  write(writer, END);
  writer.sync();
  sink.sync = () => {
    throw new JournalUnusable("journal in memory", "the disk is gone");
  };
  expect(() => {
    writer.close();
  }).toThrow("the disk is gone");
  expect(sink.closed).toBe(true);
});

test("appending behind the end or to a closed journal is a mistake of the program", () => {
  const writer = write(JournalWriter.create(path), MANIFEST, END);
  writer.flush();
  expect(() => write(writer, command(1, 1))).toThrow(InvariantError);
  expect(() => write(writer, END)).toThrow(/is ended/);
  writer.close();
  expect(() => write(writer, command(1, 1))).toThrow(/is closed/);
  expect(() => {
    writer.flush();
  }).toThrow(/is closed/);
});

test("a write that is taken in parts is finished, and one that takes nothing is not tried for ever", () => {
  const taken: number[] = [];
  const bytes = Uint8Array.from({ length: 10 }, (_, i) => i);
  writeFully(bytes, 100, (all, offset, position) => {
    expect(position).toBe(100 + offset);
    const part = all.subarray(offset, offset + 3);
    taken.push(...part);
    return part.length;
  });
  expect(taken).toEqual([...bytes]);
  expect(() => {
    writeFully(bytes, 0, () => 0);
  }).toThrow(InvariantError);
});
