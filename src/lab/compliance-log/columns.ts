/**
 * How a column is written. `int` is a whole number up to 2^53; the other numbers are decimals: `price` on the grid of the
 * instrument's ticks, `qty` on that of its lots, `money` in the smallest unit of its quote asset. `json` is text in JSON.
 */
export type ColumnType = "int" | "text" | "json" | "price" | "qty" | "money";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly meaning: string;
}

const column = (name: string, type: ColumnType, meaning: string): Column => ({ name, type, meaning });

/** Every column of the compliance log, in order. docs/compliance-log.md is generated from this. */
export const COLUMNS: readonly Column[] = [
  column("sequence", "int", "Number of the row in the whole log, from 0; a filtered export leaves gaps."),
  column("event", "int", "Number of the kernel's event in which it happened: `replay --until` takes it."),
  column("timeNs", "int", "Nanoseconds since the run's start."),
  column("time", "text", "The same as a time of day."),
  column("source", "text", "`venue`: it happened at a venue. `delivery`: a message reached its receiver."),
  column("kind", "text", "What happened: a kind of record."),
  column("venue", "text", "Where; of a delivery, the venue that sent or received it."),
  column("sender", "text", "Deliveries: who sent it; nothing where it came from outside."),
  column("receiver", "text", "Deliveries: who received it."),
  column("instrument", "text", "Symbol of the instrument; nothing where it concerns every one, or none."),
  column("agent", "text", "Whose order it is; of a delivery, who dealt with the venue; of a trade, the taker."),
  column("account", "int", "The agent's account at the venue."),
  column("orderId", "int", "The agent's own number of the order."),
  column("venueOrderId", "int", "The venue's public number of the order."),
  column("side", "text", "`buy` or `sell`: the order's, of a trade the taker's, of a book change the resting order's."),
  column("orderType", "text", "`limit`, `market`, `stop` or `stopLimit`."),
  column("timeInForce", "text", "`GTC`, `IOC`, `FOK`, `GTD` or `DAY`."),
  column("instructions", "text", "`postOnly`, `slide`, `reduceOnly`, `hidden`, with spaces between them."),
  column("selfTradePrevention", "text", "What was to happen on a trade with oneself, where something was."),
  column("price", "price", "Limit price of an order, price of a trade or of a level."),
  column("qty", "qty", "Quantity: of commands and acceptances the order's, of cancels what was taken out."),
  column("leavesQty", "qty", "What is left of the order."),
  column("filledQty", "qty", "What of the order is filled so far."),
  column("displayQty", "qty", "Shown quantity of an iceberg."),
  column("triggerPrice", "price", "Trigger of a stop order."),
  column("expireTimeNs", "int", "When a good-till-date order expires."),
  column("previousPrice", "price", "Replaced orders: the price before."),
  column("previousLeavesQty", "qty", "Replaced orders: what was left before."),
  column("liquidity", "text", "`maker`, `taker` or `auction`, of a fill."),
  column("fee", "money", "What the agent paid, for a trade or as a charge; negative for a rebate."),
  column("feeAsset", "text", "In what."),
  column("counterAgent", "text", "Trades: the maker, as the columns after it."),
  column("counterAccount", "int", "The maker's account."),
  column("counterOrderId", "int", "The maker's own number of the order."),
  column("counterLeavesQty", "qty", "What is left of the maker's order."),
  column("counterFee", "money", "What the maker paid; negative for a rebate."),
  column("tradeId", "int", "Number of the trade in its instrument, from 0."),
  column("reason", "text", "Name in the registry of reasons (reasons.md), where there is one."),
  column("requestKind", "text", "What was refused by a `requestRejected`."),
  column("collateral", "money", "Commits: what is set aside or given back, in the instrument's quote asset."),
  column("hash", "text", "Commits: SHA-256 of the order, hexadecimal (commit-reveal.md)."),
  column("salt", "text", "Reveals: what went into the hash beside the order, hexadecimal."),
  column("phase", "text", "`continuous`, `auction`, `halted` or `closed`: what the instrument enters (auctions.md)."),
  column("previousPhase", "text", "The phase before; `price` and `qty` are then those of the call that ended."),
  column("surplusQty", "qty", "What was left at the call's price: bought, or below 0 sold, in excess."),
  column("untilNs", "int", "When the phase shall end; of a commit, the batch."),
  column("auctions", "int", "Calls that have ended so far."),
  column("scope", "text", "Kill switch: `all`, `owner` or `group`."),
  column("target", "int", "Kill switch: the owner's account, or the number of the group."),
  column("visibleQty", "qty", "Book changes: what the order shows afterwards."),
  column("changeQty", "qty", "Book changes: by how much."),
  column("levelOrders", "int", "Visible orders at the level afterwards."),
  column("levelQty", "qty", "Visible quantity at the level afterwards."),
  column("bidPrice", "price", "Quotes: the best bid."),
  column("bidQty", "qty", "Quantity there."),
  column("askPrice", "price", "Quotes: the best ask."),
  column("askQty", "qty", "Quantity there."),
  column("lastPrice", "price", "Quotes: price of the last trade."),
  column("volume", "qty", "Quotes: quantity traded since the start."),
  column("bids", "json", "Snapshots: an array of `[price, qty, orders]`, best first."),
  column("asks", "json", "As `bids`."),
  column("following", "int", "Messages of the same moment that are still to come."),
  column("depth", "text", "Subscriptions: `quotes`, `levels`, `orders` or `trades`."),
  column("feedMode", "text", "Subscriptions: `everyChange`, `conflated` or `snapshots`."),
  column("levels", "int", "Subscriptions to snapshots: levels a side."),
  column("intervalNs", "int", "Subscriptions: time between two messages."),
  column("firstSequence", "int", "First book change that the record covers (market-data.md)."),
  column("lastSequence", "int", "Last book change that the record covers."),
  column("words", "json", "The record's int32 words, where its fields are not known or its instrument is not listed."),
];

const places = new Map(COLUMNS.map(({ name }, place) => [name, place]));

/** Place of a column, or -1. */
export function columnPlace(name: string): number {
  return places.get(name) ?? -1;
}

/** The columns in Markdown, for docs/compliance-log.md. */
export function renderColumns(): string {
  const rows = COLUMNS.map(({ name, type, meaning }) => `| \`${name}\` | ${type} | ${meaning} |`);
  return ["| column | type | what it is |", "| --- | --- | --- |", ...rows].join("\n");
}
