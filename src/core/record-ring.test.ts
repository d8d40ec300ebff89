import { describe, expect, test } from "vitest";

import { InvariantError } from "./assert.ts";
import { RECORD_WORDS } from "./hash.ts";
import { RecordRing, RING_RECORDS_MAX } from "./record-ring.ts";

function append(ring: RecordRing, value: number): void {
  const at = ring.append();
  for (let word = 0; word < RECORD_WORDS; word++) ring.words[at + word] = value * RECORD_WORDS + word;
}

/** Takes the oldest record and gives its value back, checking all its words. */
function take(ring: RecordRing): number {
  const at = ring.front;
  const value = ring.words[at] / RECORD_WORDS;
  for (let word = 0; word < RECORD_WORDS; word++) expect(ring.words[at + word]).toBe(value * RECORD_WORDS + word);
  ring.shift();
  return value;
}

function takeAll(ring: RecordRing): number[] {
  const values: number[] = [];
  while (!ring.isEmpty) values.push(take(ring));
  return values;
}

describe("RecordRing", () => {
  test("gives records back in the order in which they were appended", () => {
    const ring = new RecordRing({ records: 4 });
    for (const value of [1, 2, 3]) append(ring, value);
    expect(ring.length).toBe(3);
    expect(takeAll(ring)).toEqual([1, 2, 3]);
    expect(ring.isEmpty).toBe(true);
  });

  test("goes around without growing while its reader keeps up", () => {
    const ring = new RecordRing({ records: 4 });
    const { words } = ring;
    for (let value = 0; value < 100; value++) {
      append(ring, value);
      if (value >= 3) expect(take(ring)).toBe(value - 3);
    }
    expect(ring.words).toBe(words);
    expect(takeAll(ring)).toEqual([97, 98, 99]);
  });

  test("doubles when it is full and keeps every record, also those that stood before the seam", () => {
    const ring = new RecordRing({ records: 4 });
    for (const value of [1, 2, 3]) append(ring, value);
    expect([take(ring), take(ring)]).toEqual([1, 2]);
    for (const value of [4, 5, 6, 7, 8]) append(ring, value);
    expect(ring.words).toHaveLength(8 * RECORD_WORDS);
    expect(ring.doubles.buffer).toBe(ring.words.buffer);
    expect(takeAll(ring)).toEqual([3, 4, 5, 6, 7, 8]);
  });

  test("finds a record that was not taken by its number", () => {
    const ring = new RecordRing({ records: 2 });
    const numbers = [10, 11, 12].map((value) => {
      const number = ring.written;
      append(ring, value);
      return number;
    });
    expect(numbers.map((number) => ring.words[ring.offsetOf(number)] / RECORD_WORDS)).toEqual([10, 11, 12]);
  });

  test("shows doubles and words of one memory", () => {
    const ring = new RecordRing();
    const at = ring.append();
    ring.doubles[(at >> 1) + 1] = 1;
    expect(ring.words[at + 3]).toBe(0x3ff0_0000);
  });

  test.each([1, 2, 4, 64])("counts past 2^31 records, with %d to begin with", (records) => {
    const ring = new RecordRing({ records });
    ring.written = 0x7fff_fffd;
    ring.taken = 0x7fff_fffd;
    for (let value = 0; value < 8; value++) append(ring, value);
    expect(ring.written).toBeLessThan(0);
    expect(ring.length).toBe(8);
    expect(takeAll(ring)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("counts past 2^32 records, where the numbers begin anew", () => {
    const ring = new RecordRing({ records: 4 });
    ring.written = -3;
    ring.taken = -3;
    for (let value = 0; value < 6; value++) append(ring, value);
    expect(ring.written).toBe(3);
    expect(takeAll(ring)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("forgets everything at once when cleared", () => {
    const ring = new RecordRing({ records: 2 });
    for (const value of [1, 2]) append(ring, value);
    ring.clear();
    expect(ring.length).toBe(0);
    append(ring, 3);
    expect(takeAll(ring)).toEqual([3]);
  });

  test("stops the program at its limit, with all records still in it", () => {
    const ring = new RecordRing({ records: 2, recordsMax: 8 });
    for (let value = 0; value < 8; value++) append(ring, value);
    expect(() => ring.append()).toThrow(InvariantError);
    expect(takeAll(ring)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(RING_RECORDS_MAX * RECORD_WORDS * 4).toBe(512 * 1024 * 1024);
  });

  test.each([0, 3, -4])("refuses %d records: their number is a power of two", (records) => {
    expect(() => new RecordRing({ records })).toThrow(InvariantError);
  });
});
