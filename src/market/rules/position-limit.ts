import type { Lots } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord, TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import type { FastBook } from "../fast-book.ts";
import { OwnerValues } from "./owner-values.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { owner: OWNER, orderId: ORDER_ID, flags: FLAGS, qtyLots: QTY_LOTS } = CommandWord;
const { leavesLots: LEAVES_LOTS, previousLeavesLots: PREVIOUS_LEAVES_LOTS } = ReportWord;
const { takerOwner: TAKER_OWNER, takerFlags: TAKER_FLAGS, makerOwner: MAKER_OWNER } = TradeWord;
const {
  submitOrder: SUBMIT,
  orderAccepted: ACCEPTED,
  orderCanceled: CANCELED,
  orderExpired: EXPIRED,
  orderReplaced: REPLACED,
} = RecordKind;
const { none: NONE, positionLimit: LIMIT } = Reason;
const { side: SIDE, reduceOnly: REDUCE_ONLY } = FlagBits;
const { buy: BUY } = Side;

/** Numbers of an owner: lots of its working buys and sells, by side. */
const STRIDE = 2;

export interface PositionLimitOptions {
  /** How many lots an owner may be long, or short. */
  readonly lotsMax: Lots;
}

/**
 * Keeps each owner's position within a limit, whatever trades: refused is what could take it beyond the limit if this
 * order and all of its working orders of the same side traded, waiting stops included. A reduce-only order is counted
 * for no more than there is to reduce. An owner whose position is beyond the limit already may reduce it.
 */
export class PositionLimit implements VenueRule {
  declare private readonly book: FastBook;
  declare private readonly lotsMax: number;
  private readonly working = new OwnerValues(STRIDE);

  constructor({ lotsMax }: PositionLimitOptions, site: RuleSite) {
    this.lotsMax = lotsMax;
    this.book = site.book;
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number): number {
    // A function of its own for what is rare, so that V8 can take this one into the chain.
    if (words[at] !== SUBMIT) return this.admitReplace(words, at);
    const owner = words[at | OWNER];
    const flags = words[at | FLAGS];
    const side = flags & SIDE;
    const position = this.positionTo(side, owner);
    let lots = words[at | QTY_LOTS];
    if ((flags & REDUCE_ONLY) !== 0) lots = Math.min(lots, Math.max(0, 0 - position));
    return this.fits(owner, side, position, lots) ? NONE : LIMIT;
  }

  private admitReplace(words: Int32Array, at: number): number {
    const owner = words[at | OWNER];
    const order = this.book.peek(owner, words[at | ORDER_ID]);
    if (order === undefined) return NONE;
    const more = words[at | QTY_LOTS] - order.filledLots - order.leavesLots;
    const side = order.flags & SIDE;
    return more <= 0 || this.fits(owner, side, this.positionTo(side, owner), more) ? NONE : LIMIT;
  }

  onOrder(words: Int32Array, _doubles: Float64Array, at: number): void {
    const row = this.working.rowOf(words[at | OWNER]) + (words[at | FLAGS] & SIDE);
    const { numbers } = this.working;
    switch (words[at]) {
      case ACCEPTED:
        numbers[row] += words[at | LEAVES_LOTS];
        break;
      case CANCELED:
      case EXPIRED:
        numbers[row] -= words[at | QTY_LOTS];
        break;
      case REPLACED:
        numbers[row] += words[at | LEAVES_LOTS] - words[at | PREVIOUS_LEAVES_LOTS];
        break;
      default:
    }
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number): void {
    const { working } = this;
    const side = words[at | TAKER_FLAGS] & SIDE;
    const qty = words[at | QTY_LOTS];
    const taker = working.rowOf(words[at | TAKER_OWNER]) + side;
    working.numbers[taker] -= qty;
    const maker = working.rowOf(words[at | MAKER_OWNER]) + (side ^ SIDE);
    working.numbers[maker] -= qty;
  }

  /** The position in the direction of a side: what a sell makes smaller is negative for it. */
  private positionTo(side: number, owner: number): number {
    const position = this.book.position(owner);
    return side === BUY ? position : 0 - position;
  }

  private fits(owner: number, side: number, position: number, lots: number): boolean {
    const row = this.working.rowOf(owner) + side;
    return position + this.working.numbers[row] + lots <= this.lotsMax;
  }
}
