import { RecordKind } from "../../../model/record.ts";
import { OrderType, orderTypeOf } from "../../../model/order-flags.ts";
import { Side } from "../../../model/side.ts";
import { AccountStates } from "../account-states.ts";
import type { AlertLog } from "../alert-log.ts";
import type { Detector, DetectorSite } from "../detector.ts";
import type { MarketEvent } from "../market-event.ts";

export interface FatFingerThresholds {
  /** A limit price so far through the other side's best one, as a share of that. */
  readonly throughShare: number;
  /** Or a quantity so many times the account's usual one, and the market's. */
  readonly ownFactor: number;
  readonly marketFactor: number;
  /** Orders of an account before its usual quantity is known. */
  readonly orders: number;
}

/** A percent is a hundred times the spread, and the sizes of honest orders vary by a factor of ten. */
export const FAT_FINGER_THRESHOLDS: FatFingerThresholds = {
  throughShare: 0.01,
  ownFactor: 20,
  marketFactor: 10,
  orders: 5,
};

const SIZE_WEIGHT = 0.01;

class SizeState {
  orders = 0;
  meanLots = 0;
}

/** Orders that nobody can have meant: far through the market, or with zeros too many. */
export class FatFingerDetector implements Detector {
  readonly #log: AlertLog;
  readonly #thresholds: FatFingerThresholds;
  readonly #accounts = new AccountStates(() => new SizeState());
  readonly #markets: SizeState[] = [];

  constructor({ log }: DetectorSite, thresholds = FAT_FINGER_THRESHOLDS) {
    this.#log = log;
    this.#thresholds = thresholds;
  }

  see(event: MarketEvent): void {
    const isOrder = event.kind === RecordKind.submitOrder || event.kind === RecordKind.revealOrder;
    if (!isOrder || event.qtyLots <= 0) return;
    const account = this.#accounts.of(event.instrument, event.account);
    const market = (this.#markets[event.instrument] ??= new SizeState());
    const { throughShare, ownFactor, marketFactor, orders } = this.#thresholds;
    const through = throughTouch(event) / throughShare;
    const own = event.qtyLots / (ownFactor * account.meanLots);
    const others = event.qtyLots / (marketFactor * market.meanLots);
    const size = account.orders < orders || market.orders < orders ? 0 : Math.min(own, others);
    if (through >= 1 || size >= 1) this.#raise(event, { through, size, meanLots: account.meanLots });
    // The mean of all orders at first, later that of the newest hundred or so. A slip is not what is usual.
    else {
      learn(account, event.qtyLots);
      learn(market, event.qtyLots);
    }
  }

  #raise(event: MarketEvent, found: { through: number; size: number; meanLots: number }): void {
    const { through, size, meanLots } = found;
    const words = [
      ...(through >= 1 ? [`its price lies ${(100 * throughTouch(event)).toFixed(1)} % through the market`] : []),
      ...(size >= 1
        ? [`its ${event.qtyLots} lots are ${(event.qtyLots / meanLots).toFixed(0)} times its usual quantity`]
        : []),
    ];
    this.#log.raise("fatFinger", event, {
      accounts: [event.account],
      score: Math.max(through, size),
      finding: `an order that nobody can have meant: ${words.join(", and ")}`,
      evidence: [event.sequence],
    });
  }
}

function learn(state: SizeState, lots: number): void {
  state.orders++;
  state.meanLots += Math.max(SIZE_WEIGHT, 1 / state.orders) * (lots - state.meanLots);
}

/** How far a limit price lies through the other side's best, as a share of that; 0 where it has none or does not reach it. */
function throughTouch({ flags, side, priceTicks, bidTicks, askTicks }: MarketEvent): number {
  if (orderTypeOf(flags) !== OrderType.limit) return 0;
  const touch = side === Side.buy ? askTicks : bidTicks;
  if (touch === 0) return 0;
  return Math.max(0, side === Side.buy ? priceTicks - touch : touch - priceTicks) / touch;
}
