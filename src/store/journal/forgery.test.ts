import { hash } from "node:crypto";

import { expect, test } from "vitest";

import { crc32c } from "../../core/crc32c.ts";
import { command, joinBytes, journalOf, readAll } from "../../testing/journal-samples.ts";
import type { SampleEntry } from "../../testing/journal-samples.ts";
import { MemorySource } from "./byte-source.ts";
import { EntryKind } from "./entry-kind.ts";
import { JournalCorrupt } from "./journal-error.ts";
import {
  FILE_HEADER_BYTES,
  FORMAT_VERSION,
  MAX_SEGMENT_PAYLOAD_BYTES,
  SEGMENT_HEADER_BYTES,
  fileHeader,
  readSegmentHeader,
  writeSegmentHeader,
} from "./layout.ts";
import type { SegmentHeader } from "./layout.ts";
import { verifySource } from "./recovery.ts";

// What is here has every checksum right: a crash can not make it, only a fault of a program, or a hand.

const MANIFEST: SampleEntry = { kind: EntryKind.manifest, timeNs: 0, json: { seed: 7 } };
const END: SampleEntry = { kind: EntryKind.end, timeNs: 9, json: {} };
const [HEADER, FIRST, SECOND, THIRD] = journalOf([MANIFEST, command(1, 1, 2, 3)], [command(2, 1, 2, 4)], [END]);
const [, OTHER_FIRST] = journalOf([MANIFEST, command(1, 1, 2, 99)]);
const FIRST_AT = FILE_HEADER_BYTES;
const SECOND_AT = FIRST_AT + FIRST.length;
const THIRD_AT = SECOND_AT + SECOND.length;

/** The segment with other fields in its header, under a right checksum. */
function forged(segment: Uint8Array, fields: Partial<SegmentHeader>): Uint8Array {
  const bytes = segment.slice();
  writeSegmentHeader(bytes, { ...readSegmentHeader(segment), ...fields });
  return bytes;
}

/** A second segment with another payload, under right checksums. */
function secondWith(payload: readonly number[], entryCount = 1): Uint8Array {
  const bytes = joinBytes([SECOND.slice(0, SEGMENT_HEADER_BYTES), Uint8Array.from(payload)]);
  return forged(bytes, { payloadBytes: payload.length, payloadCrc: crc32c(bytes, SEGMENT_HEADER_BYTES), entryCount });
}

function withVersion(version: number): Uint8Array {
  const bytes = fileHeader();
  const view = new DataView(bytes.buffer);
  view.setUint32(8, version, true);
  view.setUint32(12, crc32c(bytes, 0, 12), true);
  return bytes;
}

function withReservedWord(): Uint8Array {
  const bytes = SECOND.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(36, 1, true);
  view.setUint32(4, crc32c(bytes, 8, SEGMENT_HEADER_BYTES), true);
  return bytes;
}

interface Case {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
  /** Byte offset, segment, sequence, and what is told. */
  readonly refused: readonly [number, number, number, string];
}

const CASES: readonly Case[] = [
  {
    name: "another kind of file",
    pieces: [new TextEncoder().encode('{"a": "JSON file"}')],
    refused: [0, -1, 0, "file header: expected a journal's first 8 bytes, found 7b2261223a20224a"],
  },
  {
    name: "a short file of another kind",
    pieces: [new TextEncoder().encode("hello")],
    refused: [0, -1, 0, "found 68656c6c6f and the end of the file"],
  },
  {
    name: "a later version",
    pieces: [withVersion(FORMAT_VERSION + 1), FIRST],
    refused: [0, -1, 0, `expected format version ${FORMAT_VERSION}, found ${FORMAT_VERSION + 1}`],
  },
  {
    name: "the first segment is missing",
    pieces: [HEADER, SECOND, THIRD],
    refused: [FIRST_AT, 0, 0, "segment number: expected 0, found 1"],
  },
  {
    name: "a segment is missing",
    pieces: [HEADER, FIRST, THIRD],
    refused: [SECOND_AT, 1, 2, "segment number: expected 1, found 2"],
  },
  {
    name: "a segment stands twice",
    pieces: [HEADER, FIRST, FIRST, SECOND, THIRD],
    refused: [SECOND_AT, 1, 2, "segment number: expected 1, found 0"],
  },
  {
    name: "two segments changed places",
    pieces: [HEADER, SECOND, FIRST, THIRD],
    refused: [FIRST_AT, 0, 0, "segment number: expected 0, found 1"],
  },
  {
    name: "a segment is that of another run",
    pieces: [HEADER, OTHER_FIRST, SECOND, THIRD],
    refused: [FIRST_AT + OTHER_FIRST.length, 1, 2, "SHA-256 of what stands before: expected "],
  },
  {
    name: "the first segment continues another file",
    pieces: [HEADER, forged(FIRST, { previousHash: hash("sha256", "other", "buffer") })],
    refused: [FIRST_AT, 0, 0, "SHA-256 of what stands before: expected "],
  },
  {
    name: "sequences jump",
    pieces: [HEADER, FIRST, forged(SECOND, { firstSequence: 3 }), THIRD],
    refused: [SECOND_AT, 1, 2, "sequence of the first entry: expected 2, found 3"],
  },
  {
    name: "a sequence is beyond what a number holds",
    pieces: [HEADER, forged(FIRST, { firstSequence: 2 ** 63 })],
    refused: [FIRST_AT, 0, 0, "sequence of the first entry: expected 0, found 9223372036854776000"],
  },
  {
    name: "a payload is above the limit",
    pieces: [HEADER, FIRST, forged(SECOND, { payloadBytes: MAX_SEGMENT_PAYLOAD_BYTES + 1 })],
    refused: [SECOND_AT, 1, 2, `payload length: expected 1 to ${MAX_SEGMENT_PAYLOAD_BYTES} bytes, found 16777229`],
  },
  {
    name: "a payload is empty",
    pieces: [HEADER, FIRST, secondWith([])],
    refused: [SECOND_AT, 1, 2, "payload length: expected 1 to "],
  },
  {
    name: "a segment counts no entry",
    pieces: [HEADER, FIRST, forged(SECOND, { entryCount: 0 }), THIRD],
    refused: [SECOND_AT, 1, 2, "entry count: expected at least 1, found 0"],
  },
  {
    name: "a reserved word is used",
    pieces: [HEADER, FIRST, withReservedWord()],
    refused: [SECOND_AT, 1, 2, "reserved word: expected 0, found 1"],
  },
  {
    name: "a segment counts more entries than it has",
    pieces: [HEADER, FIRST, forged(SECOND, { entryCount: 2 })],
    refused: [SECOND_AT, 1, 3, "entries to the segment's end: expected 4, found 3"],
  },
  {
    name: "a segment counts fewer entries than it has",
    pieces: [HEADER, forged(FIRST, { entryCount: 1 })],
    refused: [FIRST_AT, 0, 2, "entries to the segment's end: expected 1, found 2"],
  },
  {
    name: "kind 0",
    pieces: [HEADER, FIRST, secondWith([0, 0, 0, 0])],
    refused: [SECOND_AT, 1, 2, "entry: expected an entry kind from 1 to 5, found 0"],
  },
  {
    name: "kind 6",
    pieces: [HEADER, FIRST, secondWith([6, 0, 0, 0])],
    refused: [SECOND_AT, 1, 2, "entry: expected an entry kind from 1 to 5, found 6"],
  },
  {
    name: "a time of five bytes",
    pieces: [HEADER, FIRST, secondWith([3 | (5 << 3), 0, 0, 0, 1, 1, 1, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected a time of 0 to 4 or of 8 bytes, found code 5"],
  },
  {
    name: "a time that is not a number",
    pieces: [HEADER, FIRST, secondWith([3 | (7 << 3), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f])],
    refused: [SECOND_AT, 1, 2, "entry: expected a finite time, found NaN"],
  },
  {
    name: "a word of five bytes in the lower half",
    pieces: [HEADER, FIRST, secondWith([3, 5 << 2, 0, 0, 1, 1, 1, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected words of 0 to 4 bytes, found a longer one"],
  },
  {
    name: "a word of five bytes in the upper half",
    pieces: [HEADER, FIRST, secondWith([3 | (1 << 6), 0, 0, 0, 5, 0, 0, 0, 1, 1, 1, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected words of 0 to 4 bytes, found a longer one"],
  },
  {
    name: "a ninth word in the upper half",
    pieces: [HEADER, FIRST, secondWith([3 | (1 << 6), 0, 0, 0, 0, 0, 0, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected words of 0 to 4 bytes, found a longer one"],
  },
  {
    name: "the head's last bit where no command follows",
    pieces: [HEADER, FIRST, secondWith([4, 0, 0, 0x80])],
    refused: [SECOND_AT, 1, 2, "entry: expected words of 0 to 4 bytes, found a longer one"],
  },
  {
    name: "a word of five bytes in a command in short",
    pieces: [HEADER, FIRST, secondWith([3 | (1 << 6), 5 << 1, 0, 0x80, 1, 1, 1, 1, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected words of 0 to 4 bytes, found a longer one"],
  },
  {
    name: "a command in short ends behind its segment",
    pieces: [HEADER, FIRST, secondWith([3 | (1 << 6), 4 << 1, 0, 0x80, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected an entry that ends in its segment, found one that ends 3 bytes behind"],
  },
  {
    name: "a record ends behind its segment",
    pieces: [HEADER, FIRST, secondWith([3, 4 << 2, 0, 0, 1, 1])],
    refused: [SECOND_AT, 1, 2, "entry: expected an entry that ends in its segment, found one that ends 2 bytes behind"],
  },
  {
    name: "a text ends behind its segment",
    pieces: [HEADER, FIRST, secondWith([2 | (3 << 6), 0, 0, 0, 0x31])],
    refused: [SECOND_AT, 1, 2, "entry: expected an entry that ends in its segment, found one that ends 2 bytes behind"],
  },
  {
    name: "half a head",
    pieces: [HEADER, FIRST, secondWith([3, 0, 0])],
    refused: [SECOND_AT, 1, 2, "entry: expected an entry that ends in its segment, found one that ends 1 bytes behind"],
  },
  {
    name: "a text that is not JSON",
    pieces: [HEADER, FIRST, secondWith([2 | (1 << 6), 0, 0, 0, 0x7b])],
    refused: [SECOND_AT, 1, 2, "input entry: expected JSON in UTF-8, found other bytes"],
  },
  {
    name: "an entry behind the end, in its segment",
    pieces: [HEADER, FIRST, secondWith([5 | (1 << 6), 0, 0, 0, 0x31, 3, 0, 0, 0], 2)],
    refused: [SECOND_AT, 1, 3, "entry: expected none behind the end entry, found command"],
  },
  {
    name: "bytes behind the end",
    pieces: [HEADER, FIRST, SECOND, THIRD, Uint8Array.of(0)],
    refused: [THIRD_AT + THIRD.length, 3, 4, "file: expected no byte behind the end entry, found 1"],
  },
];

test.each(CASES)("refused: $name", ({ pieces, refused: [byteOffset, segment, sequence, told] }) => {
  let error: unknown;
  try {
    verifySource(new MemorySource(joinBytes(pieces), "runs/x/journal.tsj"));
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(JournalCorrupt);
  expect(error).toMatchObject({ path: "runs/x/journal.tsj", byteOffset, segment, sequence });
  const place = segment < 0 ? `byte ${byteOffset}` : `byte ${byteOffset} (segment ${segment}, entry ${sequence})`;
  expect(String(error)).toContain(`journal runs/x/journal.tsj is corrupt at ${place}: `);
  expect(String(error)).toContain(told);
});

test("the same pieces, not forged, are whole", () => {
  expect(verifySource(new MemorySource(joinBytes([HEADER, FIRST, SECOND, THIRD])))).toMatchObject({
    complete: true,
    segments: 3,
    entries: 4,
    wholeBytes: THIRD_AT + THIRD.length,
    chainHead: hash("sha256", THIRD),
  });
});

test("a refused journal stays refused", () => {
  const bytes = joinBytes([HEADER, FIRST, secondWith([0, 0, 0, 0])]);
  const { entries, reader, error } = readAll(bytes);
  expect(entries).toHaveLength(2);
  expect(error).toBeInstanceOf(JournalCorrupt);
  expect(() => reader.advance()).toThrow(JournalCorrupt);
  expect(reader.complete).toBe(false);
});
