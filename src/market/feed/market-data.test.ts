import { describe, expect, test } from "vitest";

import { SNAPSHOT_LEVELS_MAX } from "../../model/market-data.ts";
import { FeedScene } from "../../testing/feed-scene.ts";

describe("each change", () => {
  test("quotes: a start, and every change of the best prices, their lots or the trades", () => {
    const scene = new FeedScene();
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
    const scene = new FeedScene();
    scene.order("sell 5@105 hidden");
    scene.subscribe("ann", { depth: "quotes", mode: "everyChange" });
    scene.order("buy 2@market");
    expect(scene.take("ann")).toEqual([
      "1-0 quote none none, last 0, volume 0",
      "1-1 quote none none, last 105, volume 2",
    ]);
  });

  test("levels: what no level shows is covered by the next message", () => {
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
    const scene = new FeedScene();
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
