import type { RandomStream } from "../../core/random.ts";
import type { Lots } from "../../core/units.ts";
import type { Market } from "../port.ts";
import { toLots } from "./quantise.ts";

/** The size that seven of ten orders have, where nothing else is asked for. */
export const TYPICAL_LOTS = 100;

/** One order in five: log-normal, many small ones and a long tail. */
const ODD_SHARE = 0.2;
const ODD_MU = 2.9;
const ODD_SIGMA = 1.2;

/** The others are round lots; a standard deviation of 0.15 never leaves the whole number that it surrounds. */
const ROUND_LOTS: readonly (readonly [share: number, lots: number])[] = [
  [0.7, 100],
  [0.06, 200],
  [0.004, 300],
  [0.0329, 400],
  [0.001, 500],
  [0.0006, 600],
  [0.0004, 700],
  [0.0005, 800],
  [0.0003, 900],
  [0.0003, 1000],
];
const ROUND_DEVIATION = 0.15;

/**
 * Draws an order's size from the mixture of ABIDES' rmsc04 (`OrderSizeModel`), scaled so that `typicalLots` stands where
 * it has 100. Never less than the instrument's minimum: a draw that rounds to 0 is the smallest order, not none.
 */
export function drawLots(stream: RandomStream, market: Market, typicalLots: Lots): Lots {
  return toLots((drawFromMixture(stream) * typicalLots) / TYPICAL_LOTS, market.instrument);
}

function drawFromMixture(stream: RandomStream): number {
  let rest = stream.uniform() - ODD_SHARE;
  if (rest < 0) return stream.logNormal(ODD_MU, ODD_SIGMA);
  for (const [share, lots] of ROUND_LOTS) {
    rest -= share;
    if (rest < 0) return Math.round(stream.normal(lots, ROUND_DEVIATION));
  }
  // The shares add up to 1 less a rounding error.
  return TYPICAL_LOTS;
}
