import { expect, test } from "vitest";

import { parseStep } from "../../testing/book-step-text.ts";
import { renderVenueReports } from "../../testing/venue-script.ts";
import { TradingFloor } from "../../testing/trading-floor.ts";
import { BTC } from "../../testing/venue-cases/venue-case.ts";

const MAKER = 2;
const TAKER = 3;

function times(count: number, step: string): string[] {
  return Array.from({ length: count }, () => step);
}

class Scene {
  readonly floor: TradingFloor;

  constructor(options: { feeUnits?: number; perTradeMax?: number } = {}) {
    const { feeUnits = 7, perTradeMax = Infinity } = options;
    const orderToTrade = { windowNs: 1_000, freeMessages: 2, perTrade: 3, feeUnits, perTradeMax };
    this.floor = new TradingFloor([{ instruments: [BTC], rules: [{ orderToTrade }] }]);
    for (const owner of [MAKER, TAKER]) {
      this.floor.ledger.openAccount();
      this.floor.deposit(owner, "USD", 1_000);
      this.floor.deposit(owner, "BTC", 1_000);
    }
  }

  /** What the steps give at a time; the floor proves the money after each. */
  do(atNs: number, ...steps: string[]): string[] {
    this.floor.nowNs = atNs;
    const [venue] = this.floor.venues;
    return steps.flatMap((step) => {
      if (step === "wake") this.floor.wake(venue);
      else this.floor.apply(parseStep(step), { venue, instrument: 0 });
      const shown = renderVenueReports({ venue, instrument: 0 });
      this.floor.take();
      return shown;
    });
  }
}

test("messages beyond the ratio cost a fee at the window's end, cancels too", () => {
  const scene = new Scene();
  expect(scene.floor.venues[0].nextWakeNs).toBe(Infinity);
  scene.do(100, "buy 2:1 1@10", "cancel 2:1", "buy 2:1 1@10", "cancel 2:1", "cancel 2:1");
  expect(scene.floor.venues[0].nextWakeNs).toBe(1_000);
  // Five messages, two of them free, no trade.
  expect(scene.do(1_000, "wake")).toEqual(["charged 2: 21 orderToTradeRatio"]);
  expect(scene.floor.venues[0].nextWakeNs).toBe(Infinity);
  expect(scene.floor.ledger.balance(1, scene.floor.assets.indexOf("USD"))).toBe(21);
});

test("each trade makes some more of them free, for both sides", () => {
  const scene = new Scene();
  scene.do(100, "sell 2:1 5@10", "buy 3:1 1@10", "buy 3:2 1@10");
  scene.do(200, ...times(7, "cancel 2:9"), ...times(6, "cancel 3:9"));
  // Two free and three for each of two trades: eight messages each.
  expect(scene.do(1_000, "wake")).toEqual([]);
  scene.do(1_500, "sell 2:2 5@20", ...times(4, "cancel 2:9"), "buy 3:3 1@10");
  expect(scene.do(2_000, "wake")).toEqual([]);
  scene.do(2_500, ...times(4, "cancel 2:9"));
  expect(scene.do(3_000, "wake")).toEqual(["charged 2: 14 orderToTradeRatio"]);
});

test("a window that nobody was woken at ends with the next command", () => {
  const scene = new Scene();
  scene.do(100, ...times(3, "cancel 2:9"));
  expect(scene.do(5_500, "cancel 3:9")).toEqual(["charged 2: 7 orderToTradeRatio", "refused cancel 3:9 unknownOrder"]);
  expect(scene.floor.venues[0].nextWakeNs).toBe(6_000);
});

test("far beyond the ratio orders are refused until the window's end, and cancels pass", () => {
  const scene = new Scene({ perTradeMax: 5 });
  scene.do(100, "buy 2:1 1@10", "cancel 2:9");
  expect(scene.do(200, "buy 2:2 1@10")).toEqual(["rejected 2:2 buy 1@10 orderToTradeRatio"]);
  expect(scene.do(300, "cancel 2:1")).toEqual(["canceled 2:1 #0 buy 1@10 left 0 canceledByOwner"]);
  expect(scene.do(1_000, "buy 2:2 1@10")).toContain("accepted 2:2 #1 buy 1@10 left 1");
});

test("what an owner cannot pay it owes on, and pays when it can", () => {
  const scene = new Scene({ feeUnits: 400 });
  scene.do(100, "buy 2:1 1@700", ...times(3, "cancel 2:9"));
  // 800 are due, and 300 are free.
  expect(scene.do(1_000, "wake")).toEqual(["charged 2: 300 orderToTradeRatio"]);
  scene.do(1_100, "cancel 2:1");
  expect(scene.do(2_000, "wake")).toEqual(["charged 2: 500 orderToTradeRatio"]);
  scene.do(2_100, "cancel 3:1");
  expect(scene.do(3_000, "wake")).toEqual([]);
});
