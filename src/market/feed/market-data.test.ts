import { describe, expect, test } from "vitest";

import { writeCancel, writeSubmit } from "../../model/command.ts";
import { SNAPSHOT_LEVELS_MAX } from "../../model/market-data.ts";
import { OrderType, packFlags } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import { renderFeedMessage } from "../../testing/feed-message-text.ts";
import { FeedMirror } from "../../testing/feed-mirror.ts";
import type { FeedRequest } from "../../testing/venue-stage.ts";
import { VenueStage, writeSubscription } from "../../testing/venue-stage.ts";
import { CHANNELS_MAX } from "./market-data.ts";

const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };

/** One venue with one trader, and clients whose messages are written down as text. */
class Scene {
  readonly stage = new VenueStage({ instruments: [BTC, { ...BTC, symbol: "ETH/USD", base: "ETH" }] });
  readonly heard = new Map<string, string[]>();
  readonly mirrors = new Map<string, FeedMirror>();
  timeNs = 0;
  readonly #clients = new Map<string, number>();
  readonly #trader: number;
  #nextOrderId = 1;

  constructor() {
    this.#trader = this.stage.addClient("trader", () => undefined);
    this.stage.openAccount(this.#trader, { USD: 1_000_000_000, BTC: 1_000_000, ETH: 1_000_000 });
  }

  /** Sends a request in the name of a client, which is made when it is new. */
  request(name: string, kind: number, request: FeedRequest): void {
    const client = this.#clients.get(name) ?? this.#addClient(name);
    this.#send(client, (words, doubles) => writeSubscription(words, doubles, kind, request));
  }

  subscribe(name: string, request: FeedRequest): void {
    const { depth, mode, levels = 0 } = request;
    this.mirrors.set(name, new FeedMirror({ depth, mode, levels }));
    this.request(name, RecordKind.subscribe, request);
  }

  unsubscribe(name: string, request: FeedRequest): void {
    this.request(name, RecordKind.unsubscribe, request);
  }

  /** `buy 10@100`, `sell 5@101 hidden`, `buy 3@market`. @returns the order's id */
  order(text: string): number {
    const [side, sizeAndPrice, choice] = text.split(" ");
    const [qty, price] = sizeAndPrice.split("@");
    const isMarket = price === "market";
    const orderId = this.#nextOrderId++;
    const flags = packFlags({
      side: side === "buy" ? Side.buy : Side.sell,
      orderType: isMarket ? OrderType.market : OrderType.limit,
      hidden: choice === "hidden",
    });
    const priceTicks = isMarket ? 0 : Number(price);
    const order = { instrument: 0, owner: 0, orderId, flags, priceTicks, qtyLots: Number(qty) };
    this.#send(this.#trader, (words, doubles) => writeSubmit(words, doubles, 0, order));
    return orderId;
  }

  cancel(orderId: number): void {
    this.#send(this.#trader, (words) => writeCancel(words, 0, { instrument: 0, owner: 0, orderId }));
  }

  /** Lets time pass. */
  runTo(timeNs: number): void {
    this.timeNs = timeNs;
    this.stage.runTo(timeNs);
  }

  /** What a client has heard since the last call. */
  take(name: string): string[] {
    return this.heard.get(name)?.splice(0) ?? [];
  }

  #addClient(name: string): number {
    const lines: string[] = [];
    this.heard.set(name, lines);
    const client = this.stage.addClient(name, ({ words, doubles, at }) => {
      lines.push(renderFeedMessage(words, doubles, at));
      if (words[at] !== RecordKind.requestRejected) this.mirrors.get(name)?.take(words, doubles, at);
    });
    this.#clients.set(name, client);
    return client;
  }

  #send(client: number, write: (words: Int32Array, doubles: Float64Array) => void): void {
    this.stage.send(client, this.timeNs, write);
    this.stage.runTo(this.timeNs);
  }
}

describe("each change", () => {
  test("quotes: a start, and every change of the best prices, their lots or the trades", () => {
    const scene = new Scene();
    scene.order("buy 10@100");
    scene.subscribe("ann", { depth: "quotes", mode: "everyChange" });
    scene.order("buy 5@99");
    scene.order("sell 7@105");
    scene.order("sell 3@105 hidden");
    scene.order("buy 8@market");
    expect(scene.take("ann")).toEqual([
      "1-1 quote 10@100 none, last 0, volume 0",
      "2-3 quote 10@100 7@105, last 0, volume 0",
      "4-5 quote 10@100 none, last 105, volume 8",
    ]);
  });

  test("a trade is a change of the quote even where the best prices stay as they were", () => {
    const scene = new Scene();
    scene.order("sell 5@105 hidden");
    scene.subscribe("ann", { depth: "quotes", mode: "everyChange" });
    scene.order("buy 2@market");
    expect(scene.take("ann")).toEqual([
      "1-0 quote none none, last 0, volume 0",
      "1-1 quote none none, last 105, volume 2",
    ]);
  });

  test("levels: what no level shows is covered by the next message", () => {
    const scene = new Scene();
    scene.order("sell 5@105 hidden");
    const orderId = scene.order("sell 4@106");
    scene.subscribe("ann", { depth: "levels", mode: "everyChange" });
    scene.order("buy 2@market");
    scene.order("sell 4@106");
    scene.cancel(orderId);
    expect(scene.take("ann")).toEqual([
      "1-1 snapshot, asks 1x4@106",
      "2-3 level sell 2x8@106",
      "4-4 level sell 1x4@106",
    ]);
  });

  test("orders: each visible order, then each change", () => {
    const scene = new Scene();
    scene.order("sell 4@106");
    scene.order("sell 5@105 hidden");
    scene.order("sell 6@106");
    scene.order("buy 7@100");
    scene.subscribe("ann", { depth: "orders", mode: "everyChange" });
    scene.order("buy 6@market");
    expect(scene.take("ann")).toEqual([
      "1-3 snapshot, bids 1x7@100, asks 2x10@106, 3 follow",
      "3 orderAdded buy #3 shows 7@100",
      "3 orderAdded sell #0 shows 4@106",
      "3 orderAdded sell #2 shows 6@106",
      "4 hiddenExecuted sell 5@105",
      "5 orderExecuted sell #0 shows 3@106",
    ]);
  });

  test("trades: from the volume so far on, with the side of who took", () => {
    const scene = new Scene();
    scene.order("sell 5@105");
    scene.order("buy 2@market");
    scene.subscribe("ann", { depth: "trades", mode: "everyChange" });
    scene.order("sell 4@106");
    scene.order("buy 4@market");
    scene.order("buy 1@90");
    scene.order("sell 1@market");
    expect(scene.take("ann")).toEqual([
      "1-2 quote none 3@105, last 105, volume 2",
      "3-4 trade 1 buy 3@105",
      "5-5 trade 2 buy 1@106",
      "6-7 trade 3 sell 1@90",
    ]);
  });
});

describe("conflated", () => {
  test("quotes: at the interval, if anything has changed by then", () => {
    const scene = new Scene();
    scene.subscribe("ann", { depth: "quotes", mode: "conflated", intervalNs: 1_000 });
    scene.runTo(1_000);
    const orderId = scene.order("buy 10@100");
    scene.runTo(1_500);
    scene.cancel(orderId);
    scene.runTo(2_000);
    scene.order("buy 10@100");
    scene.order("buy 10@101");
    expect(scene.take("ann")).toEqual(["1-0 quote none none, last 0, volume 0"]);
    scene.runTo(3_000);
    expect(scene.take("ann")).toEqual(["1-4 quote 10@101 none, last 0, volume 0"]);
    scene.runTo(9_000);
    expect(scene.take("ann")).toEqual([]);
  });

  test("levels: each that has changed once, and the changes dealt out so that no message can be lost unseen", () => {
    const scene = new Scene();
    scene.order("buy 10@100");
    scene.subscribe("ann", { depth: "levels", mode: "conflated", intervalNs: 1_000 });
    scene.order("buy 1@100");
    const orderId = scene.order("buy 2@99");
    scene.order("buy 3@100");
    scene.cancel(orderId);
    scene.order("sell 4@105");
    scene.runTo(1_000);
    expect(scene.take("ann")).toEqual([
      "1-1 snapshot, bids 1x10@100",
      "2-2 level buy 3x14@100, 2 follow",
      "3-3 level buy 0x0@99, 1 follow",
      "4-6 level sell 1x4@105",
    ]);
  });

  test("who comes in the middle of an interval has no gap, and misses nothing that goes back to what it was", () => {
    const scene = new Scene();
    const way = { depth: "quotes", mode: "conflated", intervalNs: 1_000 } as const;
    scene.order("buy 10@100");
    scene.subscribe("ann", way);
    const orderId = scene.order("buy 5@101");
    scene.runTo(500);
    scene.subscribe("bob", way);
    scene.cancel(orderId);
    scene.runTo(1_000);
    // For ann nothing has happened, bob has seen the better bid.
    expect(scene.take("ann")).toEqual(["1-1 quote 10@100 none, last 0, volume 0"]);
    expect(scene.take("bob")).toEqual([
      "1-2 quote 5@101 none, last 0, volume 0",
      "3-3 quote 10@100 none, last 0, volume 0",
    ]);
    scene.order("sell 1@105");
    scene.runTo(2_000);
    // Each goes on where it was; from then on one message serves both.
    expect(scene.take("ann")).toEqual(["2-4 quote 10@100 1@105, last 0, volume 0"]);
    expect(scene.take("bob")).toEqual(["4-4 quote 10@100 1@105, last 0, volume 0"]);
    scene.order("sell 1@104");
    scene.runTo(3_000);
    expect([scene.take("ann"), scene.take("bob")]).toEqual([
      ["5-5 quote 10@100 1@104, last 0, volume 0"],
      ["5-5 quote 10@100 1@104, last 0, volume 0"],
    ]);
  });

  test("levels that changed before somebody came are not told to him again", () => {
    const scene = new Scene();
    const way = { depth: "levels", mode: "conflated", intervalNs: 1_000 } as const;
    scene.subscribe("ann", way);
    scene.order("buy 10@100");
    scene.order("buy 10@99");
    scene.runTo(500);
    scene.subscribe("bob", way);
    scene.order("buy 1@99");
    scene.runTo(1_000);
    expect(scene.take("ann")).toEqual(["1-0 snapshot", "1-1 level buy 1x10@100, 1 follow", "2-3 level buy 2x11@99"]);
    expect(scene.take("bob")).toEqual(["1-2 snapshot, bids 1x10@100 1x10@99", "3-3 level buy 2x11@99"]);
  });
});

describe("snapshots", () => {
  test("of quotes come at each interval, changed or not", () => {
    const scene = new Scene();
    scene.order("buy 10@100");
    scene.subscribe("ann", { depth: "quotes", mode: "snapshots", intervalNs: 1_000 });
    scene.runTo(1_000);
    scene.order("sell 5@105");
    scene.runTo(2_000);
    expect(scene.take("ann")).toEqual([
      "1-1 quote 10@100 none, last 0, volume 0",
      "2-1 quote 10@100 none, last 0, volume 0",
      "2-2 quote 10@100 5@105, last 0, volume 0",
    ]);
  });

  test("of levels show as many as were asked for", () => {
    const scene = new Scene();
    for (const price of [100, 99, 98]) scene.order(`buy 1@${price}`);
    scene.order("sell 2@105");
    scene.subscribe("ann", { depth: "levels", mode: "snapshots", levels: 2, intervalNs: 1_000 });
    scene.order("buy 5@97");
    scene.runTo(1_000);
    expect(scene.take("ann")).toEqual([
      "1-4 snapshot, bids 1x1@100 1x1@99, asks 1x2@105",
      "5-5 snapshot, bids 1x1@100 1x1@99, asks 1x2@105",
    ]);
  });
});

describe("a deep book", () => {
  test.each([
    [SNAPSHOT_LEVELS_MAX, 0],
    [SNAPSHOT_LEVELS_MAX + 1, 1],
    [300, 300 - SNAPSHOT_LEVELS_MAX],
  ])("of %i levels is told with %i messages behind the snapshot", (levels, following) => {
    const scene = new Scene();
    for (let place = 0; place < levels; place++) scene.order(`buy 1@${1_000 - place}`);
    for (const mode of ["everyChange", "conflated"] as const) {
      const name = `ann ${mode}`;
      scene.subscribe(name, { depth: "levels", mode, intervalNs: mode === "conflated" ? 1_000 : 0 });
      expect(scene.heard.get(name)?.length).toBe(1 + following);
      scene.mirrors.get(name)?.compare(scene.stage.venue.books[0], { volumeLots: 0, trades: 0 });
    }
    scene.order(`buy 1@${1_000 - levels + 1}`);
    scene.runTo(1_000);
    for (const mirror of scene.mirrors.values())
      mirror.compare(scene.stage.venue.books[0], { volumeLots: 0, trades: 0 });
  });
});

describe("requests", () => {
  test("a quote that was asked for stands outside of every chain", () => {
    const scene = new Scene();
    scene.order("buy 10@100");
    scene.request("ann", RecordKind.requestQuote, { depth: "quotes", mode: "everyChange" });
    expect(scene.take("ann")).toEqual(["0-1 quote 10@100 none, last 0, volume 0"]);
  });

  test("who subscribes again starts anew, and the others do not notice", () => {
    const scene = new Scene();
    const way = { depth: "levels", mode: "everyChange" } as const;
    scene.subscribe("ann", way);
    scene.subscribe("bob", way);
    scene.order("buy 10@100");
    scene.subscribe("ann", way);
    scene.order("buy 5@100");
    expect(scene.take("ann")).toEqual([
      "1-0 snapshot",
      "1-1 level buy 1x10@100",
      "1-1 snapshot, bids 1x10@100",
      "2-2 level buy 2x15@100",
    ]);
    expect(scene.take("bob")).toEqual(["1-0 snapshot", "1-1 level buy 1x10@100", "2-2 level buy 2x15@100"]);
  });

  test("who leaves hears nothing any more; when all have left, nothing happens any more", () => {
    const scene = new Scene();
    const way = { depth: "quotes", mode: "snapshots", intervalNs: 1_000 } as const;
    scene.subscribe("ann", way);
    scene.subscribe("bob", way);
    scene.unsubscribe("ann", way);
    scene.runTo(1_000);
    expect([scene.take("ann").length, scene.take("bob").length]).toEqual([1, 2]);
    scene.unsubscribe("bob", way);
    scene.runTo(5_000);
    expect([scene.take("ann").length, scene.take("bob").length]).toEqual([0, 0]);
    expect(scene.stage.kernel.nextTimeNs).toBe(Infinity);
  });

  test("intervals are counted from the run's start, whoever opens the feed, and when", () => {
    const scene = new Scene();
    const way = { depth: "quotes", mode: "snapshots", intervalNs: 1_000 } as const;
    scene.runTo(300);
    scene.subscribe("ann", way);
    scene.unsubscribe("ann", way);
    scene.runTo(700);
    scene.subscribe("bob", way);
    scene.runTo(999);
    expect(scene.take("bob").length).toBe(1);
    scene.runTo(1_000);
    expect(scene.take("bob").length).toBe(1);
    scene.runTo(1_999);
    expect(scene.take("bob").length).toBe(0);
  });

  test.each<[why: string, kind: number, request: FeedRequest, answer: string]>([
    [
      "an instrument that is not listed",
      RecordKind.subscribe,
      { instrument: 2, depth: "quotes", mode: "everyChange" },
      "refused subscribe at 2 unknownInstrument",
    ],
    [
      "an instrument that cannot be",
      RecordKind.requestQuote,
      { instrument: -1, depth: "quotes", mode: "everyChange" },
      "refused requestQuote at -1 unknownInstrument",
    ],
    [
      "a feed that there is not",
      RecordKind.subscribe,
      { depth: "trades", mode: "conflated", intervalNs: 1_000 },
      "refused subscribe at 0 invalidSubscription",
    ],
    [
      "to leave what there is not",
      RecordKind.unsubscribe,
      { depth: "orders", mode: "snapshots", intervalNs: 1_000 },
      "refused unsubscribe at 0 invalidSubscription",
    ],
    [
      "to leave what one has not",
      RecordKind.unsubscribe,
      { depth: "quotes", mode: "everyChange" },
      "refused unsubscribe at 0 unknownSubscription",
    ],
    [
      "to leave what one has with another interval",
      RecordKind.unsubscribe,
      { depth: "quotes", mode: "conflated", intervalNs: 2_000 },
      "refused unsubscribe at 0 unknownSubscription",
    ],
  ])("%s is refused, and nothing comes of it", (_, kind, request, answer) => {
    const scene = new Scene();
    const way = { depth: "quotes", mode: "conflated", intervalNs: 1_000 } as const;
    scene.subscribe("bob", way);
    scene.subscribe("ann", way);
    scene.take("ann");
    scene.request("ann", kind, request);
    expect(scene.take("ann")).toEqual([answer]);
    scene.order("buy 10@100");
    scene.runTo(1_000);
    expect(scene.take("ann").length).toBe(1);
  });

  test("an instrument takes its limit of feeds, and one more is refused", () => {
    const scene = new Scene();
    for (let place = 0; place < CHANNELS_MAX; place++) {
      scene.request("ann", RecordKind.subscribe, { depth: "quotes", mode: "conflated", intervalNs: 1_000_000 + place });
    }
    expect(scene.take("ann").length).toBe(CHANNELS_MAX);
    scene.request("ann", RecordKind.subscribe, { depth: "quotes", mode: "everyChange" });
    expect(scene.take("ann")).toEqual(["refused subscribe at 0 tooManySubscriptions"]);
    // Those that there are can be shared, those of another instrument opened, and one that closes makes room.
    scene.request("bob", RecordKind.subscribe, { depth: "quotes", mode: "conflated", intervalNs: 1_000_000 });
    scene.request("bob", RecordKind.subscribe, { instrument: 1, depth: "quotes", mode: "everyChange" });
    scene.request("ann", RecordKind.unsubscribe, { depth: "quotes", mode: "conflated", intervalNs: 1_000_007 });
    scene.request("bob", RecordKind.subscribe, { depth: "quotes", mode: "everyChange" });
    expect(scene.take("bob").length).toBe(3);
  });

  test("what comes from outside is answered to nobody", () => {
    const scene = new Scene();
    const words = new Int32Array(16);
    words[0] = RecordKind.requestQuote;
    scene.stage.kernel.inject(scene.stage.kernel.find("venue"), words, 0);
    expect(() => scene.runTo(0)).not.toThrow();
  });
});

describe("a venue that is too busy", () => {
  test("leaves out the intervals that it slept through, and keeps to the beat", () => {
    const stage = new VenueStage({ instruments: [BTC], computeDelayNs: 2_500 });
    const times: number[] = [];
    const ann = stage.addClient("ann", ({ timeNs }) => times.push(timeNs));
    const way = { depth: "quotes", mode: "snapshots", intervalNs: 1_000 } as const;
    stage.send(ann, 0, (words, doubles) => writeSubscription(words, doubles, RecordKind.subscribe, way));
    stage.runTo(12_500);
    // Its start keeps it busy until 2500, and its answer leaves at 5000. The beats of 3500, 5500 and 8500 are served
    // when it is free, those between them never.
    expect(times).toEqual([5_000, 7_500, 10_000, 12_500]);
  });

  test("does not serve a beat that waited while its last subscriber left, nor gives it to the next one", () => {
    const stage = new VenueStage({ instruments: [BTC], computeDelayNs: 2_000 });
    const times: number[] = [];
    const ann = stage.addClient("ann", ({ timeNs }) => times.push(timeNs));
    const way = { depth: "quotes", mode: "snapshots", intervalNs: 1_500 } as const;
    const send = (timeNs: number, kind: number, request: FeedRequest): void => {
      stage.send(ann, timeNs, (words, doubles) => writeSubscription(words, doubles, kind, request));
    };
    // Handled at 2000, 4000 and 6000; the first beat is due at 3500 and waits behind both others.
    send(0, RecordKind.subscribe, way);
    send(1, RecordKind.unsubscribe, way);
    send(2, RecordKind.subscribe, { ...way, intervalNs: 50_000 });
    stage.runTo(40_000);
    expect(times).toEqual([4_000, 8_000]);
  });
});
