import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

import { beforeAll, describe, expect, test } from "vitest";

import { scenarioText } from "../../src/testing/scenario-text.ts";
import { diffLine, snapshotLine, tradeLine, WHOLE_RECORDING } from "../import/binance-lines.ts";
import { Workplace } from "./command-line.ts";

// The way of a recording through the command line: raw frames in, a file of columns, a run that it drives, a replay.

const place = new Workplace();

/** Ten seconds of a market around 100: the best levels come and go, and trades hit them. */
function busyRecording(): string[] {
  const lines = [snapshotLine(9, { bids: [["99.90", "5"]], asks: [["100.10", "5"]] })];
  for (let i = 0; i < 200; i++) {
    const at = 50 * i;
    const [bid, ask] = [(99.91 + (i % 5) / 100).toFixed(2), (100.09 - (i % 4) / 100).toFixed(2)];
    const gone = (99.91 + ((i + 4) % 5) / 100).toFixed(2);
    lines.push(
      diffLine(
        { U: 10 + i, u: 10 + i },
        {
          b: [
            [bid, "1.5"],
            [gone, "0"],
          ],
          a: [[ask, "2.0"]],
        },
        { at },
      ),
    );
    if (i % 7 === 0) lines.push(tradeLine(i, { p: ask, q: "0.25" }, { at: at + 1 }));
  }
  return lines;
}

const MARKET = {
  duration: "10s",
  venues: ["{ name: BINANCE, instruments: [{ symbol: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.01 }] }"],
  fundamentals: [],
  population: [
    "{ kind: noise, name: noise, count: 20, account: { inventory: 100 }, parameters: { ordersPerDay: 5000, leadIn: 0s, day: 10m, typicalLots: 10 } }",
    "{ kind: momentum, name: momentum, count: 2, account: { inventory: 100 }, parameters: { meanInterval: 500ms, shortMids: 3, longMids: 8 } }",
  ],
  recorded: "{ symbol: BTCUSDT }",
};

beforeAll(async () => {
  place.write("busy.raw.gz", gzipSync(busyRecording().join("\n")));
  place.write("recorded.yaml", scenarioText(MARKET));
  await place.json("import", "busy.raw.gz");
});

describe("import", () => {
  test("writes one file, and says what is in it", async () => {
    place.write("whole.raw", WHOLE_RECORDING.join("\n"));
    const { code, stdout, stderr } = await place.run("import", "whole.raw", "--out", "whole.tsd");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^BTCUSDT of binance\S*: \d+ rows in \d+\.\d\d s\n/i);
    expect(stdout).toMatch(/\n {2}tick, lot +0\.01, 0\.25\n/);
    expect(stdout).toMatch(/\nwritten to .*whole\.tsd\n$/);
    expect(existsSync(place.file("whole.tsd"))).toBe(true);
  });

  test("puts a broken line aside, counts it, and goes on", async () => {
    const lines = [...busyRecording(), "no frame at all", diffLine({ U: 210, u: 210 }, { b: [["1e9x", "1"]] })];
    place.write("broken.raw", lines.join("\n"));
    const summary = await place.json("import", "broken.raw", "--out", "broken.tsd", "--tick", "0.01", "--lot", "0.01");
    expect(summary).toMatchObject({ quarantine: { lines: 2 } });
    const { path } = summary["quarantine"] as { path: string };
    expect(readFileSync(place.file(path), "utf8")).toContain("no frame at all");
  });

  test("refuses what it does not know, and leaves no file", async () => {
    place.write("letter.txt", "Dear Sir or Madam,\n");
    const { code, stdout, stderr } = await place.run("import", "letter.txt");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: letter\.txt: no Binance frame with a known symbol and time found /);
    expect(existsSync(place.file("letter.tsd"))).toBe(false);
  });
});

describe("a run that a recording drives", () => {
  test("lets the swarm trade with the recorded orders, and is made again", async () => {
    const summary = await place.json("run", "recorded.yaml", "--data", "busy.tsd");
    expect(summary).toMatchObject({
      money: [{ conserved: true }, { conserved: true }],
    });
    const { rows, orders, takes } = summary["recorded"] as Record<string, number>;
    expect(rows).toBeGreaterThan(400);
    expect(orders).toBeGreaterThan(100);
    expect(takes).toBe(29);
    // More trades than the recording has by itself: the agents' orders met it, too.
    const [{ trades }] = summary["instruments"] as { trades: number }[];
    expect(trades).toBeGreaterThan(takes);
    expect(await place.json("replay", "runs/latest")).toMatchObject({ proof: "equal", tape: summary["tape"] });

    // The same recording at another place will do, another recording will not.
    writeFileSync(place.file("elsewhere.tsd"), readFileSync(place.file("busy.tsd")));
    expect(await place.json("replay", "runs/latest", "--data", "elsewhere.tsd")).toMatchObject({ proof: "equal" });
    await place.json("import", "whole.raw", "--out", "other.tsd");
    const other = await place.run("replay", "runs/latest", "--data", "other.tsd");
    expect(other.code).toBe(2);
    expect(other.stderr).toMatch(
      /^error: the run cannot be made again: .*\n {2}busy\.tsd: .*other\.tsd is not the file that the run was made with/,
    );
  });

  test("needs a recording that fits it", async () => {
    place.write(
      "coarse.yaml",
      scenarioText({ ...MARKET, venues: [MARKET.venues[0].replace("tick: 0.01", "tick: 0.5")] }),
    );
    place.write("letter.tsd", "Dear Sir or Madam,\n");
    const { code, stdout, stderr } = await place.run("run", "coarse.yaml", "--data", "busy.tsd", "--runs", "no");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error: busy\.tsd does not fit the scenario\n {2}BTCUSDT\.tick: .*0\.01.*0\.5\n$/);
    const letter = await place.run("run", "recorded.yaml", "--data", "letter.tsd", "--runs", "no");
    expect([letter.code, letter.stdout]).toEqual([2, ""]);
    expect(letter.stderr).toMatch(/^error: letter\.tsd: byte 0: is no tradeswarm dataset/);
    expect(existsSync(place.file("no"))).toBe(false);
  });
});
