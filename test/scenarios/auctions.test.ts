import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE, NS_PER_SECOND } from "../../src/core/units.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { PHASE_NAMES } from "../../src/model/phase.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "fair");

function worldOf(name: string): World {
  const scenario = parseScenario(readFileSync(join(FOLDER, `${name}.yaml`), "utf8"), `${name}.yaml`);
  return new World(scenario, { journal: discardingJournal, factories: new Map() });
}

function phaseOf({ venues }: World): string {
  return PHASE_NAMES[venues[0].venue.books[0].phase];
}

/** Each minute, what has happened by then; the world must live through it a second time, in pieces of a second. */
describe.each<[name: string, minutes: number]>([
  ["batch-auction", 2],
  ["opening-and-closing", 8],
  ["circuit-breaker", 10],
])("%s", (name, minutes) => {
  const world = worldOf(name);
  const phases = Array.from({ length: minutes }, (_, minute) => {
    world.kernel.run((minute + 1) * NS_PER_MINUTE - NS_PER_SECOND / 2);
    return phaseOf(world);
  });
  world.kernel.run(minutes * NS_PER_MINUTE);
  const [turnover] = world.venues[0].statistics.turnovers;

  test("trades, and conserves money", () => {
    expect(turnover.trades).toBeGreaterThan(300);
    expect(world.assets.assets.map((_, index) => world.ledger.total(index))).toEqual(world.assets.assets.map(() => 0n));
  });

  test("holds its auctions and halts", () => {
    if (name === "batch-auction") {
      expect(new Set(phases)).toEqual(new Set(["auction"]));
      expect(turnover).toMatchObject({ auctions: 91, halts: 0 });
    } else if (name === "opening-and-closing") {
      expect(phases).toEqual(["auction", ...Array<string>(6).fill("continuous"), "auction"]);
      expect(phaseOf(world)).toBe("closed");
      expect(turnover).toMatchObject({ auctions: 2, halts: 0 });
    } else {
      expect(turnover.halts).toBeGreaterThan(0);
      expect(turnover.auctions).toBeGreaterThan(0);
    }
  });

  test("is the same again, in pieces of a second", () => {
    const again = worldOf(name);
    const seconds = Math.min(90, minutes * 60);
    const whole = worldOf(name);
    whole.kernel.run(seconds * NS_PER_SECOND);
    for (let second = 1; second <= seconds; second++) again.kernel.run(second * NS_PER_SECOND);
    expect(again.kernel.tape.digest()).toBe(whole.kernel.tape.digest());
  });
});
