import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { NS_PER_HOUR, NS_PER_MINUTE } from "../../src/core/units.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { selfTest } from "../../src/lab/self-test.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** What shipped scenarios deliver, hashed. A changed line here is changed behaviour: its commit says why. */
const TAPES = JSON.parse(readFileSync(join(import.meta.dirname, "tapes.json"), "utf8")) as Record<string, string>;

function tapeOf(file: string, options: { untilNs: number; seed?: number }): string {
  const scenario = parseScenario(readFileSync(join(ROOT, file), "utf8"), file);
  const seeded = options.seed === undefined ? scenario : { ...scenario, seed: options.seed };
  const world = new World(seeded, { journal: discardingJournal, factories: new Map() });
  world.kernel.run(options.untilNs);
  return world.kernel.tape.digest();
}

describe("the hash of a run", () => {
  test("rmsc04, the first hour", () => {
    expect(tapeOf("scenarios/rmsc04.yaml", { untilNs: NS_PER_HOUR })).toBe(TAPES["rmsc04, 1h"]);
  });

  test("default, the first ten minutes", () => {
    expect(tapeOf("scenarios/default.yaml", { untilNs: 10 * NS_PER_MINUTE })).toBe(TAPES["default, 10m"]);
  });

  test("hostile-wifi, 21 minutes: each sort of fault and of loss", () => {
    expect(tapeOf("scenarios/network/hostile-wifi.yaml", { untilNs: 21 * NS_PER_MINUTE })).toBe(
      TAPES["hostile-wifi, 21m"],
    );
  });

  test("the doctor's small run", () => {
    const { expected, found } = selfTest();
    expect(found).toBe(expected);
  });

  test("another seed has another one", () => {
    const options = { untilNs: NS_PER_MINUTE, seed: 2 };
    expect(tapeOf("scenarios/rmsc04.yaml", options)).not.toBe(tapeOf("scenarios/rmsc04.yaml", { ...options, seed: 1 }));
  });
});
