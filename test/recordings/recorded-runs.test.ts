import { readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { discardingJournal } from "../../src/kernel/journal-port.ts";
import { loadFiles } from "../../src/lab/load-files.ts";
import type { LoadedFiles } from "../../src/lab/load-files.ts";
import type { Recorded } from "../../src/lab/record-run.ts";
import type { Summary } from "../../src/lab/summary.ts";
import { summarize } from "../../src/lab/summary.ts";
import { RunsFolder, replay } from "../../src/testing/recorded-run.ts";
import { parseScenario } from "../../src/world/scenario/parse.ts";
import { World } from "../../src/world/world.ts";
import { imported } from "../imported.ts";
import { describeWithRecording } from "../recordings.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const runs = new RunsFolder();
afterAll(() => {
  runs[Symbol.dispose]();
});

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
    let loaded: LoadedFiles;
    let alone: Summary;
    let recorded: Recorded;
    let summary: Summary;
    beforeAll(async () => {
      const file = join(ROOT, facts.scenario);
      const scenario = parseScenario(readFileSync(file, "utf8"), facts.scenario);
      loaded = await loadFiles(scenario, file, (await imported(path)).path);
      const world = new World({ ...scenario, population: [] }, { journal: discardingJournal, ...loaded });
      world.kernel.run(world.endNs);
      alone = summarize(world, "time");
      recorded = await runs.record(scenario, { recording: loaded.recording });
      summary = recorded.summary;
    });

    test("plays the whole recording, and the venue takes every recorded order", () => {
      for (const flow of [summary.recorded, alone.recorded]) {
        expect(flow).toMatchObject({
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
      const [undisturbed] = alone.instruments;
      expect(market.trades).toBeGreaterThan(undisturbed.trades * 1.1);
      expect(Number(market.volume)).toBeLessThan(Number(undisturbed.volume) * 1.1);
      // Makers quote inside the recorded spread now and then, and never can they widen it.
      expect(market.meanSpread / undisturbed.meanSpread).toBeGreaterThan(0.75);
      expect(market.meanSpread / undisturbed.meanSpread).toBeLessThan(1.02);
      expect(market.volatility1mBps / undisturbed.volatility1mBps).toBeGreaterThan(0.9);
      expect(market.volatility1mBps / undisturbed.volatility1mBps).toBeLessThan(1.1);
      expect(Math.abs(Number(market.lastPrice) - Number(undisturbed.lastPrice))).toBeLessThanOrEqual(
        undisturbed.meanSpread,
      );
    });

    test("agents win and lose what such orders can, and money is conserved", () => {
      expect(summary.groups.map(({ name }) => name)).toEqual(["noise", "momentum", "maker"]);
      for (const { name, agents, profit } of summary.groups) {
        expect(Number(profit), name).not.toBe(0);
        expect(Math.abs(Number(profit)) / agents, name).toBeLessThan(1_000);
      }
      expect(summary.money.every(({ conserved }) => conserved)).toBe(true);
    });

    test("a replay makes the same run again", async () => {
      const { proof, world } = await replay(recorded.directory.journal, { recording: loaded.recording });
      expect(proof).toBe("equal");
      expect([world.kernel.events, world.kernel.tape.digest()]).toEqual([summary.events, summary.tape]);
    });
  });
}
