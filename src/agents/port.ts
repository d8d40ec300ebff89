import type { Algorithm } from "../desk/execution/algorithms/plan.ts";
import type { TradingPhaseName } from "../model/phase.ts";
import type { RandomStream } from "../core/random.ts";
import type { Lots, Nanos, Ticks, Units } from "../core/units.ts";
import type { CommitSchedule } from "./commit-schedule.ts";
import type { Instrument } from "../model/instrument.ts";
import type { DepthName, FeedModeName } from "../model/market-data.ts";
import type { OrderTypeName, SelfTradePreventionName, TimeInForceName } from "../model/order-flags.ts";
import type { SideName } from "../model/side.ts";

/** An instrument at a venue, as agents name it. */
export interface Market {
  readonly symbol: string;
  readonly venue: string;
  readonly instrument: Instrument;
  /** When its batches take commits and reveals, where orders must be committed to (docs/commit-reveal.md). */
  readonly commits?: CommitSchedule | undefined;
  /** The venue's actor, and the instrument's number there. */
  readonly venueActor: number;
  readonly index: number;
}

/** What an agent is told when it is made. */
export interface AgentSetup<Parameters = Readonly<Record<string, unknown>>> {
  readonly name: string;
  readonly parameters: Parameters;
  /** The instrument that the scenario gives the agent; the first one unless it says otherwise. */
  /** Its number in its group, from 1, and how many agents the group has. */
  readonly number: number;
  readonly peers: number;
  readonly market: Market;
  readonly markets: readonly Market[];
  /** When trading ends, in kernel time. */
  readonly endNs: Nanos;
  /** The value that the instrument has apart from its price, where the scenario has one. */
  readonly fundamental: FundamentalPath | undefined;
}

/** A path of values that depends on time alone: not on who asks, how often, or in which order. */
export interface FundamentalPath {
  /** Long-run mean, in ticks. */
  readonly meanTicks: number;
  /** Speed of reversion to the mean, per nanosecond. */
  readonly kappaPerNs: number;
  /** In ticks, not rounded. */
  valueAt(timeNs: Nanos): number;
}

/** A new order in an agent's words. What is left out is a plain limit order, good till canceled. */
export interface NewOrder {
  readonly side: SideName;
  readonly qtyLots: Lots;
  /** Limit price; not for market and stop orders. */
  readonly priceTicks?: Ticks;
  readonly orderType?: OrderTypeName;
  readonly timeInForce?: TimeInForceName;
  readonly triggerTicks?: Ticks;
  readonly displayLots?: Lots;
  readonly expireTimeNs?: Nanos;
  readonly postOnly?: "reject" | "slide";
  readonly reduceOnly?: boolean;
  readonly hidden?: boolean;
  readonly selfTradePrevention?: SelfTradePreventionName;
  /** How a large order is worked off in parts; a desk's agents only. */
  readonly algorithm?: Algorithm;
}

/** How an agent acts. All of it is asynchronous: what comes of it arrives as events. */
export interface Agent {
  readonly name: string;
  readonly nowNs: Nanos;
  /** The agent's own random numbers for a purpose; always the same stream for the same purpose. */
  random(purpose: string): RandomStream;
  /** Sends an order. @returns its id among the agent's orders */
  submit(market: Market, order: NewOrder): number;
  /**
   * Commits to an order for the present batch of a market that takes commits: sends its hash, and keeps the order and the
   * salt to itself. @returns the id that the order will have when it is revealed
   */
  commit(market: Market, order: NewOrder): number;
  /** Sends the order of a commit, in the reveal window of its batch. */
  reveal(market: Market, orderId: number): void;
  cancel(market: Market, orderId: number): void;
  /** Cancels all of the agent's orders in that market. */
  cancelAll(market: Market): void;
  /** Changes price and total quantity (fills included) of an order. */
  replace(market: Market, orderId: number, change: { readonly priceTicks: Ticks; readonly qtyLots: Lots }): void;
  /** Asks for market data: quotes at each change, unless said otherwise. */
  subscribe(market: Market, options?: FeedOptions): void;
  unsubscribe(market: Market, options?: FeedOptions): void;
  /** Asks for one quote; it comes as `onQuote`. */
  requestQuote(market: Market): void;
  /**
   * Sends a note of up to five numbers to all other agents that listen to the topic now. Each copy travels as the network
   * has it. What a topic and its numbers mean is for those who use it to agree on.
   */
  publish(topic: number, values: readonly number[]): void;
  /** From now on notes on the topic come as `onNote`; a second call changes nothing. */
  listen(topic: number): void;
  /** Calls `onTimer` after that time. */
  setTimer(delayNs: Nanos, tag?: number): number;
  cancelTimer(timer: number): void;
  /** Net lots that the agent's fills have brought it. */
  position(market: Market): number;
  /** Makes the event at hand take the agent that much longer. */
  spend(durationNs: Nanos): void;
}

export interface FeedOptions {
  readonly depth?: DepthName;
  readonly mode?: FeedModeName;
  readonly intervalNs?: Nanos;
  readonly levels?: number;
}

/** Best prices; 0 where a side is empty. */
export interface Quote {
  readonly market: Market;
  readonly bidTicks: Ticks;
  readonly askTicks: Ticks;
  readonly bidLots: Lots;
  readonly askLots: Lots;
  readonly lastTicks: Ticks;
  /** Lots traded since the start. */
  readonly volumeLots: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

/** What a price level holds now. */
export interface LevelChange {
  readonly market: Market;
  readonly side: SideName;
  readonly priceTicks: Ticks;
  readonly lots: number;
  readonly orders: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
}

export interface BookLevel {
  readonly priceTicks: Ticks;
  readonly lots: number;
  readonly orders: number;
}

/** The best levels of both sides. */
export interface BookSnapshot {
  readonly market: Market;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
  readonly lastSequence: number;
}

/** A trade of anybody's; `side` is the aggressor's, and nobody's at the end of a call. */
export interface Trade {
  readonly market: Market;
  readonly side: SideName | "none";
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
  readonly tradeId: number;
}

/** The phase that an instrument has entered, and what the call that ended with it came to. */
export interface PhaseEvent {
  readonly market: Market;
  readonly phase: TradingPhaseName;
  /** Name in the registry of reasons. */
  readonly reason: string;
  /** When it shall end; 0 where nobody knows. */
  readonly untilNs: Nanos;
  /** Price of all trades of the call; 0 where none ended, or nothing could trade. */
  readonly priceTicks: Ticks;
  readonly volumeLots: number;
  /** What was left at that price: bought (above 0) or sold (below 0) in excess. */
  readonly surplusLots: number;
  /** Calls that have ended so far. */
  readonly auctions: number;
  readonly lastSequence: number;
}

/** What the call at hand would come to if it ended now: the same fields, of the call that goes on. */
export type Indication = PhaseEvent;

/** A change of one visible order of anybody's (L3). */
export interface OrderChange {
  readonly market: Market;
  /** `auctionExecuted` and `phaseEntered` are of no order: a trade at the end of a call, and a phase that began. */
  readonly change: "added" | "reduced" | "removed" | "executed" | "hiddenExecuted" | "auctionExecuted" | "phaseEntered";
  readonly side: SideName;
  readonly priceTicks: Ticks;
  readonly venueOrderId: number;
  readonly visibleLots: Lots;
  readonly changeLots: Lots;
  readonly sequence: number;
}

/** A trade of the agent's own. */
export interface Fill {
  readonly market: Market;
  readonly orderId: number;
  readonly side: SideName;
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
  /** What is left of the order. */
  readonly leavesLots: Lots;
  /** At the end of a call nobody makes or takes. */
  readonly liquidity: "maker" | "taker" | "auction";
  /** In the quote asset's smallest unit; negative for a rebate. */
  readonly feeUnits: Units;
  readonly tradeId: number;
}

/** What became of an order of the agent's, other than fills. */
export interface OrderEvent {
  readonly market: Market;
  /**
   * `denied` is the word of the agent's own desk, `rejected` the venue's. `committed` and `released` tell of the collateral
   * of a commit, and of nothing else.
   */
  readonly status:
    | "committed"
    | "released"
    | "accepted"
    | "denied"
    | "rejected"
    | "triggered"
    | "canceled"
    | "expired"
    | "replaced"
    | "requestRejected";
  readonly orderId: number;
  readonly side: SideName;
  readonly priceTicks: Ticks;
  /** As the table of reports says: the order's, or what was taken out of it. */
  readonly qtyLots: Lots;
  readonly leavesLots: Lots;
  readonly filledLots: Lots;
  /** Name in the registry of reasons, or of a desk's reasons. */
  readonly reason: string;
}

/** A new order of somebody else's that has not reached its venue yet: a leak (`leaksTo` of the other's group). */
export interface OverheardOrder {
  readonly market: Market;
  readonly side: SideName;
  readonly qtyLots: Lots;
  /** 0 for market and stop orders. */
  readonly priceTicks: Ticks;
}

/** What another agent published on a topic. */
export interface Note {
  /** The other agent's name. */
  readonly from: string;
  readonly topic: number;
  readonly values: readonly number[];
  /** When it was published, by the other agent's clock. */
  readonly sentNs: Nanos;
}

/** What an agent answers to. Each handler is synchronous and returns nothing. */
export interface AgentHandlers {
  onStart?(agent: Agent): void;
  onQuote?(agent: Agent, quote: Quote): void;
  onLevel?(agent: Agent, level: LevelChange): void;
  onSnapshot?(agent: Agent, snapshot: BookSnapshot): void;
  onTrade?(agent: Agent, trade: Trade): void;
  onOrderChange?(agent: Agent, change: OrderChange): void;
  onOrder?(agent: Agent, event: OrderEvent): void;
  onFill?(agent: Agent, fill: Fill): void;
  /** Of a feed of auctions: a phase has begun, or what a call would come to has changed. */
  onPhase?(agent: Agent, event: PhaseEvent): void;
  onIndication?(agent: Agent, indication: Indication): void;
  onOverheard?(agent: Agent, order: OverheardOrder): void;
  onNote?(agent: Agent, note: Note): void;
  onTimer?(agent: Agent, tag: number): void;
}

/** Makes one agent of its setup. */
export type AgentFactory<Parameters = Readonly<Record<string, unknown>>> = (
  setup: AgentSetup<Parameters>,
) => AgentHandlers;
