import type { Nanos } from "../../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../../core/units.ts";
import { RecordKind } from "../../../model/record.ts";
import { Side } from "../../../model/side.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";

export interface FrontRunningThresholds {
  /** What is a large order, by the mean of all. */
  readonly largeFactor: number;
  /** How shortly before it the account trades the same way. */
  readonly leadNs: Nanos;
  /** How soon after that it trades out, at a better price. */
  readonly exitNs: Nanos;
  /** How often, and in what share of its orders that take liquidity. */
  readonly times: number;
  readonly share: number;
}

/** By chance one trades just before a large order now and then; not in a third of all that one does, and with profit. */
export const FRONT_RUNNING_THRESHOLDS: FrontRunningThresholds = {
  largeFactor: 5,
  leadNs: 50 * NS_PER_MILLISECOND,
  exitNs: 5 * NS_PER_SECOND,
  times: 3,
  share: 0.3,
};

/** Takes that are remembered as possible entries, and orders by which the mean size is reckoned. */
const TAKES_REMEMBERED = 64;
const SIZE_WEIGHT = 0.005;
const SHOWN = 24;

/** An account's newest order that took liquidity. */
class EntryState {
  orderId = -1;
  side: Side = Side.buy;
  timeNs: Nanos = -Infinity;
  priceTicks = 0;
  sequence = 0;
  /** Orders that took liquidity, so far. */
  entries = 0;
  /** The large order that came after it; 0 for none. */
  victimSequence = 0;
  victim = -1;
  times = 0;
  readonly evidence: number[] = [];
}

/** Trades that come just before somebody's large order and are closed against it, again and again. */
export class FrontRunningDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: FrontRunningThresholds;
  readonly #states = new AccountStates(() => new EntryState());
  /** By instrument: accounts that took liquidity lately, the newest at the place behind. */
  readonly #takers: { accounts: Int32Array; next: number }[] = [];
  readonly #meanLots: number[] = [];

  constructor({ log }: DetectorSite, thresholds = FRONT_RUNNING_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
  }

  see(event: MarketEvent): void {
    if (event.kind === RecordKind.submitOrder) this.#order(event);
    else if (event.kind === RecordKind.trade && !event.isAuction && event.account !== event.makerAccount) {
      this.#exit(event, event.account, event.side);
      this.#exit(event, event.makerAccount, event.side === Side.buy ? Side.sell : Side.buy);
      this.#enter(event);
    }
  }

  #order(event: MarketEvent): void {
    const { instrument, qtyLots } = event;
    const mean = this.#meanLots[instrument] ?? qtyLots;
    this.#meanLots[instrument] = mean + SIZE_WEIGHT * (qtyLots - mean);
    if (qtyLots < this.#thresholds.largeFactor * mean || !isMarketable(event)) return;
    const takers = this.#takers[instrument];
    if (takers === undefined) return;
    for (const account of takers.accounts) {
      if (account < 0 || account === event.account) continue;
      const entry = this.#states.of(instrument, account);
      const leadNs = event.timeNs - entry.timeNs;
      if (entry.side !== event.side || leadNs > this.#thresholds.leadNs || entry.victimSequence !== 0) continue;
      entry.victimSequence = event.sequence;
      entry.victim = event.account;
    }
  }

  #enter(event: MarketEvent): void {
    const { instrument, account, side } = event;
    const entry = this.#states.of(instrument, account);
    if (entry.orderId === event.orderId) {
      entry.priceTicks = event.priceTicks;
      return;
    }
    entry.orderId = event.orderId;
    entry.side = side;
    entry.timeNs = event.timeNs;
    entry.priceTicks = event.priceTicks;
    entry.sequence = event.sequence;
    entry.entries++;
    entry.victimSequence = 0;
    const takers = (this.#takers[instrument] ??= { accounts: new Int32Array(TAKES_REMEMBERED).fill(-1), next: 0 });
    takers.accounts[takers.next] = account;
    takers.next = (takers.next + 1) % TAKES_REMEMBERED;
  }

  #exit(event: MarketEvent, account: number, side: Side): void {
    const entry = this.#states.of(event.instrument, account);
    const { exitNs, times, share } = this.#thresholds;
    if (entry.victimSequence === 0 || side === entry.side || event.timeNs - entry.timeNs > exitNs) return;
    const gain = side === Side.sell ? event.priceTicks - entry.priceTicks : entry.priceTicks - event.priceTicks;
    if (gain <= 0) return;
    entry.times++;
    if (entry.evidence.length >= SHOWN) entry.evidence.splice(0, 3);
    entry.evidence.push(entry.sequence, entry.victimSequence, event.sequence);
    entry.victimSequence = 0;
    // Trading out at the market is an order that takes liquidity too: half of them may be that.
    const hits = entry.times / entry.entries;
    if (entry.times < times || hits < share) return;
    this.#log.raise("frontRunning", event, {
      accounts: [account],
      score: hits / share,
      finding: `${entry.times} times it traded just before another's large order and traded out with a gain, last of ${gain} ticks; that is ${(100 * hits).toFixed(0)} % of the orders with which it took liquidity`,
      evidence: entry.evidence,
    });
  }
}

/** Market orders have no price, and limit orders one that reaches the other side. */
function isMarketable({ side, priceTicks, bidTicks, askTicks }: MarketEvent): boolean {
  if (side === Side.buy) return askTicks > 0 && (priceTicks === 0 || priceTicks >= askTicks);
  return bidTicks > 0 && priceTicks <= bidTicks;
}
