import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { EntryKind } from "../../src/store/journal/entry-kind.ts";
import { JournalWriter } from "../../src/store/journal/journal-writer.ts";
import { appendSample, readAll } from "../../src/testing/journal-samples.ts";
import type { SampleEntry } from "../../src/testing/journal-samples.ts";
import { FEW, scenarioText } from "../../src/testing/scenario-text.ts";
import { Workplace } from "./command-line.ts";

const place = new Workplace();
const AGENT = `import { LOTS } from "./parts/size.ts";
export default ({ market, parameters }) => ({
  onStart(agent) { agent.setTimer(30e9); },
  onTimer(agent) {
    agent.submit(market, { side: "buy", qtyLots: LOTS * parameters.times, orderType: "market" });
    agent.setTimer(30e9);
  },
});
`;

let original: Record<string, unknown> = {};
let run = "";

beforeAll(async () => {
  place.write("own/buyer.ts", AGENT);
  place.write("own/parts/size.ts", "export const LOTS: number = 3;\n");
  place.write(
    "own/small.yaml",
    scenarioText({
      population: FEW,
      duration: "5m",
      agents: ["{ file: ./buyer.ts, name: buyer, account: { cash: 10000000 }, parameters: { times: 2 } }"],
    }),
  );
  original = await place.json("run", "own/small.yaml");
  run = String(original["run"]);
});

/** A copy of the run under another name, with its journal written anew. */
function withJournal(name: string, edit: (entries: readonly SampleEntry[]) => readonly SampleEntry[]): string {
  const { entries } = readAll(readFileSync(place.file(`${run}/journal.tsj`)));
  place.write(`${name}/x`, "");
  const writer = JournalWriter.create(place.file(`${name}/journal.tsj`));
  for (const entry of edit(entries)) appendSample(writer, entry);
  writer.close();
  return name;
}

describe("replay", () => {
  test("proves that the run is the same", async () => {
    const [text, json] = await Promise.all([place.run("replay", "runs/latest"), place.json("replay", run)]);
    expect([text.code, text.stderr]).toEqual([0, ""]);
    expect(text.stdout).toMatch(
      /^equal: [\d,]+ events, [\d,]+ journal entries compared, \d+\.\d\d s\njournal hash {2}[0-9a-f]{32}\n$/,
    );
    expect(json).toMatchObject({
      proof: "equal",
      events: original["events"],
      tape: original["tape"],
      recordedTape: original["tape"],
      ended: original["ended"],
      journal: { complete: true, tail: { kind: "whole" } },
    });
    expect(json).not.toHaveProperty("state");
  });

  test("stops at a time of day or an event, and shows the state", async () => {
    const [time, event, text] = await Promise.all([
      place.json("replay", run, "--until", "09:32"),
      place.json("replay", run, "--until", "4000"),
      place.run("replay", run, "--until", "2m"),
    ]);
    expect(time).toMatchObject({ proof: "partial", state: { books: [{ symbol: "ACME" }] } });
    expect(Number(time["timeNs"])).toBeLessThanOrEqual(120e9);
    expect(event).toMatchObject({ proof: "partial", events: 4_000, state: { events: 4_000 } });
    const { accounts } = event["state"] as { accounts: { agent: string }[] };
    expect(accounts.map(({ agent }) => agent)).toContain("buyer-1");

    expect(text.code).toBe(0);
    expect(text.stdout).toMatch(/^09:3\d:\d\d\.\d{9}, after ([\d,]+) events\n\nACME at XSIM: last /);
    expect(text.stdout.split(" events\n")[0]).toMatch(
      new RegExp(`after ${Number(time["events"]).toLocaleString("en")}$`),
    );
    expect(text.stdout).toMatch(/\nAccounts\n[\s\S]*\n {2}and \d+ more; --json lists all\n\nequal as far as it goes: /);
  });

  test("stops nowhere else", async () => {
    const { code, stdout, stderr } = await place.run("replay", run, "--until", "10:00");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "error: --until: 10:00 is outside of the run, which begins at 09:30:00 and ends at 09:35:00, after 5m\n",
    );
  });

  test("names the first difference", async () => {
    const altered = withJournal("altered", (entries) => {
      const at = entries.findIndex(({ kind }, i) => kind === EntryKind.command && i > 500);
      return entries.map((entry, i) =>
        i === at && "words" in entry ? { ...entry, words: entry.words.with(3, 77) } : entry,
      );
    });
    const { code, stdout, stderr } = await place.run("replay", altered);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^error: altered: the replay differs from the journal at entry 501 \(\d+ ns\): \w+: orderId is \d+, was 77\n$/,
    );

    const reseeded = withJournal("reseeded", ([first, ...rest]) => {
      const manifest = (first as { json: { scenario: object; versions: object } }).json;
      const versions = { ...manifest.versions, node: "24.0.0" };
      const json = { ...manifest, versions, scenario: { ...manifest.scenario, seed: 2 } };
      return [{ kind: EntryKind.manifest, timeNs: 0, json }, ...rest];
    });
    const other = await place.run("replay", reseeded);
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(/^error: reseeded: the replay differs from the journal at entry \d+ /);
    expect(other.stderr).toContain(`\n  the run was made with node 24.0.0, this is ${process.versions.node}\n`);
  });

  test("refuses a run whose agent, or a file that it imports, has changed", async () => {
    place.write("own/parts/size.ts", "export const LOTS: number = 4;\n");
    const { code, stdout, stderr } = await place.run("replay", run);
    place.write("own/parts/size.ts", "export const LOTS: number = 3;\n");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^error: the run cannot be made again: files that entered it have changed\n {2}.*size\.ts: .* is not the file that the run was made with: expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}\n$/,
    );
  });
});

describe("a damaged journal", () => {
  test("that is torn is replayed as far as it goes, and says where that is", async () => {
    const bytes = readFileSync(place.file(`${run}/journal.tsj`));
    const cut = bytes.length - 40;
    place.write("torn/journal.tsj", bytes.subarray(0, cut));
    const { code, stdout, stderr } = await place.run("replay", "torn");
    expect([code, stderr]).toEqual([3, ""]);
    const note =
      /^the journal is torn: ([\d,]+) bytes from byte (\d+) on are lost, everything up to entry (\d+) is there\nequal as far as it goes: /.exec(
        stdout,
      );
    expect(Number(note?.[1].replaceAll(",", "")) + Number(note?.[2])).toBe(cut);
    const json = await place.run("replay", "torn", "--json");
    expect(json.code).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({
      proof: "partial",
      journal: {
        complete: false,
        tail: { kind: "torn", byteOffset: Number(note?.[2]), lastSequence: Number(note?.[3]) },
      },
    });
  });

  test("that has lost its manifest says so, with byte and entry", async () => {
    place.write("headless/journal.tsj", readFileSync(place.file(`${run}/journal.tsj`)).subarray(0, 100));
    const { code, stdout, stderr } = await place.run("replay", "headless");
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /journal\.tsj is torn at byte 16, after entry -1, and holds no manifest: nothing can be replayed\n$/,
    );
  });

  test("that ends without an end is replayed to its last entry", async () => {
    const cutOff = withJournal("cut-off", (entries) => entries.slice(0, 1_000));
    const { code, stdout } = await place.run("replay", cutOff);
    expect(code).toBe(3);
    expect(stdout).toMatch(
      /^the journal has no end: the run was cut off after entry 999\nequal as far as it goes: [\d,]+ events, 999 journal entries compared/,
    );
    // What lies before its end is proven.
    expect((await place.run("replay", cutOff, "--until", "500")).code).toBe(0);
    expect((await place.run("replay", cutOff, "--until", "5m")).code).toBe(3);
  });

  test("that was altered is refused, with byte and entry", async () => {
    const bytes = readFileSync(place.file(`${run}/journal.tsj`));
    bytes[1_000] ^= 1;
    place.write("corrupt/journal.tsj", bytes);
    const { code, stdout, stderr } = await place.run("replay", "corrupt");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: journal .* is corrupt at byte 16 \(segment 0, entry 0\): payload: expected /);
  });
});

describe("a fork", () => {
  test("without a change is the run itself; it can be replayed and forked again", async () => {
    const fork = await place.json("replay", run, "--until", "2m", "--fork", "--runs", "forks");
    expect(fork).toMatchObject({
      tape: original["tape"],
      events: original["events"],
      changes: [],
      forkedFrom: { run },
    });
    expect(String(fork["run"])).toMatch(/^forks\/small-fork\//);
  });

  test("with changes is the run up to the point, and another one from there", async () => {
    const set = ["--set", "buyer.times=5", "--set", "value.meanInterval=1s"];
    const fork = await place.json("replay", run, "--until", "2m", "--fork", ...set);
    const { events } = fork["forkedFrom"] as { events: number };
    expect(fork["changes"]).toEqual([
      { events, path: "buyer.times", value: 5 },
      { events, path: "value.meanInterval", value: "1s" },
    ]);
    expect(fork["tape"]).not.toBe(original["tape"]);
    const forked = String(fork["run"]);
    const [whole, before, originalBefore] = await Promise.all([
      place.json("replay", forked),
      place.json("replay", forked, "--until", String(events)),
      place.json("replay", run, "--until", String(events)),
    ]);
    expect(whole).toMatchObject({ proof: "equal", tape: fork["tape"] });
    expect(before["state"]).toEqual(originalBefore["state"]);

    // A fork of a fork: it has both changes, each from its own moment on.
    const second = await place.run("replay", forked, "--until", "3m", "--fork", "--set", "buyer.times=2");
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(
      new RegExp(`\nforked from {3}${forked} after [\\d,]+ events: buyer.times = 2\nrun {11}runs/small-fork/`),
    );
    const secondRun = join("runs", readlinkSync(place.file("runs/latest")));
    expect(await place.json("replay", secondRun)).toMatchObject({ proof: "equal" });
    const manifest = JSON.parse(readFileSync(place.file(`${secondRun}/manifest.json`), "utf8")) as {
      scenario: unknown;
      command: string;
    };
    expect(manifest.scenario).toEqual(
      (JSON.parse(readFileSync(place.file(`${run}/manifest.json`), "utf8")) as typeof manifest).scenario,
    );
    expect(manifest.command).toMatch(
      new RegExp(`^tradeswarm replay ${forked} --until \\d+ --fork --set buyer\\.times=2$`),
    );
  });

  test("that cannot be is refused with all that is wrong, and nothing is written", async () => {
    const set = ["buyer.tmies=5", "wibble", "value.meanInterval=-3", "momentum.typicalLots=many"].flatMap((text) => [
      "--set",
      text,
    ]);
    const { code, stdout, stderr } = await place.run(
      "replay",
      run,
      "--until",
      "1m",
      "--fork",
      "--runs",
      "refused",
      ...set,
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")).toEqual([
      "error: --set: the change cannot be made",
      "  expected group.parameter=value, found wibble",
      "  buyer.tmies: there is no parameter that can change during a run; did you mean buyer.times?",
      expect.stringMatching(/^ {2}value\.meanInterval: expected a duration such as .*, found -3$/),
      '  momentum.typicalLots: expected a number, found "many"',
      "",
    ]);
    expect(existsSync(place.file("refused"))).toBe(false);
  });
});
