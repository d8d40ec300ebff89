import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE, NS_PER_SECOND } from "../../src/core/units.ts";
import { discardingJournal } from "../../src/kernel/journal-port.ts";
import type { Network } from "../../src/network/network.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "scenarios", "network");
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));

function worldOf(file: string): World {
  const scenario = parseScenario(readFileSync(join(FOLDER, file), "utf8"), file);
  return new World(scenario, { journal: discardingJournal, factories: new Map() });
}

function networkOf({ network }: World): Network {
  if (network === undefined) throw new Error("the scenario has no network of links");
  return network;
}

test("there is one for each situation that the docs promise", () => {
  expect(FILES.toSorted()).toEqual([
    "congested-open.yaml",
    "continental-mesh.yaml",
    "cut-cable.yaml",
    "hostile-wifi.yaml",
    "local-exchange.yaml",
    "satellite-desk.yaml",
    "three-continents.yaml",
  ]);
});

describe.each(FILES)("%s", (file) => {
  const world = worldOf(file);
  world.kernel.run(4 * NS_PER_MINUTE);

  test("trades, conserves money, and loses no message without counting it", () => {
    for (const { statistics } of world.venues) expect(statistics.turnovers[0].trades).toBeGreaterThan(50);
    expect(world.assets.assets.map((_, index) => world.ledger.total(index))).toEqual(world.assets.assets.map(() => 0n));
    const { offered, delivered, dropped, duplicated, refused, abandoned } = networkOf(world).counts;
    expect(delivered).toBeGreaterThan(1_000);
    expect(delivered + dropped + refused + abandoned + 100).toBeGreaterThan(offered);
    expect(delivered).toBeLessThanOrEqual(offered + duplicated);
  });

  test("is the same again, in pieces of a second", () => {
    const again = worldOf(file);
    for (let second = 1; second <= 4 * 60; second++) again.kernel.run(second * NS_PER_SECOND);
    expect(again.kernel.tape.digest()).toBe(world.kernel.tape.digest());
    expect(networkOf(again).counts).toEqual(networkOf(world).counts);
  });
});

describe("what each is about does happen", () => {
  const causes: readonly (readonly [string, number, ReadonlyArray<keyof Network["counts"]>])[] = [
    ["congested-open.yaml", 4, ["thinned", "repeated"]],
    ["continental-mesh.yaml", 10, ["lost", "repeated"]],
    ["cut-cable.yaml", 13, ["cutOff", "unroutable", "repeated"]],
    ["hostile-wifi.yaml", 21, ["lost", "damaged", "duplicated", "cutOff", "repeated", "unreachable"]],
    ["satellite-desk.yaml", 30, ["lost"]],
    ["three-continents.yaml", 10, ["lost", "repeated"]],
  ];
  test.each(causes)("%s, within %d minutes", (file, minutes, expected) => {
    const world = worldOf(file);
    world.kernel.run(minutes * NS_PER_MINUTE);
    const { counts } = networkOf(world);
    expect(expected.filter((cause) => counts[cause] === 0)).toEqual([]);
  });

  test("a cut cable: routes go the long way, a coast is without one, and all is well again", () => {
    const world = worldOf("cut-cable.yaml");
    const { kernel } = world;
    const [desk, venue] = [kernel.find("noise-1"), kernel.find("XSIM")];
    const places: string[] = [];
    for (const minutes of [4, 6, 11, 13, 21]) {
      kernel.run(minutes * NS_PER_MINUTE);
      places.push(networkOf(world).route(desk, venue)?.places.join(" ") ?? "none");
    }
    expect(places).toEqual([
      "losAngeles newYork",
      "losAngeles miami newYork",
      "none",
      "losAngeles miami newYork",
      "losAngeles newYork",
    ]);
  });
});
