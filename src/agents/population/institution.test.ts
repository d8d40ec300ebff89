import { expect, test } from "vitest";

import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { ladderAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultInstitutionParameters, institution } from "./institution.ts";

test("walks the book to either side, as far as its limit, and leaves nothing behind", () => {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log });
  bench.add("house", scripted, [ladderAt(0, { bid: 99_990, ask: 100_010, levels: 5_000, qtyLots: 30 })]);
  const account = bench.add("institution", institution, defaultInstitutionParameters);
  bench.run();
  const orders = log.submitsOf(account);
  // An hour of Poisson arrivals each 30 s.
  expect(Math.abs(orders.length - 120)).toBeLessThan(5 * Math.sqrt(120));
  expect(new Set(orders.map(({ side }) => side))).toEqual(new Set(["buy", "sell"]));
  expect(orders[0].priceTicks).toBe(orders[0].side === "buy" ? 100_030 : 99_970);
  const [book] = bench.venue.books;
  // Each order eats 21 levels of 30 lots, and the rest of it is canceled.
  expect(book.tradeCount).toBe(21 * orders.length);
  expect(book.orders().every(({ owner }) => owner !== account)).toBe(true);
});
