import { expect, test } from "vitest";

import { NS_PER_MILLISECOND, NS_PER_MINUTE } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultQuoteStufferParameters, quoteStuffer } from "./quote-stuffer.ts";

test("sends bursts of orders, each canceled when the next is sent, and never trades", () => {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log, endNs: 5 * NS_PER_MINUTE });
  bench.add("house", scripted, [quoteAt(0, { bid: 99_990, ask: 100_010 })]);
  const account = bench.add("stuffer", quoteStuffer, defaultQuoteStufferParameters);
  bench.run();
  const orders = log.submitsOf(account);
  const cancels = log.of(account).filter(({ kind }) => kind === "cancel");
  expect(orders.length).toBeGreaterThan(4 * 250);
  expect(orders.length % 250).toBe(0);
  expect(cancels.map(({ timeNs }) => timeNs)).toEqual(orders.map(({ timeNs }) => timeNs + 2 * NS_PER_MILLISECOND));
  expect(new Set(orders.map(({ side, priceTicks }) => `${side} ${priceTicks}`))).toEqual(
    new Set(["buy 99980", "sell 100020"]),
  );
  expect(bench.venue.books[0].tradeCount).toBe(0);
});
