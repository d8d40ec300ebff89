import type { MarketRecorder, QuoteSample, TradeSample } from "./market-recorder.ts";

const SECONDS_PER_MINUTE = 60;
const NS_PER_HALF_HOUR = 1800e9;
const BASIS_POINTS = 10_000;

/** Statistics of a recorded day. Returns are logarithms of ratios of mids a minute apart, at whole minutes. */
export interface MarketFacts {
  readonly trades: number;
  readonly volumeLots: number;
  /** Mean over whole seconds at which both sides were there. */
  readonly spreadTicks: number;
  readonly oneSidedSeconds: number;
  /** Standard deviation of 1-minute returns, in basis points. */
  readonly volatilityBps: number;
  /** Autocorrelation of 1-minute returns at lag 1. */
  readonly returnsLag1: number;
  /** Variance of (overlapping) 10-minute returns by ten times that of 1-minute returns. */
  readonly varianceRatio10: number;
  readonly excessKurtosis: number;
  /** Autocorrelation of absolute 1-minute returns at lags 1, 10 and 30. */
  readonly absoluteLags: readonly [number, number, number];
  /** Correlation of a minute's volume with its absolute return. */
  readonly volumeToReturn: number;
  /** Volume of the first and of the last half hour, by that of the mean half hour between 11:30 and 14:00. */
  readonly volumeOpen: number;
  readonly volumeClose: number;
  /** Autocorrelation of trade signs at lag 1. Trades of one aggressor at one moment count once. */
  readonly signsLag1: number;
  /** Coefficient of variation of the times between such trades. */
  readonly interArrivalVariation: number;
  /** Orders that came to rest and were canceled, by all that came to rest. */
  readonly canceledShare: number;
  /** Orders that came to rest, by trades. */
  readonly ordersPerTrade: number;
}

export function factsOf(recorder: MarketRecorder): MarketFacts {
  const both = recorder.quotes.filter(isTwoSided);
  const mids = midsByMinute(recorder.quotes);
  const returns = returnsOver(mids, 1);
  const absolute = returns.map(Math.abs);
  const { trades } = recorder;
  const aggressions = trades.filter((trade, i) => i === 0 || trade.timeNs !== trades[i - 1].timeNs);
  const gaps = aggressions.slice(1).map(({ timeNs }, i) => timeNs - aggressions[i].timeNs);
  const halfHours = volumeBy(trades, NS_PER_HALF_HOUR);
  const midday = mean(halfHours.slice(4, 9));
  const byMinute = volumeBy(trades, SECONDS_PER_MINUTE * 1e9).slice(1, absolute.length + 1);
  return {
    trades: trades.length,
    volumeLots: sum(trades.map(({ qtyLots }) => qtyLots)),
    spreadTicks: mean(both.map(({ bidTicks, askTicks }) => askTicks - bidTicks)),
    oneSidedSeconds: recorder.quotes.length - both.length,
    volatilityBps: Math.sqrt(variance(returns)) * BASIS_POINTS,
    returnsLag1: autocorrelation(returns, 1),
    varianceRatio10: variance(returnsOver(mids, 10)) / (10 * variance(returns)),
    excessKurtosis: mean(returns.map((r) => (r - mean(returns)) ** 4)) / variance(returns) ** 2 - 3,
    absoluteLags: [autocorrelation(absolute, 1), autocorrelation(absolute, 10), autocorrelation(absolute, 30)],
    volumeToReturn: correlation(byMinute, absolute),
    volumeOpen: halfHours[0] / midday,
    volumeClose: (halfHours[12] ?? 0) / midday,
    signsLag1: autocorrelation(
      aggressions.map(({ side }) => (side === "buy" ? 1 : -1)),
      1,
    ),
    interArrivalVariation: Math.sqrt(variance(gaps)) / mean(gaps),
    canceledShare: recorder.ordersRemoved / recorder.ordersAdded,
    ordersPerTrade: recorder.ordersAdded / trades.length,
  };
}

function isTwoSided({ bidTicks, askTicks }: QuoteSample): boolean {
  return bidTicks > 0 && askTicks > 0;
}

/** The mid at each whole minute; where a side was empty then, the last one before. */
function midsByMinute(quotes: readonly QuoteSample[]): number[] {
  const mids: number[] = [];
  let mid = 0;
  for (const [index, quote] of quotes.entries()) {
    if (isTwoSided(quote)) mid = (quote.bidTicks + quote.askTicks) / 2;
    if ((index + 1) % SECONDS_PER_MINUTE === 0 && mid > 0) mids.push(mid);
  }
  return mids;
}

function returnsOver(mids: readonly number[], minutes: number): number[] {
  return mids.slice(minutes).map((mid, i) => Math.log(mid / mids[i]));
}

function volumeBy(trades: readonly TradeSample[], binNs: number): number[] {
  const volumes: number[] = [];
  for (const { timeNs, qtyLots } of trades) {
    const bin = Math.floor(timeNs / binNs);
    while (volumes.length <= bin) volumes.push(0);
    volumes[bin] += qtyLots;
  }
  return volumes;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Of the population: divided by the number of values. */
function variance(values: readonly number[]): number {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** 2));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a);
  const meanB = mean(b);
  const covariance = sum(a.map((value, i) => (value - meanA) * (b[i] - meanB))) / a.length;
  return covariance / Math.sqrt(variance(a) * variance(b));
}

function autocorrelation(values: readonly number[], lag: number): number {
  const centre = mean(values);
  const covariance = sum(values.slice(lag).map((value, i) => (value - centre) * (values[i] - centre))) / values.length;
  return covariance / variance(values);
}
