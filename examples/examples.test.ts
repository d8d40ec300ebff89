import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import type { AgentFactory, AgentHandlers, Fill } from "../src/agents/port.ts";
import { NS_PER_MINUTE } from "../src/core/units.ts";
import type { AgentBench } from "../src/testing/agent-bench.ts";
import { CommandLog } from "../src/testing/command-log.ts";
import { rmsc04 } from "../src/testing/rmsc04.ts";
import touchMaker from "./touch-maker.ts";
import trendFollower from "./trend-follower.ts";
import twapBuyer from "./twap-buyer.ts";

const HALF_HOUR = 30 * NS_PER_MINUTE;

/** An example among the agents of rmsc04, for half an hour. */
function run<Parameters>(create: AgentFactory<Parameters>, parameters: Parameters) {
  const log = new CommandLog();
  const bench = rmsc04({ seed: 1, journal: log, endNs: HALF_HOUR });
  const fills: Fill[] = [];
  const watched: AgentFactory<Parameters> = (setup) => {
    const handlers = create(setup);
    const onFill: AgentHandlers["onFill"] = (agent, fill) => {
      fills.push(fill);
      handlers.onFill?.(agent, fill);
    };
    return { ...handlers, onFill };
  };
  const account = bench.add("example", watched, parameters);
  bench.run();
  return { bench, account, log, fills };
}

function lotsOf(bench: AgentBench, account: number): number {
  return bench.ledger.balance(account, bench.venue.listed[0].baseAsset);
}

describe("the examples trade", () => {
  test("twap-buyer buys what it shall, slice by slice", () => {
    const { bench, account, log } = run(twapBuyer, { lots: 900, slices: 30 });
    const orders = log.submitsOf(account);
    expect(orders.map(({ timeNs }) => Math.round(timeNs / NS_PER_MINUTE))).toEqual(
      Array.from({ length: 30 }, (_, i) => i),
    );
    // The first slice finds an empty market.
    expect(lotsOf(bench, account)).toBeGreaterThanOrEqual(29 * 30);
  });

  test("trend-follower is long or short", () => {
    const { bench, account, fills } = run(trendFollower, {});
    expect(new Set(fills.map(({ side }) => side))).toEqual(new Set(["buy", "sell"]));
    expect(Math.abs(lotsOf(bench, account))).toBeLessThanOrEqual(300);
  });

  test("touch-maker trades on both sides within its limit", () => {
    const { bench, account, log, fills } = run(touchMaker, {});
    expect(new Set(fills.map(({ side }) => side))).toEqual(new Set(["buy", "sell"]));
    expect(new Set(fills.map(({ liquidity }) => liquidity))).toEqual(new Set(["maker"]));
    expect(log.submitsOf(account).every(({ postOnly }) => postOnly)).toBe(true);
    expect(Math.abs(lotsOf(bench, account))).toBeLessThanOrEqual(220);
  });
});

describe("the examples are what the documentation shows", () => {
  const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8");

  test("docs/agents.md has twap-buyer.ts word for word", () => {
    expect(read("../docs/agents.md")).toContain(read("./twap-buyer.ts"));
  });

  test.each(["touch-maker.ts", "trend-follower.ts", "twap-buyer.ts"])("%s imports the public names only", (file) => {
    const imported = [...read(`./${file}`).matchAll(/from "([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(imported)).toEqual(new Set(["tradeswarm/agents"]));
  });
});
