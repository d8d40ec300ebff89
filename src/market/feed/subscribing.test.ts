import { describe, expect, test } from "vitest";

import type { ActorContext } from "../../kernel/actor.ts";
import { Kernel } from "../../kernel/kernel.ts";
import { ConstantLink } from "../../kernel/links.ts";
import { RecordKind } from "../../model/record.ts";
import { PROFILE_RULES } from "../../testing/book-profiles.ts";
import { renderFeedMessage } from "../../testing/feed-message-text.ts";
import { FeedScene } from "../../testing/feed-scene.ts";
import type { FeedRequest } from "../../testing/venue-stage.ts";
import { VenueStage, writeSubscription } from "../../testing/venue-stage.ts";
import { FastBook } from "../fast-book.ts";
import { CHANNELS_MAX, MarketData } from "./market-data.ts";

const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };

describe("requests", () => {
  test("a quote that was asked for stands outside of every chain", () => {
    const scene = new FeedScene();
    scene.order("buy 10@100");
    scene.request("ann", RecordKind.requestQuote, { depth: "quotes", mode: "everyChange" });
    expect(scene.take("ann")).toEqual(["0-1 quote 10@100 none, last 0, volume 0"]);
  });

  test("who subscribes again starts anew, and the others do not notice", () => {
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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

  test("a feed takes its limit of subscribers, and one more is refused", () => {
    const book = new FastBook({ ...PROFILE_RULES, instrument: 0 });
    const feed = new MarketData({ books: [book], deltas: book.deltas, tagBase: 0, subscribersMax: 3 });
    const kernel = new Kernel({ seed: 1, link: new ConstantLink(0) });
    const heard: string[] = [];
    kernel.add("venue", { onMessage: (context, words, at) => feed.handle(context, words, at) });
    const clients = [0, 1, 2, 3].map((client) =>
      kernel.add(`client ${client}`, {
        onMessage: (context, words, at) => {
          if (context.sender >= 0) heard.push(`${client}: ${renderFeedMessage(words, context.doubles, at)}`);
          else context.send(0, composeCopy(context, words, at));
        },
      }),
    );
    const send = (client: number, kind: number): void => {
      const words = new Int32Array(16);
      const doubles = new Float64Array(words.buffer);
      writeSubscription(words, doubles, kind, { depth: "quotes", mode: "everyChange" });
      kernel.inject(clients[client], words, kernel.nowNs);
      kernel.run(kernel.nowNs);
    };
    for (const client of [0, 1, 2, 3, 0]) send(client, RecordKind.subscribe);
    send(1, RecordKind.unsubscribe);
    send(3, RecordKind.subscribe);
    const start = "1-0 quote none none, last 0, volume 0";
    // Who is in already may start anew, and who leaves makes room.
    expect(heard).toEqual([
      `0: ${start}`,
      `1: ${start}`,
      `2: ${start}`,
      "3: refused subscribe at 0 tooManySubscriptions",
      `0: ${start}`,
      `3: ${start}`,
    ]);
  });

  test("what comes from outside is answered to nobody", () => {
    const scene = new FeedScene();
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
    // Its start keeps it busy until 2500, and its answer leaves at 5000. The beats of 3000, 6000 and 8000 are served
    // when it is free, those between them never.
    expect(times).toEqual([5_000, 7_500, 10_000, 12_500]);
  });

  test.each([
    ["nobody comes", undefined, [4_000]],
    ["another feed is opened", 50_000, [4_000, 8_000]],
  ])("serves no beat that waited while its last subscriber left, and %s", (_, nextIntervalNs, heardNs) => {
    const stage = new VenueStage({ instruments: [BTC], computeDelayNs: 2_000 });
    const times: number[] = [];
    const ann = stage.addClient("ann", ({ timeNs }) => times.push(timeNs));
    const way = { depth: "quotes", mode: "snapshots", intervalNs: 1_500 } as const;
    const send = (timeNs: number, kind: number, request: FeedRequest): void => {
      stage.send(ann, timeNs, (words, doubles) => writeSubscription(words, doubles, kind, request));
    };
    // Handled at 2000, 4000 and 6000; the first beat is due at 3000 and waits behind the others.
    send(0, RecordKind.subscribe, way);
    send(1, RecordKind.unsubscribe, way);
    if (nextIntervalNs !== undefined) send(2, RecordKind.subscribe, { ...way, intervalNs: nextIntervalNs });
    stage.runTo(40_000);
    expect(times).toEqual(heardNs);
  });
});

function composeCopy(context: ActorContext, words: Int32Array, at: number): number {
  const record = words.slice(at, at + 16);
  const message = context.compose();
  context.words.set(record, message << 4);
  return message;
}
