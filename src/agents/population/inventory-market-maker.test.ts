import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE, NS_PER_SECOND } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import type { LoggedCommand } from "../../testing/command-log.ts";
import { CommandLog } from "../../testing/command-log.ts";
import type { Step } from "../../testing/scripted-agent.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import type { InventoryMarketMakerParameters } from "./inventory-market-maker.ts";
import { defaultInventoryMarketMakerParameters, inventoryMarketMaker } from "./inventory-market-maker.ts";

/** Volatility stays at 5e-5 per sqrt(ns): gamma sigma^2 T is then 0.1 x 2.5e-9 x 30e9 = 7.5 ticks an order held. */
const STEADY: InventoryMarketMakerParameters = {
  ...defaultInventoryMarketMakerParameters,
  levels: 2,
  fillDecayPerTick: 1,
  startSigmaPerSqrtNs: 5e-5,
  volatilityHalfLife: 1e9 * NS_PER_MINUTE,
  priceHalfLife: 0,
};

/** Half the spread of a flat maker: 7.5 / 2 + ln(1 + 0.1 / k) / 0.1, with k = 1. */
const HALF_SPREAD = 3.75 + Math.log(1.1) / 0.1;

function run(steps: readonly Step[], changes: Partial<InventoryMarketMakerParameters> = {}) {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log, instrument: { referencePrice: "1000.00" } });
  bench.add("house", scripted, steps);
  const account = bench.add("maker", inventoryMarketMaker, { ...STEADY, ...changes });
  bench.run();
  return { commands: log.of(account), texts: log.textOf(account), bench, account };
}

/** A market order of the house. */
function takeAt(atNs: number, side: "buy" | "sell", qtyLots: number): Step {
  return { atNs, act: (agent, market) => agent.submit(market, { side, qtyLots, orderType: "market" }) };
}

/** What stands after these commands, best first; nothing was filled. */
function standing(commands: readonly LoggedCommand[], side: "buy" | "sell"): number[] {
  const submits = commands.filter((command) => command.kind === "submit" && command.side === side);
  return submits.map(({ priceTicks }) => priceTicks);
}

describe("inventoryMarketMaker", () => {
  test("opens an empty market around the reference price, post-only, a level every two ticks", () => {
    const { commands } = run([]);
    expect(standing(commands, "buy")).toEqual([
      Math.floor(100_000 - HALF_SPREAD),
      Math.floor(100_000 - HALF_SPREAD) - 2,
    ]);
    expect(standing(commands, "sell")).toEqual([
      Math.ceil(100_000 + HALF_SPREAD),
      Math.ceil(100_000 + HALF_SPREAD) + 2,
    ]);
    expect(commands.every(({ postOnly, qtyLots }) => postOnly && qtyLots === STEADY.sizeLots)).toBe(true);
  });

  test.each([
    { side: "sell", inventory: 1, words: "what it bought" },
    { side: "buy", inventory: -1, words: "what it sold" },
  ] as const)("leans away from $words, by gamma sigma^2 T for each order size", ({ side, inventory }) => {
    const { commands, bench, account } = run([takeAt(NS_PER_SECOND, side, STEADY.sizeLots)]);
    const lots = bench.ledger.balance(account, bench.venue.listed[0].baseAsset);
    expect(lots).toBe(inventory * STEADY.sizeLots);
    const trade = 100_000 - inventory * Math.ceil(HALF_SPREAD);
    const after = commands.filter(({ timeNs }) => timeNs > NS_PER_SECOND);
    expect(standing(after, "buy")[0]).toBe(Math.floor(trade - 7.5 * inventory - HALF_SPREAD));
    expect(standing(after, "sell")[0]).toBe(Math.ceil(trade - 7.5 * inventory + HALF_SPREAD));
  });

  test.each([
    { side: "sell", sign: 1 },
    { side: "buy", sign: -1 },
  ] as const)("never passes its limit, and stops quoting the side that would", ({ side, sign }) => {
    const limit = 4 * STEADY.sizeLots;
    const takes = Array.from({ length: 60 }, (_, i) => takeAt((i + 1) * NS_PER_SECOND, side, 1_000));
    const { commands, bench, account } = run(takes, { inventoryLotsMax: limit });
    expect(bench.ledger.balance(account, bench.venue.listed[0].baseAsset)).toBe(sign * limit);
    const last = commands.filter(({ timeNs }) => timeNs > 30 * NS_PER_SECOND && timeNs < 60 * NS_PER_SECOND);
    expect(standing(last, side === "sell" ? "buy" : "sell")).toEqual([]);
  });

  test("fills up a level that was taken", () => {
    const still = { riskAversion: 0, fillDecayPerTick: 0.8, priceHalfLife: 1e9 * NS_PER_MINUTE };
    const { texts } = run([takeAt(NS_PER_SECOND, "sell", STEADY.sizeLots)], still);
    expect(texts).toEqual([
      "buy 50 @ 99998",
      "buy 50 @ 99996",
      "sell 50 @ 100002",
      "sell 50 @ 100004",
      "buy 50 @ 99998",
    ]);
  });

  test("tries again at the next change after a rejection", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log, instrument: { referencePrice: "1000.00", maxQty: "10" } });
    const quotes = Array.from({ length: 10 }, (_, i) => quoteAt(i * NS_PER_SECOND, { bid: 99_900 + i, qtyLots: 1 }));
    bench.add("house", scripted, quotes);
    const account = bench.add("maker", inventoryMarketMaker, STEADY);
    bench.run();
    expect(log.submitsOf(account).length).toBeGreaterThanOrEqual(9 * 4);
    expect(bench.venue.books[0].orders().filter(({ owner }) => owner === account)).toEqual([]);
  });

  test("widens with what it sees, up to its limit", () => {
    const wild = Array.from({ length: 600 }, (_, second): Step[] => {
      const price = second % 2 === 0 ? 99_900 : 100_100;
      const atNs = (second + 1) * NS_PER_SECOND;
      return [quoteAt(atNs, { bid: price - 1, ask: price, qtyLots: 10_000 }), takeAt(atNs + 1, "buy", 1)];
    });
    const widthAt = (sigmaMaxPerSqrtNs: number): number => {
      const { commands } = run(wild.flat(), { sigmaMaxPerSqrtNs, volatilityHalfLife: 10 * NS_PER_SECOND, levels: 1 });
      const last = commands.filter(({ kind, timeNs }) => kind === "submit" && timeNs > 300 * NS_PER_SECOND);
      const { timeNs } = last[0];
      const [bid, ask] = last.filter((order) => order.timeNs === timeNs).map(({ priceTicks }) => priceTicks);
      return ask - bid;
    };
    // gamma sigma^2 T is 30 ticks at a volatility of 1e-4, and 120 at 2e-4; the rest is 2 ln(1.1) / 0.1 and rounding.
    expect(widthAt(1e-4)).toBeGreaterThanOrEqual(30 + 1.9);
    expect(widthAt(1e-4)).toBeLessThanOrEqual(30 + 1.9 + 2);
    expect(widthAt(2e-4)).toBeGreaterThanOrEqual(120 + 1.9);
  });

  test("sends nothing while its quotes are less than a tick off", () => {
    const steady = Array.from({ length: 100 }, (_, i) =>
      quoteAt((i + 1) * NS_PER_SECOND, { bid: 99_900, ask: 100_100, qtyLots: 100 + i }),
    );
    expect(run(steady).commands).toEqual(run([]).commands);
  });

  test("moves at most once in an interval, and keeps what stands where it is wanted", () => {
    const walk = Array.from({ length: 3_000 }, (_, i): Step[] => {
      const mid = 100_000 + Math.floor(i / 5);
      const atNs = NS_PER_SECOND + i * 50e6;
      // The house trades with itself inside the maker's spread, so that the price walks up by 4 ticks a second.
      return [quoteAt(atNs, { bid: mid - 1, ask: mid, qtyLots: 10 }), takeAt(atNs + 1, "buy", 5)];
    });
    const { commands } = run(walk.flat(), { levels: 5, levelTicks: 1 });
    const times = [...new Set(commands.map(({ timeNs }) => timeNs))];
    expect(times.length).toBeGreaterThan(200);
    const gaps = times.slice(1).map((time, i) => time - times[i]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(STEADY.requoteInterval);
    // Two ticks an interval replace two of five levels a side.
    const sent = commands.filter(({ timeNs }) => timeNs === times[100]);
    expect(sent.map(({ kind }) => kind).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => "cancel"),
      ...Array.from({ length: 4 }, () => "submit"),
    ]);
  });

  test("stands beside the touch where its price would trade", () => {
    const fallen = quoteAt(NS_PER_SECOND, { bid: 99_000, ask: 99_500 });
    const { commands } = run([takeAt(1, "sell", 1), fallen]);
    // What it takes for the price is still near 100,000, so it would bid above the ask.
    const late = commands.filter(({ timeNs }) => timeNs > NS_PER_SECOND);
    expect(standing(late, "buy")[0]).toBe(99_499);
  });

  test("waits where nobody knows a price", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log });
    const account = bench.add("maker", inventoryMarketMaker, STEADY);
    bench.run();
    expect(log.of(account)).toEqual([]);
  });

  test("never names a price below one tick", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log, instrument: { referencePrice: "0.02" } });
    const account = bench.add("maker", inventoryMarketMaker, STEADY);
    bench.run();
    expect(Math.min(...log.submitsOf(account).map(({ priceTicks }) => priceTicks))).toBe(1);
  });
});
