import { describe, expect, test } from "vitest";

import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import { ConstantLink } from "../../kernel/links.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import type { FundamentalPath } from "../port.ts";
import { defaultLatencyArbitrageurParameters, latencyArbitrageur } from "./latency-arbitrageur.ts";

/** The value jumps by ten ticks each second; the house follows half a second later. */
const JUMPS: FundamentalPath = {
  meanTicks: 100_000,
  kappaPerNs: 0,
  valueAt: (timeNs) => 100_000 + (Math.floor(timeNs / NS_PER_SECOND) % 2) * 10,
};
const SECONDS = 20;
const LAG_NS = NS_PER_SECOND / 2;

function sniping(delayMs: number) {
  const log = new CommandLog();
  const bench = new AgentBench({
    journal: log,
    endNs: SECONDS * NS_PER_SECOND,
    fundamental: JUMPS,
    link: new ConstantLink(delayMs * NS_PER_MILLISECOND),
  });
  const quotes = Array.from({ length: SECONDS }, (_, second) => {
    const mid = JUMPS.valueAt(second * NS_PER_SECOND);
    return quoteAt(second * NS_PER_SECOND + LAG_NS, { bid: mid - 3, ask: mid + 3, qtyLots: 100 });
  });
  bench.add("house", scripted, [quoteAt(0, { bid: 99_997, ask: 100_003, qtyLots: 100 }), ...quotes]);
  const account = bench.add("sniper", latencyArbitrageur, defaultLatencyArbitrageurParameters);
  bench.run();
  return { orders: log.submitsOf(account), gain: bench.gainOf(account, JUMPS.valueAt(bench.endNs)) };
}

describe("latencyArbitrageur", () => {
  test("takes each stale quote once, before its owner moves it, and earns what it moved by less the spread", () => {
    const { orders, gain } = sniping(1);
    expect(orders.length).toBe(SECONDS - 1);
    for (const { side, priceTicks, timeNs } of orders) {
      const isUp = JUMPS.valueAt(timeNs) > 100_000;
      expect({ side, priceTicks }).toEqual(
        isUp ? { side: "buy", priceTicks: 100_003 } : { side: "sell", priceTicks: 100_007 },
      );
      expect(timeNs % NS_PER_SECOND).toBeLessThan(LAG_NS);
    }
    // Nine times it buys at +3 and sells at +7; what it bought last is worth 0 at the end.
    expect(gain).toBe(100 * (9 * (7 - 3) - 3));
  });

  test("earns nothing when it is slower than the owner of the quotes", () => {
    // Owner and sniper are as far away, but the sniper sees the market late and acts late.
    expect(sniping(600).gain).toBeLessThanOrEqual(0);
  });

  test("says what it lacks", () => {
    const bench = new AgentBench();
    const venues = { ...defaultLatencyArbitrageurParameters, signal: "venues" as const };
    expect(() => bench.add("a", latencyArbitrageur, defaultLatencyArbitrageurParameters)).toThrow("ABM has none");
    expect(() => bench.add("b", latencyArbitrageur, venues)).toThrow("only XTS lists ABM");
  });
});
