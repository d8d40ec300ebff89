import type { Lots, Ticks } from "../../../core/units.ts";
import { Side } from "../../../model/side.ts";

const MILLIONTHS = 1_000_000;

/** What a large order came to against the price at which it was decided. */
export interface ExecutionReport {
  readonly orderedLots: Lots;
  readonly filledLots: Lots;
  /** Mid at the decision, and at the end; 0 where there was none. */
  readonly arrivalTicks: Ticks;
  readonly endTicks: Ticks;
  /** 0 where nothing was filled. */
  readonly averageTicks: Ticks;
  /** What fills cost beyond the arrival price, in millionths of it; negative is a gain. */
  readonly slippageMillionths: number;
  /**
   * Implementation shortfall of Perold (1988): slippage of what was filled, and for what was not, how far the price has
   * gone; in millionths of what the whole order was worth at arrival.
   */
  readonly shortfallMillionths: number;
}

export interface ExecutionFacts {
  readonly side: Side;
  readonly orderedLots: Lots;
  readonly filledLots: Lots;
  /** Sum over the fills of lots times price. */
  readonly filledTickLots: number;
  readonly arrivalTicks: number;
  readonly endTicks: number;
}

export function executionReport(facts: ExecutionFacts): ExecutionReport {
  const { side, orderedLots, filledLots, filledTickLots, arrivalTicks, endTicks } = facts;
  const direction = side === Side.buy ? 1 : -1;
  const paid = direction * (filledTickLots - filledLots * arrivalTicks);
  const missed = direction * (orderedLots - filledLots) * (endTicks - arrivalTicks);
  const share = (cost: number, lots: Lots): number =>
    arrivalTicks > 0 && lots > 0 ? (cost / (lots * arrivalTicks)) * MILLIONTHS : 0;
  return {
    orderedLots,
    filledLots,
    arrivalTicks,
    endTicks,
    averageTicks: filledLots > 0 ? filledTickLots / filledLots : 0,
    slippageMillionths: share(paid, filledLots),
    shortfallMillionths: share(paid + missed, orderedLots),
  };
}
