import type { Lots, Nanos, Ticks } from "../core/units.ts";
import type { TimeInForce } from "../model/order-flags.ts";
import type { Side } from "../model/side.ts";

/** What an agent made a decision from, so that the decision can be made again and its age be told. */
export interface IntentBasis {
  /** Sequence number of the last market event that it saw. */
  readonly sequence: number;
  /** The mid that it saw, in half ticks: bid plus ask. */
  readonly midHalfTicks: number;
}

/**
 * An agent's decision to trade, before anybody has looked at it. It is no order: what becomes of it is for the risk
 * stage and the execution to say.
 */
export interface Intent {
  /** The agent's own number of it, counted up: the same number twice is the same intent twice. */
  readonly number: number;
  /** The agent's number in the roster. */
  readonly agent: number;
  readonly market: number;
  readonly side: Side;
  readonly qtyLots: Lots;
  /** Worst price at which it may trade; undefined for a market order. */
  readonly limitTicks: Ticks | undefined;
  /** How long it may rest; until canceled if left out. */
  readonly timeInForce?: TimeInForce;
  readonly postOnly?: boolean;
  /** Whether the venue, too, is to see that it only reduces the position. */
  readonly reduceOnly?: boolean;
  /** Whether anything less than `qtyLots` is of no use. */
  readonly allOrNothing?: boolean;
  /** Where the agent will get out when it was wrong. */
  readonly stopTicks?: Ticks;
  /** When it was made, and until when it may be sent. */
  readonly madeNs: Nanos;
  readonly expiresNs: Nanos;
  /** How long the agent thinks that it is right, and how sure it is, from 0 to 1. For the record. */
  readonly horizonNs?: Nanos;
  readonly confidence?: number;
  readonly basis: IntentBasis;
}
