import type { Lots, Ticks } from "../../core/units.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { Instrument } from "../../model/instrument.ts";
import type { SideName } from "../../model/side.ts";

/** The highest price that an agent names. */
const TICKS_MAX = INT32_MAX - 1;

/** A price on the grid, above 0 and within int32: everything that an agent computes goes through here. */
export function toTicks(price: number): Ticks {
  return Math.min(TICKS_MAX, Math.max(1, Math.round(price)));
}

/** The price of an order that reaches that far through the touch: above the ask for a buy, below the bid for a sell. */
export function throughTouch(side: SideName, touchTicks: Ticks, reachTicks: Ticks): Ticks {
  return toTicks(side === "buy" ? touchTicks + reachTicks : touchTicks - reachTicks);
}

/** A quantity on the grid that the instrument admits. */
export function toLots(lots: number, instrument: Instrument): Lots {
  return Math.min(instrument.qtyLotsMax, Math.max(instrument.qtyLotsMin, Math.round(lots)));
}
