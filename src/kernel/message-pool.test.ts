import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { RandomStream } from "../core/random.ts";
import { MessagePool, MESSAGE_RECORDS_MAX, RECORDS_IN_FLIGHT_MAX } from "./message-pool.ts";

const NOBODY = -1;

function fill(pool: MessagePool, message: number, value: number): void {
  pool.words.fill(value, message << 4, (message + pool.recordsOf(message)) << 4);
}

/** The message's words, when they are all the same. */
function valueOf(pool: MessagePool, message: number): number | undefined {
  const words = pool.words.subarray(message << 4, (message + pool.recordsOf(message)) << 4);
  return words.every((word) => word === words[0]) ? words[0] : undefined;
}

describe("MessagePool", () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 4],
    [4, 4],
    [5, 8],
    [33, 64],
    [64, 64],
  ])("makes room for %d records with %d", (asked, given) => {
    const pool = new MessagePool();
    expect(pool.recordsOf(pool.allocate(asked, NOBODY, 0))).toBe(given);
  });

  test.each([0, -1, 65, 1.5, Number.NaN])("refuses a message of %d records", (records) => {
    expect(() => new MessagePool().allocate(records, NOBODY, 0)).toThrow(InvariantError);
  });

  test("gives out zeros, also where a message stood before", () => {
    const pool = new MessagePool();
    for (const records of [1, 2, 3, 64]) {
      const first = pool.allocate(records, NOBODY, 0);
      expect(valueOf(pool, first)).toBe(0);
      fill(pool, first, -1);
      pool.discard(first);
      const second = pool.allocate(records, NOBODY, 0);
      expect([second, valueOf(pool, second)]).toEqual([first, 0]);
    }
  });

  test("gives out a record as it was left to who will write all of it, and zeros to the next one", () => {
    const pool = new MessagePool();
    const first = pool.allocate(1, NOBODY, 0);
    fill(pool, first, -1);
    pool.discard(first);
    const stale = pool.allocateStale(3, 7);
    expect([stale, pool.recordsOf(stale), pool.isComposedBy(stale, 3, 7)]).toEqual([first, 1, true]);
    expect(pool.words[(stale << 4) + 15]).toBe(-1);
    pool.discard(stale);
    expect(valueOf(pool, pool.allocate(1, NOBODY, 0))).toBe(0);
  });

  test("keeps a message until the last of its holders lets go", () => {
    const pool = new MessagePool();
    const message = pool.allocate(1, NOBODY, 0);
    for (let i = 0; i < 3; i++) pool.hold(message);
    expect(pool.held).toBe(1);
    pool.release(message);
    pool.release(message);
    expect([pool.isHeld(message), pool.held]).toEqual([true, 1]);
    expect(pool.allocate(1, NOBODY, 0)).not.toBe(message);
    pool.release(message);
    expect([pool.isHeld(message), pool.held]).toEqual([false, 0]);
    expect(pool.allocate(1, NOBODY, 0)).toBe(message);
  });

  test("notices a release too many and a message thrown away under way", () => {
    const pool = new MessagePool();
    const message = pool.allocate(1, NOBODY, 0);
    pool.hold(message);
    expect(() => pool.discard(message)).toThrow(InvariantError);
    pool.release(message);
    expect(() => pool.release(message)).toThrow(InvariantError);
  });

  test("knows who composed a message, and when", () => {
    const pool = new MessagePool();
    const message = pool.allocate(2, 7, 1000);
    expect(pool.senderOf(message)).toBe(7);
    expect(pool.isComposedBy(message, 7, 1000)).toBe(true);
    expect(pool.isComposedBy(message, 8, 1000)).toBe(false);
    expect(pool.isComposedBy(message, 7, 1001)).toBe(false);
    expect(pool.isComposedBy(message + 5_000, 7, 1000)).toBe(false);
    expect(pool.isComposedBy(pool.allocate(1, 7, 2 ** 31 + 5), 7, 2 ** 31 + 5)).toBe(true);
  });

  test("keeps messages of all sizes apart while it grows, and uses freed ones again", () => {
    const random = RandomStream.named(1, "test", "message-pool");
    const pool = new MessagePool();
    const live = new Map<number, number>();
    const wordsAtStart = pool.words.length;
    for (let value = 1; value <= 20_000; value++) {
      if (live.size > 0 && random.chance(live.size / 1_500)) {
        const [message, expected] = [...live][random.integer(0, Math.min(live.size, 50) - 1)];
        expect(valueOf(pool, message)).toBe(expected);
        live.delete(message);
        pool.release(message);
      } else {
        const message = pool.allocate(random.integer(1, 6), NOBODY, 0);
        expect(live.has(message)).toBe(false);
        pool.hold(message);
        fill(pool, message, value);
        live.set(message, value);
      }
      if (value % 1_000 === 0) for (const [message, expected] of live) expect(valueOf(pool, message)).toBe(expected);
    }
    expect(pool.held).toBe(live.size);
    expect(pool.doubles.buffer).toBe(pool.words.buffer);
    expect(pool.words.length).toBeGreaterThan(wordsAtStart);
    // At most 1,500 messages of at most 8 records lived at a time.
    expect(pool.words.length).toBeLessThanOrEqual(16_384 * 16);
  });

  test("stops the program at its limit", () => {
    const pool = new MessagePool({ recordsMax: 4_096 });
    for (let i = 0; i < 4_096 / MESSAGE_RECORDS_MAX; i++) pool.allocate(MESSAGE_RECORDS_MAX, NOBODY, 0);
    expect(() => pool.allocate(1, NOBODY, 0)).toThrow(InvariantError);
    expect(RECORDS_IN_FLIGHT_MAX * 64).toBe(512 * 1024 * 1024);
  });
});
