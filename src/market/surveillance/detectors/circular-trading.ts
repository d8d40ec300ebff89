import type { Nanos } from "../../../core/units.ts";
import { NS_PER_MINUTE } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";

export interface CircularTradingThresholds {
  /** What a member sells to the next one, by all that it sells, and by all that the next one buys. */
  readonly share: number;
  /** Trades on each edge of the ring. */
  readonly trades: number;
  /** The most that a member's position changes, by what it trades. */
  readonly netShare: number;
  /** What is older than this counts half, a quarter, and so on. */
  readonly halfLifeNs: Nanos;
}

/**
 * At more than half of what an account sells, only one buyer can be the one it mostly sells to: so each account has at
 * most one edge, and rings are found by walking along them. Strangers meet makers, whose trades spread over everybody.
 */
export const CIRCULAR_TRADING_THRESHOLDS: CircularTradingThresholds = {
  share: 0.5,
  trades: 3,
  netShare: 0.6,
  halfLifeNs: 5 * NS_PER_MINUTE,
};

/** Members of the largest ring that is looked for. */
export const RING_MAX = 16;

/** Buyers that are remembered for each seller, and trades of the main one that are told. */
const BUYERS_MAX = 8;
const SHOWN = 3;

class Buyer {
  account = -1;
  lots = 0;
  trades = 0;
  readonly sequences: number[] = [];
}

class CircularState {
  /** Lots, aged. */
  sold = 0;
  bought = 0;
  agedNs: Nanos = 0;
  readonly buyers = Array.from({ length: BUYERS_MAX }, () => new Buyer());
}

/**
 * Rings of accounts that trade with one another in a circle and hold in the end what they held at first: wash trades
 * among colluding accounts. A ring of two makes round trips.
 */
export class CircularTradingDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: CircularTradingThresholds;
  readonly #states = new AccountStates(() => new CircularState());

  constructor({ log }: DetectorSite, thresholds = CIRCULAR_TRADING_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
  }

  see(event: MarketEvent): void {
    if (event.kind !== RecordKind.trade || event.account === event.makerAccount) return;
    const { instrument, account, makerAccount, side, qtyLots } = event;
    const buyer = side === 0 ? account : makerAccount;
    const seller = side === 0 ? makerAccount : account;
    const selling = this.#aged(instrument, seller, event.timeNs);
    this.#aged(instrument, buyer, event.timeNs).bought += qtyLots;
    selling.sold += qtyLots;
    const edge = edgeOf(selling, buyer);
    edge.lots += qtyLots;
    edge.trades++;
    edge.sequences.push(event.sequence);
    if (edge.sequences.length > SHOWN) edge.sequences.shift();
    if (this.#nextOf(instrument, seller, event.timeNs) === buyer) this.#walk(event, seller);
  }

  /** Follows the main buyers from an account on; raises when the way leads back to it. */
  #walk(event: MarketEvent, start: number): void {
    const { instrument, timeNs } = event;
    const ring = [start];
    for (let next = this.#nextOf(instrument, start, timeNs); next !== start;) {
      if (next < 0 || ring.length === RING_MAX || ring.includes(next)) return;
      ring.push(next);
      next = this.#nextOf(instrument, next, timeNs);
    }
    const states = ring.map((account) => this.#states.of(instrument, account));
    const { netShare, share } = this.#thresholds;
    const isFlat = ({ bought, sold }: CircularState): boolean => Math.abs(bought - sold) <= netShare * (bought + sold);
    if (!states.every(isFlat)) return;
    const edges = states.map((state, place) => edgeOf(state, ring[(place + 1) % ring.length]));
    const least = Math.min(...states.map((state, place) => edges[place].lots / state.sold));
    const trades = edges.reduce((sum, edge) => sum + edge.trades, 0);
    const what = ring.length === 2 ? "round trips of two accounts" : `a ring of ${ring.length} accounts`;
    this.#log.raise("circularTrading", event, {
      accounts: ring,
      score: least / share,
      finding: `${what}: each sells at least ${(100 * least).toFixed(0)} % to the next one, in ${trades} trades, and holds in the end what it held before`,
      evidence: edges.flatMap(({ sequences }) => sequences),
    });
  }

  /** To whom an account mostly sells, where that one also mostly buys from it; -1 where there is none. */
  #nextOf(instrument: number, seller: number, nowNs: Nanos): number {
    const { share, trades } = this.#thresholds;
    const { sold, buyers } = this.#aged(instrument, seller, nowNs);
    for (const { account, lots, trades: count } of buyers) {
      if (account < 0 || count < trades || lots <= share * sold) continue;
      if (lots > share * this.#aged(instrument, account, nowNs).bought) return account;
    }
    return -1;
  }

  #aged(instrument: number, account: number, nowNs: Nanos): CircularState {
    const state = this.#states.of(instrument, account);
    const halvings = Math.floor((nowNs - state.agedNs) / this.#thresholds.halfLifeNs);
    if (halvings > 0) {
      const factor = halvings < 31 ? 1 / (1 << halvings) : 0;
      state.agedNs += halvings * this.#thresholds.halfLifeNs;
      state.sold *= factor;
      state.bought *= factor;
      for (const buyer of state.buyers) buyer.lots *= factor;
    }
    return state;
  }
}

/** The seller's record of a buyer. A new one takes the place of the smallest, which is never the main one. */
function edgeOf({ buyers }: CircularState, account: number): Buyer {
  let smallest = buyers[0];
  for (const buyer of buyers) {
    if (buyer.account === account) return buyer;
    if (buyer.lots < smallest.lots) smallest = buyer;
  }
  smallest.account = account;
  smallest.lots = 0;
  smallest.trades = 0;
  smallest.sequences.length = 0;
  return smallest;
}
