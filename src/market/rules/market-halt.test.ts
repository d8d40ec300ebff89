import { expect, test } from "vitest";

import { RuleScene } from "../../testing/rule-scene.ts";
import { BTC, ETH } from "../../testing/venue-cases/venue-case.ts";

const marketHalt = {
  levels: [
    { declineMillionths: 70_000, haltNs: 500 },
    { declineMillionths: 200_000, haltNs: Infinity },
  ],
  reopeningNs: 100,
};

test("all instruments are halted when they have fallen too far on average, each level once", () => {
  const market = new RuleScene({ marketHalt }, [{ ...BTC, referencePrice: "1000" }, ETH]);
  // Without a reference price the first trade's counts.
  expect(market.trade(10, 100, 1)).toHaveLength(1);
  expect(market.trade(20, 861)).toHaveLength(1);
  expect(market.trade(30, 860)).toEqual([
    "trade 1 1@860 buy 3:60 left 0, maker 2:60 left 0",
    "phase halted was continuous marketHalt until 530, auctions 0",
    "at 1 phase halted was continuous marketHalt until 530, auctions 0",
  ]);
  expect(market.at(40, "1: buy 2:1 1@100")).toEqual(["rejected 2:1 buy 1@100 halted"]);
  expect(market.at(700)).toEqual([
    "530: phase auction was halted reopening until 630, auctions 0",
    "530: at 1 phase auction was halted reopening until 630, auctions 0",
    "630: phase continuous was auction scheduled, auctions 1",
    "630: at 1 phase continuous was auction scheduled, auctions 1",
  ]);
  expect(market.trade(710, 850)).toHaveLength(1);
  expect(market.trade(720, 75, 1).slice(1)).toEqual([
    "at 0 phase halted was continuous marketHalt, auctions 1",
    "phase halted was continuous marketHalt, auctions 1",
  ]);
  expect(market.at(1_000_000)).toEqual([]);
});

test("a rise of one makes up for the fall of another", () => {
  const market = new RuleScene({ marketHalt }, [
    { ...BTC, referencePrice: "1000" },
    { ...ETH, referencePrice: "100" },
  ]);
  expect(market.trade(10, 110, 1)).toHaveLength(1);
  expect(market.trade(20, 761)).toHaveLength(1);
  expect(market.trade(30, 760)).toHaveLength(3);
});
