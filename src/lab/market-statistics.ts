import { NS_PER_MINUTE } from "../core/units.ts";
import type { Samples } from "../world/observer.ts";

export interface MarketStatistics {
  /** Mean of ask less bid over the samples with both sides, in ticks; NaN when there is none. */
  readonly meanSpreadTicks: number;
  /** Standard deviation (of the sample) of one-minute log returns of the mid, in basis points; NaN below three minutes. */
  readonly volatility1mBps: number;
  /** Correlation of a one-minute return with the next. */
  readonly autocorrelation1m: number;
}

/** Statistics of an instrument's samples, taken every `intervalNs`. */
export function marketStatistics(samples: Samples, intervalNs: number): MarketStatistics {
  const spreads: number[] = [];
  for (const [index, bid] of samples.bidTicks.entries()) {
    const ask = samples.askTicks[index];
    if (bid > 0 && ask > 0) spreads.push(ask - bid);
  }
  const returns = logReturns(minuteMids(samples, intervalNs));
  return {
    meanSpreadTicks: mean(spreads),
    volatility1mBps: standardDeviation(returns) * 1e4,
    autocorrelation1m: correlation(returns.slice(0, -1), returns.slice(1)),
  };
}

/** The mid at the end of each minute; the one before where a side was empty, nothing before the first. */
function minuteMids(samples: Samples, intervalNs: number): number[] {
  const mids: number[] = [];
  // Samples further apart than a minute say nothing of minutes.
  if (intervalNs > NS_PER_MINUTE) return mids;
  for (let minute = 1; ; minute++) {
    const index = Math.floor((minute * NS_PER_MINUTE) / intervalNs) - 1;
    if (index >= samples.bidTicks.length) return mids;
    const [bid, ask] = [samples.bidTicks[index], samples.askTicks[index]];
    const last = mids.at(-1);
    if (bid > 0 && ask > 0) mids.push((bid + ask) / 2);
    else if (last !== undefined) mids.push(last);
  }
}

function logReturns(prices: readonly number[]): number[] {
  return prices.slice(1).map((price, index) => Math.log(price / prices[index]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const products = x.map((value, index) => (value - mx) * (y[index] - my));
  return (
    products.reduce((sum, value) => sum + value, 0) / ((x.length - 1) * standardDeviation(x) * standardDeviation(y))
  );
}
