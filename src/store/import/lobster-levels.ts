import { DecimalError, decimalGrid, parseOnGrid } from "../../core/decimal.ts";
import { type LineFault, NUMBER_FAULTS } from "./quarantine.ts";

/** LOBSTER fills levels that nobody occupies with these prices and a size of 0. */
const NO_ASK = 9_999_999_999;
const NO_BID = -9_999_999_999;
const WHOLE = decimalGrid("1");

/** Price levels of one side, best first: prices in 1/10,000 dollar, sizes in shares. */
export interface SideLevels {
  readonly prices: readonly number[];
  readonly sizes: readonly number[];
}

/** A row of the orderbook file: the book after the message of the same row. Index 0 bids, 1 asks, as `Side`. */
export type LobsterLevels = readonly [bids: SideLevels, asks: SideLevels];

/** Reads `ask price, ask size, bid price, bid size` for each of `levels` levels. */
export function parseLobsterLevels(line: string, levels: number): LobsterLevels | LineFault {
  const fields = line.split(",", 4 * levels + 1);
  if (fields.length !== 4 * levels) {
    return { code: "no-frame", reason: `expected ${4 * levels} fields (ask and bid of ${levels} levels)` };
  }
  try {
    const bids = { prices: [] as number[], sizes: [] as number[] };
    const asks = { prices: [] as number[], sizes: [] as number[] };
    for (let level = 0; level < levels; level++) {
      for (const side of [asks, bids]) {
        const at = 4 * level + (side === asks ? 0 : 2);
        const price = parseOnGrid(fields[at], WHOLE);
        if (price === NO_ASK || price === NO_BID) continue;
        const size = parseOnGrid(fields[at + 1], WHOLE);
        if (price <= 0 || size <= 0) {
          return { code: "out-of-range", reason: `level ${level + 1}: expected a price and a size above 0` };
        }
        side.prices.push(price);
        side.sizes.push(size);
      }
    }
    if (!isSorted(bids.prices, -1) || !isSorted(asks.prices, 1)) {
      return { code: "bad-field", reason: "expected levels from the best to the worst" };
    }
    return [bids, asks];
  } catch (error) {
    if (!(error instanceof DecimalError)) throw error;
    return { code: NUMBER_FAULTS[error.code], reason: error.message };
  }
}

function isSorted(prices: readonly number[], direction: 1 | -1): boolean {
  return prices.every((price, i) => i === 0 || (price - prices[i - 1]) * direction > 0);
}
