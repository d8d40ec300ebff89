/** What may be done at a scope. `reducing` lets through only what makes positions smaller. */
export const TRADING_STATES = ["active", "reducing", "halted"] as const;
export type TradingState = (typeof TRADING_STATES)[number];

/** The stricter of two. */
export function stricter(one: TradingState, other: TradingState): TradingState {
  return TRADING_STATES.indexOf(one) >= TRADING_STATES.indexOf(other) ? one : other;
}
