/**
 * Changes of the public book, order by order (L3). Each record also says what its price level holds afterwards, so
 * the same stream serves L2. Hidden orders and the reserve of icebergs never show, but for the trades they make.
 *
 * | kind | visibleLots | changeLots |
 * |---|---|---|
 * | orderAdded | shown by the order | the same |
 * | orderReduced | shown afterwards | taken away, priority kept |
 * | orderRemoved | 0 | what it showed |
 * | orderExecuted | shown afterwards | traded |
 * | hiddenExecuted | 0 | traded against a hidden order |
 * | auctionExecuted | 0 | traded at the end of a call, at its one price; no side, no order |
 * | phaseEntered | the phase (phase.ts) | 0; no side, no price, no order |
 *
 * An iceberg's refresh is `orderExecuted` down to 0, then `orderAdded` at the end of its queue under the same id.
 */
export const DeltaWord = {
  kind: 0,
  instrument: 1,
  /** Side of the resting order; 0 where there is none. */
  side: 2,
  priceTicks: 3,
  /** -1 for hidden orders, and where there is none. */
  venueOrderId: 4,
  visibleLots: 5,
  changeLots: 6,
  /** Visible orders at the level afterwards. */
  levelOrders: 7,
  /** Visible lots at the level afterwards: float64 over words 8 and 9, since a level may pass 2^31 lots. */
  levelLots: 8,
  /** Number of this change in its instrument, from 1 without a gap: float64 over words 10 and 11. */
  sequence: 10,
  /** Executions: the trade's id; -1 else. */
  tradeId: 12,
} as const;
