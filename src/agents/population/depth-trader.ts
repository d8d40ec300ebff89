import type { Lots, Nanos } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import type { Agent, AgentFactory, BookLevel, BookSnapshot } from "../port.ts";
import { awaitArrival } from "./arrivals.ts";
import { toLots } from "./quantise.ts";

export interface DepthTraderParameters {
  /** Mean time between two looks at the book. */
  readonly meanInterval: Nanos;
  /** Age that its picture of the book may have, and the levels a side that it looks at; read once, at the start. */
  readonly refreshInterval: Nanos;
  readonly levels: number;
  /** It trades when one side has at least this share of the visible lots. */
  readonly sideShare: number;
  readonly sizeLots: Lots;
  /** The position to either side at which it stops. */
  readonly positionLotsMax: Lots;
}

export const defaultDepthTraderParameters: DepthTraderParameters = {
  meanInterval: 5 * NS_PER_SECOND,
  refreshInterval: 500 * NS_PER_MILLISECOND,
  levels: 5,
  sideShare: 0.7,
  sizeLots: 50,
  positionLotsMax: 500,
};

/**
 * Believes what the book shows: it buys at the ask when most of the visible quantity stands on the bid side, and sells
 * at the bid when most of it asks. Depth does predict the next move in real markets (Cao, Hansch and Wang 2009), which
 * is why orders that are not meant to trade can move them.
 */
export const depthTrader: AgentFactory<DepthTraderParameters> = ({ parameters, market, endNs }) => {
  let book: BookSnapshot | undefined;

  const trade = (agent: Agent, { bids, asks }: BookSnapshot): void => {
    if (bids.length === 0 || asks.length === 0) return;
    const bidLots = lotsOf(bids);
    const share = bidLots / (bidLots + lotsOf(asks));
    const position = agent.position(market);
    const qtyLots = toLots(parameters.sizeLots, market.instrument);
    const order = { qtyLots, timeInForce: "IOC" } as const;
    if (share >= parameters.sideShare && position + qtyLots <= parameters.positionLotsMax)
      agent.submit(market, { ...order, side: "buy", priceTicks: asks[0].priceTicks });
    else if (share <= 1 - parameters.sideShare && qtyLots - position <= parameters.positionLotsMax)
      agent.submit(market, { ...order, side: "sell", priceTicks: bids[0].priceTicks });
  };

  return {
    onStart: (agent) => {
      const { refreshInterval: intervalNs, levels } = parameters;
      agent.subscribe(market, { depth: "levels", mode: "snapshots", intervalNs, levels });
      awaitArrival(agent, parameters.meanInterval, endNs);
    },
    onSnapshot: (_agent, snapshot) => {
      book = snapshot;
    },
    onTimer: (agent) => {
      awaitArrival(agent, parameters.meanInterval, endNs);
      if (book !== undefined) trade(agent, book);
    },
  };
};

function lotsOf(levels: readonly BookLevel[]): number {
  return levels.reduce((sum, { lots }) => sum + lots, 0);
}
