import fc from "fast-check";
import { expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { UserError } from "../core/errors.ts";
import type { Instrument } from "./instrument.ts";
import { createInstrument } from "./instrument.ts";
import { AssetTable } from "./listing.ts";

function instrument(base: string, quote: string, tick: string, lot: string, minNotional = "1"): Instrument {
  return createInstrument({ symbol: `${base}/${quote}`, base, quote, tick, lot, minNotional });
}

test("an asset's smallest unit serves every instrument that trades or pays in it", () => {
  const btcUsd = instrument("BTC", "USD", "0.01", "0.001");
  const ethUsd = instrument("ETH", "USD", "0.05", "0.01");
  const ethBtc = instrument("ETH", "BTC", "0.00001", "0.01");
  const table = new AssetTable([btcUsd, ethUsd, ethBtc]);
  expect(table.assets).toEqual([
    { code: "BTC", decimals: 7 },
    { code: "USD", decimals: 5 },
    { code: "ETH", decimals: 2 },
  ]);
  expect(table.list(btcUsd, 0)).toMatchObject({
    baseAsset: 0,
    quoteAsset: 1,
    tickLotUnits: 1,
    lotUnits: 10_000,
    notionalUnitsMin: 100_000,
  });
  expect(table.list(ethUsd, 1)).toMatchObject({
    baseAsset: 2,
    quoteAsset: 1,
    tickLotUnits: 50,
    lotUnits: 1,
    notionalUnitsMin: 100_000,
  });
  expect(table.list(ethBtc, 2)).toMatchObject({
    index: 2,
    baseAsset: 2,
    quoteAsset: 0,
    tickLotUnits: 1,
    lotUnits: 1,
    notionalUnitsMin: 10_000_000,
  });
  expect([table.indexOf("ETH"), table.indexOf("EUR")]).toEqual([2, -1]);
});

test("a tick, a lot and a minimum are worth the same before and after, or too much to be counted", () => {
  const grid = fc.constantFrom("0.01", "1", "0.0005", "25", "0.25", "0.000001", "100");
  const code = fc.constantFrom("A", "B", "C");
  const pair = fc.tuple(code, code, grid, grid).filter(([base, quote]) => base !== quote);
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1, maxLength: 5 }), (pairs) => {
      const instruments = pairs.map(([base, quote, tick, lot]) => instrument(base, quote, tick, lot));
      const table = new AssetTable(instruments);
      instruments.forEach((each, index) => {
        const [base, quote] = [each.base, each.quote].map((asset) => table.assets[table.indexOf(asset)]);
        const isTooMuch = (units: number, decimals: number, finest: number): boolean =>
          inFinest(units, decimals) > inFinest(Number.MAX_SAFE_INTEGER, finest);
        if (
          isTooMuch(each.tickLotUnits, each.quoteDecimals, quote.decimals) ||
          isTooMuch(each.lotUnits, each.baseDecimals, base.decimals) ||
          isTooMuch(each.notionalUnitsMin, each.quoteDecimals, quote.decimals)
        ) {
          expect(() => table.list(each, index)).toThrow(UserError);
          return;
        }
        const listed = table.list(each, index);
        expect([table.assets[listed.baseAsset], table.assets[listed.quoteAsset]]).toEqual([base, quote]);
        expect([base.code, quote.code]).toEqual([each.base, each.quote]);
        expect(inFinest(listed.lotUnits, base.decimals)).toBe(inFinest(each.lotUnits, each.baseDecimals));
        expect(inFinest(listed.tickLotUnits, quote.decimals)).toBe(inFinest(each.tickLotUnits, each.quoteDecimals));
        expect(inFinest(listed.notionalUnitsMin, quote.decimals)).toBe(10n ** 40n);
      });
    }),
    // Rare among random ones: a coarse instrument beside one that is too fine for it.
    {
      examples: [
        [
          [
            ["A", "B", "100", "100"],
            ["A", "B", "0.000001", "0.000001"],
          ],
        ],
      ],
    },
  );
});

/** An amount in units of 10^-40. */
function inFinest(units: number, decimals: number): bigint {
  return BigInt(units) * 10n ** BigInt(40 - decimals);
}

test("an instrument whose amounts would leave the exact numbers next to a finer one is refused, with all reasons", () => {
  const coarse = instrument("BTC", "USD", "1", "1");
  const fine = instrument("WEI", "USD", "0.000000000000000001", "1", "0");
  const finest = instrument("BTC", "WEI", "1", "0.000000000000000001", "0");
  const table = new AssetTable([coarse, fine, finest]);
  let problems: string[] = [];
  try {
    table.list(coarse, 0);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    problems = error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
  expect(problems).toEqual([
    "tick: it is 1000000000000000000 of USD's smallest unit, 10^-18, which another instrument asks for; expected at most 2^53",
    "lot: it is 1000000000000000000 of BTC's smallest unit, 10^-18, which another instrument asks for; expected at most 2^53",
    "minNotional: it is 1000000000000000000 of USD's smallest unit, 10^-18, which another instrument asks for; expected at most 2^53",
  ]);
});

test("an instrument is listed only with those that its assets were counted with", () => {
  const table = new AssetTable([instrument("BTC", "USD", "0.01", "1")]);
  expect(() => table.list(instrument("ETH", "USD", "0.01", "1"), 0)).toThrow(InvariantError);
  expect(() => table.list(instrument("BTC", "USD", "0.001", "1"), 0)).toThrow(InvariantError);
});
