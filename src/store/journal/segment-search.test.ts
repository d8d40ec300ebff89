import { expect, test } from "vitest";

import { journalOf } from "../../testing/journal-samples.ts";
import { MemorySource } from "./byte-source.ts";
import { EntryKind } from "./entry-kind.ts";
import { SEGMENT_HEADER_BYTES, SEGMENT_MAGIC } from "./layout.ts";
import { SEARCH_WINDOW_BYTES, findSegmentHeader } from "./segment-search.ts";

const HEADER = journalOf([{ kind: EntryKind.end, timeNs: 1, json: {} }])[1].slice(0, SEGMENT_HEADER_BYTES);
/** Looks like a header until its checksum is made. */
const MAGIC = Uint8Array.from(SEGMENT_MAGIC);

function fileWith(parts: readonly (readonly [number, Uint8Array])[], length: number): MemorySource {
  const bytes = new Uint8Array(length);
  for (const [at, part] of parts) bytes.set(part, at);
  return new MemorySource(bytes);
}

test("a header is found at every place around the border of two windows", () => {
  const length = 2 * SEARCH_WINDOW_BYTES;
  for (let at = SEARCH_WINDOW_BYTES - SEGMENT_HEADER_BYTES - 3; at < SEARCH_WINDOW_BYTES + 3; at++) {
    expect(findSegmentHeader(fileWith([[at, HEADER]], length), 0)).toBe(at);
    expect(findSegmentHeader(fileWith([[at + 1, HEADER]], length), 1)).toBe(at + 1);
  }
});

test.each([
  ["at the first byte", 0, 0, 500, 0],
  ["not before the first byte", 4, 5, 500, undefined],
  ["at the last place", 428, 0, 500, 428],
  ["at the last place, when the search starts there", 428, 428, 500, 428],
  ["not when a byte of it is missing", 429, 0, 500, undefined],
  ["not in a file that is shorter", 0, 0, 71, undefined],
  ["not behind the end", 0, 600, 500, undefined],
])("a header is found %s", (_, at, from, length, found) => {
  const bytes = new Uint8Array(1000);
  bytes.set(HEADER, at);
  expect(findSegmentHeader(new MemorySource(bytes.slice(0, length)), from)).toBe(found);
});

test("a magic without a right checksum behind it is passed over", () => {
  expect(
    findSegmentHeader(
      fileWith(
        [
          [10, MAGIC],
          [12, MAGIC],
          [20, HEADER],
        ],
        500,
      ),
      0,
    ),
  ).toBe(20);
  expect(
    findSegmentHeader(
      fileWith(
        [
          [10, MAGIC],
          [496, MAGIC],
        ],
        500,
      ),
      0,
    ),
  ).toBeUndefined();
});
