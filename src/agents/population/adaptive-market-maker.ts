import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_MINUTE, NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, Quote } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { toLots, toTicks } from "./quantise.ts";
import { RecentVolume } from "./recent-volume.ts";

export interface AdaptiveMarketMakerParameters {
  /** Mean time between two renewals of the ladder. */
  readonly meanInterval: Nanos;
  /** Size of each order as a share of the volume that was traded in the last `volumeWindow`. */
  readonly volumeShare: number;
  /** Read once, when the agent is made. */
  readonly volumeWindow: Nanos;
  readonly lotsMin: Lots;
  /** Orders a side. */
  readonly levels: number;
  /** Weight of the newest spread in the moving average that is the window between the two sides. */
  readonly spreadWeight: number;
  /** The average's value at the start. Read once, when the agent is made. */
  readonly startSpreadTicks: Ticks;
  /** Distance between two levels, in windows. */
  readonly levelWindows: number;
  /** How far the ladder moves when all volume was bought (up) or sold (down). */
  readonly imbalanceTicks: Ticks;
}

/** As in rmsc04. */
export const defaultAdaptiveMarketMakerParameters: AdaptiveMarketMakerParameters = {
  meanInterval: 60 * NS_PER_SECOND,
  volumeShare: 0.025,
  volumeWindow: NS_PER_MINUTE,
  lotsMin: 1,
  levels: 10,
  spreadWeight: 0.75,
  startSpreadTicks: 50,
  levelWindows: 5,
  imbalanceTicks: 4,
};

/**
 * The adaptive market maker of rmsc04, after the ladder of Chakraborty and Kearns (2011, "Market making and mean
 * reversion"): from time to time it cancels everything and places a new ladder around the mid, as wide as the spread
 * was on average and as large as the market is active. It does not look at its own inventory.
 */
export const adaptiveMarketMaker: AgentFactory<AdaptiveMarketMakerParameters> = ({ parameters, market, endNs }) => {
  const volume = new RecentVolume(parameters.volumeWindow);
  let windowTicks: number = parameters.startSpreadTicks;
  let midTicks = 0;
  let hasOrders = false;
  let awaitsQuote = false;

  const renew = (agent: Agent, { bidTicks, askTicks }: Quote): void => {
    awaitsQuote = false;
    if (bidTicks > 0 && askTicks > 0) {
      midTicks = Math.floor((bidTicks + askTicks) / 2);
      windowTicks += parameters.spreadWeight * (askTicks - bidTicks - windowTicks);
    }
    // While a side is empty, the mid that was seen last stands; before the first there is nothing to go by.
    if (midTicks > 0) placeLadder(agent);
  };

  const placeLadder = (agent: Agent): void => {
    const { boughtLots, soldLots } = volume.at(agent.nowNs);
    const traded = boughtLots + soldLots;
    const imbalance = traded === 0 ? 0 : (boughtLots - soldLots) / traded;
    const centre = Math.floor(midTicks + imbalance * parameters.imbalanceTicks);
    const bid = centre - Math.floor(windowTicks / 2);
    const ask = centre + Math.ceil(windowTicks / 2);
    const step = Math.max(1, Math.round(parameters.levelWindows * windowTicks));
    const qtyLots = toLots(Math.max(parameters.lotsMin, parameters.volumeShare * traded), market.instrument);
    for (let level = 0; level < parameters.levels; level++) {
      const below = bid - level * step;
      if (below > 0) agent.submit(market, { side: "buy", qtyLots, priceTicks: below });
      agent.submit(market, { side: "sell", qtyLots, priceTicks: toTicks(ask + level * step) });
    }
    hasOrders = true;
  };

  return {
    onStart: (agent) => {
      agent.subscribe(market, { depth: "trades" });
      awaitArrival(agent, parameters.meanInterval, endNs);
    },
    onTrade: (agent, trade) => volume.add(agent.nowNs, trade),
    onTimer: (agent) => {
      awaitArrival(agent, parameters.meanInterval, endNs);
      if (awaitsQuote) return;
      if (hasOrders) agent.cancelAll(market);
      awaitsQuote = true;
      agent.requestQuote(market);
    },
    onQuote: renew,
  };
};
