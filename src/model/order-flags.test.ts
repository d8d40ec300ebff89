import fc from "fast-check";
import { expect, test } from "vitest";

import {
  FlagBits,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  packFlags,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from "./order-flags.ts";
import { Side } from "./side.ts";

const orderFlags = fc.record({
  side: fc.constantFrom(...Object.values(Side)),
  orderType: fc.constantFrom(...Object.values(OrderType)),
  timeInForce: fc.constantFrom(...Object.values(TimeInForce)),
  postOnly: fc.boolean(),
  slide: fc.boolean(),
  reduceOnly: fc.boolean(),
  hidden: fc.boolean(),
  selfTradePrevention: fc.constantFrom(...Object.values(SelfTradePrevention)),
});

test("what is packed comes out again, and nothing else is set", () => {
  fc.assert(
    fc.property(orderFlags, (flags) => {
      const word = packFlags(flags);
      const unpacked = {
        side: sideOf(word),
        orderType: orderTypeOf(word),
        timeInForce: timeInForceOf(word),
        postOnly: (word & FlagBits.postOnly) !== 0,
        slide: (word & FlagBits.slide) !== 0,
        reduceOnly: (word & FlagBits.reduceOnly) !== 0,
        hidden: (word & FlagBits.hidden) !== 0,
        selfTradePrevention: selfTradePreventionOf(word),
      };
      expect(unpacked).toEqual(flags);
      expect(word & ~FlagBits.all).toBe(0);
    }),
  );
});

test("what is left out is a plain limit order, good till canceled", () => {
  expect(packFlags({ side: Side.buy })).toBe(0);
  expect(packFlags({ side: Side.sell })).toBe(1);
});

// Journals keep the word, so no bit may ever move.
test.each([
  [{ side: Side.sell }, 0b0_0000_0000_0001],
  [{ side: Side.buy, orderType: OrderType.stopLimit }, 0b0_0000_0000_0110],
  [{ side: Side.buy, timeInForce: TimeInForce.DAY }, 0b0_0000_0010_0000],
  [{ side: Side.buy, postOnly: true }, 0b0_0000_0100_0000],
  [{ side: Side.buy, slide: true }, 0b0_0000_1000_0000],
  [{ side: Side.buy, reduceOnly: true }, 0b0_0001_0000_0000],
  [{ side: Side.buy, hidden: true }, 0b0_0010_0000_0000],
  [{ side: Side.buy, selfTradePrevention: SelfTradePrevention.decrement }, 0b1_0000_0000_0000],
])("%o is %i", (flags, word) => {
  expect(packFlags(flags)).toBe(word);
});

test("the choices of a word are read without looking at its other bits", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (word) => {
      expect(sideOf(word)).toBe(word & 1);
      expect(orderTypeOf(word)).toBe((word >>> 1) & 3);
      expect(timeInForceOf(word)).toBe((word >>> 3) & 7);
      expect(selfTradePreventionOf(word)).toBe((word >>> 10) & 7);
    }),
  );
});
