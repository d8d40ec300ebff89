import { expect, test } from "vitest";

import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultFatFingerParameters, fatFinger } from "./fat-finger.ts";

test("slips in one order of twenty: a hundred times the size, two percent off the market", () => {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log });
  bench.add("house", scripted, [quoteAt(0, { bid: 99_990, ask: 100_010 })]);
  const accounts = Array.from({ length: 20 }, (_, i) => bench.add(`fat-${i}`, fatFinger, defaultFatFingerParameters));
  bench.run();
  const orders = accounts.flatMap((account) => log.submitsOf(account));
  const isSlip = ({ priceTicks }: { priceTicks: number }): boolean => priceTicks !== 99_990 && priceTicks !== 100_010;
  const slips = orders.filter(isSlip);
  const chance = 0.05;
  const deviation = Math.sqrt(orders.length * chance * (1 - chance));
  expect(Math.abs(slips.length - chance * orders.length)).toBeLessThan(5 * deviation);
  for (const { side, priceTicks } of slips) expect(priceTicks).toBe(side === "buy" ? 102_010 : 97_990);
  const median = (lots: number[]): number => lots.toSorted((a, b) => a - b)[lots.length >> 1];
  expect(median(orders.filter((order) => !isSlip(order)).map(({ qtyLots }) => qtyLots))).toBe(20);
  expect(median(slips.map(({ qtyLots }) => qtyLots))).toBe(2_000);
});
