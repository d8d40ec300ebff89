import type { Nanos, Units } from "../core/units.ts";
import type { FeeSchedule } from "./fees.ts";
import { chargeOf, ratesOf } from "./fees.ts";
import type { OwnerGroups } from "./owner-groups.ts";
import type { TradedVolume } from "./traded-volume.ts";

/** A tier's numbers, one after the other. */
const VOLUME = 0;
const MAKER = 1;
const TAKER = 2;
const STRIDE = 3;

/** The fees of trades under a schedule that is more than one pair of rates, for one quote asset. */
export class TradeFees {
  /** Set before each command: volume is counted by time. */
  nowNs: Nanos = 0;
  /** Of the trade that was priced last. */
  takerFeeUnits: Units = 0;
  makerFeeUnits: Units = 0;
  declare private readonly tiers: Float64Array;
  declare private readonly minimumUnits: Units;
  declare private readonly washMillionths: number;
  declare private readonly volume: TradedVolume;
  declare private readonly groups: OwnerGroups;

  constructor(fees: FeeSchedule, parts: { readonly volume: TradedVolume; readonly groups: OwnerGroups }) {
    this.tiers = Float64Array.from(
      ratesOf(fees).flatMap(({ volumeUnits, makerMillionths, takerMillionths }) => [
        volumeUnits,
        makerMillionths,
        takerMillionths,
      ]),
    );
    this.minimumUnits = fees.minimumUnits ?? 0;
    this.washMillionths = fees.washMillionths ?? 0;
    this.volume = parts.volume;
    this.groups = parts.groups;
  }

  /** Prices a trade: by what both have traded before it, which it then adds to. */
  price(taker: number, maker: number, notionalUnits: Units): void {
    const { nowNs, volume } = this;
    const wash = this.washMillionths !== 0 && this.groups.areOne(taker, maker) ? this.washMillionths : 0;
    this.takerFeeUnits = this.feeOf(notionalUnits, this.rateOf(taker, TAKER) + wash);
    this.makerFeeUnits = this.feeOf(notionalUnits, this.rateOf(maker, MAKER) + wash);
    volume.add(taker, notionalUnits, nowNs);
    volume.add(maker, notionalUnits, nowNs);
  }

  /** Prices a trade at the end of a call: nobody takes, so both pay as makers, and there is no rebate. */
  priceAuction(buyer: number, seller: number, notionalUnits: Units): void {
    const { nowNs, volume } = this;
    const wash = this.washMillionths !== 0 && this.groups.areOne(buyer, seller) ? this.washMillionths : 0;
    this.takerFeeUnits = this.feeOf(notionalUnits, Math.max(0, this.rateOf(buyer, MAKER)) + wash);
    this.makerFeeUnits = this.feeOf(notionalUnits, Math.max(0, this.rateOf(seller, MAKER)) + wash);
    volume.add(buyer, notionalUnits, nowNs);
    volume.add(seller, notionalUnits, nowNs);
  }

  private rateOf(owner: number, role: typeof MAKER | typeof TAKER): number {
    const { tiers } = this;
    const traded = this.volume.of(owner, this.nowNs);
    let at = tiers.length - STRIDE;
    while (tiers[at + VOLUME] > traded) at -= STRIDE;
    return tiers[at + role];
  }

  private feeOf(notionalUnits: Units, millionths: number): Units {
    // From 0, because the negative of 0 is another number, and records would keep it.
    if (millionths <= 0) return 0 - chargeOf(notionalUnits, 0 - millionths);
    return Math.min(notionalUnits, Math.max(this.minimumUnits, chargeOf(notionalUnits, millionths)));
  }
}

/** The rates that nobody ever pays more than: what orders set aside money by. */
export function worstRates(fees: FeeSchedule): { readonly makerMillionths: number; readonly takerMillionths: number } {
  const rates = ratesOf(fees);
  const wash = fees.washMillionths ?? 0;
  return {
    makerMillionths: Math.max(...rates.map(({ makerMillionths }) => makerMillionths)) + wash,
    takerMillionths: Math.max(...rates.map(({ takerMillionths }) => takerMillionths)) + wash,
  };
}
