import { describe, expect, test } from "vitest";

import { NS_PER_SECOND } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultMomentumParameters, momentum } from "./momentum.ts";

const SIGMAS = 5;
const HOUR_S = 3_600;

/** The orders of one agent while the mid walks by `stepTicks` a second from 100,000. */
function ordersOf(stepTicks: number) {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log });
  const walk = Array.from({ length: HOUR_S }, (_, second) => {
    const mid = 100_000 + second * stepTicks;
    return quoteAt(second * NS_PER_SECOND, { bid: mid - 1, ask: mid + 2 });
  });
  bench.add("house", scripted, walk);
  const account = bench.add("momentum", momentum, defaultMomentumParameters);
  bench.run();
  return {
    orders: log.of(account),
    midAt: (timeNs: number) => 100_000 + Math.floor(timeNs / NS_PER_SECOND) * stepTicks,
  };
}

describe("momentum", () => {
  test.each([
    { trend: "rises", stepTicks: 1, side: "buy", offset: 2 },
    { trend: "falls", stepTicks: -1, side: "sell", offset: -1 },
    { trend: "stands still", stepTicks: 0, side: "buy", offset: 2 },
  ])("takes the opposite best when the price $trend", ({ stepTicks, side, offset }) => {
    const { orders, midAt } = ordersOf(stepTicks);
    expect(orders.length).toBeGreaterThan(10);
    for (const order of orders) {
      expect(order).toMatchObject({ kind: "submit", side, priceTicks: midAt(order.timeNs) + offset });
    }
  });

  test("begins with its 50th look; looks are Poisson with a mean of 37 s", () => {
    const first: number[] = [];
    const gaps: number[] = [];
    for (let i = 0; i < 40; i++) {
      const log = new CommandLog();
      const bench = new AgentBench({ journal: log, seed: i });
      bench.add("house", scripted, [quoteAt(0, { bid: 99_999, ask: 100_001 })]);
      const account = bench.add("momentum", momentum, defaultMomentumParameters);
      bench.run();
      const times = log.of(account).map(({ timeNs }) => timeNs / (37 * NS_PER_SECOND));
      first.push(times[0]);
      gaps.push(...times.slice(1).map((time, place) => time - times[place]));
    }
    const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    // The 50th arrival comes after 50 means, give or take sqrt(50).
    expect(Math.abs(mean(first) - 50)).toBeLessThan(SIGMAS * Math.sqrt(50 / first.length));
    expect(Math.abs(mean(gaps) - 1)).toBeLessThan(SIGMAS / Math.sqrt(gaps.length));
  });

  test("compares its own two averages: after a turn it follows once the short one has crossed", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log });
    const turnS = 2_400;
    const walk = Array.from({ length: HOUR_S }, (_, second) => {
      const mid = 100_000 + Math.min(second, 2 * turnS - second);
      return quoteAt(second * NS_PER_SECOND, { bid: mid - 1, ask: mid + 1 });
    });
    bench.add("house", scripted, walk);
    const parameters = { ...defaultMomentumParameters, meanInterval: 5 * NS_PER_SECOND };
    const account = bench.add("momentum", momentum, parameters);
    bench.run();
    const sides = log.of(account).map(({ side }) => side);
    const turn = sides.indexOf("sell");
    expect(turn).toBeGreaterThan(100);
    expect(new Set(sides.slice(0, turn))).toEqual(new Set(["buy"]));
    expect(new Set(sides.slice(turn))).toEqual(new Set(["sell"]));
  });

  test("waits while a side is empty", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log });
    bench.add("house", scripted, [quoteAt(0, { bid: 99_999 })]);
    const account = bench.add("momentum", momentum, { ...defaultMomentumParameters, shortMids: 1, longMids: 2 });
    bench.run();
    expect(log.of(account)).toEqual([]);
  });
});
