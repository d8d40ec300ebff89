import type { Nanos } from "../../../core/units.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";
import { RecentEvents } from "../recent-events.ts";

export interface QuoteStuffingThresholds {
  /** So many messages within the time. */
  readonly messages: number;
  readonly withinNs: Nanos;
  /** The most trades by messages that it may bring. */
  readonly tradeShare: number;
}

/**
 * The rate limits of venues lie between 10 and a few hundred messages a second; a maker that moves ten orders twice a
 * second sends 40. What is sent at that rate in order to trade trades more than once in fifty messages.
 */
export const QUOTE_STUFFING_THRESHOLDS: QuoteStuffingThresholds = {
  messages: 100,
  withinNs: NS_PER_SECOND,
  tradeShare: 0.02,
};

/** Messages of the evidence. */
const SHOWN = 12;

class StuffingState {
  readonly messages: RecentEvents;
  trades = 0;

  constructor(messages: number) {
    this.messages = new RecentEvents(messages);
  }
}

/** More messages than anybody can need, and hardly a trade among them. */
export class QuoteStuffingDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: QuoteStuffingThresholds;
  readonly #states: AccountStates<StuffingState>;

  constructor({ log }: DetectorSite, thresholds = QUOTE_STUFFING_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
    this.#states = new AccountStates(() => new StuffingState(thresholds.messages));
  }

  see(event: MarketEvent): void {
    if (event.kind === RecordKind.trade) {
      this.#states.of(event.instrument, event.account).trades++;
      this.#states.of(event.instrument, event.makerAccount).trades++;
    } else if (event.kind <= RecordKind.cancelAllOrders) this.#message(event);
  }

  #message(event: MarketEvent): void {
    const { messages: count, withinNs, tradeShare } = this.#thresholds;
    const state = this.#states.of(event.instrument, event.account);
    state.messages.add(event.timeNs, event.sequence, state.trades);
    if (!state.messages.isFull) return;
    const oldest = count - 1;
    const spanNs = event.timeNs - state.messages.timeNs(oldest);
    const trades = state.trades - state.messages.value(oldest);
    if (spanNs > withinNs || trades > tradeShare * count) return;
    this.#log.raise("quoteStuffing", event, {
      accounts: [event.account],
      score: Math.min(1_000, withinNs / Math.max(spanNs, 1)),
      finding: `${count} messages within ${(spanNs / 1e6).toFixed(1)} ms, and ${trades} trades`,
      evidence: state.messages.newest(SHOWN),
    });
    // The next alert counts new messages.
    state.messages.clear();
  }
}
