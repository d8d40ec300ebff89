import type { OrderBook } from "../market/order-book.ts";
import { writeCancel, writeOwnerCommand, writeReplace, writeSubmit } from "../model/command.ts";
import type { TradingPhase } from "../model/phase.ts";
import { writeSetPhase } from "../model/phase.ts";
import { RecordKind, RECORD_WORDS } from "../model/record.ts";

/** A new order in full; see `SubmitOrder`. */
export interface SubmitStep {
  readonly do: "submit";
  readonly owner: number;
  readonly orderId: number;
  readonly flags: number;
  readonly priceTicks: number;
  readonly qtyLots: number;
  readonly displayLots: number;
  readonly triggerTicks: number;
  readonly expireTimeNs: number;
}

/** One thing that a test does to a book. Commands go to it as records, at the time that the last `clock` step set. */
export type BookStep =
  | SubmitStep
  | { readonly do: "cancel"; readonly owner: number; readonly orderId: number }
  | {
      readonly do: "replace";
      readonly owner: number;
      readonly orderId: number;
      readonly priceTicks: number;
      readonly qtyLots: number;
    }
  | { readonly do: "cancelAll" | "massCancel" | "disconnect"; readonly owner: number }
  | { readonly do: "phase"; readonly phase: TradingPhase; readonly reason: number; readonly untilNs: number }
  | { readonly do: "position"; readonly owner: number; readonly lots: number }
  | { readonly do: "clock"; readonly nowNs: number }
  | { readonly do: "expire" };

const OWNER_COMMANDS = {
  cancelAll: RecordKind.cancelAllOrders,
  massCancel: RecordKind.massCancel,
  disconnect: RecordKind.disconnect,
} as const;

/** Where the command stands among its neighbours: not at 0, so that a book which ignores `at` is found out. */
const AT = RECORD_WORDS;

/** Applies steps to one book. */
export class BookStepper {
  readonly book: OrderBook;
  nowNs = 0;
  readonly #words = new Int32Array(3 * RECORD_WORDS).fill(-1);
  readonly #doubles = new Float64Array(this.#words.buffer);

  constructor(book: OrderBook) {
    this.book = book;
  }

  apply(step: BookStep): void {
    const { instrument } = this.book.rules;
    switch (step.do) {
      case "clock":
        this.nowNs = step.nowNs;
        return;
      case "expire":
        this.book.expire(this.nowNs);
        return;
      case "position":
        this.book.setPosition(step.owner, step.lots);
        return;
      case "submit":
        writeSubmit(this.#words, this.#doubles, AT, { instrument, ...step });
        break;
      case "cancel":
        writeCancel(this.#words, AT, { instrument, ...step });
        break;
      case "phase":
        writeSetPhase(this.#words, this.#doubles, AT, { instrument, ...step });
        break;
      case "replace":
        writeReplace(this.#words, AT, { instrument, ...step });
        break;
      default:
        writeOwnerCommand(this.#words, AT, { kind: OWNER_COMMANDS[step.do], instrument, owner: step.owner });
    }
    this.book.apply(this.#words, this.#doubles, AT, this.nowNs);
  }
}
