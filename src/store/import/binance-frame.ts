import type { LineFault } from "./quarantine.ts";

/** Binance's markets differ in how their update ids chain and in what their messages carry. */
export type BinanceMarket = "spot" | "usdm" | "coinm";

/** A price and a quantity, as the venue wrote them. */
export type BinanceLevel = readonly [price: string, qty: string];

interface FrameTimes {
  /** When the recorder received the frame: Unix seconds, and nanoseconds within the second. */
  readonly receiveSeconds: number;
  readonly receiveNanos: number;
  /** The venue's time in Unix microseconds: the transaction's (T) where given, else the event's (E); undefined without either. */
  readonly eventMicros: number | undefined;
}

interface FrameOfSymbol extends FrameTimes {
  readonly market: BinanceMarket;
  readonly symbol: string;
}

/** A change of the book: each level's quantity from now on, 0 for none. */
export interface DepthFrame extends FrameOfSymbol {
  readonly type: "depth";
  /** U, u and (futures only) pu: first and last update id within, and the last one of the frame before. */
  readonly firstUpdateId: number;
  readonly lastUpdateId: number;
  readonly previousUpdateId: number | undefined;
  readonly bids: readonly BinanceLevel[];
  readonly asks: readonly BinanceLevel[];
}

/** A REST snapshot of the book, embedded in the recording as a line. Only COIN-M snapshots name their symbol. */
export interface SnapshotFrame extends FrameTimes {
  readonly type: "snapshot";
  readonly market: BinanceMarket;
  readonly symbol: string | undefined;
  readonly lastUpdateId: number;
  readonly bids: readonly BinanceLevel[];
  readonly asks: readonly BinanceLevel[];
}

export interface TradeFrame extends FrameOfSymbol {
  readonly type: "trade" | "aggTrade";
  readonly id: number;
  readonly price: string;
  readonly qty: string;
  /** The buyer's order rested, so the seller was the aggressor. */
  readonly buyerIsMaker: boolean;
  /** False for futures trades outside the book, such as those of the insurance fund. */
  readonly isOnBook: boolean;
}

/** bookTicker: best bid and ask. */
export interface QuoteFrame extends FrameOfSymbol {
  readonly type: "quote";
  readonly updateId: number;
  readonly bid: BinanceLevel;
  readonly ask: BinanceLevel;
}

/** A frame that the importer knows nothing of, such as a kline: counted by its stream, and skipped. */
export interface OtherFrame {
  readonly type: "other";
  readonly stream: string;
}

export type BinanceFrame = DepthFrame | SnapshotFrame | TradeFrame | QuoteFrame | OtherFrame;

const TIME_DIGITS = 19;
const SPACE = 32;
/** Event times above this are in microseconds, as spot streams with `timeUnit=MICROSECOND` send them. */
const MILLIS_MAX = 1e14;
/** COIN-M symbols are quoted in USD and say when they expire: BTCUSD_PERP, BTCUSD_240927. */
const COIN_M_SYMBOL = /USD_(?:PERP|[0-9]{6})$/;
/** Streams of the best 5, 10 or 20 levels look like diffs or snapshots of the whole book, and are neither. */
const PARTIAL_DEPTH = /^depth(?:5|10|20)(?:@|$)/;

type Fields = Readonly<Record<string, unknown>>;

/** Reads one line of a raw recording: `<Unix ns>`, a space, then `{"stream":...,"data":...}`, a bare message or a snapshot. */
export function parseBinanceLine(line: string): BinanceFrame | LineFault {
  for (let i = 0; i < TIME_DIGITS; i++) {
    const digit = line.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return notAFrame(line);
  }
  if (line.charCodeAt(TIME_DIGITS) !== SPACE) return notAFrame(line);
  let message: unknown;
  try {
    message = JSON.parse(line.slice(TIME_DIGITS + 1));
  } catch (error) {
    return { code: "bad-json", reason: error instanceof Error ? error.message : String(error) };
  }
  if (!isFields(message)) return { code: "bad-field", reason: "expected a JSON object behind the time" };
  const receiveSeconds = Number(line.slice(0, 10));
  const receiveNanos = Number(line.slice(10, TIME_DIGITS));
  const stream = typeof message["stream"] === "string" ? message["stream"].replace(/^[^@]*@/, "") : undefined;
  if (stream !== undefined && PARTIAL_DEPTH.test(stream)) return { type: "other", stream: stream.slice(0, 40) };
  const data = "data" in message ? message["data"] : message;
  if (!isFields(data)) return { code: "bad-field", reason: "data: expected an object" };
  const eventMicros = eventTime(data);
  if (eventMicros === null) return { code: "bad-time", reason: "T, E: expected whole ms or us since 1970" };
  const times = { receiveSeconds, receiveNanos, eventMicros };
  if ("lastUpdateId" in data && "bids" in data) return snapshot(data, times);
  const event = data["e"];
  if (event === "depthUpdate") return depth(data, times);
  if (event === "trade" || event === "aggTrade") return trade(event, data, times);
  // Spot sends bookTicker without a type: it is known by its fields.
  if (event === "bookTicker" || (event === undefined && "B" in data && "A" in data)) return quote(data, times);
  return { type: "other", stream: (typeof event === "string" ? event : (stream ?? "message")).slice(0, 40) };
}

function depth(data: Fields, times: FrameTimes): DepthFrame | LineFault {
  const { s: symbol, U: firstUpdateId, u: lastUpdateId, pu: previousUpdateId, b: bids, a: asks } = data;
  if (!isSymbol(symbol)) return badField("s", "a symbol", symbol);
  if (!isId(firstUpdateId)) return badField("U", "an update id", firstUpdateId);
  if (!isId(lastUpdateId) || lastUpdateId < firstUpdateId)
    return badField("u", "an update id not below U", lastUpdateId);
  if (previousUpdateId !== undefined && !isId(previousUpdateId))
    return badField("pu", "an update id", previousUpdateId);
  if (!areLevels(bids)) return badField("b", "levels", bids);
  if (!areLevels(asks)) return badField("a", "levels", asks);
  const market = previousUpdateId === undefined ? "spot" : futuresMarket(data, symbol);
  return { type: "depth", ...times, market, symbol, firstUpdateId, lastUpdateId, previousUpdateId, bids, asks };
}

function snapshot(data: Fields, times: FrameTimes): SnapshotFrame | LineFault {
  const { symbol, lastUpdateId, bids, asks } = data;
  if (symbol !== undefined && !isSymbol(symbol)) return badField("symbol", "a symbol", symbol);
  if (!isId(lastUpdateId)) return badField("lastUpdateId", "an update id", lastUpdateId);
  if (!areLevels(bids)) return badField("bids", "levels", bids);
  if (!areLevels(asks)) return badField("asks", "levels", asks);
  const market = symbol !== undefined ? "coinm" : times.eventMicros !== undefined ? "usdm" : "spot";
  return { type: "snapshot", ...times, market, symbol, lastUpdateId, bids, asks };
}

function trade(type: "trade" | "aggTrade", data: Fields, times: FrameTimes): TradeFrame | LineFault {
  const { s: symbol, p: price, q: qty, m: buyerIsMaker, X: kind } = data;
  const idName = type === "trade" ? "t" : "a";
  const id = data[idName];
  if (!isSymbol(symbol)) return badField("s", "a symbol", symbol);
  if (!isId(id)) return badField(idName, "a trade id", id);
  if (typeof price !== "string") return badField("p", "a price as text", price);
  if (typeof qty !== "string") return badField("q", "a quantity as text", qty);
  if (typeof buyerIsMaker !== "boolean") return badField("m", "true or false", buyerIsMaker);
  // Only spot trades carry M, which once meant "best match" and is to be ignored.
  const market = "M" in data ? "spot" : futuresMarket(data, symbol);
  const isOnBook = kind === undefined || kind === "MARKET";
  return { type, ...times, market, symbol, id, price, qty, buyerIsMaker, isOnBook };
}

function quote(data: Fields, times: FrameTimes): QuoteFrame | LineFault {
  const { s: symbol, u: updateId, b: bidPrice, B: bidQty, a: askPrice, A: askQty } = data;
  if (!isSymbol(symbol)) return badField("s", "a symbol", symbol);
  if (!isId(updateId)) return badField("u", "an update id", updateId);
  const bid = [bidPrice, bidQty];
  const ask = [askPrice, askQty];
  if (!isLevel(bid)) return badField("b, B", "a price and a quantity as text", bid);
  if (!isLevel(ask)) return badField("a, A", "a price and a quantity as text", ask);
  const market = times.eventMicros === undefined ? "spot" : futuresMarket(data, symbol);
  return { type: "quote", ...times, market, symbol, updateId, bid, ask };
}

function futuresMarket(data: Fields, symbol: string): BinanceMarket {
  return "ps" in data || COIN_M_SYMBOL.test(symbol) ? "coinm" : "usdm";
}

/** Unix microseconds; undefined without a time, null where it is none. */
function eventTime(data: Fields): number | undefined | null {
  const time = data["T"] ?? data["E"];
  if (time === undefined) return undefined;
  if (typeof time !== "number" || !Number.isSafeInteger(time) || time <= 0) return null;
  if (time > MILLIS_MAX) return time;
  return time * 1000;
}

function notAFrame(line: string): LineFault {
  return { code: "no-frame", reason: `expected 19 digits of Unix ns, a space and JSON, found ${shown(line)}` };
}

function badField(name: string, expected: string, found: unknown): LineFault {
  return { code: "bad-field", reason: `${name}: expected ${expected}, found ${shown(found)}` };
}

/** Never more than a few words: what stands in a field may be a megabyte, or nested so deep that printing it fails. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (value === undefined) return "nothing";
  return Array.isArray(value) ? "an array" : "an object";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSymbol(value: unknown): value is string {
  return typeof value === "string" && value.length > 0 && value.length <= 40;
}

function isId(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isLevel(value: unknown): value is BinanceLevel {
  return Array.isArray(value) && value.length >= 2 && typeof value[0] === "string" && typeof value[1] === "string";
}

function areLevels(value: unknown): value is readonly BinanceLevel[] {
  return Array.isArray(value) && value.every(isLevel);
}
