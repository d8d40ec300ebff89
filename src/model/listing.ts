import { assert } from "../core/assert.ts";
import type { Problem } from "../core/errors.ts";
import { UserError } from "../core/errors.ts";
import type { Units } from "../core/units.ts";
import type { Instrument } from "./instrument.ts";

/** Something that accounts hold. Its smallest unit serves every instrument of the listing that trades or pays in it. */
export interface Asset {
  readonly code: string;
  /** Decimals of its smallest unit. */
  readonly decimals: number;
}

/** An instrument among the others of a run, with its assets' numbers and its values in their common units. */
export interface Listed {
  readonly instrument: Instrument;
  /** Its number at its venue. */
  readonly index: number;
  readonly baseAsset: number;
  readonly quoteAsset: number;
  /** One tick times one lot, in units of the quote asset. */
  readonly tickLotUnits: Units;
  /** One lot, in units of the base asset. */
  readonly lotUnits: Units;
  /** Least notional of a priced order, in units of the quote asset. */
  readonly notionalUnitsMin: Units;
}

/** All assets of a run, in order of first mention. */
export class AssetTable {
  readonly assets: readonly Asset[];
  readonly #byCode: ReadonlyMap<string, number>;

  constructor(instruments: readonly Instrument[]) {
    const decimals = new Map<string, number>();
    const need = (code: string, count: number): unknown => decimals.set(code, Math.max(count, decimals.get(code) ?? 0));
    for (const instrument of instruments) {
      need(instrument.base, instrument.baseDecimals);
      need(instrument.quote, instrument.quoteDecimals);
    }
    this.assets = [...decimals].map(([code, count]) => ({ code, decimals: count }));
    this.#byCode = new Map(this.assets.map(({ code }, index) => [code, index]));
  }

  /** The number of an asset; -1 when no instrument knows it. */
  indexOf(code: string): number {
    return this.#byCode.get(code) ?? -1;
  }

  /**
   * Lists an instrument of the ones that the table was made for.
   * @throws {UserError} when its amounts cannot be counted exactly in the units that its assets' other instruments need
   */
  list(instrument: Instrument, index: number): Listed {
    const baseAsset = this.indexOf(instrument.base);
    const quoteAsset = this.indexOf(instrument.quote);
    assert(baseAsset >= 0 && quoteAsset >= 0, "an instrument is listed with the assets that it was counted with");
    const problems: Problem[] = [];
    const inAsset = (units: Units, asset: number, decimals: number, path: string): Units => {
      const { code, decimals: finest } = this.assets[asset];
      assert(finest >= decimals, "an instrument is listed with the assets that it was counted with");
      const scaled = BigInt(units) * 10n ** BigInt(finest - decimals);
      if (scaled > BigInt(Number.MAX_SAFE_INTEGER)) {
        const message = `it is ${scaled} of ${code}'s smallest unit, 10^-${finest}, which another instrument asks for; expected at most 2^53`;
        problems.push({ path, message });
      }
      return Number(scaled);
    };
    const listed: Listed = {
      instrument,
      index,
      baseAsset,
      quoteAsset,
      tickLotUnits: inAsset(instrument.tickLotUnits, quoteAsset, instrument.quoteDecimals, "tick"),
      lotUnits: inAsset(instrument.lotUnits, baseAsset, instrument.baseDecimals, "lot"),
      notionalUnitsMin: inAsset(instrument.notionalUnitsMin, quoteAsset, instrument.quoteDecimals, "minNotional"),
    };
    if (problems.length > 0) throw new UserError(`instrument ${instrument.symbol} cannot be listed`, { problems });
    return listed;
  }
}
