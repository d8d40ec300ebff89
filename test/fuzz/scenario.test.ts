import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { UserError } from "../../src/core/errors.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { scenarioText } from "../../src/testing/scenario-text.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";
import { mutated } from "./mutated-text.ts";

const RMSC04 = readFileSync(join(import.meta.dirname, "..", "..", "scenarios", "rmsc04.yaml"), "utf8");

const TEXTS = [
  RMSC04.replace("count: 1000", "count: 10"),
  scenarioText(),
  scenarioText({
    network:
      "{ kind: routed, topology: { kind: geographic, places: [london, tokyo, newYork], neighbours: 1 }, link: { jitter: { kind: normal, deviation: 1ms }, bandwidth: 1Mbit, queue: 8kB, loss: { kind: gilbertElliott, p: 0.01, r: 0.1 } }, links: [{ between: [london, tokyo], delay: 9ms }], at: { XSIM: london, noise: [tokyo, newYork] }, access: { value: wifi }, faults: [{ kind: cut, at: 1s, for: 2s, links: [[london, newYork]] }, { kind: crash, at: 3s, for: 1s, who: [noise-1] }], randomFaults: [{ kind: isolate, every: 1s, lasts: 1s }] }",
  }),
  scenarioText({
    network: "{ kind: routed, topology: { kind: smallWorld, places: [a, b, c, d, e, f], degree: 2, rewiring: 0.5 } }",
  }),
  scenarioText({
    network: "{ kind: matrix, places: [a, b], delays: [[0s, 1ms], [1ms, 0s]], at: { XSIM: b } }",
    agents: ["{ file: ./a.ts, name: a, account: { cash: 3, inventory: 0.5 }, parameters: { x: [1, { y: 2 }] } }"],
    recorded: "{ symbol: ACME, speed: 2 }",
  }),
];

/** Agents that a world is made of at most here: a mutation may well ask for a million. */
const AGENTS_MADE_MAX = 5_000;

test("a broken scenario is refused with line and column, and one that is not refused can be run", () => {
  let made = 0;
  fc.assert(
    fc.property(mutated(TEXTS), (text) => {
      let scenario;
      try {
        scenario = parseScenario(text, "s.yaml");
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        expect(error.exitCode).toBe(2);
        for (const { line, column, message } of error.problems) {
          expect(message).not.toMatch(/\bundefined\b|\[object|Invalid/);
          expect((line ?? 0) > 0 && (column ?? 0) > 0).toBe(true);
        }
        return;
      }
      const { population, agents } = scenario;
      if ([...population, ...agents].reduce((sum, { count }) => sum + count, 0) > AGENTS_MADE_MAX) return;
      const factories = new Map(agents.map(({ file }) => [file, () => ({})]));
      const world = new World(scenario, { journal: discardingJournal, factories });
      world.kernel.run(world.endNs, 2_000);
      made++;
    }),
    { numRuns: 600 },
  );
  // Most changes break something, and a check that refused everything would look as good.
  expect(made).toBeGreaterThan(60);
});
