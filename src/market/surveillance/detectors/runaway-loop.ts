import type { Nanos } from "../../../core/units.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";
import { RecentEvents } from "../recent-events.ts";

export interface RunawayLoopThresholds {
  /** Orders that are alike in side, quantity and choices, with no other message in between, within a time. */
  readonly orders: number;
  readonly withinNs: Nanos;
}

/** Ten a second, longer than any slice of a worked order keeps it up. */
export const RUNAWAY_LOOP_THRESHOLDS: RunawayLoopThresholds = { orders: 50, withinNs: 5 * NS_PER_SECOND };

const SHOWN = 12;

class LoopState {
  flags = -1;
  qtyLots = 0;
  readonly orders: RecentEvents;

  constructor(orders: number) {
    this.orders = new RecentEvents(orders);
  }
}

/** The same order again and again, by a program that does not see what became of the one before. */
export class RunawayLoopDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: RunawayLoopThresholds;
  readonly #states: AccountStates<LoopState>;

  constructor({ log }: DetectorSite, thresholds = RUNAWAY_LOOP_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
    this.#states = new AccountStates(() => new LoopState(thresholds.orders));
  }

  see(event: MarketEvent): void {
    if (event.kind > RecordKind.cancelAllOrders) return;
    const state = this.#states.of(event.instrument, event.account);
    const isAlike = event.flags === state.flags && event.qtyLots === state.qtyLots;
    if (event.kind !== RecordKind.submitOrder || !isAlike) state.orders.clear();
    if (event.kind !== RecordKind.submitOrder) return;
    state.flags = event.flags;
    state.qtyLots = event.qtyLots;
    state.orders.add(event.timeNs, event.sequence);
    const { orders, withinNs } = this.#thresholds;
    if (!state.orders.isFull) return;
    const spanNs = event.timeNs - state.orders.timeNs(orders - 1);
    if (spanNs > withinNs) return;
    this.#log.raise("runawayLoop", event, {
      accounts: [event.account],
      score: Math.min(1_000, withinNs / Math.max(1, spanNs)),
      finding: `${orders} orders of ${event.qtyLots} lots to the same side within ${(spanNs / 1e9).toFixed(2)} s, and nothing else`,
      evidence: state.orders.newest(SHOWN),
    });
    state.orders.clear();
  }
}
