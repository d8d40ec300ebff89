import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import type { AgentFactory } from "../../src/agents/port.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import type { JournalPort } from "../../src/kernel/journal-port.ts";
import { CommandWord } from "../../src/model/command.ts";
import { POPULATION, scenarioText } from "../../src/testing/scenario-text.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import type { Scenario } from "../../src/world/scenario/schema.ts";
import { World } from "../../src/world/world.ts";

// Paired counterfactual runs need that one agent more, or one less, leaves everybody else's life as it was, as long as
// it does nothing that others can see. So an agent that only looks and listens is added at every place of a scenario,
// and every other actor must be delivered the same events. The venue is told of one subscriber more, so its own tape
// has to differ; what it is asked to do, and its books, must not.

/** Looks at the market for a trend that it would have to watch for days. */
const WATCHER = "{ kind: momentum, name: watcher, parameters: { meanInterval: 2s, longMids: 100000 } }";

/** Listens to everything that a venue publishes, in every way, and draws lots of chance. */
const listener: AgentFactory = ({ market }) => ({
  onStart: (agent) => {
    agent.random("anything").uniform();
    agent.setTimer(0, 0);
    agent.setTimer(1_234_567_890, 1);
  },
  onTimer: (agent, tag) => {
    for (const depth of ["quotes", "levels", "orders", "trades"] as const) agent.subscribe(market, { depth });
    // The makers of the population listen at this interval too.
    agent.subscribe(market, { mode: "conflated", intervalNs: 500_000_000 });
    agent.subscribe(market, { depth: "levels", mode: "conflated", intervalNs: 777_777_777 });
    agent.subscribe(market, { depth: "levels", mode: "snapshots", intervalNs: 1_000_000_000 });
    if (tag === 1) agent.unsubscribe(market);
  },
  onQuote: (agent) => {
    agent.random("anything").uniform();
  },
});

interface Life {
  /** By name. */
  readonly tapes: ReadonlyMap<string, string>;
  /** What the venues were asked to do, with the asker's name instead of the number of its account. */
  readonly commands: readonly string[];
  /** What is left in the books. */
  readonly orders: readonly string[];
  readonly tape: string;
}

function live(scenario: Scenario): Life {
  const commands: string[] = [];
  const journal: JournalPort = {
    ...discardingJournal,
    command: (timeNs, words, at) => {
      const owner = owners.get(words[at + CommandWord.owner]);
      commands.push(
        `${timeNs} ${owner} ${words
          .slice(at, at + 16)
          .with(CommandWord.owner, 0)
          .join(" ")}`,
      );
    },
  };
  const world = new World(scenario, {
    journal,
    factories: new Map([["./listener.ts", listener]]),
    tapes: "of each actor",
  });
  const owners = new Map(
    world.groups.flatMap(({ name, accounts }) => accounts.map((account, i) => [account, `${name}-${i + 1}`])),
  );
  world.kernel.run(world.endNs);
  const { kernel } = world;
  const actors = Array.from({ length: kernel.actorCount }, (_, actor) => actor);
  return {
    tapes: new Map(actors.map((actor) => [kernel.nameOf(actor), kernel.tapeOf(actor)])),
    commands,
    orders: world.venues.flatMap(({ venue }) =>
      venue.books.flatMap((book) => {
        return Array.from(book.orders(), ({ owner, orderId, venueOrderId, priceTicks, leavesLots }) =>
          [owners.get(owner), orderId, venueOrderId, priceTicks, leavesLots].join(" "),
        );
      }),
    ),
    tape: kernel.tape.digest(),
  };
}

/** Everybody's life but the newcomer's and the venues'. */
function others(life: Life, newcomers: readonly string[], venues: readonly string[]): [string, string][] {
  return [...life.tapes]
    .filter(([name]) => ![...newcomers, ...venues].includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const RMSC04 = parseScenario(
  readFileSync(join(import.meta.dirname, "..", "..", "scenarios", "rmsc04.yaml"), "utf8").replace(
    "duration: 6h30m",
    "duration: 10m",
  ),
  "rmsc04.yaml",
);

const MAKERS = "{ kind: inventoryMarketMaker, name: quoter, count: 2 }";

const MARKETS: readonly (readonly [name: string, scenario: Scenario])[] = [
  ["ten minutes of rmsc04, on a line", RMSC04],
  ...["{ kind: uniform, low: 1ms, high: 5ms }", "{ kind: constant, delay: 1ms }"].map((network) => {
    const text = scenarioText({ network, population: [...POPULATION, MAKERS] });
    return [`every kind of agent, ${network}`, parseScenario(text, "small.yaml")] as const;
  }),
];

describe.each(MARKETS)("%s", (_name, scenario) => {
  const [watcher] = parseScenario(
    scenarioText({ population: [WATCHER] }).replaceAll("ACME", scenario.venues[0].instruments[0].symbol),
    "watcher.yaml",
  ).population;
  const own = parseScenario(scenarioText({ agents: ["{ file: ./listener.ts, name: listener }"] }), "own.yaml").agents;
  const venues = scenario.venues.map(({ name }) => name);
  const { population } = scenario;
  const half = population.length >> 1;
  const alone = live(scenario);

  test.each([
    ["first in the population", ["watcher-1"], { population: [watcher, ...population] }],
    [
      "in the middle",
      ["watcher-1"],
      { population: [...population.slice(0, half), watcher, ...population.slice(half)] },
    ],
    ["last", ["watcher-1"], { population: [...population, watcher] }],
    ["as an agent of one's own", ["listener-1"], { agents: own }],
    ["three of them", ["listener-1", "listener-2", "listener-3"], { agents: [{ ...own[0], count: 3 }] }],
  ])("a silent agent, %s, changes nobody else's life", (_place, newcomers, change) => {
    const together = live({ ...scenario, ...change });
    for (const name of newcomers) expect(together.tapes.has(name)).toBe(true);
    expect(others(together, newcomers, venues)).toEqual(others(alone, newcomers, venues));
    expect(together.commands).toEqual(alone.commands);
    expect(together.orders).toEqual(alone.orders);
    // It did live, and the run's own hash says so.
    expect(together.tape).not.toBe(alone.tape);
  });

  test("an agent that joins a group of one leaves the first as it was", () => {
    const grown = [{ ...watcher, count: 2 }, ...population];
    const together = live({ ...scenario, population: grown });
    expect(others(together, ["watcher-1", "watcher-2"], venues)).toEqual(others(alone, [], venues));
    expect(together.tapes.get("watcher-1")).toBe(
      live({ ...scenario, population: [watcher, ...population] }).tapes.get("watcher-1"),
    );
  });

  test("an agent that trades does change others' lives, or the test could not fail", () => {
    const trader = { ...watcher, name: "trader", parameters: { ...watcher.parameters, longMids: 30 } };
    const together = live({ ...scenario, population: [...population, trader] });
    expect(others(together, ["trader-1"], venues)).not.toEqual(others(alone, [], venues));
  });
});

test("the same scenario lives the same life; another seed another one", () => {
  const scenario = parseScenario(scenarioText(), "small.yaml");
  expect(live(scenario)).toEqual(live(scenario));
  expect(live({ ...scenario, seed: 2 }).tape).not.toBe(live(scenario).tape);
});
