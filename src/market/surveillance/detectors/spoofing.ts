import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Nanos } from "../../../core/units.ts";
import { OrderType, orderTypeOf } from "../../../model/order-flags.ts";
import { RecordKind } from "../../../model/record.ts";
import type { Side } from "../../../model/side.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";

export interface SpoofingThresholds {
  /** What stands on the other side when an order trades, by what the account has and had on the order's own side. */
  readonly imbalance: number;
  /** How soon after that trade the other side is gone, and for how long at least it stays away. */
  readonly withdrawalNs: Nanos;
  /** The share of it that goes, untraded. */
  readonly withdrawnShare: number;
  /** How often it must happen. */
  readonly times: number;
}

/**
 * Makers quote both sides, so what they show on the other side is about what they show on this one, and what they cancel
 * there they place anew. A human who changes their mind does so once. The time is there and back, and what a person needs
 * to react.
 */
export const SPOOFING_THRESHOLDS: SpoofingThresholds = {
  imbalance: 5,
  withdrawalNs: NS_PER_SECOND,
  withdrawnShare: 0.75,
  times: 3,
};

/** Orders of one withdrawal that are told. */
const DECOYS_MAX = 12;

/** What an account has in the book, and the withdrawal that is being watched. */
class SpoofingState {
  /** Lots that stand, by side. */
  readonly live: [number, number] = [0, 0];
  /** What stood there before the trades of the last moment, and when the last one was. */
  readonly before: [number, number] = [0, 0];
  readonly tradedNs: [Nanos, Nanos] = [-Infinity, -Infinity];
  /** When the account's own order traded; -Infinity: nothing is being watched. */
  tradeNs: Nanos = -Infinity;
  tradeSequence = 0;
  /** The side that may be withdrawn, what stood there, and what has gone. */
  otherSide: Side = 0;
  shownLots = 0;
  goneLots = 0;
  readonly decoys: number[] = [];
  readonly prices = new Set<number>();
  /** When it was gone; Infinity: it is not, or that is counted already. */
  goneNs: Nanos = Infinity;
  times = 0;
  readonly evidence: number[] = [];
}

/** Large orders that are canceled as soon as a small one on the other side has traded: spoofing, or layering. */
export class SpoofingDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: SpoofingThresholds;
  readonly #states = new AccountStates(() => new SpoofingState());

  constructor({ log }: DetectorSite, thresholds = SPOOFING_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
  }

  see(event: MarketEvent): void {
    const { kind, instrument, account, side } = event;
    if (kind < RecordKind.orderAccepted) return;
    this.#settle(event, account);
    switch (kind) {
      case RecordKind.orderAccepted:
        if (isLimit(event)) this.#show(event);
        return;
      case RecordKind.orderReplaced:
        this.#states.of(instrument, account).live[side] += event.leavesLots - event.previous;
        return;
      case RecordKind.trade:
        this.#settle(event, event.makerAccount);
        this.#trade(event, account, side);
        this.#trade(event, event.makerAccount, (1 - side) as Side);
        return;
      case RecordKind.orderCanceled:
        if (isLimit(event)) this.#cancel(event);
        return;
      case RecordKind.orderExpired:
        if (isLimit(event)) this.#states.of(instrument, account).live[side] -= event.qtyLots;
        return;
      default:
    }
  }

  /** What is placed anew soon enough was moved, not withdrawn. */
  #show({ instrument, account, side, leavesLots }: MarketEvent): void {
    const state = this.#states.of(instrument, account);
    state.live[side] += leavesLots;
    const { withdrawnShare } = this.#thresholds;
    if (side === state.otherSide && state.live[side] > (1 - withdrawnShare) * state.shownLots) state.goneNs = Infinity;
  }

  #trade(event: MarketEvent, account: number, side: Side): void {
    if (event.account === event.makerAccount) return;
    const state = this.#states.of(event.instrument, account);
    const { live } = state;
    // Who sweeps a maker's bids away does not make its asks suspicious: what counts is what it showed before.
    if (event.timeNs - state.tradedNs[side] > this.#thresholds.withdrawalNs) state.before[side] = live[side];
    state.tradedNs[side] = event.timeNs;
    const own = Math.max(state.before[side], event.qtyLots);
    live[side] -= Math.min(live[side], event.qtyLots);
    const other = (1 - side) as Side;
    if (live[other] < this.#thresholds.imbalance * own) return;
    // A second part of the same order is the same occasion.
    const isWatched = event.timeNs - state.tradeNs <= this.#thresholds.withdrawalNs && state.otherSide === other;
    if (isWatched && state.goneLots > 0) return;
    state.goneNs = Infinity;
    state.tradeNs = event.timeNs;
    state.tradeSequence = event.sequence;
    state.otherSide = other;
    state.shownLots = live[other];
    state.goneLots = 0;
    state.decoys.length = 0;
    state.prices.clear();
  }

  #cancel(event: MarketEvent): void {
    const { instrument, account, side, qtyLots } = event;
    const state = this.#states.of(instrument, account);
    state.live[side] -= qtyLots;
    const { withdrawalNs, withdrawnShare } = this.#thresholds;
    if (event.timeNs - state.tradeNs > withdrawalNs || side !== state.otherSide || event.filledLots > 0) return;
    state.goneLots += qtyLots;
    state.prices.add(event.priceTicks);
    if (state.decoys.length < 2 * DECOYS_MAX) {
      state.decoys.push(this.#log.trail.acceptanceOf(instrument, event.venueOrderId), event.sequence);
    }
    if (state.goneLots >= withdrawnShare * state.shownLots) state.goneNs = event.timeNs;
  }

  /** Counts a withdrawal, once it is clear that nothing came back. */
  #settle(event: MarketEvent, account: number): void {
    const state = this.#states.of(event.instrument, account);
    const { times, withdrawalNs } = this.#thresholds;
    if (event.timeNs - state.goneNs <= withdrawalNs || state.goneNs === Infinity) return;
    const delayMs = (state.goneNs - state.tradeNs) / 1e6;
    state.goneNs = Infinity;
    state.times++;
    if (state.evidence.length > 4 * DECOYS_MAX) state.evidence.splice(0, 2 * DECOYS_MAX);
    state.evidence.push(state.tradeSequence, ...state.decoys);
    state.tradeNs = -Infinity;
    if (state.times < times) return;
    const orders = `${state.decoys.length / 2} order${state.decoys.length > 2 ? "s" : ""}`;
    const where = state.prices.size > 1 ? ` at ${state.prices.size} prices` : "";
    this.#log.raise("spoofing", event, {
      accounts: [account],
      score: state.times / times,
      finding:
        `${state.times} times its order traded and what it showed on the other side was canceled untraded; ` +
        `last ${state.goneLots} lots in ${orders}${where}, ${delayMs.toFixed(1)} ms after the trade`,
      evidence: state.evidence,
    });
  }
}

function isLimit({ flags }: MarketEvent): boolean {
  return orderTypeOf(flags) === OrderType.limit;
}
