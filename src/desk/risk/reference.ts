import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import type { Side } from "../../model/side.ts";

/** What the risk stage knows of one market's prices. The ingest keeps it up to date. */
export interface Reference {
  /** Best prices; 0 where a side is empty or nothing is known. */
  bidTicks: Ticks;
  askTicks: Ticks;
  /** When the desk learned of them; -Infinity before that. */
  updatedNs: Nanos;
  /** One standard deviation of a minute's returns, in millionths. */
  volatilityMillionths: number;
  /** Whether the feed's quality is below its limits. */
  isDegraded: boolean;
  /** Whether the venue has halted the instrument. */
  isHalted: boolean;
  /**
   * What taking so many lots from the book would cost beyond the mid, in millionths of it: Infinity where the book does
   * not hold them. Undefined where only the best prices are known.
   */
  readonly takingCostMillionths?: ((side: Side, lots: Lots) => number) | undefined;
}

export function unknownReference(): Reference {
  return {
    bidTicks: 0,
    askTicks: 0,
    updatedNs: -Infinity,
    volatilityMillionths: 0,
    isDegraded: false,
    isHalted: false,
  };
}

/** Bid plus ask; 0 where a side is empty: there is no mid then. */
export function midHalfTicks({ bidTicks, askTicks }: Reference): number {
  return bidTicks === 0 || askTicks === 0 ? 0 : bidTicks + askTicks;
}
