/** The order book for a program that wants only that: commands in as integers, reports out of a ring. */
export { RecordRing } from "../core/record-ring.ts";
export { INT32_MAX } from "../core/units.ts";
export { DeltaWord } from "../model/book-delta.ts";
export {
  CommandWord,
  EVERY_INSTRUMENT,
  writeCancel,
  writeOwnerCommand,
  writeReplace,
  writeSubmit,
} from "../model/command.ts";
export type { CancelOrder, OwnerCommand, ReplaceOrder, SubmitOrder } from "../model/command.ts";
export {
  FlagBits,
  OrderType,
  SelfTradePrevention,
  TimeInForce,
  orderTypeOf,
  packFlags,
  selfTradePreventionOf,
  sideOf,
  timeInForceOf,
} from "../model/order-flags.ts";
export type { OrderFlags } from "../model/order-flags.ts";
export type { SetPhase, TradingPhaseName } from "../model/phase.ts";
export { PHASE_NAMES, PhaseChangedWord, SetPhaseWord, TradingPhase, writeSetPhase } from "../model/phase.ts";
export { REASONS, Reason, reasonName } from "../model/reason.ts";
export { RECORD_WORDS, RecordKind, recordKindName, recordLength } from "../model/record.ts";
export { AuctionLimitWord, FillWord, IN_AUCTION, ReportWord, TradeWord } from "../model/report.ts";

export { Side } from "../model/side.ts";
export { bookHash } from "./book-hash.ts";
export type { Clearing } from "./book/clearing-price.ts";
export { FastBook } from "./fast-book.ts";
export type { AdmitTriggered, BookRules, OrderBook, OrderView } from "./order-book.ts";
