import { sideOf } from "../../model/order-flags.ts";
import { TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import type { Venue } from "../../market/venue.ts";
import { marketAsset } from "./clearing-book.ts";
import type { ReplicatedLedger } from "./replicated-ledger.ts";

/** Takes a report of a trade that a venue has just settled provisionally. */
export type TradeListener = (words: Int32Array, doubles: Float64Array, at: number) => void;

/** Hands a venue's fills to the clearing, which sends each on its own. */
export function fillsInto(venue: Venue, { clearing }: ReplicatedLedger): TradeListener {
  return (words, doubles, at) => {
    const { baseAsset, quoteAsset, lotUnits, tickLotUnits } = venue.listed[words[at + TradeWord.instrument]];
    const [taker, maker] = [words[at + TradeWord.takerOwner], words[at + TradeWord.makerOwner]];
    const takerFee = doubles[(at + TradeWord.takerFeeUnits) >> 1];
    const makerFee = doubles[(at + TradeWord.makerFeeUnits) >> 1];
    const takerBuys = sideOf(words[at + TradeWord.takerFlags]) === Side.buy;
    const qtyLots = words[at + TradeWord.qtyLots];
    clearing.fills.push({
      buyer: takerBuys ? taker : maker,
      seller: takerBuys ? maker : taker,
      baseAsset: marketAsset(baseAsset),
      quoteAsset: marketAsset(quoteAsset),
      baseUnits: qtyLots * lotUnits,
      quoteUnits: qtyLots * words[at + TradeWord.priceTicks] * tickLotUnits,
      buyerFee: takerBuys ? takerFee : makerFee,
      sellerFee: takerBuys ? makerFee : takerFee,
    });
  };
}
