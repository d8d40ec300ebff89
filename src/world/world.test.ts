import { describe, expect, test } from "vitest";

import type { Agent, AgentFactory, Fill, Market, OrderEvent } from "../agents/port.ts";
import { NS_PER_SECOND } from "../core/units.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import { EXTERNAL_ACCOUNT } from "../market/ledger.ts";
import type { ScenarioSections } from "../testing/scenario-text.ts";
import { POPULATION, VENUE, scenarioOf } from "../testing/scenario-text.ts";
import { applyChange } from "./change.ts";
import { SAMPLES_MAX } from "./observer.ts";
import type { Scenario } from "./scenario/schema.ts";
import { World } from "./world.ts";

function worldOf(sections: ScenarioSections, factories: Record<string, AgentFactory> = {}): World {
  return new World(scenarioOf(sections), { journal: discardingJournal, factories: new Map(Object.entries(factories)) });
}

/** Quiet surroundings for agents of one's own. */
const QUIET: ScenarioSections = { population: [], network: "{ kind: constant, delay: 1ms }" };

/** Does one thing at the start and remembers what came of it. */
function once(act: (agent: Agent, market: Market) => unknown): {
  factory: AgentFactory;
  events: OrderEvent[];
  fills: Fill[];
} {
  const events: OrderEvent[] = [];
  const fills: Fill[] = [];
  const factory: AgentFactory = ({ market }) => ({
    onStart: (agent) => void act(agent, market),
    onOrder: (_, event) => void events.push(event),
    onFill: (_, fill) => void fills.push(fill),
  });
  return { factory, events, fills };
}

describe("agents", () => {
  test("are numbered in their group, also where there is only one", () => {
    const world = worldOf({ population: ["{ kind: noise, name: a, count: 2 }", "{ kind: noise, name: b }"] });
    const names = Array.from({ length: world.kernel.actorCount }, (_, actor) => world.kernel.nameOf(actor));
    expect(names).toEqual(["XSIM", "observer", "a-1", "a-2", "b-1"]);
    expect(world.groups.map(({ name, kind, accounts }) => [name, kind, accounts.length])).toEqual([
      ["a", "noise", 2],
      ["b", "noise", 1],
    ]);
  });

  test("overhear the orders of a group that leaks to theirs, and of nobody else", () => {
    const heard: unknown[] = [];
    const listener: AgentFactory = ({ name }) => ({
      onOverheard: ({ nowNs }, { market, ...order }) => void heard.push([name, nowNs, market.symbol, order]),
    });
    const { factory } = once((agent, market) => {
      agent.submit(market, { side: "sell", qtyLots: 7, priceTicks: 99 });
      agent.cancelAll(market);
    });
    const agents = [
      "{ file: ./a.ts, name: victim, leaksTo: b }",
      "{ file: ./a.ts, name: careful }",
      "{ file: ./b.ts, name: b, count: 2 }",
      "{ file: ./b.ts, name: c }",
    ];
    const world = worldOf({ ...QUIET, agents }, { "./a.ts": factory, "./b.ts": listener });
    world.kernel.run(NS_PER_SECOND);
    const order = { side: "sell", qtyLots: 7, priceTicks: 99 };
    expect(heard).toEqual([
      ["b-1", 1e6, "ACME", order],
      ["b-2", 1e6, "ACME", order],
    ]);
  });

  test("are told their market, their parameters and the end", () => {
    const setups: unknown[] = [];
    const factory: AgentFactory = ({ name, parameters, market, markets, endNs, fundamental }) => {
      setups.push([name, parameters, market.symbol, market.venue, markets.length, endNs, fundamental?.meanTicks]);
      return {};
    };
    const venues = [VENUE, VENUE.replace("XSIM", "YSIM").replace("symbol: ACME", "symbol: BOLT")];
    const agents = [
      "{ file: ./a.ts, name: a, parameters: { x: [1] } }",
      "{ file: ./a.ts, name: b, symbol: BOLT }",
      "{ file: ./a.ts, name: c, venue: YSIM }",
    ];
    worldOf({ ...QUIET, venues, agents }, { "./a.ts": factory });
    expect(setups).toEqual([
      ["a-1", { x: [1] }, "ACME", "XSIM", 2, 600 * NS_PER_SECOND, 100_000],
      ["b-1", {}, "BOLT", "YSIM", 2, 600 * NS_PER_SECOND, undefined],
      ["c-1", {}, "BOLT", "YSIM", 2, 600 * NS_PER_SECOND, undefined],
    ]);
  });

  test("trade where their group says, when two venues list the same", () => {
    const { factory, events } = once((agent, market) =>
      agent.submit(market, { side: "buy", qtyLots: 1, priceTicks: 5 }),
    );
    const venues = [VENUE, VENUE.replace("XSIM", "YSIM")];
    const agents = ["{ file: ./a.ts, name: a, count: 2, symbol: ACME, venue: YSIM }"];
    const world = worldOf({ ...QUIET, venues, agents }, { "./a.ts": factory });
    world.kernel.run(world.endNs);
    expect(world.venues.map(({ venue }) => venue.books[0].orderCount)).toEqual([0, 2]);
    expect(events.map(({ status, market }) => [status, market.venue])).toEqual([
      ["accepted", "YSIM"],
      ["accepted", "YSIM"],
    ]);
  });
});

describe("accounts", () => {
  const account = "{ cash: 100.50, inventory: 7, cashCredit: 3, inventoryCredit: 11, cancelOnDisconnect: true }";

  test("hold what the scenario gives them, and the world outside owes it", () => {
    const world = worldOf(
      { ...QUIET, agents: [`{ file: ./a.ts, name: a, count: 2, account: ${account} }`] },
      { "./a.ts": () => ({}) },
    );
    const [cash, inventory] = [world.assets.indexOf("USD"), world.assets.indexOf("ACME")];
    const { ledger, groups } = world;
    for (const owner of groups[0].accounts) {
      expect([ledger.balance(owner, cash), ledger.credit(owner, cash)]).toEqual([10_050, 300]);
      expect([ledger.balance(owner, inventory), ledger.credit(owner, inventory)]).toEqual([7, 11]);
      expect(world.venues[0].venue.books[0].position(owner)).toBe(7);
    }
    expect(ledger.balance(EXTERNAL_ACCOUNT, cash)).toBe(-20_100);
    expect([ledger.total(cash), ledger.total(inventory)]).toEqual([0n, 0n]);
  });

  test("bound what an agent may do", () => {
    const { factory, events } = once((agent, market) => {
      for (const qtyLots of [18, 19]) agent.submit(market, { side: "sell", qtyLots, priceTicks: 50 });
    });
    const world = worldOf(
      { ...QUIET, agents: [`{ file: ./a.ts, name: a, account: ${account} }`] },
      { "./a.ts": factory },
    );
    world.kernel.run(world.endNs);
    expect(events.map(({ status, reason }) => [status, reason])).toEqual([
      ["accepted", "none"],
      ["rejected", "insufficientFunds"],
    ]);
  });
});

test("a change reaches the group that it names, and neither another one nor the scenario", () => {
  const scenario = scenarioOf({ population: ["{ kind: value, name: a, count: 2 }", "{ kind: value, name: b }"] });
  const before: Scenario = structuredClone(scenario);
  const world = new World(scenario, { journal: discardingJournal, factories: new Map() });
  applyChange(world, { events: 0, path: "a.aggression", value: 0.75 });
  expect(world.groups.map(({ parameters }) => parameters["aggression"])).toEqual([0.75, 0.1]);
  expect(scenario).toEqual(before);
});

describe("the observer", () => {
  test("samples every book at even intervals, the end included", () => {
    const world = worldOf({ duration: "10s", population: POPULATION });
    world.kernel.run(world.endNs);
    const { intervalNs, samples } = world.observer;
    expect(intervalNs).toBe(NS_PER_SECOND);
    expect(samples).toHaveLength(1);
    expect(samples[0]).toMatchObject({ venue: "XSIM", symbol: "ACME" });
    for (const column of ["bidTicks", "askTicks", "volumeLots", "trades"] as const)
      expect(samples[0][column]).toHaveLength(10);
    expect(samples[0].trades).toEqual([...samples[0].trades].sort((a, b) => a - b));
    expect(samples[0].trades.at(-1)).toBe(world.venues[0].statistics.turnovers[0].trades);
  });

  test("takes a coarser grain where there would be too many samples", () => {
    const world = worldOf({ duration: "24d", population: [] });
    expect(world.observer.intervalNs).toBe(3 * NS_PER_SECOND);
    expect(world.endNs / world.observer.intervalNs).toBeLessThanOrEqual(SAMPLES_MAX);
    const full = worldOf({ duration: `${SAMPLES_MAX}s`, population: [] });
    expect(full.observer.intervalNs).toBe(NS_PER_SECOND);
    const longer = worldOf({ duration: `${SAMPLES_MAX + 1}s`, population: [] });
    expect(longer.observer.intervalNs).toBe(2 * NS_PER_SECOND);
  });
});
