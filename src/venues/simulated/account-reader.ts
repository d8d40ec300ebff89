import type { Nanos } from "../../core/units.ts";
import type { DeskMarket } from "../../desk/listing.ts";
import type { VenueAccount, VenueOrder } from "../../desk/venue-account.ts";
import type { VenueFill } from "../../desk/venue-fill.ts";
import {
  AccountBalanceWord,
  AccountEndWord,
  AccountFillWord,
  AccountOrderWord,
  AccountPositionWord,
} from "../../model/account-query.ts";
import { RecordKind } from "../../model/record.ts";
import type { Side } from "../../model/side.ts";

interface Parts {
  records: number;
  readonly orders: VenueOrder[];
  readonly fills: VenueFill[];
  readonly positions: VenueAccount["positions"][number][];
  readonly balances: { readonly asset: number; readonly units: bigint }[];
}

/** Puts a venue's answer about an account together of its records. One of which a record is missing is no answer. */
export class AccountReader {
  readonly #venue: number;
  /** By the venue's own number of the instrument. */
  readonly #markets: readonly DeskMarket[];
  readonly #clientOrderId: (orderId: number) => string;
  #request = 0;
  #fillsSinceNs: Nanos = 0;
  #parts = noParts();

  constructor(venue: number, markets: readonly DeskMarket[], clientOrderId: (orderId: number) => string) {
    this.#venue = venue;
    this.#markets = markets;
    this.#clientOrderId = clientOrderId;
  }

  /** A request has been sent: what comes of earlier ones is not looked at any more. */
  begin(request: number, fillsSinceNs: Nanos): void {
    this.#request = request;
    this.#fillsSinceNs = fillsSinceNs;
    this.#parts = noParts();
  }

  /** @returns the account, with the last of its records */
  read(words: Int32Array, doubles: Float64Array, at: number): VenueAccount | undefined {
    const isEnd = words[at] === RecordKind.accountEnd;
    if (words[at + (isEnd ? AccountEndWord.request : AccountOrderWord.request)] !== this.#request) return undefined;
    if (!isEnd) {
      this.#parts.records++;
      this.#add(words, doubles, at);
      return undefined;
    }
    const { records, ...parts } = this.#parts;
    const fillsSinceNs = this.#fillsSinceNs;
    this.begin(0, 0);
    if (records !== words[at + AccountEndWord.records]) return undefined;
    const asOfNs = doubles[(at + AccountEndWord.asOfNs) >> 1];
    return { venue: this.#venue, asOfNs, fillsSinceNs, ...parts };
  }

  #add(words: Int32Array, doubles: Float64Array, at: number): void {
    const { orders, fills, positions, balances } = this.#parts;
    const market = this.#markets[words[at + AccountOrderWord.instrument]];
    switch (words[at]) {
      case RecordKind.accountOrder:
        orders.push({
          market: market.number,
          clientOrderId: this.#clientOrderId(words[at + AccountOrderWord.orderId]),
          side: words[at + AccountOrderWord.side] as Side,
          priceTicks: words[at + AccountOrderWord.priceTicks],
          qtyLots: words[at + AccountOrderWord.qtyLots],
          filledLots: words[at + AccountOrderWord.filledLots],
        });
        break;
      case RecordKind.accountFill:
        fills.push({
          market: market.number,
          fillId: String(words[at + AccountFillWord.tradeId]),
          clientOrderId: this.#clientOrderId(words[at + AccountFillWord.orderId]),
          side: words[at + AccountFillWord.side] as Side,
          priceTicks: words[at + AccountFillWord.priceTicks],
          qtyLots: words[at + AccountFillWord.qtyLots],
          feeUnits: doubles[(at + AccountFillWord.feeUnits) >> 1],
          feeAsset: market.listed.quoteAsset,
          liquidity: words[at + AccountFillWord.isMaker] === 1 ? "maker" : "taker",
          venueTimeNs: doubles[(at + AccountFillWord.timeNs) >> 1],
        });
        break;
      case RecordKind.accountPosition:
        positions.push({
          market: market.number,
          lots: words[at + AccountPositionWord.lots],
          markTicks: words[at + AccountPositionWord.markTicks],
        });
        break;
      case RecordKind.accountBalance:
        balances.push({
          asset: words[at + AccountBalanceWord.asset],
          units: BigInt(doubles[(at + AccountBalanceWord.units) >> 1]),
        });
        break;
      default:
    }
  }
}

function noParts(): Parts {
  return { records: 0, orders: [], fills: [], positions: [], balances: [] };
}
