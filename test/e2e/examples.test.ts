import { readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { ROOT, Workplace } from "./command-line.ts";

// Every scenario among the examples runs as the README says, and everybody in it takes part.

const place = new Workplace();
const SCENARIOS = readdirSync(join(ROOT, "examples")).filter((file) => file.endsWith(".yaml"));

test("there are examples", () => {
  expect(SCENARIOS).not.toEqual([]);
});

describe.each(SCENARIOS)("examples/%s", (file) => {
  test("runs, its agents trade, and it is made again", async () => {
    const summary = await place.json("run", join(ROOT, "examples", file));
    expect(summary["ended"]).toMatch(/^(time|idle)$/);
    const groups = summary["groups"] as { name: string; kind: string; profit: string }[];
    const desks = summary["desks"] as { agents: { name: string; profit: string }[] }[];
    const own = [...groups.filter(({ kind }) => kind.endsWith(".ts")), ...desks.flatMap(({ agents }) => agents)];
    expect(own.length).toBeGreaterThan(0);
    // Whoever has traded is hardly where it began, to the cent.
    expect(own.filter(({ profit }) => Number(profit) === 0)).toEqual([]);
    const replayed = await place.json("replay", String(summary["run"]));
    expect(replayed).toMatchObject({ proof: "equal", tape: summary["tape"] });
  });
});
