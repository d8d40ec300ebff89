import { expect, test } from "vitest";

import { InvariantError } from "../../core/assert.ts";
import { RECORD_WORDS } from "../../model/record.ts";
import { MemorySink, command, copyOf, journalOf, joinBytes, readAll } from "../../testing/journal-samples.ts";
import type { SampleEntry } from "../../testing/journal-samples.ts";
import { MemorySource } from "./byte-source.ts";
import { EntryKind } from "./entry-kind.ts";
import { MAX_RECORD_ENTRY_BYTES } from "./entry-layout.ts";
import { JournalUnusable } from "./journal-error.ts";
import { JournalReader } from "./journal-reader.ts";
import { JournalWriter } from "./journal-writer.ts";
import { FILE_HEADER_BYTES, MAX_JSON_BYTES, MAX_SEGMENT_PAYLOAD_BYTES, SEGMENT_HEADER_BYTES } from "./layout.ts";

const RUN: readonly SampleEntry[] = [
  { kind: EntryKind.manifest, timeNs: 0, json: { seed: 7 } },
  command(1000, 1, 0, 41, 1, 0, 10_000, 5),
  command(1000, 1, 0, 42, 1, 1, 10_003, 9),
  command(1700, 2, 0, 41, 1),
  { kind: EntryKind.input, timeNs: 2_000_000_000, json: ["tick", 3] },
  { kind: EntryKind.checkpoint, timeNs: 2_000_000_000, words: [0, 4, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -13] },
  { kind: EntryKind.end, timeNs: 3_000_000_000, json: { reason: "done" } },
];

test("what was written is read in order, and the run is complete", () => {
  const { entries, reader, error } = readAll(joinBytes(journalOf(RUN)));
  expect(error).toBeUndefined();
  expect(entries).toEqual(RUN);
  expect(reader.tail).toEqual({ kind: "whole" });
  expect(reader.complete).toBe(true);
  expect(reader.sequence).toBe(RUN.length - 1);
});

test("the bytes of version 2", () => {
  const dump = journalOf(RUN.slice(0, 4), RUN.slice(4)).map((piece) =>
    Buffer.from(piece)
      .toString("hex")
      .replaceAll(/(.{32})(?=.)/g, "$1\n"),
  );
  expect(`\n${dump.join("\n\n")}\n`).toMatchInlineSnapshot(`
    "
    8954534a0d0a1a0a020000004cd2058c

    ff5345478671c3f62a0000004aee8b69
    00000000000000000000000000000000
    040000000000000072c254fd6c77f012
    cc90fb7f2fe926af51f1fe8ef8ff8d3e
    1b2f95eb9ed60ac3810200007b227365
    6564223a377d53a20080e803a4011027
    0543a20480a80113270953020080bc02
    a501

    ff53454792ca31f2480000001c426ebe
    01000000000000000400000000000000
    0300000000000000dfa6a8e82c0279e6
    0dc6cda37d3beda9965a87f8c3173ad3
    67578abf9409125ba202000000943577
    5b227469636b222c335d4484491204ff
    ffffff01020304054992840006070809
    0a0b0cf3ffffff6504000000ca9a3b7b
    22726561736f6e223a22646f6e65227d
    "
  `);
});

test("a command takes only the bytes that are not zero", () => {
  const bytes = (...words: number[]) => journalOf([command(1000, ...words)])[1].length - SEGMENT_HEADER_BYTES;
  // Head 4, time 2, name 1, order id 1, price 2, quantity 1.
  expect(bytes(1, 0, 41, 1, 0, 10_000, 5)).toBe(11);
  expect(bytes(1, 0, 41, 1, 0x1fff, 10_000, 5)).toBe(11);
  expect(bytes(2, 0, 41, 1)).toBe(8);
  // Word for word: head 4, time 2, kind 1, owner 1, order id 1, price 2, quantity 1, displayed 1.
  expect(bytes(1, 0, 41, 1, 0, 10_000, 5, 2)).toBe(13);
  // The upper words, when there are any, add their lengths 4.
  expect(bytes(2, 0, 41, 1, 0, 0, 0, 0, 0, 0, 0, 0x1234567)).toBe(9 + 4 + 4);
});

test.each([
  ["kind", 0, 4],
  ["instrument", 1, 2 ** 10 - 1],
  ["owner", 2, 2 ** 20 - 1],
  ["flags", 4, 2 ** 13 - 1],
])("what is too large for a command in short is written word for word: %s", (_, word, largest) => {
  const write = (value: number): [number, SampleEntry] => {
    const entry = command(
      1000,
      ...Array.from({ length: RECORD_WORDS }, (__, i) => (i === word ? value : Number(i < 7))),
    );
    const pieces = journalOf([entry]);
    expect(readAll(joinBytes(pieces)).entries).toEqual([entry]);
    // The head's last bit.
    return [pieces[1][SEGMENT_HEADER_BYTES + 3] >> 7, entry];
  };
  expect(write(largest)[0]).toBe(1);
  expect(write(largest + 1)[0]).toBe(0);
  expect(write(-1)[0]).toBe(0);
});

test("the reader is the entry: the same array each time, sequences counted from 0", () => {
  const reader = new JournalReader(new MemorySource(joinBytes(journalOf(RUN))));
  const { words } = reader;
  const sequences = Array.from(reader, (entry) => {
    expect(entry.words).toBe(words);
    return entry.sequence;
  });
  expect(sequences).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(reader.advance()).toBe(false);
});

test("a run is complete once its end was read and nothing was found behind it", () => {
  const reader = new JournalReader(new MemorySource(joinBytes(journalOf(RUN))));
  while (reader.entryKind !== EntryKind.end) {
    expect(reader.complete).toBe(false);
    reader.advance();
  }
  expect(reader.complete).toBe(false);
  expect(reader.advance()).toBe(false);
  expect(reader.complete).toBe(true);
});

test("each word is kept when it is the only one, and forgotten by the next record", () => {
  const entries = Array.from({ length: RECORD_WORDS }, (_, i) => {
    const words = Array.from({ length: RECORD_WORDS }, () => 0);
    words[i] = -7;
    return command(i, ...words);
  });
  expect(readAll(joinBytes(journalOf(entries))).entries).toEqual(entries);
});

test.each([
  ["the same", 5, 5],
  ["the longest step in four bytes", 5, 5 + 2 ** 32 - 1],
  ["one nanosecond more", 5, 5 + 2 ** 32],
  ["backwards", 1000, 999],
  ["far from zero", 2 ** 53 + 2, 2 ** 53 + 1000],
  ["between nanoseconds", 0.5, 1.25],
  // In both of these the difference rounds to a whole number, but adding it gives another time than the one written.
  ["a step that rounds to even", 2 ** -52, 3 + 2 ** -51],
  ["a step that swallows the time", -(2 ** 31), 1e-10],
])("time is exact: %s", (_, before, after) => {
  const entries = [command(before, 1), command(after, 1), command(after + 1, 1)];
  expect(readAll(joinBytes(journalOf(entries))).entries).toEqual(entries);
});

test("a flush makes a segment of what there is, and nothing of nothing", () => {
  const sink = new MemorySink();
  const writer = JournalWriter.startOn(sink);
  writer.flush();
  expect(sink.pieces).toHaveLength(1);
  writer.appendJson(EntryKind.manifest, 0, {});
  expect(writer.sequence).toBe(1);
  writer.flush();
  writer.flush();
  expect(sink.pieces).toHaveLength(2);
  const { reader } = readAll(sink.bytes);
  expect(reader.tail).toEqual({ kind: "whole" });
  expect(reader.complete).toBe(false);
});

test("a full segment is written by itself, and none is larger than was asked for", () => {
  const sink = new MemorySink();
  const segmentBytes = 400;
  const writer = JournalWriter.startOn(sink, { segmentBytes });
  const entries = Array.from({ length: 200 }, (_, i) => command(i * 1e6, 1, 0, i * 77, i, i & 1, 10_000 + i, 5));
  for (const entry of entries) {
    if ("words" in entry) writer.appendRecord(entry.kind, entry.timeNs, Int32Array.from(entry.words), 0);
  }
  writer.close();
  expect(sink.pieces.length).toBeGreaterThan(5);
  for (const piece of sink.pieces) expect(piece.length).toBeLessThanOrEqual(segmentBytes);
  expect(readAll(sink.bytes).entries).toEqual(entries);
});

test("a record may stand anywhere in its array but not outside", () => {
  const sink = new MemorySink();
  const writer = JournalWriter.startOn(sink);
  const words = Int32Array.from({ length: 3 * RECORD_WORDS }, (_, i) => i);
  writer.appendRecord(EntryKind.command, 5, words, RECORD_WORDS);
  for (const at of [-1, 2 * RECORD_WORDS + 1]) {
    expect(() => {
      writer.appendRecord(EntryKind.command, 5, words, at);
    }).toThrow(InvariantError);
  }
  writer.close();
  expect(readAll(sink.bytes).entries).toEqual([command(5, ...words.subarray(RECORD_WORDS, 2 * RECORD_WORDS))]);
});

test.each([Number.NaN, Infinity, -Infinity])("the time %f is a mistake", (timeNs) => {
  const writer = JournalWriter.startOn(new MemorySink());
  expect(() => {
    writer.appendRecord(EntryKind.command, timeNs, new Int32Array(RECORD_WORDS), 0);
  }).toThrow(InvariantError);
});

test("the smallest segment holds the largest record; the largest one is the limit", () => {
  const smallest = SEGMENT_HEADER_BYTES + MAX_RECORD_ENTRY_BYTES + 4;
  const largest = SEGMENT_HEADER_BYTES + MAX_SEGMENT_PAYLOAD_BYTES;
  const sink = new MemorySink();
  const writer = JournalWriter.startOn(sink, { segmentBytes: smallest });
  const entries = [0, 1, 2].map((i) => command(i - 0.5, ...Array.from({ length: RECORD_WORDS }, () => i - 9)));
  for (const { timeNs } of entries) {
    writer.appendRecord(EntryKind.command, timeNs, new Int32Array(RECORD_WORDS).fill(timeNs + 0.5 - 9), 0);
  }
  writer.close();
  expect(sink.pieces.slice(1).map((piece) => piece.length - SEGMENT_HEADER_BYTES)).toEqual([
    MAX_RECORD_ENTRY_BYTES,
    MAX_RECORD_ENTRY_BYTES,
    MAX_RECORD_ENTRY_BYTES,
  ]);
  expect(readAll(sink.bytes).entries).toEqual(entries);
  expect(() => JournalWriter.startOn(new MemorySink(), { segmentBytes: smallest - 1 })).toThrow(InvariantError);
  expect(() => JournalWriter.startOn(new MemorySink(), { segmentBytes: largest + 1 })).toThrow(InvariantError);
  JournalWriter.startOn(new MemorySink(), { segmentBytes: largest });
});

test("a JSON entry that is larger than a segment gets one of its own", () => {
  const sink = new MemorySink();
  const writer = JournalWriter.startOn(sink, { segmentBytes: 400 });
  writer.appendRecord(EntryKind.command, 1, new Int32Array(RECORD_WORDS), 0);
  writer.appendJson(EntryKind.input, 2, "x".repeat(1000));
  writer.appendRecord(EntryKind.command, 3, new Int32Array(RECORD_WORDS), 0);
  writer.flush();
  // Head 4, one byte of time, 1002 of text: it starts a segment, so its time counts from zero.
  expect(sink.pieces.map((piece) => piece.length)).toEqual([
    FILE_HEADER_BYTES,
    SEGMENT_HEADER_BYTES + 5,
    SEGMENT_HEADER_BYTES + 1007,
    SEGMENT_HEADER_BYTES + 5,
  ]);
  expect(readAll(sink.bytes).entries.map(({ timeNs }) => timeNs)).toEqual([1, 2, 3]);
  // The next segments are of the usual size again.
  for (let i = 0; i < 200; i++) writer.appendRecord(EntryKind.command, i, new Int32Array(RECORD_WORDS), 0);
  expect(sink.pieces.length).toBeGreaterThan(5);
  for (const piece of sink.pieces.slice(4)) expect(piece.length).toBeLessThanOrEqual(400);
});

test("the largest JSON entry is written and read; one byte more is refused and leaves no trace", () => {
  const sink = new MemorySink();
  const writer = JournalWriter.startOn(sink);
  const largest = "x".repeat(MAX_JSON_BYTES - 2);
  writer.appendJson(EntryKind.input, 0.5, largest);
  expect(() => {
    writer.appendJson(EntryKind.input, 1, `${largest}x`);
  }).toThrow(JournalUnusable);
  expect(() => {
    writer.appendJson(EntryKind.input, 1, `${largest}x`);
  }).toThrow(`input entry: expected at most ${MAX_JSON_BYTES} bytes of JSON, found ${MAX_JSON_BYTES + 1}`);
  writer.appendJson(EntryKind.input, 1, "small");
  writer.close();
  expect(sink.pieces[1]).toHaveLength(SEGMENT_HEADER_BYTES + MAX_SEGMENT_PAYLOAD_BYTES);
  const reader = new JournalReader(new MemorySource(sink.bytes));
  expect(reader.advance()).toBe(true);
  expect(reader.json === largest).toBe(true);
  expect(reader.advance()).toBe(true);
  expect(copyOf(reader)).toEqual({ kind: EntryKind.input, timeNs: 1, json: "small" });
  expect(reader.advance()).toBe(false);
});

test("the published seal is the hash of the last segment, and depends on the cut", () => {
  const heads = [[RUN], [RUN.slice(0, 3), RUN.slice(3)]].map((segments) => {
    const { reader } = readAll(joinBytes(journalOf(...segments)));
    return Buffer.from(reader.chain.previousHash).toString("hex");
  });
  expect(heads[0]).not.toBe(heads[1]);
});
