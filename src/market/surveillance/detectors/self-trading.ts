import type { Nanos } from "../../../core/units.ts";
import { NS_PER_MINUTE } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import type { OwnerGroups } from "../../owner-groups.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";
import { RecentEvents } from "../recent-events.ts";

export interface SelfTradingThresholds {
  /** So many trades with itself within the time. */
  readonly times: number;
  readonly withinNs: Nanos;
  /** And the share that such trades have in all of the account's, by lots. */
  readonly share: number;
}

/** Whoever trades much meets an old order of its own now and then, where nothing prevents it; not in a tenth of its volume. */
export const SELF_TRADING_THRESHOLDS: SelfTradingThresholds = { times: 5, withinNs: 5 * NS_PER_MINUTE, share: 0.1 };

class SelfTradingState {
  readonly trades: RecentEvents;
  selfLots = 0;
  lots = 0;

  constructor(times: number) {
    this.trades = new RecentEvents(times);
  }
}

/** Wash trades between orders of one account, or of accounts of one owner. */
export class SelfTradingDetector implements Detector {
  readonly #log: AlertLog;
  readonly #groups: OwnerGroups;
  readonly #thresholds: SelfTradingThresholds;
  readonly #states: AccountStates<SelfTradingState>;

  constructor({ log, groups }: DetectorSite, thresholds = SELF_TRADING_THRESHOLDS) {
    this.#log = log;
    this.#groups = groups;
    this.#thresholds = thresholds;
    this.#states = new AccountStates(() => new SelfTradingState(thresholds.times));
  }

  see(event: MarketEvent): void {
    if (event.kind !== RecordKind.trade) return;
    const { instrument, account, makerAccount, qtyLots } = event;
    const taker = this.#states.of(instrument, account);
    taker.lots += qtyLots;
    if (account !== makerAccount) this.#states.of(instrument, makerAccount).lots += qtyLots;
    if (!this.#groups.areOne(account, makerAccount)) return;
    this.#count(event, taker);
  }

  #count(event: MarketEvent, taker: SelfTradingState): void {
    const { account, makerAccount } = event;
    const { times, withinNs, share } = this.#thresholds;
    taker.trades.add(event.timeNs, event.sequence);
    taker.selfLots += event.qtyLots;
    const ownShare = taker.selfLots / taker.lots;
    if (!taker.trades.isFull || event.timeNs - taker.trades.timeNs(times - 1) > withinNs || ownShare < share) return;
    const isAlone = account === makerAccount;
    const whom = isAlone ? "its own orders" : "orders of its owner's other accounts";
    this.#log.raise("selfTrading", event, {
      accounts: isAlone ? [account] : [account, makerAccount],
      score: ownShare / share,
      finding: `${times} trades with ${whom} within ${((event.timeNs - taker.trades.timeNs(times - 1)) / 1e9).toFixed(1)} s, ${(100 * ownShare).toFixed(0)} % of its volume`,
      evidence: taker.trades.newest(times),
    });
  }
}
