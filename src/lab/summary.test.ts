import { describe, expect, test } from "vitest";

import type { Agent, AgentFactory, Market } from "../agents/port.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import type { ScenarioSections } from "../testing/scenario-text.ts";
import { VENUE, scenarioOf } from "../testing/scenario-text.ts";
import { World } from "../world/world.ts";
import { selfTest } from "./self-test.ts";
import { stateOf } from "./state.ts";
import { summarize } from "./summary.ts";

type Act = (agent: Agent, markets: readonly Market[]) => void;

/** Agents that act in turn, a second apart. */
function run(sections: ScenarioSections, acts: Record<string, Act>): World {
  const entries = Object.entries(acts);
  const factories = new Map<string, AgentFactory>(
    entries.map(([name, act], turn) => [
      `./${name}.ts`,
      ({ markets }) => ({
        onStart: (agent) => void agent.setTimer(turn * 1e9),
        onTimer: (agent) => act(agent, markets),
      }),
    ]),
  );
  const agents = entries.map(
    ([name]) => `{ file: ./${name}.ts, name: ${name}, account: { cash: 100000, inventory: 10 } }`,
  );
  const scenario = scenarioOf({
    population: [],
    network: "{ kind: constant, delay: 0s }",
    duration: "1m",
    agents,
    ...sections,
  });
  const world = new World(scenario, { journal: discardingJournal, factories });
  world.kernel.run(world.endNs);
  return world;
}

const sell: Act = (agent, [market]) => void agent.submit(market, { side: "sell", qtyLots: 5, priceTicks: 100_000 });
const buy: Act = (agent, [market]) => void agent.submit(market, { side: "buy", qtyLots: 3, priceTicks: 100_010 });
const bid: Act = (agent, [market]) => void agent.submit(market, { side: "buy", qtyLots: 2, priceTicks: 99_990 });
const nonsense: Act = (agent, [market]) => agent.cancel(market, 77);

describe("a summary", () => {
  test("counts, and values what each group has gained", () => {
    const world = run({}, { sell, buy, bid, nonsense });
    const summary = summarize(world, "time");
    expect(summary).toMatchObject({ scenario: "small", seed: 1, ended: "time", simulatedNs: 60e9, agents: 4 });
    expect(summary.tape).toBe(world.kernel.tape.digest());
    expect(summary.instruments).toEqual([
      {
        venue: "XSIM",
        symbol: "ACME",
        quote: "USD",
        trades: 1,
        volume: "3",
        turnover: "3000.00",
        lastPrice: "1000.00",
        averagePrice: "1000.00",
        meanSpread: 0.1,
        volatility1mBps: Number.NaN,
        autocorrelation1m: Number.NaN,
        commands: 4,
        rejected: 1,
        rejections: { unknownOrder: 1 },
        charges: {},
        restingOrders: 2,
        auctions: 0,
        halts: 0,
      },
    ]);
    // 3,000 USD: the taker pays 0.3 bp, the maker is paid 0.1 bp; both in whole cents, rounded towards 0.
    expect(summary.groups.map(({ name, kind, profit, asset }) => [name, kind, profit, asset])).toEqual([
      ["sell", "./sell.ts", "0.03", "USD"],
      ["buy", "./buy.ts", "-0.09", "USD"],
      ["bid", "./bid.ts", "0.00", "USD"],
      ["nonsense", "./nonsense.ts", "0.00", "USD"],
    ]);
    expect(summary.money).toEqual([
      { asset: "ACME", sum: "0", conserved: true, fees: "0" },
      { asset: "USD", sum: "0.00", conserved: true, fees: "0.06" },
    ]);
  });

  test("values what an agent bought in other markets too, and counts by instrument", () => {
    const venues = [
      VENUE.replace("lot: 1", "lot: 0.1"),
      VENUE.replace("XSIM", "YSIM").replaceAll("ACME", "BOLT").replace("fees: { makerBps: -0.1, takerBps: 0.3 }, ", ""),
    ];
    const lend: Act = (agent, [, bolt]) => void agent.submit(bolt, { side: "sell", qtyLots: 4, priceTicks: 5_000 });
    const take: Act = (agent, [, bolt]) => void agent.submit(bolt, { side: "buy", qtyLots: 4, priceTicks: 6_000 });
    const mark: Act = (agent, [, bolt]) => void agent.submit(bolt, { side: "sell", qtyLots: 1, priceTicks: 7_000 });
    const lift: Act = (agent, [, bolt]) => void agent.submit(bolt, { side: "buy", qtyLots: 1, orderType: "market" });
    const sections = {
      venues,
      agents: agentsOf(["lend", "BOLT"], ["take", "ACME"], ["mark", "BOLT"], ["lift", "BOLT"]),
    };
    const summary = summarize(run(sections, { lend, take, mark, lift }), "time");
    expect(summary.instruments.map(({ symbol, commands, trades }) => [symbol, commands, trades])).toEqual([
      ["ACME", 0, 0],
      ["BOLT", 4, 2],
    ]);
    // Four at 50, worth 70 in the end.
    expect(Object.fromEntries(summary.groups.map(({ name, profit }) => [name, profit]))).toEqual({
      lend: "-80.000",
      take: "80.000",
      mark: "0.000",
      lift: "0.000",
    });
  });

  test("says how far an interrupted run came", () => {
    const world = run({}, { sell });
    expect(summarize(world, "interrupted").simulatedNs).toBe(world.kernel.nowNs);
  });
});

function agentsOf(...agents: readonly (readonly [name: string, symbol: string])[]): string[] {
  return agents.map(
    ([name, symbol]) =>
      `{ file: ./${name}.ts, name: ${name}, symbol: ${symbol}, account: { cash: 100000, inventory: 10 } }`,
  );
}

test("a state shows books and accounts as they stand", () => {
  const deep: Act = (agent, [market]) => {
    for (let i = 0; i < 12; i++) agent.submit(market, { side: "sell", qtyLots: 1, priceTicks: 100_100 + i });
  };
  const world = run(
    { agents: [...agentsOf(["sell", "ACME"], ["buy", "ACME"]), "{ file: ./deep.ts, name: deep }"] },
    { sell, buy, deep },
  );
  const state = stateOf(world);
  expect(state).toMatchObject({ timeNs: 60e9, timeOfDayNs: 34_260e9, events: world.kernel.events });
  const [book] = state.books;
  expect(book).toMatchObject({ venue: "XSIM", symbol: "ACME", lastPrice: "1000.00", orders: 13, bids: [] });
  expect(book.asks).toHaveLength(10);
  expect(book.asks.slice(0, 2)).toEqual([
    { price: "1000.00", qty: "2", orders: 1 },
    { price: "1001.00", qty: "1", orders: 1 },
  ]);
  expect(state.accounts).toEqual([
    { agent: "sell-1", cash: "103000.03", inventory: "7", cashReserved: "0.00", inventoryReserved: "2" },
    { agent: "buy-1", cash: "96999.91", inventory: "13", cashReserved: "0.00", inventoryReserved: "0" },
    { agent: "deep-1", cash: "1000000.00", inventory: "0", cashReserved: "0.00", inventoryReserved: "12" },
  ]);
});

test("the self-test finds the hash that it has everywhere", () => {
  const { expected, found } = selfTest();
  expect(found).toBe(expected);
});
