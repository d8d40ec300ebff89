import type { BookRules, OrderBook } from "../market/order-book.ts";
import { packFlags } from "../model/order-flags.ts";
import { PhaseChangedWord, TradingPhase } from "../model/phase.ts";
import { RecordKind } from "../model/record.ts";
import { ReportWord, TradeWord } from "../model/report.ts";
import type { Side } from "../model/side.ts";
import { BookStepper } from "./book-steps.ts";
import { waitingRecords } from "./stale-words.ts";

/** A limit order of a batch; `(owner, orderId)` is its name. */
export interface BatchOrder {
  readonly owner: number;
  readonly orderId: number;
  readonly side: Side;
  readonly priceTicks: number;
  readonly qtyLots: number;
}

export interface BatchTrade {
  readonly priceTicks: number;
  readonly qtyLots: number;
  /** Buyer and seller, as `owner:orderId`. */
  readonly buy: string;
  readonly sell: string;
}

export interface BatchResult {
  readonly priceTicks: number;
  readonly volumeLots: number;
  readonly surplusLots: number;
  /** In the order in which they were reported. */
  readonly trades: readonly BatchTrade[];
  /** What is left of each order that is not filled, by name. */
  readonly left: ReadonlyMap<string, number>;
}

/** Sends orders into one call of an empty book and ends it. */
export function runBatch(
  create: (rules: BookRules) => OrderBook,
  rules: BookRules,
  orders: readonly BatchOrder[],
): BatchResult {
  const book = create(rules);
  const stepper = new BookStepper(book);
  const phase = (next: TradingPhase): void => stepper.apply({ do: "phase", phase: next, reason: 0, untilNs: 0 });
  phase(TradingPhase.auction);
  for (const { side, ...order } of orders) {
    stepper.apply({
      do: "submit",
      flags: packFlags({ side }),
      displayLots: 0,
      triggerTicks: 0,
      expireTimeNs: 0,
      ...order,
    });
  }
  book.reports.clear();
  phase(TradingPhase.auction);
  const { words, doubles } = book.reports;
  const [end, ...rest] = waitingRecords(book.reports);
  const name = (at: number, owner: number, orderId: number): string => `${words[at + owner]}:${words[at + orderId]}`;
  const trades = rest
    .filter((at) => words[at + ReportWord.kind] === RecordKind.trade)
    .map((at) => ({
      priceTicks: words[at + TradeWord.priceTicks],
      qtyLots: words[at + TradeWord.qtyLots],
      buy: name(at, TradeWord.takerOwner, TradeWord.takerOrderId),
      sell: name(at, TradeWord.makerOwner, TradeWord.makerOrderId),
    }));
  return {
    priceTicks: words[end + PhaseChangedWord.priceTicks],
    volumeLots: doubles[(end + PhaseChangedWord.volumeLots) >> 1],
    surplusLots: doubles[(end + PhaseChangedWord.surplusLots) >> 1],
    trades,
    left: new Map(book.orders().map(({ owner, orderId, leavesLots }) => [`${owner}:${orderId}`, leavesLots])),
  };
}
