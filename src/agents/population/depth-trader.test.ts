import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import type { Step } from "../../testing/scripted-agent.ts";
import { scripted } from "../../testing/scripted-agent.ts";
import { defaultDepthTraderParameters, depthTrader } from "./depth-trader.ts";

function ordersFor(bidLots: number, askLots: number) {
  const quote: Step = {
    atNs: 0,
    act: (agent, market) => {
      agent.submit(market, { side: "buy", qtyLots: bidLots, priceTicks: 99_990 });
      agent.submit(market, { side: "sell", qtyLots: askLots, priceTicks: 100_010 });
    },
  };
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log, endNs: 3 * NS_PER_MINUTE });
  bench.add("house", scripted, [quote]);
  const account = bench.add("depth", depthTrader, defaultDepthTraderParameters);
  bench.run();
  return { texts: log.textOf(account), position: bench.venue.books[0].position(account) };
}

describe("depthTrader", () => {
  test("buys at the ask while the bids outweigh the asks, up to its limit", () => {
    const { texts, position } = ordersFor(100_000, 10_000);
    expect(new Set(texts)).toEqual(new Set(["buy 50 @ 100010"]));
    expect(position).toBe(500);
  });

  test("sells at the bid while the asks do", () => {
    const { texts, position } = ordersFor(10_000, 100_000);
    expect(new Set(texts)).toEqual(new Set(["sell 50 @ 99990"]));
    expect(position).toBe(-500);
  });

  test("does nothing in between", () => {
    expect(ordersFor(60_000, 40_000).texts).toEqual([]);
  });
});
