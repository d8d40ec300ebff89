/** Why the desk did not let an intent become an order. Codes are stable: journals, metrics and alerts keep them. */
export interface DeniedReasonEntry {
  readonly code: number;
  readonly name: DeniedReason;
  readonly meaning: string;
}

const table = {
  invalidIntent: [1, "Market, side, quantity or price are none that the instrument allows."],
  duplicateIntent: [2, "The agent has sent an intent with this number, or a later one, before."],
  intentExpired: [3, "The time until which the intent may be sent is over."],
  tradingHalted: [4, "The kill switch or a circuit breaker has halted trading at one of the order's scopes."],
  reducingOnly: [5, "One of the order's scopes may only reduce positions, and this order would not."],
  reconciling: [6, "The venue is being reconciled: no new risk until orders, positions and balances are known."],
  restricted: [7, "The instrument is on the restricted list."],
  outsideWindow: [8, "The strategy's trading window is closed, or the venue has halted the instrument."],
  feedDegraded: [9, "The instrument's market data is degraded: gaps, rejects or lag beyond their limits."],
  staleReference: [10, "The last price that is known of the instrument is older than allowed."],
  marketMoved: [11, "The market has moved further since the decision was made than allowed."],
  tooVolatile: [12, "The instrument's volatility is beyond its limit."],
  priceCollar: [13, "The order's price is further from the reference price than allowed."],
  slippage: [14, "What the order would pay beyond the mid, by the book as it is, is more than allowed."],
  stopRequired: [15, "The scope demands a stop, and the intent has none on the losing side."],
  orderSize: [16, "The order is larger than allowed."],
  orderNotional: [17, "The order's notional is larger than allowed."],
  riskPerTrade: [18, "What would be lost between price and stop is more than allowed."],
  position: [19, "Position and working orders together could pass the limit."],
  grossExposure: [20, "The sum of all positions' values, long and short, could pass the limit."],
  netExposure: [21, "Long positions less short ones could pass the limit."],
  concentration: [22, "One instrument's share of the equity could pass the limit."],
  positionCount: [23, "There are as many open positions as allowed."],
  dailyLoss: [24, "The day's loss has reached the limit: positions may only be reduced."],
  drawdown: [25, "The fall from the highest equity has reached the limit: positions may only be reduced."],
  orderRate: [26, "More orders in a short time than allowed."],
  freeBalance: [27, "The account at the venue cannot pay for it besides what is set aside for other orders."],
  selfCross: [28, "It could trade with an order of our own."],
  tooManyWorking: [29, "There are as many working orders as the desk can follow."],
} as const satisfies Record<string, readonly [code: number, meaning: string]>;

export type DeniedReason = keyof typeof table;

/** All reasons, by code, from which their table in the docs is made. */
export const DENIED_REASONS: readonly DeniedReasonEntry[] = Object.entries(table).map(([name, [code, meaning]]) => ({
  code,
  name: name as DeniedReason,
  meaning,
}));
