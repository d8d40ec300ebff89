import { expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { MarketRecorder } from "../../testing/market-recorder.ts";
import { ladderAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultMomentumIgniterParameters, momentumIgniter } from "./momentum-igniter.ts";

test("moves the price by a burst to one side, waits, and trades out of all of it", () => {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log, endNs: 10 * NS_PER_MINUTE });
  const recorder = new MarketRecorder(bench.market, bench.venue.books[0]);
  bench.watch("recorder", recorder);
  bench.add("house", scripted, [ladderAt(0, { bid: 99_999, ask: 100_001, levels: 2_000, qtyLots: 100 })]);
  const account = bench.add("igniter", momentumIgniter, defaultMomentumIgniterParameters);
  bench.run();
  const orders = log.submitsOf(account);
  const { burstOrders, wait } = defaultMomentumIgniterParameters;
  const bursts = [0];
  for (let at = 1; at < orders.length; at++) if (orders[at].timeNs - orders[at - 1].timeNs > wait) bursts.push(at);
  expect(bursts.length).toBeGreaterThan(3);
  for (const first of bursts) {
    const burst = orders.slice(first, first + burstOrders);
    if (burst.length < burstOrders) continue;
    const { side } = burst[0];
    const trades = recorder.trades.filter(
      ({ timeNs }) => timeNs >= burst[0].timeNs && timeNs <= (burst.at(-1)?.timeNs ?? 0),
    );
    expect(new Set(burst.map((order) => order.side))).toEqual(new Set([side]));
    const move = trades[trades.length - 1].priceTicks - trades[0].priceTicks;
    // 1,200 lots in a book of 100 a tick, which its own trading out leaves with gaps.
    expect(side === "buy" ? move : -move).toBeGreaterThanOrEqual(10);
  }
  expect(Math.abs(bench.venue.books[0].position(account))).toBeLessThanOrEqual(8 * 150);
  const outs = orders.filter(({ side }, at) => at % 16 >= burstOrders && side !== orders[at - (at % 16)].side);
  expect(outs.length).toBeGreaterThan(burstOrders);
});
