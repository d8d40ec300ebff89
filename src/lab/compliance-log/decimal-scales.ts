import type { SchemaElement } from "hyparquet-writer";
import { assert } from "../../core/assert.ts";
import { UserError } from "../../core/errors.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { DecimalGrid } from "../../core/decimal.ts";
import type { AssetTable, Listed } from "../../model/listing.ts";

type Amount = "price" | "qty" | "money";

/** Digits that an int64 and 16 bytes hold. */
const DIGITS_OF_INT64 = 18;
const DIGITS_MAX = 38;
const BYTES_OF_LARGE = 16;

interface Scale {
  readonly scale: number;
  readonly precision: number;
}

/** For each kind of amount, the one scale in which a Parquet column holds what instruments count on grids of their own. */
export class DecimalScales {
  readonly #assets: AssetTable;
  readonly #scales: Readonly<Record<Amount, Scale>>;

  /** @throws {UserError} where amounts have more digits than a DECIMAL can have */
  constructor(listed: readonly Listed[], assets: AssetTable) {
    this.#assets = assets;
    const grids = (pick: (one: Listed) => DecimalGrid): DecimalGrid[] => listed.map(pick);
    const quote = listed.map(({ quoteAsset }) => assets.assets[quoteAsset].decimals);
    this.#scales = {
      price: scaleOf(
        "price",
        BigInt(INT32_MAX),
        grids(({ instrument }) => instrument.tick),
      ),
      // Quantities of levels and volumes are sums.
      qty: scaleOf(
        "qty",
        BigInt(Number.MAX_SAFE_INTEGER),
        grids(({ instrument }) => instrument.lot),
      ),
      money: scaleOf(
        "money",
        BigInt(Number.MAX_SAFE_INTEGER),
        quote.map((scale) => ({ stepUnits: 1, scale })),
      ),
    };
  }

  /** An amount in the units of its column. */
  scaled(amount: Amount, value: number, { instrument, quoteAsset }: Listed): bigint {
    assert(Number.isSafeInteger(value), "an amount is a whole number of steps");
    const { scale } = this.#scales[amount];
    if (amount === "money") return BigInt(value) * 10n ** BigInt(scale - this.#assets.assets[quoteAsset].decimals);
    const grid = amount === "price" ? instrument.tick : instrument.lot;
    const factor = grid.stepUnits * 10 ** (scale - grid.scale);
    const product = value * factor;
    // Mostly all of it is exact in float64.
    if (Number.isSafeInteger(factor) && Number.isSafeInteger(product)) return BigInt(product);
    return BigInt(value) * BigInt(grid.stepUnits) * 10n ** BigInt(scale - grid.scale);
  }

  element(amount: Amount): Omit<SchemaElement, "name"> {
    const { scale, precision } = this.#scales[amount];
    const isLarge = precision > DIGITS_OF_INT64;
    const size = isLarge
      ? ({ type: "FIXED_LEN_BYTE_ARRAY", type_length: BYTES_OF_LARGE } as const)
      : { type: "INT64" as const };
    return { ...size, converted_type: "DECIMAL", scale, precision };
  }
}

function scaleOf(amount: Amount, stepsMax: bigint, grids: readonly Pick<DecimalGrid, "stepUnits" | "scale">[]): Scale {
  const scale = Math.max(0, ...grids.map((grid) => grid.scale));
  const digits = Math.max(
    ...grids.map((grid) => String(stepsMax * BigInt(grid.stepUnits) * 10n ** BigInt(scale - grid.scale)).length),
  );
  if (digits > DIGITS_MAX) {
    const message = `the instruments' grids are too far apart for one Parquet column of ${amount}: it would need ${digits} digits`;
    throw new UserError(`${message}, and may have ${DIGITS_MAX}; export as ndjson`);
  }
  return { scale, precision: digits > DIGITS_OF_INT64 ? DIGITS_MAX : DIGITS_OF_INT64 };
}
