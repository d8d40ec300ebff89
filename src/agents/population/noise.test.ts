import { describe, expect, test } from "vitest";

import { NS_PER_HOUR } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import type { LoggedCommand } from "../../testing/command-log.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import type { NoiseParameters } from "./noise.ts";
import { defaultNoiseParameters, noise } from "./noise.ts";

/** Five standard deviations; the seeds stand here, so each check always passes or always fails. */
const SIGMAS = 5;
const AGENTS = 2_000;
const BID = 99_990;
const ASK = 100_010;

const IN_THE_HOUR: NoiseParameters = { ...defaultNoiseParameters, leadIn: 0, day: NS_PER_HOUR };

/** What noise agents send in an hour to a deep book. */
function ordersOf(parameters: NoiseParameters, options: { quotes?: { bid?: number; ask?: number } } = {}) {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log });
  bench.add("house", scripted, [quoteAt(0, { ...(options.quotes ?? { bid: BID, ask: ASK }) })]);
  const accounts = Array.from({ length: AGENTS }, (_, i) => bench.add(`noise-${i}`, noise, parameters));
  // Twice as long as trading lasts: nothing may come after it.
  bench.run(2 * bench.endNs);
  return accounts.map((account) => log.of(account));
}

/** The largest distance between the times' distribution and the U-quadratic one over [0, day]. */
function kolmogorov(orders: readonly LoggedCommand[], dayNs: number): number {
  const shares = orders.map(({ timeNs }) => timeNs / dayNs).toSorted((a, b) => a - b);
  const distances = shares.map((share, i) => {
    const expected = 4 * (share - 0.5) ** 3 + 0.5;
    return Math.max(Math.abs(expected - i / shares.length), Math.abs(expected - (i + 1) / shares.length));
  });
  return Math.max(...distances);
}

/** Kolmogorov's law: P(distance > x) is about 2 e^(-2 n x^2); 2.74 stands for five standard deviations. */
function kolmogorovBound(count: number): number {
  return 2.74 / Math.sqrt(count);
}

describe("noise", () => {
  const orders = ordersOf(IN_THE_HOUR);
  const all = orders.flat();

  test("each agent sends one order and nothing else", () => {
    expect(orders.every((commands) => commands.length === 1 && commands[0].kind === "submit")).toBe(true);
  });

  test("the times are U-quadratic over the day", () => {
    expect(kolmogorov(all, NS_PER_HOUR)).toBeLessThan(kolmogorovBound(all.length));
  });

  test("the coin is fair, and the price is the opposite best", () => {
    const buys = all.filter(({ side }) => side === "buy");
    expect(Math.abs(buys.length - AGENTS / 2)).toBeLessThan((SIGMAS * Math.sqrt(AGENTS)) / 2);
    expect(new Set(buys.map(({ priceTicks }) => priceTicks))).toEqual(new Set([ASK]));
    expect(new Set(all.filter(({ side }) => side === "sell").map(({ priceTicks }) => priceTicks))).toEqual(
      new Set([BID]),
    );
  });

  test("where the opposite side is empty, nothing is sent", () => {
    const sells = ordersOf(IN_THE_HOUR, { quotes: { bid: BID } }).flat();
    expect(new Set(sells.map(({ side }) => side))).toEqual(new Set(["sell"]));
    expect(ordersOf(IN_THE_HOUR, { quotes: {} }).flat()).toEqual([]);
  });

  test("orders of the lead-in come at the start, those behind the end not at all", () => {
    const long = ordersOf({ ...IN_THE_HOUR, leadIn: NS_PER_HOUR / 2, day: 2 * NS_PER_HOUR }).flat();
    // The first quarter and the last one each hold 4 (1/8 - 1/64) of a U-quadratic day.
    const quarter = 4 * (1 / 8 - 1 / 64);
    const bound = SIGMAS * Math.sqrt(AGENTS * quarter * (1 - quarter));
    expect(Math.abs(long.filter(({ timeNs }) => timeNs === 0).length - AGENTS * quarter)).toBeLessThan(bound);
    expect(Math.abs(AGENTS - long.length - AGENTS * quarter)).toBeLessThan(bound);
    expect(Math.max(...long.map(({ timeNs }) => timeNs))).toBeLessThan(NS_PER_HOUR);
  });

  test("several orders a day: a Poisson number of them, U-quadratic too", () => {
    const mean = 5;
    const many = ordersOf({ ...IN_THE_HOUR, ordersPerDay: mean });
    const counts = many.map((commands) => commands.length);
    const found = counts.reduce((sum, count) => sum + count, 0) / AGENTS;
    const variance = counts.reduce((sum, count) => sum + (count - found) ** 2, 0) / AGENTS;
    expect(Math.abs(found - mean)).toBeLessThan(SIGMAS * Math.sqrt(mean / AGENTS));
    // The variance of a Poisson sample variance is about (mean + 2 mean^2) / n.
    expect(Math.abs(variance - mean)).toBeLessThan(SIGMAS * Math.sqrt((mean + 2 * mean * mean) / AGENTS));
    expect(kolmogorov(many.flat(), NS_PER_HOUR)).toBeLessThan(kolmogorovBound(found * AGENTS));
  });
});
