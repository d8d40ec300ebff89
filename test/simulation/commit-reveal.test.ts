import { describe, expect, test } from "vitest";

import { defaultFrontRunnerParameters, frontRunner } from "../../src/agents/population/front-runner.ts";
import { defaultInstitutionParameters, institution } from "../../src/agents/population/institution.ts";
import { commitWindowsAt } from "../../src/agents/commit-schedule.ts";
import type { AgentFactory, NewOrder, OrderEvent, Quote } from "../../src/agents/port.ts";
import { NS_PER_MILLISECOND, NS_PER_MINUTE, NS_PER_SECOND } from "../../src/core/units.ts";
import { MatrixLink } from "../../src/kernel/links.ts";
import { AgentBench } from "../../src/testing/agent-bench.ts";
import type { TradingStyle } from "../../src/testing/commit-bench.ts";
import { tradingStyle } from "../../src/testing/commit-bench.ts";
import { ladderAt, scripted } from "../../src/testing/scripted-agent.ts";

const MID = 100_000;
const NAMES = ["XTS", "victim", "runner"];
/** An institution 10 ms from the venue; a front-runner 1 ms from it, and 1 ms from the institution. */
const DELAYS_MS = [
  [0, 10, 1],
  [10, 0, 1],
  [1, 1, 0],
];
const link = (): MatrixLink =>
  new MatrixLink({
    delaysNs: DELAYS_MS.map((row) => row.map((ms) => ms * NS_PER_MILLISECOND)),
    placeOf: (name) => Math.max(0, NAMES.indexOf(name)),
  });

/** What the front-runner gains, in ticks times lots, of a victim that leaks every order and every reveal to it. */
function gainOfRunner(style: TradingStyle, seed: number): { gain: number; victimTraded: number } {
  const endNs = 5 * NS_PER_MINUTE;
  const bench = new AgentBench({ seed, endNs, link: link(), ...tradingStyle(style, endNs) });
  bench.add("house", scripted, [ladderAt(0, { bid: MID - 1, ask: MID + 1, levels: 500, qtyLots: 200 })]);
  bench.add("victim", institution, { ...defaultInstitutionParameters, meanInterval: 20 * NS_PER_SECOND });
  const runner = bench.add("runner", frontRunner, defaultFrontRunnerParameters);
  bench.leak("victim", "runner");
  bench.run();
  const [book] = bench.venue.books;
  return { gain: bench.gainOf(runner, book.lastPriceTicks), victimTraded: book.tradeCount };
}

describe("a front-runner that hears of every order of its victim", () => {
  const seeds = [1, 2, 3, 4];

  test("earns from it while trading is continuous", () => {
    for (const seed of seeds) expect(gainOfRunner("continuous", seed).gain).toBeGreaterThan(0);
  });

  test("earns nothing where orders are committed to and revealed", () => {
    for (const seed of seeds) {
      const { gain, victimTraded } = gainOfRunner("commit and reveal", seed);
      expect(victimTraded).toBeGreaterThan(10);
      expect(gain).toBeLessThanOrEqual(0);
    }
  });
});

/** Commits to one order and reveals it, in a few lines. */
const committer: AgentFactory<{ readonly order: NewOrder; readonly events: OrderEvent[] }> = ({
  market,
  parameters,
}) => {
  let orderId = 0;
  return {
    onStart(agent) {
      const windows = market.commits === undefined ? undefined : commitWindowsAt(market.commits, agent.nowNs);
      orderId = agent.commit(market, parameters.order);
      agent.setTimer((windows?.revealsNs ?? 0) - agent.nowNs);
    },
    onTimer: (agent) => agent.reveal(market, orderId),
    onOrder: (_agent, event) => void parameters.events.push(event),
  };
};

/** Sees all there is to see: quotes, orders, levels and trades as they come. */
const watcher: AgentFactory<{ readonly quotes: Quote[] }> = ({ market, parameters }) => ({
  onStart(agent) {
    for (const depth of ["quotes", "levels", "orders", "trades"] as const) agent.subscribe(market, { depth });
    agent.setTimer(10 * NS_PER_MILLISECOND);
  },
  onTimer(agent) {
    agent.requestQuote(market);
    agent.setTimer(10 * NS_PER_MILLISECOND);
  },
  onQuote: (_agent, quote) => void parameters.quotes.push(quote),
});

/** Runs to a time in the first batch. @returns the hash of all that the watcher received, and when */
function watch(order: NewOrder, untilNs: number): { tape: string; events: OrderEvent[]; quotes: Quote[] } {
  const endNs = NS_PER_MINUTE;
  const bench = new AgentBench({ endNs, tapes: "of each actor", ...tradingStyle("commit and reveal", endNs) });
  const events: OrderEvent[] = [];
  const quotes: Quote[] = [];
  bench.add("house", scripted, [ladderAt(0, { bid: MID - 1, ask: MID + 1, levels: 5, qtyLots: 200 })]);
  bench.add("committer", committer, { order, events });
  bench.add("watcher", watcher, { quotes });
  bench.run(untilNs);
  return { tape: bench.kernel.tapeOf(bench.kernel.find("watcher")), events, quotes };
}

describe("nothing of a committed order shows before its batch ends", () => {
  const orders: readonly NewOrder[] = [
    { side: "buy", qtyLots: 1, priceTicks: MID + 3 },
    { side: "sell", qtyLots: 900, priceTicks: MID - 5 },
    { side: "buy", qtyLots: 50, orderType: "market" },
  ];

  test("whoever watches everything sees the same, to the nanosecond, whatever was committed to and revealed", () => {
    const seen = orders.map((order) => watch(order, NS_PER_SECOND - 1));
    for (const { events } of seen)
      expect(events.map(({ status }) => status)).toEqual(["committed", "released", "accepted"]);
    expect(seen[0].quotes.length).toBeGreaterThan(50);
    expect(new Set(seen.map(({ tape }) => tape)).size).toBe(1);
  });

  test("and only when it has ended, what came of it", () => {
    const seen = orders.map((order) => watch(order, NS_PER_SECOND + 1));
    expect(new Set(seen.map(({ tape }) => tape)).size).toBe(orders.length);
  });
});
