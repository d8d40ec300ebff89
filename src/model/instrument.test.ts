import { describe, expect, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { INT32_MAX } from "../core/units.ts";
import type { InstrumentSpec } from "./instrument.ts";
import { PRICE_TICKS_MAX, createInstrument } from "./instrument.ts";

const BTC: InstrumentSpec = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "0.01", lot: "0.00001" };

function problemsOf(change: Partial<InstrumentSpec>): string[] {
  try {
    createInstrument({ ...BTC, ...change });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe("an instrument", () => {
  test("is counted in ticks, lots and the smallest units of its assets", () => {
    const instrument = createInstrument({
      ...BTC,
      minQty: "0.0001",
      maxQty: "100",
      minNotional: "5",
      bandPercent: 7.5,
      referencePrice: "61000.00",
    });
    expect(instrument).toMatchObject({
      quoteDecimals: 7,
      baseDecimals: 5,
      tickLotUnits: 1,
      lotUnits: 1,
      qtyLotsMin: 10,
      qtyLotsMax: 10_000_000,
      notionalUnitsMin: 50_000_000,
      bandMillionths: 75_000,
      referencePriceTicks: 6_100_000,
    });
  });

  test("takes any quantity and price where nothing is said", () => {
    expect(createInstrument(BTC)).toMatchObject({
      qtyLotsMin: 1,
      qtyLotsMax: INT32_MAX,
      notionalUnitsMin: 0,
      bandMillionths: 0,
      referencePriceTicks: 0,
    });
  });

  test.each([
    ["0.05", "0.01", 5, 4, 1],
    ["25", "1", 25, 0, 1],
    ["0.5", "0.25", 125, 3, 25],
    ["1", "100", 100, 0, 100],
    // Zeros at the end change nothing: they would only make the units needlessly fine.
    ["0.0500", "0.010", 5, 4, 1],
    ["1.00", "1.000", 1, 0, 1],
  ])("with a tick of %s and a lot of %s", (tick, lot, tickLotUnits, quoteDecimals, lotUnits) => {
    expect(createInstrument({ ...BTC, tick, lot })).toMatchObject({ tickLotUnits, quoteDecimals, lotUnits });
  });

  test.each([
    ["5.00000001", 50_000_001],
    ["0.000000001", 1],
    ["0", 0],
  ])("rounds a minimum notional of %s up to %i units", (minNotional, units) => {
    expect(createInstrument({ ...BTC, minNotional }).notionalUnitsMin).toBe(units);
  });

  test.each([
    [0.0001, 1],
    [0.07, 700],
    [0.29, 2_900],
    [100, 1_000_000],
  ])("has a band of %d percent as %i millionths", (bandPercent, bandMillionths) => {
    expect(createInstrument({ ...BTC, bandPercent }).bandMillionths).toBe(bandMillionths);
  });
});

describe("an instrument cannot be listed", () => {
  test.each<[change: Partial<InstrumentSpec>, problem: RegExp]>([
    [{ symbol: " " }, /^symbol: expected a name/],
    [{ base: "" }, /^base: expected a name/],
    [{ quote: "BTC" }, /^quote: base and quote are both BTC/],
    [{ tick: "0" }, /^tick: "0" is no step of a grid/],
    [{ tick: "-0.01" }, /^tick: /],
    [{ tick: "a penny" }, /^tick: /],
    [{ lot: "1e-3" }, /^lot: /],
    [{ tick: "65536", lot: "32768" }, /^tick: tick times lot is 2147483648/],
    [{ minQty: "0" }, /^minQty: expected 1 to 2147483647 steps of 0.00001, found/],
    [{ minQty: "-1" }, /^minQty: expected 1 to 2147483647 steps of 0.00001, found/],
    [{ minQty: "0.000001" }, /^minQty: "0.000001" is no whole number of steps of 0.00001/],
    [{ maxQty: "21475" }, /^maxQty: expected 1 to 2147483647 steps of 0.00001, found 2147500000/],
    [{ minQty: "2", maxQty: "1" }, /^maxQty: expected 200000 to 2147483647 steps of 0.00001, found 100000/],
    [{ maxQty: "0" }, /^maxQty: expected 1 to/],
    [{ minNotional: "five" }, /^minNotional: expected a decimal number/],
    [{ minNotional: "-5" }, /^minNotional: expected a decimal number of at least 0/],
    [{ minNotional: "99999999999999" }, /^minNotional: expected at most 2\^53/],
    [{ bandPercent: -1 }, /^bandPercent: expected 0 to 100/],
    [{ bandPercent: 101 }, /^bandPercent: /],
    [{ bandPercent: Number.NaN }, /^bandPercent: /],
    // It would be rounded to no band at all.
    [{ bandPercent: 0.00001 }, /^bandPercent: expected 0 to 100 with at most 4 decimals/],
    [{ bandPercent: 1.00001 }, /^bandPercent: /],
    [{ referencePrice: "0.005" }, /^referencePrice: /],
    [{ referencePrice: "0" }, /^referencePrice: expected 1 to 2147483646 steps of 0.01, found 0/],
    [{ referencePrice: "-1" }, /^referencePrice: expected 1 to/],
    [{ referencePrice: "21474836.47" }, /^referencePrice: expected 1 to 2147483646 steps of 0.01, found 2147483647/],
  ])("with %o", (change, problem) => {
    expect(problemsOf(change)).toEqual([expect.stringMatching(problem)]);
  });

  test("and says everything that is wrong at once", () => {
    const change = { base: "USD", minQty: "0", bandPercent: 200, minNotional: "x", referencePrice: "0.001" };
    expect(problemsOf(change).map((text) => text.split(":")[0])).toEqual([
      "quote",
      "bandPercent",
      "minQty",
      "referencePrice",
      "minNotional",
    ]);
    expect(problemsOf({ tick: "0", lot: "0", base: "USD" }).map((text) => text.split(":")[0])).toEqual([
      "quote",
      "tick",
      "lot",
    ]);
  });

  test("at the limits it can", () => {
    expect(problemsOf({ tick: "65535", lot: "32768", maxQty: `${32768n * BigInt(INT32_MAX)}` })).toEqual([]);
    expect(problemsOf({ referencePrice: "21474836.46", minNotional: "900719925.4740991" })).toEqual([]);
    expect(PRICE_TICKS_MAX).toBe(2_147_483_646);
  });
});
