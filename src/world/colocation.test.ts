import { describe, expect, test } from "vitest";

import type { Agent, AgentFactory } from "../agents/port.ts";
import { UserError } from "../core/errors.ts";
import { NS_PER_MINUTE } from "../core/units.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import { FEE_ACCOUNT } from "../market/ledger.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { World } from "./world.ts";

const NETWORKS = {
  constant: "{ kind: constant, delay: 4ms }",
  uniform: "{ kind: uniform, low: 1ms, high: 5ms }",
  line: "{ kind: line, lengthMetres: 3866660 }",
  matrix: "{ kind: matrix, places: [here, there], delays: [[1ms, 9ms], [9ms, 1ms]], at: { XSIM: there } }",
  routed: "{ kind: routed, topology: { kind: ring, places: [a, b, c] }, link: { delay: 3ms }, at: { XSIM: b } }",
};
const COLOCATION = "colocation: { delay: 5us, feePerHour: 90 }";

/** Two agents, one of them colocated, send an order after a second and write down when they hear of it. */
function run(network: string): { readonly world: World; readonly heardNs: ReadonlyMap<string, number> } {
  const heardNs = new Map<string, number>();
  const create: AgentFactory = ({ name, market }) => ({
    onStart: (agent: Agent) => void agent.setTimer(1e9),
    onTimer: (agent: Agent) => void agent.submit(market, { side: "buy", qtyLots: 1, priceTicks: 90_000 }),
    onOrder: (agent: Agent) => void heardNs.set(name, agent.nowNs - 1e9),
  });
  const agents = [`{ file: ./a.ts, name: near, ${COLOCATION} }`, "{ file: ./a.ts, name: far }"];
  const scenario = scenarioOf({ network, agents, population: [], duration: "2m" });
  const world = new World(scenario, { journal: discardingJournal, factories: new Map([["./a.ts", create]]) });
  world.kernel.run(world.endNs);
  return { world, heardNs };
}

describe.each(Object.entries(NETWORKS))("on a network of kind %s", (_, network) => {
  test("who is colocated hears from the venue after twice its delay, and others as ever", () => {
    const { heardNs } = run(network);
    expect(heardNs.get("near-1")).toBeGreaterThanOrEqual(10_000);
    expect(heardNs.get("near-1")).toBeLessThan(11_000);
    expect(heardNs.get("far-1")).toBeGreaterThan(20_000);
  });

  test("and pays for it by the minute", () => {
    const { world } = run(network);
    const usd = world.assets.indexOf("USD");
    // Two minutes at 90 an hour, in cents.
    expect(world.endNs).toBe(2 * NS_PER_MINUTE);
    expect(world.ledger.balance(FEE_ACCOUNT, usd)).toBe(300);
    expect(world.ledger.total(usd)).toBe(0n);
  });
});

function problemsOf(network: string, colocation: string): string {
  try {
    scenarioOf({ network, agents: [`{ file: ./a.ts, name: near, colocation: ${colocation} }`], population: [] });
  } catch (error) {
    if (error instanceof UserError) return error.describe();
    throw error;
  }
  return "";
}

test("a fee that is too fine, and a place for who has one at the venue", () => {
  const network = NETWORKS.routed.replace("XSIM: b", "XSIM: b, near: c }, access: { near-1: wifi");
  const problems = problemsOf(network, "{ feePerHour: 0.005 }");
  expect(problems).toContain("agents[0].colocation.feePerHour: expected at most 2 decimals, found 0.005");
  expect(problems).toContain("network.at.near: near is colocated, and so at the venue already");
  expect(problems).toContain("network.access.near-1: near-1 is colocated");
});
