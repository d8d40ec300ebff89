import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { parseDuration } from "../../core/duration.ts";
import { defaultAdaptiveMarketMakerParameters } from "./adaptive-market-maker.ts";
import { defaultInventoryMarketMakerParameters } from "./inventory-market-maker.ts";
import { defaultCommitGrieferParameters } from "./commit-griefer.ts";
import { defaultDepthTraderParameters } from "./depth-trader.ts";
import { defaultFatFingerParameters } from "./fat-finger.ts";
import { defaultFrontRunnerParameters } from "./front-runner.ts";
import { defaultInstitutionParameters } from "./institution.ts";
import { defaultLatencyArbitrageurParameters } from "./latency-arbitrageur.ts";
import { defaultMomentumIgniterParameters } from "./momentum-igniter.ts";
import { defaultQuoteStufferParameters } from "./quote-stuffer.ts";
import { defaultRunawayLoopParameters } from "./runaway-loop.ts";
import { defaultSpooferParameters } from "./spoofer.ts";
import { defaultWashTraderParameters } from "./wash-trader.ts";
import { defaultMomentumParameters } from "./momentum.ts";
import { defaultNoiseParameters } from "./noise.ts";
import { defaultValueParameters } from "./value.ts";

const DOCUMENTS = ["population", "rogue-agents"]
  .map((page) => readFileSync(fileURLToPath(new URL(`../../../docs/${page}.md`, import.meta.url)), "utf8"))
  .join("\n");

const KINDS = {
  noise: defaultNoiseParameters,
  value: defaultValueParameters,
  momentum: defaultMomentumParameters,
  adaptiveMarketMaker: defaultAdaptiveMarketMakerParameters,
  inventoryMarketMaker: defaultInventoryMarketMakerParameters,
  commitGriefer: defaultCommitGrieferParameters,
  depthTrader: defaultDepthTraderParameters,
  fatFinger: defaultFatFingerParameters,
  frontRunner: defaultFrontRunnerParameters,
  institution: defaultInstitutionParameters,
  latencyArbitrageur: defaultLatencyArbitrageurParameters,
  momentumIgniter: defaultMomentumIgniterParameters,
  quoteStuffer: defaultQuoteStufferParameters,
  runawayLoop: defaultRunawayLoopParameters,
  spoofer: defaultSpooferParameters,
  washTrader: defaultWashTraderParameters,
};

/** Name and default of each row of the table of parameters under a kind's heading. */
function documented(kind: string): Map<string, number | string> {
  const section = DOCUMENTS.split(`\n## ${kind}\n`)[1].split("\n## ")[0];
  const rows = [...section.matchAll(/^\| `(\w+)` +\| (\S+) +\|/gm)];
  return new Map(rows.map(([, name, value]) => [name, parseDuration(value) ?? (Number(value) || value)]));
}

describe("the docs have every parameter and its default", () => {
  test.each(Object.entries(KINDS))("%s", (kind, defaults) => {
    expect(documented(kind)).toEqual(new Map(Object.entries(defaults)));
  });
});
