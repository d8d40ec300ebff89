import { UserError } from "../../core/errors.ts";
import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { NS_PER_MILLISECOND } from "../../core/units.ts";
import type { SideName } from "../../model/side.ts";
import type { Agent, AgentFactory, Market, Quote } from "../port.ts";
import { toLots } from "./quantise.ts";

export interface LatencyArbitrageurParameters {
  /** What tells it that quotes are stale: the value that is public at once, or the same instrument at another venue. */
  readonly signal: "fundamental" | "venues";
  /** How often it looks at the fundamental. */
  readonly lookInterval: Nanos;
  /** What a trade must bring, in ticks beyond the price that it pays. */
  readonly edgeTicks: Ticks;
  readonly sizeLots: Lots;
  /** The position to either side at which it stops. */
  readonly positionLotsMax: Lots;
}

export const defaultLatencyArbitrageurParameters: LatencyArbitrageurParameters = {
  signal: "fundamental",
  lookInterval: 10 * NS_PER_MILLISECOND,
  edgeTicks: 2,
  sizeLots: 100,
  positionLotsMax: 2_000,
};

/**
 * Takes quotes that their owners have not yet moved: it knows what everybody will know, and is there first (Budish,
 * Cramton and Shim 2015). Its orders are immediate-or-cancel, so that it never holds a quote that could be stale itself.
 *
 * @throws {UserError} where the signal that it goes by does not exist
 */
export const latencyArbitrageur: AgentFactory<LatencyArbitrageurParameters> = (setup) => {
  const { name, parameters, market, markets, endNs, fundamental } = setup;
  const twin = markets.find((other) => other.symbol === market.symbol && other.venue !== market.venue);
  if (parameters.signal === "fundamental" && fundamental === undefined)
    throw new UserError(`${name} goes by the fundamental, but ${market.symbol} has none`);
  if (parameters.signal === "venues" && twin === undefined)
    throw new UserError(`${name} goes by a second venue, but only ${market.venue} lists ${market.symbol}`);
  const quotes = new Map<Market, Quote>();
  /** Orders under way: until they are answered, the quotes that it sees are older than what it knows. */
  let pending = 0;

  const take = (agent: Agent, at: Market, side: SideName, quote: Quote): void => {
    const held = agent.position(at);
    const room = parameters.positionLotsMax - (side === "buy" ? held : -held);
    const shown = side === "buy" ? quote.askLots : quote.bidLots;
    const qtyLots = Math.min(parameters.sizeLots, shown, room);
    if (qtyLots < at.instrument.qtyLotsMin) return;
    const priceTicks = side === "buy" ? quote.askTicks : quote.bidTicks;
    agent.submit(at, { side, qtyLots: toLots(qtyLots, at.instrument), priceTicks, timeInForce: "IOC" });
    pending++;
  };

  const compareWithValue = (agent: Agent): void => {
    const quote = quotes.get(market);
    if (fundamental === undefined || quote === undefined || pending > 0) return;
    const value = fundamental.valueAt(agent.nowNs);
    const { edgeTicks } = parameters;
    if (quote.askTicks > 0 && value >= quote.askTicks + edgeTicks) take(agent, market, "buy", quote);
    else if (quote.bidTicks > 0 && value <= quote.bidTicks - edgeTicks) take(agent, market, "sell", quote);
  };

  const compareVenues = (agent: Agent): void => {
    if (twin === undefined || pending > 0) return;
    const here = quotes.get(market);
    const there = quotes.get(twin);
    if (here === undefined || there === undefined) return;
    if (isCrossed(here, there)) {
      take(agent, market, "buy", here);
      take(agent, twin, "sell", there);
    } else if (isCrossed(there, here)) {
      take(agent, twin, "buy", there);
      take(agent, market, "sell", here);
    }
  };

  const isCrossed = (cheap: Quote, dear: Quote): boolean =>
    cheap.askTicks > 0 && dear.bidTicks >= cheap.askTicks + parameters.edgeTicks;

  const look = (agent: Agent): void => {
    if (parameters.signal === "fundamental") compareWithValue(agent);
    else compareVenues(agent);
  };

  return {
    onStart: (agent) => {
      agent.subscribe(market);
      if (parameters.signal === "venues" && twin !== undefined) agent.subscribe(twin);
      else agent.setTimer(parameters.lookInterval);
    },
    onQuote: (agent, quote) => {
      quotes.set(quote.market, quote);
      look(agent);
    },
    onTimer: (agent) => {
      if (agent.nowNs + parameters.lookInterval < endNs) agent.setTimer(parameters.lookInterval);
      look(agent);
    },
    onFill: (_agent, { leavesLots }) => {
      if (leavesLots === 0) pending--;
    },
    onOrder: (_agent, { status }) => {
      if (status === "canceled" || status === "rejected") pending--;
    },
  };
};
