import { existsSync, readFileSync } from "node:fs";

import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, test } from "vitest";

import { EntryKind } from "../../src/store/journal/entry-kind.ts";
import { JournalWriter } from "../../src/store/journal/journal-writer.ts";
import { appendSample, readAll } from "../../src/testing/journal-samples.ts";
import { FEW, scenarioText } from "../../src/testing/scenario-text.ts";
import { Workplace } from "./command-line.ts";

const place = new Workplace();
let run = "";

beforeAll(async () => {
  place.write("small.yaml", scenarioText({ population: FEW, duration: "2m" }));
  run = String((await place.json("run", "small.yaml"))["run"]);
});

describe("export", () => {
  test("writes the same rows to stdout, to a file, and as Parquet", async () => {
    const [lines, file, table] = await Promise.all([
      place.run("export", "runs/latest"),
      place.json("export", run, "--out", "log.ndjson"),
      place.json("export", run, "--out", "log.parquet"),
    ]);
    expect(lines.code).toBe(0);
    expect(lines.stderr).toMatch(/^proven: [\d,]+ of [\d,]+ rows, [\d,]+ journal entries compared, \d+\.\d\d s\n$/);
    expect(readFileSync(place.file("log.ndjson"), "utf8")).toBe(lines.stdout);
    expect(file).toMatchObject({ rows: table["rows"], proven: true, format: "ndjson" });
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(place.file("log.parquet")) });
    expect(rows).toHaveLength(Number(table["rows"]));
    expect(existsSync(place.file("log.parquet.partial"))).toBe(false);
  });

  test("takes filters", async () => {
    const { stdout, code } = await place.run(
      "export",
      run,
      "--agent",
      "maker",
      "--source",
      "venue",
      "--from",
      "30s",
      "-q",
    );
    expect(code).toBe(0);
    const agents = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(agents.length).toBeGreaterThan(0);
    expect(agents.every(({ agent, counterAgent }) => agent === "maker-1" || counterAgent === "maker-1")).toBe(true);
  });

  test("refuses a journal that was rewritten, and leaves no file", async () => {
    const { entries } = readAll(readFileSync(place.file(`${run}/journal.tsj`)));
    place.write("forged/x", "");
    const writer = JournalWriter.create(place.file("forged/journal.tsj"));
    const forged = entries.findIndex(({ kind }) => kind === EntryKind.command);
    for (const [index, entry] of entries.entries()) {
      const isForged = index === forged && "words" in entry;
      appendSample(writer, isForged ? { ...entry, words: entry.words.with(6, entry.words[6] + 1) } : entry);
    }
    writer.close();
    const { code, stderr } = await place.run("export", "forged", "--out", "forged.parquet");
    expect(code).toBe(1);
    expect(stderr).toContain(`the replay differs from the journal at entry ${forged}`);
    expect(existsSync(place.file("forged.parquet"))).toBe(false);
    expect(existsSync(place.file("forged.parquet.partial"))).toBe(false);
  });

  test.each([
    [["--agent", "makr"], 'there is no makr in this run; did you mean "maker"?'],
    [["--from", "3h"], "--from: 3h is outside of the run"],
    [["--format", "parquet"], "--format parquet needs --out"],
    [["--json"], "--json needs --out"],
  ])("refuses %j", async (args, message) => {
    const { code, stdout, stderr } = await place.run("export", run, ...args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });
});
