import type { Nanos } from "../../core/units.ts";
import { TradingPhase } from "../../model/phase.ts";
import type { Allocation } from "../book/auction-fills.ts";

/** The phases of an instrument as they are planned, from time 0 on. */
export interface Session {
  /** How long orders gather before the first trade; 0 for no opening auction. */
  readonly openingNs: Nanos;
  /** How long each batch gathers orders; 0 for continuous trading. */
  readonly windowNs: Nanos;
  /** How long orders gather before the last trades, up to `endNs`; 0 for no closing auction. */
  readonly closingNs: Nanos;
  /** When trading is over; Infinity for never. */
  readonly endNs: Nanos;
}

export interface AuctionOptions extends Session {
  readonly allocation: Allocation;
}

/** Trading without auctions and without an end. */
export const CONTINUOUS_SESSION: Session = { openingNs: 0, windowNs: 0, closingNs: 0, endNs: Infinity };

export interface PlannedPhase {
  readonly phase: TradingPhase;
  readonly untilNs: Nanos;
}

/** What is planned for a time: an opening call, batches or continuous trading, a closing call, the end. */
export function plannedPhase({ openingNs, windowNs, closingNs, endNs }: Session, nowNs: Nanos): PlannedPhase {
  const { continuous, auction, closed } = TradingPhase;
  const closingStartsNs = endNs - closingNs;
  if (nowNs >= endNs) return { phase: closed, untilNs: Infinity };
  if (nowNs < openingNs) return { phase: auction, untilNs: openingNs };
  if (nowNs >= closingStartsNs) return { phase: auction, untilNs: endNs };
  if (windowNs === 0) return { phase: continuous, untilNs: closingStartsNs };
  const windows = Math.floor((nowNs - openingNs) / windowNs);
  return { phase: auction, untilNs: Math.min(openingNs + (windows + 1) * windowNs, closingStartsNs) };
}
