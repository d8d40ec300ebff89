import { expect, test } from "vitest";

import { RuleScene } from "../../testing/rule-scene.ts";

/** 10 % within 1,000 ns; halted for 500, an auction of 200 behind it. */
const circuitBreaker = { moveMillionths: 100_000, windowNs: 1_000, haltNs: 500, reopeningNs: 200 };

test("a move beyond the limit within the window halts the instrument, and an auction reopens it", () => {
  const market = new RuleScene({ circuitBreaker });
  expect(market.trade(10, 1_000)).toHaveLength(1);
  expect(market.trade(20, 1_100)).toHaveLength(1);
  expect(market.trade(30, 1_101)).toEqual([
    "trade 2 1@1101 buy 3:60 left 0, maker 2:60 left 0",
    "phase halted was continuous circuitBreaker until 530, auctions 0",
  ]);
  expect(market.at(40, "buy 2:1 5@1000", "cancel 2:9")).toEqual([
    "rejected 2:1 buy 5@1000 halted",
    "refused cancel 2:9 unknownOrder",
  ]);
  expect(market.at(600, "buy 2:1 5@1200", "sell 3:1 5@1200")).toEqual([
    "530: phase auction was halted reopening until 730, auctions 0",
    "accepted 2:1 #6 buy 5@1200 left 5",
    "accepted 3:1 #7 sell 5@1200 left 5",
  ]);
  // The window begins anew with the auction's price, however far it is from those before.
  expect(market.at(800, "buy 2:2 1@1300", "sell 3:2 1@1300")).toEqual([
    "730: phase continuous was auction scheduled, traded 5@1200, auctions 1",
    "730: trade 3 5@1200 auction buy 2:1 left 0, sell 3:1 left 0",
    "accepted 2:2 #8 buy 1@1300 left 1",
    "accepted 3:2 #9 sell 1@1300 left 1",
    "trade 4 1@1300 sell 3:2 left 0, maker 2:2 left 0",
  ]);
});

test("a fall counts from the highest price of the window, and from the one that held when it began", () => {
  const market = new RuleScene({ circuitBreaker });
  market.trade(0, 1_000);
  expect(market.trade(5_000, 900)).toHaveLength(1);
  expect(market.trade(5_100, 899).at(-1)).toBe("phase halted was continuous circuitBreaker until 5600, auctions 0");
});

test("a slow move of any size does not halt", () => {
  const market = new RuleScene({ circuitBreaker });
  for (let step = 0; step < 30; step++) expect(market.trade(step * 600, 1_000 + step * 40)).toHaveLength(1);
});

test("the command that moves the price is done whole, and what it set off too", () => {
  const market = new RuleScene({ circuitBreaker });
  market.trade(0, 1_000);
  const shown = market.at(
    10,
    "sell 2:1 1@1050",
    "sell 2:2 1@1150",
    "sell 2:3 1@1250",
    "buy 4:1 1@stop trigger 1150",
    "buy 3:1 2@1300",
  );
  expect(shown.slice(4)).toEqual([
    "accepted 3:1 #6 buy 2@1300 left 2",
    "trade 1 1@1050 buy 3:1 left 1, maker 2:1 left 0",
    "trade 2 1@1150 buy 3:1 left 0, maker 2:2 left 0",
    "triggered 4:1 #5 buy 1@market left 1",
    "trade 3 1@1250 buy 4:1 market left 0, maker 2:3 left 0",
    "phase halted was continuous circuitBreaker until 510, auctions 0",
  ]);
});

test("between batches a halt lets the call go on where it stopped", () => {
  const auctions = { openingNs: 0, windowNs: 100, closingNs: 0, endNs: 10_000, allocation: "time" as const };
  const market = new RuleScene({ auctions, circuitBreaker });
  market.at(10, "buy 2:1 1@1000", "sell 3:1 1@1000");
  market.at(110, "buy 2:2 1@1200", "sell 3:2 1@1200", "buy 2:3 1@1100");
  expect(market.at(210, "sell 3:3 1@900", "cancel 2:3")).toEqual([
    "200: phase auction was auction scheduled until 300, traded 1@1200, auctions 2",
    "200: trade 1 1@1200 auction buy 2:2 left 0, sell 3:2 left 0",
    "200: phase halted was auction circuitBreaker until 700, auctions 2",
    "rejected 3:3 sell 1@900 halted",
    "canceled 2:3 #4 buy 1@1100 left 0 canceledByOwner",
  ]);
  expect(market.at(800)).toEqual([
    "700: phase auction was halted scheduled until 800, auctions 2",
    "800: phase auction was auction scheduled until 900, auctions 3",
  ]);
});
