import { exp, ln } from "../../../core/portable-math.ts";

/**
 * What an order moves the price by and costs, from Almgren, Thum, Hauptmann and Li (2005), "Direct estimation of equity
 * market impact": fitted to 30,000 orders at a large broker.
 */
export interface ImpactInput {
  /** The order, and a day's volume, in shares. */
  readonly shares: number;
  readonly dayVolume: number;
  /** Shares that there are at all. */
  readonly outstanding: number;
  /** A day's volatility, in any unit: results are in the same. */
  readonly volatility: number;
}

const GAMMA = 0.314;
const ETA = 0.142;

/** How far the price is for good where the order leaves it. */
export function permanentImpact({ shares, dayVolume, outstanding, volatility }: ImpactInput): number {
  return GAMMA * volatility * (shares / dayVolume) * power(outstanding / dayVolume, 1 / 4);
}

/** What the order pays on average, when it is traded evenly over that part of a day. */
export function realizedImpact(input: ImpactInput, days: number): number {
  const { shares, dayVolume, volatility } = input;
  return permanentImpact(input) / 2 + ETA * volatility * power(shares / (dayVolume * days), 3 / 5);
}

function power(base: number, exponent: number): number {
  return exp(exponent * ln(base));
}
