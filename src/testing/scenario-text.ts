import { parseScenario } from "../world/scenario/parse.ts";
import type { Scenario } from "../world/scenario/schema.ts";

/** Sections of a small market, each as YAML in one line. What is left out takes the text of `MARKET`. */
export interface ScenarioSections {
  readonly name?: string;
  readonly seed?: number;
  readonly duration?: string;
  readonly venues?: readonly string[];
  readonly network?: string;
  readonly fundamentals?: readonly string[];
  readonly population?: readonly string[];
  readonly agents?: readonly string[];
  readonly recorded?: string;
}

export const VENUE =
  "{ name: XSIM, fees: { makerBps: -0.1, takerBps: 0.3 }, instruments: [{ symbol: ACME, base: ACME, quote: USD, tick: 0.01, lot: 1, referencePrice: 1000 }] }";

/** Busy enough that ten minutes have some thousand events. */
export const POPULATION = [
  "{ kind: noise, name: noise, count: 20, parameters: { ordersPerDay: 1000 } }",
  "{ kind: value, name: value, count: 10, parameters: { meanInterval: 10s } }",
  "{ kind: momentum, name: momentum, count: 3, parameters: { meanInterval: 5s } }",
  "{ kind: adaptiveMarketMaker, name: maker, count: 2, parameters: { meanInterval: 10s } }",
];

/** The same kinds, a third of the events: for tests that make a run again and again. */
export const FEW = [
  "{ kind: noise, name: noise, count: 5, parameters: { ordersPerDay: 300 } }",
  "{ kind: value, name: value, count: 5, parameters: { meanInterval: 5s } }",
  "{ kind: momentum, name: momentum, count: 2, parameters: { meanInterval: 5s } }",
  "{ kind: adaptiveMarketMaker, name: maker, parameters: { meanInterval: 10s } }",
];

/** A market in which everything of the population trades, unless the sections say otherwise. */
export function scenarioText(sections: ScenarioSections = {}): string {
  const {
    name = "small",
    seed = 1,
    duration = "10m",
    venues = [VENUE],
    network = "{ kind: uniform, low: 1ms, high: 5ms }",
    fundamentals = ["{ symbol: ACME, mean: 1000, kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5.0e-5 }"],
    population = POPULATION,
    agents = [],
    recorded,
  } = sections;
  const list = (key: string, entries: readonly string[]): string[] =>
    entries.length === 0 ? [] : [`${key}:`, ...entries.map((entry) => `  - ${entry}`)];
  return [
    "version: 1",
    `name: ${name}`,
    `seed: ${seed}`,
    `duration: ${duration}`,
    ...list("venues", venues),
    `network: ${network}`,
    ...list("fundamentals", fundamentals),
    ...list("population", population),
    ...list("agents", agents),
    ...(recorded === undefined ? [] : [`recorded: ${recorded}`]),
    "",
  ].join("\n");
}

/** The same, read. */
export function scenarioOf(sections: ScenarioSections = {}): Scenario {
  return parseScenario(scenarioText(sections), "small.yaml");
}
