import { describe, expect, test } from "vitest";

import { type BinanceFrame, parseBinanceLine } from "./binance-frame.ts";

const TIME = "1723161253937085768";
const wrapped = (stream: string, data: unknown) => `${TIME} ${JSON.stringify({ stream: `btcusdt@${stream}`, data })}`;
const bare = (data: unknown) => `${TIME} ${JSON.stringify(data)}`;
const times = { receiveSeconds: 1_723_161_253, receiveNanos: 937_085_768 };

const SPOT_DEPTH = { e: "depthUpdate", E: 1_723_161_255_208, s: "BTCUSDT", U: 10, u: 12, b: [["1.00", "2"]], a: [] };
const FUTURES = { ...SPOT_DEPTH, T: 1_723_161_255_200, pu: 9 };
const SPOT_TRADE = { e: "trade", E: 3, s: "BTCUSDT", t: 7, p: "1", q: "2", T: 1_723_161_255_342, m: true, M: true };
const FUTURES_TRADE = {
  e: "trade",
  E: 3,
  T: 1_723_161_255_342,
  s: "BTCUSDT",
  t: 7,
  p: "1",
  q: "2",
  X: "MARKET",
  m: false,
};
const SPOT_QUOTE = { u: 5, s: "BTCUSDT", b: "1", B: "2", a: "3", A: "4" };

describe("a line", () => {
  test.each<[string, string, Partial<BinanceFrame>]>([
    [
      "spot diff",
      wrapped("depth@100ms", SPOT_DEPTH),
      {
        type: "depth",
        market: "spot",
        firstUpdateId: 10,
        lastUpdateId: 12,
        previousUpdateId: undefined,
        eventMicros: 1_723_161_255_208_000,
        bids: [["1.00", "2"]],
        asks: [],
        ...times,
      },
    ],
    [
      "USD-M diff",
      wrapped("depth@0ms", FUTURES),
      { type: "depth", market: "usdm", previousUpdateId: 9, eventMicros: 1_723_161_255_200_000 },
    ],
    [
      "COIN-M diff",
      wrapped("depth", { ...FUTURES, s: "BTCUSD_PERP", ps: "BTCUSD" }),
      { type: "depth", market: "coinm", symbol: "BTCUSD_PERP" },
    ],
    ["diff without its stream", bare(SPOT_DEPTH), { type: "depth", market: "spot" }],
    ["time in microseconds", bare({ ...SPOT_DEPTH, E: 1_723_161_255_208_123 }), { eventMicros: 1_723_161_255_208_123 }],
    [
      "spot trade",
      wrapped("trade", SPOT_TRADE),
      { type: "trade", market: "spot", id: 7, buyerIsMaker: true, isOnBook: true },
    ],
    [
      "USD-M trade",
      wrapped("trade", FUTURES_TRADE),
      { type: "trade", market: "usdm", buyerIsMaker: false, isOnBook: true },
    ],
    ["COIN-M trade", wrapped("trade", { ...FUTURES_TRADE, s: "BTCUSD_240927" }), { type: "trade", market: "coinm" }],
    ["trade of the insurance fund", wrapped("trade", { ...FUTURES_TRADE, X: "INSURANCE_FUND" }), { isOnBook: false }],
    ["aggregate trade", wrapped("aggTrade", { ...SPOT_TRADE, e: "aggTrade", a: 3 }), { type: "aggTrade", id: 3 }],
    [
      "spot quote, which has neither type nor time",
      wrapped("bookTicker", SPOT_QUOTE),
      { type: "quote", market: "spot", updateId: 5, bid: ["1", "2"], ask: ["3", "4"], eventMicros: undefined },
    ],
    [
      "USD-M quote",
      wrapped("bookTicker", { e: "bookTicker", T: 5, E: 6, ...SPOT_QUOTE }),
      { type: "quote", market: "usdm" },
    ],
    [
      "spot snapshot",
      bare({ lastUpdateId: 4, bids: [["1", "2"]], asks: [] }),
      { type: "snapshot", market: "spot", symbol: undefined },
    ],
    ["USD-M snapshot", bare({ lastUpdateId: 4, E: 1, T: 2, bids: [], asks: [] }), { type: "snapshot", market: "usdm" }],
    [
      "COIN-M snapshot",
      bare({ lastUpdateId: 4, E: 1, T: 2, symbol: "BTCUSD_PERP", pair: "BTCUSD", bids: [], asks: [] }),
      { type: "snapshot", market: "coinm", symbol: "BTCUSD_PERP" },
    ],
    ["kline", wrapped("kline_1m", { e: "kline", E: 1, s: "BTCUSDT", k: {} }), { type: "other", stream: "kline" }],
    ["stream without a type", wrapped("somethingNew", { x: 1 }), { type: "other", stream: "somethingNew" }],
    ["answer to a subscription", bare({ result: null, id: 1 }), { type: "other", stream: "message" }],
    [
      "best five levels, which look like a diff",
      wrapped("depth5@100ms", FUTURES),
      { type: "other", stream: "depth5@100ms" },
    ],
    [
      "best 20 levels, which look like a snapshot",
      wrapped("depth20", { lastUpdateId: 4, bids: [], asks: [] }),
      { type: "other" },
    ],
  ])("is a %s", (_, line, expected) => {
    expect(parseBinanceLine(line)).toMatchObject(expected);
  });

  test.each<[string, string, string, string]>([
    ["", "", "no-frame", 'expected 19 digits of Unix ns, a space and JSON, found ""'],
    ["milliseconds in front", `1723161253937 {"a":1}`, "no-frame", "expected 19 digits"],
    ["no space", `${TIME}{"a":1}`, "no-frame", "expected 19 digits"],
    ["cut short", wrapped("depth", SPOT_DEPTH).slice(0, -9), "bad-json", "JSON"],
    ["an array", `${TIME} [1]`, "bad-field", "expected a JSON object"],
    ["data of text", `${TIME} {"stream":"x","data":"y"}`, "bad-field", "data: expected an object"],
    ["no symbol", bare({ ...SPOT_DEPTH, s: undefined }), "bad-field", "s: expected a symbol, found nothing"],
    ["ids as text", bare({ ...SPOT_DEPTH, U: "10" }), "bad-field", 'U: expected an update id, found "10"'],
    ["ids that fall", bare({ ...SPOT_DEPTH, u: 9 }), "bad-field", "u: expected an update id not below U, found 9"],
    ["ids beyond 2^53", bare({ ...SPOT_DEPTH, u: 1e300 }), "bad-field", "u: expected an update id"],
    ["pu of text", bare({ ...FUTURES, pu: "9" }), "bad-field", "pu: expected an update id"],
    ["levels of numbers", bare({ ...SPOT_DEPTH, b: [[1, 2]] }), "bad-field", "b: expected levels, found an array"],
    ["levels without quantity", bare({ ...SPOT_DEPTH, a: [["1"]] }), "bad-field", "a: expected levels"],
    ["no levels", bare({ ...SPOT_DEPTH, a: undefined }), "bad-field", "a: expected levels, found nothing"],
    ["a time of text", bare({ ...SPOT_DEPTH, E: "now" }), "bad-time", "T, E: expected whole ms or us since 1970"],
    ["a time below 0", bare({ ...SPOT_DEPTH, E: -1 }), "bad-time", "T, E"],
    ["a trade without price", bare({ ...SPOT_TRADE, p: 1 }), "bad-field", "p: expected a price as text, found 1"],
    ["a trade without side", bare({ ...SPOT_TRADE, m: 1 }), "bad-field", "m: expected true or false, found 1"],
    [
      "a quote without ask",
      bare({ ...SPOT_QUOTE, A: null }),
      "bad-field",
      "a, A: expected a price and a quantity as text",
    ],
    ["a snapshot without id", bare({ lastUpdateId: {}, bids: [], asks: [] }), "bad-field", "found an object"],
  ])("is refused with code and reason: %s", (_, line, code, reason) => {
    const fault = parseBinanceLine(line);
    expect(fault).toMatchObject({ code });
    expect("reason" in fault ? fault.reason : "").toContain(reason);
  });
});
