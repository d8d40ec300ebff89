import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CommandWord, writeCancel, writeOwnerCommand, writeReplace, writeSubmit } from "./command.ts";
import { RecordKind } from "./record.ts";

const AT = 16;
const STALE = 0x5ca1ab1e;

/** Three records of stale words; a command must set all of the middle one and nothing else. */
function written(write: (words: Int32Array, doubles: Float64Array) => void): { words: number[]; expireTimeNs: number } {
  const words = new Int32Array(48).fill(STALE);
  const doubles = new Float64Array(words.buffer);
  write(words, doubles);
  expect([...words.subarray(0, 16), ...words.subarray(32)]).toEqual(Array(32).fill(STALE));
  return { words: [...words.subarray(AT, 32)], expireTimeNs: doubles[(AT + CommandWord.expireTimeNs) >> 1] };
}

describe("a command sets every word of its record", () => {
  test("submit", () => {
    const order = {
      instrument: 3,
      owner: 4,
      orderId: -5,
      flags: 6,
      priceTicks: 7,
      qtyLots: 8,
      displayLots: 9,
      triggerTicks: 10,
      expireTimeNs: 2 ** 52 + 1,
    };
    const { words, expireTimeNs } = written((memory, doubles) => writeSubmit(memory, doubles, AT, order));
    expect(words.slice(0, 10)).toEqual([RecordKind.submitOrder, 3, 4, -5, 6, 7, 8, 9, 10, 0]);
    expect(words.slice(12)).toEqual([0, 0, 0, 0]);
    expect(expireTimeNs).toBe(2 ** 52 + 1);
  });

  test("a submit that leaves things out", () => {
    const order = { instrument: 3, owner: 4, orderId: 5, flags: 6, priceTicks: 7, qtyLots: 8 };
    const { words } = written((memory, doubles) => writeSubmit(memory, doubles, AT, order));
    expect(words).toEqual([RecordKind.submitOrder, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("cancel", () => {
    const { words } = written((memory) => writeCancel(memory, AT, { instrument: 3, owner: 4, orderId: 5 }));
    expect(words).toEqual([RecordKind.cancelOrder, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test("replace", () => {
    const replace = { instrument: 3, owner: 4, orderId: 5, priceTicks: 7, qtyLots: 8 };
    const { words } = written((memory) => writeReplace(memory, AT, replace));
    expect(words).toEqual([RecordKind.replaceOrder, 3, 4, 5, 0, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test.each([RecordKind.cancelAllOrders, RecordKind.massCancel, RecordKind.disconnect])("kind %i", (kind) => {
    const { words } = written((memory) => writeOwnerCommand(memory, AT, { kind, instrument: -1, owner: 4 }));
    expect(words).toEqual([kind, -1, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });
});

test("every time of expiry comes out of the record as it went in", () => {
  fc.assert(
    fc.property(fc.double(), (time) => {
      const order = { instrument: 0, owner: 0, orderId: 0, flags: 0, priceTicks: 0, qtyLots: 0, expireTimeNs: time };
      const { expireTimeNs } = written((memory, doubles) => writeSubmit(memory, doubles, AT, order));
      expect(expireTimeNs).toBe(time);
    }),
  );
});
