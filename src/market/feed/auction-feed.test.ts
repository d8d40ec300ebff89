import { expect, test } from "vitest";

import { FeedScene } from "../../testing/feed-scene.ts";

test("phases: each with the result of the call that ended, and no gap in between", () => {
  const scene = new FeedScene();
  scene.order("buy 5@100");
  scene.subscribe("ann", { depth: "auctions", mode: "everyChange" });
  scene.phase("auction", 500);
  scene.order("buy 4@103");
  scene.order("sell 6@99");
  scene.phase("continuous");
  scene.phase("halted");
  expect(scene.take("ann")).toEqual([
    "1-1 phase continuous, 0@0 surplus 0, auctions 0",
    "2-2 phase auction until 500, 0@0 surplus 0, auctions 0",
    "3-6 phase continuous, 6@99 surplus 3, auctions 1",
    "7-7 phase halted, 0@0 surplus 0, auctions 1",
  ]);
});

test("indications: at an interval, what the call would come to, when that has changed", () => {
  const scene = new FeedScene();
  scene.subscribe("ann", { depth: "auctions", mode: "conflated", intervalNs: 1_000 });
  scene.phase("auction");
  scene.order("buy 4@103");
  scene.order("sell 6@99");
  scene.runTo(2_500);
  scene.order("buy 1@101");
  scene.runTo(5_000);
  scene.phase("continuous");
  scene.runTo(6_500);
  expect(scene.take("ann")).toEqual([
    "1-0 indication continuous, 0@0 surplus 0, auctions 0",
    "1-1 indication auction, 4@101 surplus -2, auctions 0",
    "2-1 indication auction, 5@100 surplus -1, auctions 0",
    "2-5 indication continuous, 0@0 surplus 0, auctions 1",
  ]);
});

test("who joins a feed of indications knows how the call stands, and keeps nobody from hearing of it", () => {
  const scene = new FeedScene();
  const way = { depth: "auctions", mode: "conflated", intervalNs: 1_000 } as const;
  scene.phase("auction");
  scene.subscribe("ann", way);
  scene.order("buy 4@103");
  scene.order("sell 4@99");
  scene.subscribe("bob", way);
  scene.runTo(1_500);
  expect(scene.take("bob")[0]).toBe("1-1 indication auction, 4@101 surplus 0, auctions 0");
  expect(scene.take("ann")).toEqual([
    "1-1 indication auction, 0@0 surplus 0, auctions 0",
    "2-1 indication auction, 4@101 surplus 0, auctions 0",
  ]);
});
