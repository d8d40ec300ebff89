import type { Nanos } from "../../../core/units.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import { Side } from "../../../model/side.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";
import { RecentEvents } from "../recent-events.ts";

export interface StaleQuoteSnipingThresholds {
  /** How long after a trade the middle of the book is compared with its price. */
  readonly horizonNs: Nanos;
  /** Trades that are judged together, and the share of them after which the middle is beyond the price paid. */
  readonly trades: number;
  readonly wonShare: number;
}

/**
 * Who takes liquidity pays half a spread, and is ahead a second later only where the price moves by more than that: by
 * chance in well under half of the trades. Who knows the value but looks at it only now and then comes to two thirds, who
 * races for old quotes to nine tenths.
 */
export const STALE_QUOTE_SNIPING_THRESHOLDS: StaleQuoteSnipingThresholds = {
  horizonNs: NS_PER_SECOND,
  trades: 50,
  wonShare: 0.8,
};

/** Trades of one instrument that wait for their second to be over. */
export const PENDING_MAX = 4_096;
const SHOWN = 12;
const NOBODY = -1;

/** Trades whose horizon lies ahead, in order of time. */
class Pending {
  readonly times = new Float64Array(PENDING_MAX);
  readonly sequences = new Float64Array(PENDING_MAX);
  readonly accounts = new Int32Array(PENDING_MAX);
  readonly prices = new Int32Array(PENDING_MAX);
  readonly sides = new Uint8Array(PENDING_MAX);
  added = 0;
  taken = 0;
}

class SnipingState {
  lastOrderId = -1;
  /** Number of its newest trade among the pending ones, and its side. */
  lastPending = -1;
  lastSide: Side = Side.buy;
  readonly trades: RecentEvents;
  won = 0;

  constructor(trades: number) {
    this.trades = new RecentEvents(trades);
  }
}

/**
 * Takes quotes that are about to move, too often for chance. This is what latency arbitrage looks like from outside
 * (adverse selection of Glosten and Milgrom 1985, measured as in Hendershott, Jones and Menkveld 2011). It is no offence:
 * the alert tells a venue whom its makers fear.
 */
export class StaleQuoteSnipingDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: StaleQuoteSnipingThresholds;
  readonly #states: AccountStates<SnipingState>;
  readonly #pending: Pending[] = [];

  constructor({ log }: DetectorSite, thresholds = STALE_QUOTE_SNIPING_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
    this.#states = new AccountStates(() => new SnipingState(thresholds.trades));
  }

  see(event: MarketEvent): void {
    if (event.kind === RecordKind.trade) this.#remember(event);
    // Best prices are those of before the command, so a command is the moment to look.
    else if (event.kind <= RecordKind.cancelAllOrders) this.#judge(event);
  }

  #remember(event: MarketEvent): void {
    const { instrument, account } = event;
    const state = this.#states.of(instrument, account);
    // An order that meets several is one decision.
    if (event.orderId === state.lastOrderId || account === event.makerAccount || event.isAuction) return;
    state.lastOrderId = event.orderId;
    const pending = (this.#pending[instrument] ??= new Pending());
    if (pending.added - pending.taken === PENDING_MAX) pending.taken++;
    // What moves within the second because the account itself takes more says nothing of the quote that it took first.
    if (state.lastPending >= pending.taken && state.lastSide === event.side)
      pending.accounts[state.lastPending % PENDING_MAX] = NOBODY;
    state.lastPending = pending.added;
    state.lastSide = event.side;
    const place = pending.added++ % PENDING_MAX;
    pending.times[place] = event.timeNs;
    pending.sequences[place] = event.sequence;
    pending.accounts[place] = account;
    pending.prices[place] = event.priceTicks;
    pending.sides[place] = event.side;
  }

  #judge(event: MarketEvent): void {
    const pending = this.#pending[event.instrument];
    if (pending === undefined || event.bidTicks === 0 || event.askTicks === 0) return;
    const middle = (event.bidTicks + event.askTicks) / 2;
    const dueNs = event.timeNs - this.#thresholds.horizonNs;
    for (; pending.taken < pending.added; pending.taken++) {
      const place = pending.taken % PENDING_MAX;
      if (pending.times[place] > dueNs) return;
      if (pending.accounts[place] === NOBODY) continue;
      const price = pending.prices[place];
      const hasWon = pending.sides[place] === Side.buy ? middle > price : middle < price;
      this.#count(event, pending.accounts[place], pending.sequences[place], hasWon ? 1 : 0);
    }
  }

  #count(event: MarketEvent, account: number, sequence: number, won: 0 | 1): void {
    const { trades: judged, wonShare } = this.#thresholds;
    const state = this.#states.of(event.instrument, account);
    const { trades } = state;
    if (trades.isFull) state.won -= trades.value(judged - 1);
    trades.add(event.timeNs, sequence, won);
    state.won += won;
    const share = state.won / judged;
    if (!trades.isFull || share < wonShare) return;
    this.#log.raise("staleQuoteSniping", event, {
      accounts: [account],
      score: share / wonShare,
      finding: `after ${state.won} of ${judged} orders with which it took liquidity the price was beyond what it paid a second later`,
      evidence: trades.newest(SHOWN),
    });
    trades.clear();
    state.won = 0;
  }
}
