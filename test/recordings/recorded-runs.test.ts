import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { loadFiles } from "../../src/lab/load-files.ts";
import type { Summary } from "../../src/lab/summary.ts";
import { summarize } from "../../src/lab/summary.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";
import { scratchFolder } from "../import/scratch-folder.ts";
import { describeWithRecording } from "../recordings.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const folder = scratchFolder();

interface Facts {
  readonly scenario: string;
  readonly source: string;
  /** Rows within the scenario's duration. */
  readonly rows: number;
  /** Rows that the instrument's grids do not hold whole. */
  readonly offGrid: number;
  readonly roundedDown: number;
  /** Recorded orders that take liquidity, within the duration. */
  readonly takes: number;
}

const RUNS: readonly Facts[] = [
  {
    scenario: "scenarios/recorded.yaml",
    source: "market/binance-raw-l2/spot_btcusdt_20240808.raw.gz",
    rows: 191_626,
    offGrid: 0,
    // Orders older than the venue's lot of 0.00001.
    roundedDown: 3,
    takes: 9_738,
  },
  {
    scenario: "scenarios/recorded-futures.yaml",
    source: "market/binance-raw-l2/usdm_btcusdt_20240808.raw.gz",
    rows: 599_076,
    offGrid: 0,
    roundedDown: 0,
    takes: 21_313,
  },
  {
    scenario: "scenarios/recorded-equity.yaml",
    source: "market/lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip",
    rows: 171_273,
    // Hidden orders traded half a cent off the grid, and are not played on any.
    offGrid: 0,
    roundedDown: 0,
    takes: 8_974,
  },
];

for (const facts of RUNS) {
  describeWithRecording(facts.source, `a run of ${facts.scenario}`, (path) => {
    const data = join(folder, `${facts.scenario.replaceAll("/", "-")}.tsd`);
    const runs = join(folder, `${facts.scenario.replaceAll("/", "-")}-runs`);
    let alone: Summary;
    let summary: Summary;
    beforeAll(async () => {
      await importRecording({ inputPath: path, outputPath: data });
      alone = await runWithoutAgents(facts.scenario, data);
      summary = tradeswarm("run", facts.scenario, "--data", data, "--runs", runs) as Summary;
    });

    test("plays the whole recording, and the venue takes every recorded order", () => {
      for (const recorded of [summary.recorded, alone.recorded]) {
        expect(recorded).toMatchObject({
          rows: facts.rows,
          offGrid: facts.offGrid,
          roundedDown: facts.roundedDown,
          takes: facts.takes,
          refused: 0,
          cut: 0,
          unexplained: 0,
        });
      }
    });

    test("agents trade with the recorded market, and leave it as it was", () => {
      const [market] = summary.instruments;
      const [recorded] = alone.instruments;
      expect(market.trades).toBeGreaterThan(recorded.trades * 1.1);
      expect(Number(market.volume)).toBeLessThan(Number(recorded.volume) * 1.1);
      // Makers quote inside the recorded spread now and then, and never can they widen it.
      expect(market.meanSpread / recorded.meanSpread).toBeGreaterThan(0.75);
      expect(market.meanSpread / recorded.meanSpread).toBeLessThan(1.02);
      expect(market.volatility1mBps / recorded.volatility1mBps).toBeGreaterThan(0.9);
      expect(market.volatility1mBps / recorded.volatility1mBps).toBeLessThan(1.1);
      expect(Math.abs(Number(market.lastPrice) - Number(recorded.lastPrice))).toBeLessThanOrEqual(recorded.meanSpread);
    });

    test("agents win and lose what such orders can, and money is conserved", () => {
      expect(summary.groups.map(({ name }) => name)).toEqual(["noise", "momentum", "maker"]);
      for (const { name, agents, profit } of summary.groups) {
        expect(Number(profit), name).not.toBe(0);
        expect(Math.abs(Number(profit)) / agents, name).toBeLessThan(1_000);
      }
      expect(summary.money.every(({ conserved }) => conserved)).toBe(true);
    });

    test("a replay makes the same run again", () => {
      expect(tradeswarm("replay", join(runs, "latest"))).toMatchObject({
        proof: "equal",
        events: summary.events,
        tape: summary.tape,
        recordedTape: summary.tape,
      });
    });
  });
}

/** The recorded market of a scenario alone. */
async function runWithoutAgents(file: string, data: string): Promise<Summary> {
  const scenario = { ...parseScenario(readFileSync(join(ROOT, file), "utf8"), file), population: [] };
  const { factories, recording } = await loadFiles(scenario, join(ROOT, file), data);
  const world = new World(scenario, { journal: discardingJournal, factories, recording });
  world.kernel.run(world.endNs);
  return summarize(world, "time");
}

/** Runs a command as a person would. @returns what it printed as JSON */
function tradeswarm(...args: readonly string[]): unknown {
  const command = [join(ROOT, "bin", "tradeswarm.js"), ...args, "--json", "--quiet"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}
