import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { parseDuration } from "../../core/duration.ts";
import { defaultAdaptiveMarketMakerParameters } from "./adaptive-market-maker.ts";
import { defaultInventoryMarketMakerParameters } from "./inventory-market-maker.ts";
import { defaultMomentumParameters } from "./momentum.ts";
import { defaultNoiseParameters } from "./noise.ts";
import { defaultValueParameters } from "./value.ts";

const DOCUMENT = readFileSync(fileURLToPath(new URL("../../../docs/population.md", import.meta.url)), "utf8");

const KINDS = {
  noise: defaultNoiseParameters,
  value: defaultValueParameters,
  momentum: defaultMomentumParameters,
  adaptiveMarketMaker: defaultAdaptiveMarketMakerParameters,
  inventoryMarketMaker: defaultInventoryMarketMakerParameters,
};

/** Name and default of each row of the table of parameters under a kind's heading. */
function documented(kind: string): Map<string, number> {
  const section = DOCUMENT.split(`\n## ${kind}\n`)[1].split("\n## ")[0];
  const rows = [...section.matchAll(/^\| `(\w+)` +\| (\S+) +\|/gm)];
  return new Map(rows.map(([, name, value]) => [name, parseDuration(value) ?? Number(value)]));
}

describe("docs/population.md has every parameter and its default", () => {
  test.each(Object.entries(KINDS))("%s", (kind, defaults) => {
    expect(documented(kind)).toEqual(new Map(Object.entries(defaults)));
  });
});
