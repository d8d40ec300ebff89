import { expect, test } from "vitest";

import type { AgentFactory } from "../../agents/port.ts";
import { flyScenario, scenarioFrom } from "./fly-scenario.ts";
import { gainOf } from "./gain.ts";

const MARKET = { symbol: "ACME", base: "ACME", quote: "USD", tick: "0.05", lot: "0.1" };

const order =
  (side: "buy" | "sell", qtyLots: number): AgentFactory =>
  ({ market }) => ({ onStart: (agent) => void agent.submit(market, { side, qtyLots, priceTicks: 2_000 }) });

test("a gain is cash and inventory at the given value, less what was given, fees taken off, over a group's agents", async () => {
  const account = { cash: "1000", inventory: "7" };
  const world = await flyScenario(
    scenarioFrom({
      version: 1,
      name: "gain",
      duration: "1s",
      venues: [{ name: "XSIM", fees: { takerBps: 100 }, instruments: [MARKET] }],
      agents: [
        { file: "maker", name: "maker", account },
        { file: "taker", name: "taker", count: 2, account },
      ],
    }),
    { maker: order("sell", 40), taker: order("buy", 20) },
  );
  // Twice 2 units at 100 dollars, now worth 110 each. The takers pay a hundredth of 400 dollars.
  expect(gainOf(world, "maker", 2_200)).toBeCloseTo(-40, 9);
  expect(gainOf(world, "taker", 2_200)).toBeCloseTo(40 - 4, 9);
  expect(gainOf(world, "taker", 2_000)).toBeCloseTo(-4, 9);
  expect(() => gainOf(world, "nobody", 1)).toThrow("the scenario has no group nobody");
});
