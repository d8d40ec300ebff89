import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_MINUTE, NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { MovingVolatility, shareGone } from "./moving-volatility.ts";
import { toTicks } from "./quantise.ts";
import { QuoteLadder } from "./quote-ladder.ts";
import { reservationQuotes } from "./reservation-quotes.ts";

export interface InventoryMarketMakerParameters {
  /** Least time between two changes of the quotes. Read once, when the agent starts. */
  readonly requoteInterval: Nanos;
  /** Size of each order; inventory counts in these. */
  readonly sizeLots: Lots;
  /** The position that the maker's orders could at most bring about, to either side. */
  readonly inventoryLotsMax: Lots;
  /** Orders a side, and the distance between two of them. */
  readonly levels: number;
  readonly levelTicks: Ticks;
  /** gamma of Avellaneda and Stoikov, per tick and order size held. */
  readonly riskAversion: number;
  /** k: how fast the chance of a fill falls with the distance from the mid, per tick. */
  readonly fillDecayPerTick: number;
  /** For how long the maker expects to hold what it buys. */
  readonly holdingTime: Nanos;
  /** Volatility that it believes in at the start, in ticks; then it goes by what it sees. Read once. */
  readonly startSigmaPerSqrtNs: number;
  /** The most that it believes in: makers that flee from a fall without limit make it bottomless. */
  readonly sigmaMaxPerSqrtNs: number;
  readonly volatilityHalfLife: Nanos;
  /** How fast the maker's idea of the price follows the last trade's; 0: at once. */
  readonly priceHalfLife: Nanos;
}

/** As in the default scenario, whose price moves by about a basis point a minute. */
export const defaultInventoryMarketMakerParameters: InventoryMarketMakerParameters = {
  requoteInterval: 500 * NS_PER_MILLISECOND,
  sizeLots: 50,
  inventoryLotsMax: 1_500,
  levels: 5,
  levelTicks: 2,
  riskAversion: 0.1,
  fillDecayPerTick: 0.8,
  holdingTime: 30 * NS_PER_SECOND,
  startSigmaPerSqrtNs: 5e-5,
  sigmaMaxPerSqrtNs: 6e-5,
  volatilityHalfLife: 10 * NS_PER_MINUTE,
  priceHalfLife: NS_PER_SECOND,
};

/**
 * A market maker that knows what it holds. It quotes both sides around a reservation price which leans away from its
 * inventory, wider when the market is wild; it moves an order only when that is a tick or more off, no more often than
 * `requoteInterval`, and stops quoting the side that would carry it over its limit.
 *
 * What it takes for the price comes from trades, and not from the mid: its own quotes are a part of the mid, so a maker
 * that leans away from its inventory would follow itself.
 */
export const inventoryMarketMaker: AgentFactory<InventoryMarketMakerParameters> = ({ parameters, market }) => {
  const bids = new QuoteLadder(market, "buy");
  const asks = new QuoteLadder(market, "sell");
  const volatility = new MovingVolatility(square(parameters.startSigmaPerSqrtNs));
  /** 0: there was none yet. */
  let price = 0;
  let priceTimeNs: Nanos = 0;

  const seePrice = (nowNs: Nanos, seen: number): void => {
    price = price === 0 ? seen : price + shareGone(nowNs - priceTimeNs, parameters.priceHalfLife) * (seen - price);
    priceTimeNs = nowNs;
    volatility.see(nowNs, price, parameters.volatilityHalfLife);
  };

  /** The last trade's price; before the first the mid, or what the instrument says; 0 where nobody knows. */
  const priceOf = ({ bidTicks, askTicks, lastTicks }: Quote): number => {
    if (lastTicks > 0) return lastTicks;
    return bidTicks > 0 && askTicks > 0 ? (bidTicks + askTicks) / 2 : market.instrument.referencePriceTicks;
  };

  const requote = (agent: Agent, quote: Quote): void => {
    const seen = priceOf(quote);
    if (seen === 0) return;
    seePrice(agent.nowNs, seen);
    const position = agent.position(market);
    const variancePerNs = Math.min(volatility.varianceTicks2PerNs, square(parameters.sigmaMaxPerSqrtNs));
    const wanted = reservationQuotes({
      mid: price,
      inventory: position / parameters.sizeLots,
      riskAversion: parameters.riskAversion,
      variance: variancePerNs * parameters.holdingTime,
      fillDecay: parameters.fillDecayPerTick,
    });
    // Orders are post-only: one that would trade at once stands beside the touch instead of being rejected. Where the
    // touch is the maker's own it makes way.
    const ownAsk = quote.askTicks === 0 || asks.holds(quote.askTicks);
    const bidTicks = Math.min(Math.floor(wanted.bid), ownAsk ? Infinity : quote.askTicks - 1);
    const floorTicks = bids.holds(quote.bidTicks) ? 0 : quote.bidTicks + 1;
    const askTicks = Math.max(Math.ceil(wanted.ask), floorTicks, bidTicks + 1);
    const stepTicks: number = parameters.levelTicks;
    const bidPrices = ladder(bidTicks, -stepTicks, position);
    const askPrices = ladder(askTicks, stepTicks, -position);
    bids.keepOnly(agent, bidPrices);
    asks.keepOnly(agent, askPrices);
    bids.fillUp(agent, bidPrices, parameters.sizeLots);
    asks.fillUp(agent, askPrices, parameters.sizeLots);
  };

  /** As many prices as levels, or as the limit leaves room for; `held` counts towards the limit. */
  const ladder = (firstTicks: number, stepTicks: number, held: number): Set<Ticks> => {
    const room = Math.floor((parameters.inventoryLotsMax - held) / parameters.sizeLots);
    const prices = new Set<Ticks>();
    for (let level = 0; level < Math.min(parameters.levels, room); level++) {
      prices.add(toTicks(firstTicks + level * stepTicks));
    }
    return prices;
  };

  const forget = (orderId: number): void => {
    bids.forget(orderId);
    asks.forget(orderId);
  };

  return {
    onStart: (agent) => {
      agent.subscribe(market, { mode: "conflated", intervalNs: parameters.requoteInterval });
    },
    onQuote: requote,
    onFill: (_agent, { orderId, leavesLots }) => {
      if (leavesLots === 0) forget(orderId);
    },
    onOrder: (_agent, { orderId, status, leavesLots }) => {
      if (status !== "requestRejected" && leavesLots === 0) forget(orderId);
    },
  };
};

function square(value: number): number {
  return value * value;
}
