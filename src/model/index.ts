/** The market's nouns: instruments, commands, reports, market data, reasons. */
export {
  AccountBalanceWord,
  AccountEndWord,
  AccountFillWord,
  AccountOrderWord,
  AccountPositionWord,
  OrderState,
  OrderStatusWord,
  QueryOrderWord,
  RequestAccountWord,
} from "./account-query.ts";
export { DeltaWord } from "./book-delta.ts";
export type { CancelOrder, OwnerCommand, ReplaceOrder, SubmitOrder } from "./command.ts";
export {
  CommandWord,
  EVERY_INSTRUMENT,
  OverheardWord,
  writeCancel,
  writeOwnerCommand,
  writeReplace,
  writeSubmit,
} from "./command.ts";
export type { Instrument, InstrumentSpec } from "./instrument.ts";
export { createInstrument } from "./instrument.ts";
export type { Asset, Listed } from "./listing.ts";
export { AssetTable } from "./listing.ts";
export {
  AuctionWord,
  Depth,
  FeedMode,
  LevelChangedWord,
  NO_SIDE,
  PublicTradeWord,
  QuoteWord,
  SNAPSHOT_LEVELS_MAX,
  SnapshotWord,
  SubscribeWord,
} from "./market-data.ts";
export type { OrderFlags } from "./order-flags.ts";
export { FlagBits, OrderType, SelfTradePrevention, TimeInForce, packFlags } from "./order-flags.ts";
export type { SetPhase, TradingPhaseName } from "./phase.ts";
export { PHASE_NAMES, PhaseChangedWord, SetPhaseWord, TradingPhase, writeSetPhase } from "./phase.ts";
export { REASONS, Reason, reasonName } from "./reason.ts";
export { RECORD_WORDS, RecordKind, recordKindName, recordLength } from "./record.ts";
export { AuctionLimitWord, FillWord, IN_AUCTION, ReportWord, TradeWord } from "./report.ts";
export { SIDE_NAMES, Side } from "./side.ts";
