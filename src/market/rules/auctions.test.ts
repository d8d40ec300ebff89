import { describe, expect, test } from "vitest";

import { CommandWord } from "../../model/command.ts";
import { TradingPhase, writeSetPhase } from "../../model/phase.ts";
import { reasonName } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { RuleScene } from "../../testing/rule-scene.ts";
import type { AuctionOptions } from "../auction/session.ts";
import { CONTINUOUS_SESSION } from "../auction/session.ts";

function scene(session: Partial<AuctionOptions>): RuleScene {
  return new RuleScene({ auctions: { ...CONTINUOUS_SESSION, allocation: "time", ...session } });
}

test("orders gather for the opening, trade as they come, gather for the close, and are refused after it", () => {
  const market = scene({ openingNs: 100, closingNs: 50, endNs: 500 });
  expect(market.at(0)).toEqual(["0: phase auction was continuous scheduled until 100, auctions 0"]);
  expect(market.at(10, "buy 2:1 5@52", "sell 3:1 3@50")).toEqual([
    "accepted 2:1 #0 buy 5@52 left 5",
    "accepted 3:1 #1 sell 3@50 left 3",
  ]);
  expect(market.at(100)).toEqual([
    "100: phase continuous was auction scheduled until 450, traded 3@51 surplus 2, auctions 1",
    "100: trade 0 3@51 auction buy 2:1 left 2, sell 3:1 left 0",
  ]);
  expect(market.at(200, "sell 3:2 1@50")).toEqual([
    "accepted 3:2 #2 sell 1@50 left 1",
    "trade 1 1@52 sell 3:2 left 0, maker 2:1 left 1",
  ]);
  expect(market.at(460, "sell 3:3 1@50")).toEqual([
    "450: phase auction was continuous scheduled until 500, auctions 1",
    "accepted 3:3 #3 sell 1@50 left 1",
  ]);
  expect(market.at(500, "buy 2:2 1@50", "cancel 2:1")).toEqual([
    "500: phase closed was auction scheduled, traded 1@52, auctions 2",
    "500: trade 2 1@52 auction buy 2:1 left 0, sell 3:3 left 0",
    "rejected 2:2 buy 1@50 marketClosed",
    "refused cancel 2:1 unknownOrder",
  ]);
});

describe("a frequent batch auction", () => {
  test("ends a batch at each window, whether it has orders or not", () => {
    const market = scene({ windowNs: 100, endNs: 400 });
    market.at(0);
    market.at(20, "buy 2:1 5@50", "sell 3:1 5@50");
    expect(market.at(250)).toEqual([
      "100: phase auction was auction scheduled until 200, traded 5@50, auctions 1",
      "100: trade 0 5@50 auction buy 2:1 left 0, sell 3:1 left 0",
      "200: phase auction was auction scheduled until 300, auctions 2",
    ]);
    expect(market.at(400)).toEqual([
      "300: phase auction was auction scheduled until 400, auctions 3",
      "400: phase closed was auction scheduled, auctions 4",
    ]);
    expect(market.at(401, "buy 2:9 1@50")).toEqual(["rejected 2:9 buy 1@50 marketClosed"]);
  });

  test("a venue that was busy ends the batch when it is free, and keeps to the windows", () => {
    const market = scene({ windowNs: 100, endNs: 1_000 });
    market.at(0);
    market.floor.nowNs = 350;
    market.floor.wake(market.floor.venues[0]);
    expect(market.floor.venues[0].nextWakeNs).toBe(400);
  });
});

describe("phases that are set from outside", () => {
  test("a halt holds until its time, or until another phase is set", () => {
    const market = scene({ openingNs: 100, closingNs: 50, endNs: 1_000 });
    market.at(150);
    expect(market.at(200, "phase halted until 300", "buy 2:1 1@50")).toEqual([
      "phase halted was continuous until 300, auctions 1",
      "rejected 2:1 buy 1@50 halted",
    ]);
    expect(market.at(300)).toEqual(["300: phase continuous was halted scheduled until 950, auctions 1"]);
    expect(market.at(400, "phase halted")).toEqual(["phase halted was continuous, auctions 1"]);
    // Nobody said for how long: not even the plan ends it.
    expect(market.at(980)).toEqual([]);
    expect(market.at(990, "phase auction")).toEqual(["phase auction was halted, auctions 1"]);
    expect(market.at(1_000)).toEqual(["1000: phase closed was auction scheduled, auctions 2"]);
  });

  test("only the operator may", () => {
    const market = scene({ openingNs: 100 });
    market.at(0);
    const words = new Int32Array(16);
    const doubles = new Float64Array(words.buffer);
    const [venue] = market.floor.venues;
    writeSetPhase(words, doubles, 0, { instrument: 0, phase: TradingPhase.halted });
    words[CommandWord.owner] = 2;
    venue.apply(words, doubles, 0, 50);
    expect(venue.reports.words[venue.reports.front]).toBe(RecordKind.requestRejected);
    expect(reasonName(venue.reports.words[venue.reports.front + ReportWord.reason])).toBe("notPermitted");
    expect(venue.books[0].phase).toBe(TradingPhase.auction);
  });
});
