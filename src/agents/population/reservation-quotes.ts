import { ln } from "../../core/portable-math.ts";

/**
 * The quotes of Avellaneda and Stoikov (2008, "High-frequency trading in a limit order book"): around a reservation
 * price that lies below the mid s when the maker is long, and above it when it is short,
 *
 *     r = s - q gamma sigma^2 T        ask - bid = gamma sigma^2 T + (2 / gamma) ln(1 + gamma / k)
 *
 * with inventory q, risk aversion gamma, and orders at a distance d from the mid filled at a rate that falls as e^(-k d).
 * `variance` is sigma^2 T, that of the price over the time for which the maker expects to hold what it buys.
 * Prices are not rounded.
 */
export function reservationQuotes(state: {
  readonly mid: number;
  readonly inventory: number;
  readonly riskAversion: number;
  readonly variance: number;
  readonly fillDecay: number;
}): { readonly bid: number; readonly ask: number } {
  const { mid, inventory, riskAversion, variance, fillDecay } = state;
  const reservation = mid - inventory * riskAversion * variance;
  // The second term tends to 2 / k as gamma falls to 0.
  const liquidity = riskAversion === 0 ? 1 / fillDecay : ln(1 + riskAversion / fillDecay) / riskAversion;
  const halfSpread = (riskAversion * variance) / 2 + liquidity;
  return { bid: reservation - halfSpread, ask: reservation + halfSpread };
}
