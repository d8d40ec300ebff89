import type { ActorContext } from "../../kernel/actor.ts";
import type { Venue } from "../../market/venue.ts";
import {
  AccountBalanceWord,
  AccountEndWord,
  AccountFillWord,
  AccountOrderWord,
  AccountPositionWord,
  OrderStatusWord,
  QueryOrderWord,
  RequestAccountWord,
} from "../../model/account-query.ts";
import { RecordKind } from "../../model/record.ts";
import type { OrderHistory } from "./order-history.ts";

/** Answers an owner's questions about its orders and its account; each record is a message of its own. */
export class AccountAnswers {
  readonly #venue: Venue;
  readonly #account: number;
  readonly #history: OrderHistory;

  constructor(venue: Venue, account: number, history: OrderHistory) {
    this.#venue = venue;
    this.#account = account;
    this.#history = history;
  }

  /** Answers the question at `words[at…]` to whoever sent it. */
  answer(context: ActorContext, words: Int32Array, at: number): void {
    if (words[at] === RecordKind.queryOrder) this.#tellStatus(context, words, at);
    else this.#tellAccount(context, words[at + RequestAccountWord.request], fillsSince(context, at));
  }

  #tellStatus(context: ActorContext, words: Int32Array, at: number): void {
    const instrument = words[at + QueryOrderWord.instrument];
    const orderId = words[at + QueryOrderWord.orderId];
    const query = words[at + QueryOrderWord.query];
    const { state, filledLots } = this.#history.stateOf(instrument, orderId);
    this.#send(context, (to) => {
      const answer = context.words;
      answer[to] = RecordKind.orderStatus;
      answer[to + OrderStatusWord.instrument] = instrument;
      answer[to + OrderStatusWord.orderId] = orderId;
      answer[to + OrderStatusWord.query] = query;
      answer[to + OrderStatusWord.state] = state;
      answer[to + OrderStatusWord.filledLots] = filledLots;
    });
  }

  #tellAccount(context: ActorContext, request: number, sinceNs: number): void {
    let records = 0;
    const tell = (kind: number, write: (words: Int32Array, doubles: Float64Array, to: number) => void): void => {
      records++;
      this.#send(context, (to) => {
        context.words[to] = kind;
        context.words[to + AccountOrderWord.request] = request;
        write(context.words, context.doubles, to);
      });
    };
    for (const order of this.#history.working.values()) {
      tell(RecordKind.accountOrder, (words, _doubles, to) => {
        words[to + AccountOrderWord.instrument] = order.instrument;
        words[to + AccountOrderWord.orderId] = order.orderId;
        words[to + AccountOrderWord.side] = order.side;
        words[to + AccountOrderWord.priceTicks] = order.priceTicks;
        words[to + AccountOrderWord.qtyLots] = order.qtyLots;
        words[to + AccountOrderWord.filledLots] = order.filledLots;
      });
    }
    for (const fill of this.#history.fillsSince(sinceNs)) {
      tell(RecordKind.accountFill, (words, doubles, to) => {
        words[to + AccountFillWord.instrument] = fill.instrument;
        words[to + AccountFillWord.orderId] = fill.orderId;
        words[to + AccountFillWord.side] = fill.side;
        words[to + AccountFillWord.priceTicks] = fill.priceTicks;
        words[to + AccountFillWord.qtyLots] = fill.qtyLots;
        words[to + AccountFillWord.isMaker] = fill.isMaker ? 1 : 0;
        words[to + AccountFillWord.tradeId] = fill.tradeId;
        doubles[(to + AccountFillWord.feeUnits) >> 1] = fill.feeUnits;
        doubles[(to + AccountFillWord.timeNs) >> 1] = fill.timeNs;
      });
    }
    for (const [instrument, book] of this.#venue.books.entries()) {
      tell(RecordKind.accountPosition, (words, _doubles, to) => {
        words[to + AccountPositionWord.instrument] = instrument;
        words[to + AccountPositionWord.lots] = this.#history.position(instrument);
        words[to + AccountPositionWord.markTicks] = book.lastPriceTicks;
      });
    }
    for (const asset of this.#assets()) {
      tell(RecordKind.accountBalance, (words, doubles, to) => {
        words[to + AccountBalanceWord.asset] = asset;
        doubles[(to + AccountBalanceWord.units) >> 1] = this.#venue.ledger.balance(this.#account, asset);
      });
    }
    this.#send(context, (to) => {
      context.words[to] = RecordKind.accountEnd;
      context.words[to + AccountEndWord.request] = request;
      context.words[to + AccountEndWord.records] = records;
      context.doubles[(to + AccountEndWord.asOfNs) >> 1] = context.nowNs;
    });
  }

  /** Assets that the venue's instruments trade or pay in, each once. */
  #assets(): readonly number[] {
    return [...new Set(this.#venue.listed.flatMap(({ baseAsset, quoteAsset }) => [baseAsset, quoteAsset]))];
  }

  #send(context: ActorContext, write: (to: number) => void): void {
    const asker = context.sender;
    const message = context.compose();
    write(message << 4);
    context.send(asker, message);
  }
}

/** Read before anything is composed, because composing may move the memory of messages. */
function fillsSince(context: ActorContext, at: number): number {
  return context.doubles[(at + RequestAccountWord.fillsSinceNs) >> 1];
}
