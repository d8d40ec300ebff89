import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE, NS_PER_SECOND } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import type { LoggedCommand } from "../../testing/command-log.ts";
import { CommandLog } from "../../testing/command-log.ts";
import type { Step } from "../../testing/scripted-agent.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import type { AdaptiveMarketMakerParameters } from "./adaptive-market-maker.ts";
import { adaptiveMarketMaker, defaultAdaptiveMarketMakerParameters } from "./adaptive-market-maker.ts";

const SIGMAS = 5;

/** What one maker sends while others do what the steps say. */
function commandsOf(steps: readonly Step[], changes: Partial<AdaptiveMarketMakerParameters> = {}) {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log });
  bench.add("house", scripted, steps);
  const parameters = { ...defaultAdaptiveMarketMakerParameters, ...changes };
  const account = bench.add("maker", adaptiveMarketMaker, parameters);
  bench.run();
  return log.of(account);
}

/** The orders of each ladder: what is sent at one moment. */
function laddersOf(commands: readonly LoggedCommand[]): LoggedCommand[][] {
  const byTime = Map.groupBy(
    commands.filter(({ kind }) => kind === "submit"),
    ({ timeNs }) => timeNs,
  );
  return [...byTime.values()];
}

function prices(ladder: readonly LoggedCommand[], side: "buy" | "sell"): number[] {
  return ladder.filter((order) => order.side === side).map(({ priceTicks }) => priceTicks);
}

/** A trade of that many lots at the ask (bought) or at the bid (sold), by the house with itself. */
function tradeAt(atNs: number, side: "buy" | "sell", qtyLots: number): Step {
  return {
    atNs,
    act: (agent, market) => agent.submit(market, { side, qtyLots, orderType: "market" }),
  };
}

const QUOTES = quoteAt(0, { bid: 99_997, ask: 100_003 });

describe("adaptiveMarketMaker", () => {
  test("the first ladder: window 0.75 x 6 + 0.25 x 50 = 17 ticks around the mid, levels 5 windows apart", () => {
    const [first] = laddersOf(commandsOf([QUOTES]));
    expect(prices(first, "buy")).toEqual(Array.from({ length: 10 }, (_, level) => 100_000 - 8 - 85 * level));
    expect(prices(first, "sell")).toEqual(Array.from({ length: 10 }, (_, level) => 100_000 + 9 + 85 * level));
    expect(new Set(first.map(({ qtyLots }) => qtyLots))).toEqual(new Set([1]));
  });

  test("the window follows the spread by its moving average, and never closes", () => {
    const ladders = laddersOf(commandsOf([quoteAt(0, { bid: 99_999, ask: 100_000 })]));
    let window = 50;
    for (const ladder of ladders.slice(0, 20)) {
      window = 0.75 + 0.25 * window;
      const bids = prices(ladder, "buy");
      expect(bids[0]).toBe(99_999 - Math.floor(window / 2));
      expect(prices(ladder, "sell")[0]).toBe(99_999 + Math.ceil(window / 2));
      expect(bids[0] - bids[1]).toBe(Math.max(1, Math.round(5 * window)));
    }
  });

  test("each order is 2.5 % of what was traded in the last minute, at least one lot", () => {
    const minute = 60;
    // 40 lots a second for ten minutes, then nothing.
    const trades = Array.from({ length: 600 }, (_, second) =>
      tradeAt((second + 0.5) * NS_PER_SECOND, second % 2 === 0 ? "buy" : "sell", 40),
    );
    const ladders = laddersOf(commandsOf([QUOTES, ...trades], { imbalanceTicks: 0 }));
    const sizeIn = (fromS: number, toS: number): Set<number> => {
      const within = ladders.filter(([{ timeNs }]) => timeNs > fromS * NS_PER_SECOND && timeNs < toS * NS_PER_SECOND);
      return new Set(within.flat().map(({ qtyLots }) => qtyLots));
    };
    // The volume is exact to one of its 60 slots: 59 to 60 seconds, 0.025 x 40 x 59 = 59.
    expect([...sizeIn(minute, 10 * minute)].every((size) => size === 59 || size === 60)).toBe(true);
    expect(sizeIn(11 * minute, 60 * minute)).toEqual(new Set([1]));
  });

  test.each([
    { side: "buy", ticks: 4 },
    { side: "sell", ticks: -4 },
  ] as const)("when all volume is a $side the ladder moves by $ticks ticks", ({ side, ticks }) => {
    const trades = Array.from({ length: 3_500 }, (_, second) => tradeAt(second * NS_PER_SECOND + 1, side, 10));
    const ladders = laddersOf(commandsOf([QUOTES, ...trades]));
    const without = laddersOf(commandsOf([QUOTES, ...trades], { imbalanceTicks: 0 }));
    expect(ladders.length).toBeGreaterThan(20);
    expect(prices(ladders[0], "buy")[0]).toBe(prices(without[0], "buy")[0] + ticks);
    expect(prices(ladders[0], "sell")[0]).toBe(prices(without[0], "sell")[0] + ticks);
  });

  test("cancels the whole ladder before it looks at the market for the next one", () => {
    const kinds = commandsOf([QUOTES]).map(({ kind }) => kind);
    expect(kinds.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => "submit"));
    expect(kinds.filter((_, place) => place % 21 === 20).every((kind) => kind === "cancelAll")).toBe(true);
    expect(kinds.filter((kind) => kind === "cancelAll").length).toBeGreaterThan(30);
  });

  test("renewals are Poisson with a mean of 60 s", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log, endNs: 5 * 60 * NS_PER_MINUTE });
    bench.add("house", scripted, [quoteAt(0, { bid: 99_999, ask: 100_001 })]);
    for (let i = 0; i < 10; i++) bench.add(`maker-${i}`, adaptiveMarketMaker, defaultAdaptiveMarketMakerParameters);
    bench.run();
    const renewals = log.commands.filter(({ kind, qtyLots }) => kind === "submit" && qtyLots === 1).length / 20;
    expect(Math.abs(renewals - 3_000)).toBeLessThan(SIGMAS * Math.sqrt(3_000));
  });

  test("waits for a first mid, then goes by the last one while a side is empty", () => {
    expect(commandsOf([quoteAt(0, { bid: 99_999 })])).toEqual([]);
    // An odd spread: half of the window is then far from where it would be rounded the other way.
    const quotes = quoteAt(0, { bid: 99_997, ask: 100_004 });
    const emptied = quoteAt(30 * NS_PER_MINUTE, { bid: 99_997 });
    const late = (steps: readonly Step[]): LoggedCommand[][] =>
      laddersOf(commandsOf(steps)).filter(([{ timeNs }]) => timeNs > 40 * NS_PER_MINUTE);
    const asks = late([quotes, emptied]).map((ladder) => prices(ladder, "sell")[0]);
    expect(asks.length).toBeGreaterThan(10);
    expect(asks).toEqual(late([quotes]).map((ladder) => prices(ladder, "sell")[0]));
  });

  test("never names a price below one tick", () => {
    const ladders = laddersOf(commandsOf([quoteAt(0, { bid: 1, ask: 3 })]));
    const all = ladders.flat().map(({ priceTicks }) => priceTicks);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(1);
    expect(ladders.every((ladder) => prices(ladder, "sell").length === 10)).toBe(true);
  });
});
