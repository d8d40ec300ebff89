import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";
import { soakSettings } from "./soak-settings.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "ledger");
const { seeds } = soakSettings({ seeds: 3, commands: 1, profiles: [{ name: "shipped" }] });

test.each(["raft", "streamlet", "proof-of-work"])("%s, whole, with its faults, for some seeds", (name) => {
  const scenario = parseScenario(readFileSync(join(FOLDER, `${name}.yaml`), "utf8"), `${name}.yaml`);
  for (const seed of seeds) {
    const world = new World({ ...scenario, seed }, { journal: discardingJournal, factories: new Map() });
    world.kernel.run(world.endNs);
    const { replicated } = world;
    const { record, clearing } = replicated ?? expect.fail("there is no ledger");
    const states = replicated?.audit().map(({ state }) => state) ?? [];
    expect(new Set(states), `seed ${seed}`).toEqual(new Set(["equal"]));
    expect([record.forks(), record.finalChain().spentTwice, clearing.refused], `seed ${seed}`).toEqual([[], [], 0]);
    expect(clearing.latenciesNs.length, `seed ${seed}`).toBeGreaterThan(clearing.batchesClosed - 20);
  }
});
