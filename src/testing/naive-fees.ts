import type { FeeSchedule } from "../market/fees.ts";
import { VOLUME_SLICES } from "../market/traded-volume.ts";

interface NaiveTrade {
  readonly owners: readonly number[];
  readonly notional: bigint;
  readonly atNs: number;
}

/** Fees as docs/accounts.md tells them: keeps every trade, adds up anew each time, and counts in bigints. */
export class NaiveFees {
  readonly #areOne: (owner: number, other: number) => boolean;
  readonly #trades: NaiveTrade[] = [];

  /** @param areOne whether two owners are the same party */
  constructor(areOne: (owner: number, other: number) => boolean) {
    this.#areOne = areOne;
  }

  /** What taker and maker pay for a trade, which then counts as theirs. */
  price(
    fees: FeeSchedule,
    trade: {
      readonly taker: number;
      readonly maker: number;
      readonly notional: bigint;
      readonly atNs: number;
      /** Then nobody takes: both pay as makers, and no rebate. */
      readonly isAuction: boolean;
    },
  ): { readonly taker: bigint; readonly maker: bigint } {
    const { taker, maker, notional, atNs, isAuction } = trade;
    const wash = this.#areOne(taker, maker) ? (fees.washMillionths ?? 0) : 0;
    const takerTier = this.#tierOf(fees, taker, atNs);
    const makerTier = this.#tierOf(fees, maker, atNs);
    const takerRate = isAuction ? Math.max(0, takerTier.makerMillionths) : takerTier.takerMillionths;
    const makerRate = isAuction ? Math.max(0, makerTier.makerMillionths) : makerTier.makerMillionths;
    const priced = { taker: feeOf(fees, notional, takerRate + wash), maker: feeOf(fees, notional, makerRate + wash) };
    this.#trades.push({ owners: [taker, maker], notional, atNs });
    return priced;
  }

  #tierOf(fees: FeeSchedule, owner: number, nowNs: number): { takerMillionths: number; makerMillionths: number } {
    const { tiers = [], volumeWindowNs } = fees;
    if (tiers.length === 0) return fees;
    const sliceOf = (timeNs: number): number =>
      volumeWindowNs === undefined ? 0 : Math.floor(timeNs / (volumeWindowNs / VOLUME_SLICES));
    let volume = 0n;
    for (const { owners, notional, atNs } of this.#trades) {
      if (sliceOf(nowNs) - sliceOf(atNs) >= VOLUME_SLICES) continue;
      for (const side of owners) if (side === owner) volume += notional;
    }
    return tiers.findLast(({ volumeUnits }) => BigInt(volumeUnits) <= volume) ?? fees;
  }
}

/** The most that an order's fees can come to when it fills lot by lot. */
export function worstFee(fees: FeeSchedule, notional: bigint, lots: bigint): bigint {
  const rates = [fees, ...(fees.tiers ?? [])].flatMap((tier) => [tier.makerMillionths, tier.takerMillionths]);
  const rate = Math.max(...rates) + (fees.washMillionths ?? 0);
  const bound = lots * BigInt(fees.minimumUnits ?? 0) + (notional * BigInt(rate)) / 1_000_000n;
  return bound < notional ? bound : notional;
}

/** Bigints divide towards 0, as fees and rebates are rounded. */
function feeOf({ minimumUnits = 0 }: FeeSchedule, notional: bigint, millionths: number): bigint {
  const fee = (notional * BigInt(millionths)) / 1_000_000n;
  if (millionths <= 0) return fee;
  const least = BigInt(minimumUnits);
  const charged = fee > least ? fee : least;
  return charged < notional ? charged : notional;
}
