import type { FeeSchedule } from "../market/fees.ts";
import type { Listed } from "../model/listing.ts";
import { unitsIn } from "./scenario/amounts.ts";
import type { FeesSpec } from "./scenario/fees-schema.ts";

/** The fees of a venue in one of its instruments: amounts are in its quote asset. */
export function feeScheduleOf(fees: FeesSpec, listed: Listed): FeeSchedule {
  return {
    ...ratesOf(fees),
    tiers: fees.tiers.map((tier) => ({ ...ratesOf(tier), volumeUnits: unitsIn(tier.volume, listed) })),
    minimumUnits: unitsIn(fees.minimum, listed),
    washMillionths: Math.round(fees.washBps * 100),
    volumeWindowNs: fees.volumeWindow,
  };
}

function ratesOf({ makerBps, takerBps }: { readonly makerBps: number; readonly takerBps: number }): {
  readonly makerMillionths: number;
  readonly takerMillionths: number;
} {
  return { makerMillionths: Math.round(makerBps * 100), takerMillionths: Math.round(takerBps * 100) };
}
