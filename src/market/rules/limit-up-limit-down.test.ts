import { expect, test } from "vitest";

import { RuleScene } from "../../testing/rule-scene.ts";
import { BTC } from "../../testing/venue-cases/venue-case.ts";

/** 5 % around the mean of 6,400 ns; 300 ns at a limit halt for 500, an auction of 200 behind that. */
const limitUpLimitDown = { bandMillionths: 50_000, windowNs: 6_400, limitStateNs: 300, haltNs: 500, reopeningNs: 200 };
const listed = { ...BTC, referencePrice: "1000" };

test("prices beyond the band are refused, and market orders stop at its edge", () => {
  const market = new RuleScene({ limitUpLimitDown }, [listed]);
  expect(market.at(0, "buy 2:1 1@1051", "sell 2:2 1@949", "sell 2:3 1@1050", "sell 2:4 1@1051")).toEqual([
    "rejected 2:1 buy 1@1051 priceBand",
    "rejected 2:2 sell 1@949 priceBand",
    "accepted 2:3 #0 sell 1@1050 left 1",
    "rejected 2:4 sell 1@1051 priceBand",
  ]);
  expect(market.at(1, "buy 3:1 2@market").slice(1)).toEqual([
    "trade 0 1@1050 buy 3:1 market left 1, maker 2:3 left 0",
    "canceled 3:1 #1 buy 1@market left 0 filled 1 marketRemainder",
  ]);
});

test("the band follows the mean of the trades, not the last one", () => {
  const market = new RuleScene({ limitUpLimitDown }, [listed]);
  for (let time = 100; time <= 300; time += 100) market.trade(time, 1_000);
  market.trade(400, 1_040);
  // Mean 1,010: up to 1,060. Around the last price it would be up to 1,092.
  expect(market.at(500, "buy 2:1 1@1060", "cancel 2:1", "buy 2:2 1@1061").at(-1)).toBe(
    "rejected 2:2 buy 1@1061 priceBand",
  );
});

test("a market that stands at a limit for too long is halted, and reopened around the auction's price", () => {
  const market = new RuleScene({ limitUpLimitDown }, [listed]);
  expect(market.at(100, "buy 2:1 5@1050")).toHaveLength(1);
  expect(market.at(399)).toEqual([]);
  expect(market.at(400, "sell 3:1 5@1050")).toEqual([
    "400: phase halted was continuous limitState until 900, auctions 0",
    "rejected 3:1 sell 5@1050 halted",
  ]);
  expect(market.at(1_000, "sell 3:2 5@1040")).toEqual([
    "900: phase auction was halted reopening until 1100, auctions 0",
    "accepted 3:2 #1 sell 5@1040 left 5",
  ]);
  expect(market.at(1_200, "buy 2:3 1@1093", "sell 2:4 1@989")).toEqual([
    "1100: phase continuous was auction scheduled, traded 5@1040, auctions 1",
    "1100: trade 0 5@1040 auction buy 2:1 left 0, sell 3:2 left 0",
    "rejected 2:3 buy 1@1093 priceBand",
    "accepted 2:4 #2 sell 1@989 left 1",
  ]);
});

test("a limit state that ends in time halts nothing", () => {
  const market = new RuleScene({ limitUpLimitDown }, [listed]);
  market.at(100, "sell 2:1 5@950");
  market.at(350, "cancel 2:1");
  market.at(360, "sell 2:2 5@950");
  expect(market.at(659)).toEqual([]);
  expect(market.at(660)).toEqual(["660: phase halted was continuous limitState until 1160, auctions 0"]);
});
