import { expect, test } from "vitest";

import { command, joinBytes, journalOf, readAll } from "../../testing/journal-samples.ts";
import type { SampleEntry } from "../../testing/journal-samples.ts";
import { MemorySource } from "./byte-source.ts";
import { EntryKind } from "./entry-kind.ts";
import { JournalCorrupt } from "./journal-error.ts";
import { FILE_HEADER_BYTES } from "./layout.ts";
import { verifySource } from "./recovery.ts";

/** Three segments of a finished run: 3, 2 and 2 entries. */
const SEGMENTS: readonly (readonly SampleEntry[])[] = [
  [
    { kind: EntryKind.manifest, timeNs: 0, json: { seed: 7 } },
    command(1000, 1, 0, 41, 1, 0, 10_000, 5),
    command(1700, 2, 0, 41, 1),
  ],
  [
    command(2000, 1, 0, 42, 1, 1, 10_003, 9),
    { kind: EntryKind.checkpoint, timeNs: 2500, words: command(0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9).words },
  ],
  [command(3000, 2, 0, 42, 1), { kind: EntryKind.end, timeNs: 4000, json: { reason: "done" } }],
];

const PIECES = journalOf(...SEGMENTS);
const WHOLE = joinBytes(PIECES);
/** First byte of each segment, then the file's end. */
const STARTS = PIECES.map((_, i) => joinBytes(PIECES.slice(0, i + 1)).length);
const LAST = SEGMENTS.length - 1;

const segmentAt = (byte: number) => STARTS.findLastIndex((start) => byte >= start);
const entriesBefore = (segment: number) => SEGMENTS.slice(0, segment).flat();

test("the journal at hand is whole before it is damaged", () => {
  expect(STARTS).toHaveLength(4);
  const { entries, reader } = readAll(WHOLE);
  expect(entries).toEqual(SEGMENTS.flat());
  expect(reader.complete).toBe(true);
});

test("cut at any byte, it is read up to the last whole segment, and the rest is told", () => {
  for (let length = FILE_HEADER_BYTES; length < WHOLE.length; length++) {
    const { entries, reader, error } = readAll(WHOLE.slice(0, length));
    const segment = segmentAt(length);
    expect(error).toBeUndefined();
    expect(entries).toEqual(entriesBefore(segment));
    expect(reader.complete).toBe(false);
    expect(reader.tail).toEqual(
      length === STARTS[segment]
        ? { kind: "whole" }
        : {
            kind: "torn",
            byteOffset: STARTS[segment],
            lastSequence: entriesBefore(segment).length - 1,
            droppedBytes: length - STARTS[segment],
          },
    );
  }
});

test("cut in the file header, nothing was ever written", () => {
  for (let length = 0; length < FILE_HEADER_BYTES; length++) {
    const { entries, reader, error } = readAll(WHOLE.slice(0, length));
    expect(error).toBeUndefined();
    expect(entries).toEqual([]);
    expect(reader.tail).toEqual({ kind: "torn", byteOffset: 0, lastSequence: -1, droppedBytes: length });
  }
});

test("any single bit flipped is refused with its place, or drops the last segment; never is it accepted", () => {
  const altered = new Uint8Array(WHOLE);
  for (let byte = 0; byte < WHOLE.length; byte++) {
    const segment = segmentAt(byte);
    for (let bit = 0; bit < 8; bit++) {
      altered[byte] ^= 1 << bit;
      const { entries, reader, error } = readAll(altered);
      altered[byte] ^= 1 << bit;
      if (segment === LAST) {
        expect(error).toBeUndefined();
        expect(reader.complete).toBe(false);
        expect(reader.tail).toEqual({
          kind: "torn",
          byteOffset: STARTS[LAST],
          lastSequence: entriesBefore(LAST).length - 1,
          droppedBytes: WHOLE.length - STARTS[LAST],
        });
      } else {
        expect(error).toBeInstanceOf(JournalCorrupt);
        expect(error).toMatchObject({
          byteOffset: segment < 0 ? 0 : STARTS[segment],
          segment,
          sequence: entriesBefore(Math.max(segment, 0)).length,
        });
      }
      expect(entries).toEqual(entriesBefore(Math.max(segment, 0)));
    }
  }
});

test("any byte lost or doubled is refused, or drops the last segment", () => {
  for (let byte = FILE_HEADER_BYTES; byte < WHOLE.length; byte++) {
    for (const next of [byte + 1, byte - 1]) {
      const altered = joinBytes([WHOLE.slice(0, byte), WHOLE.slice(next)]);
      const { entries, reader, error } = readAll(altered);
      expect(reader.complete).toBe(false);
      expect(entries).toEqual(SEGMENTS.flat().slice(0, entries.length));
      if (error === undefined) expect(reader.tail).toMatchObject({ kind: "torn", byteOffset: STARTS[LAST] });
      else expect(error).toBeInstanceOf(JournalCorrupt);
    }
  }
});

test("zeros in the place of the last segment, as a power cut leaves them, are a torn tail", () => {
  const zeroed = WHOLE.slice().fill(0, STARTS[LAST]);
  expect(verifySource(new MemorySource(zeroed)).tail).toMatchObject({ kind: "torn", byteOffset: STARTS[LAST] });
});
