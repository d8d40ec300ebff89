import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { currentVersions } from "../lab/manifest.ts";
import { main } from "./main.ts";
import { EXAMPLES } from "./program.ts";

let [stdout, stderr] = ["", ""];

beforeEach(() => {
  [stdout, stderr] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.stdout.removeAllListeners("error");
});

test.each([
  [["rnu"], /^error: unknown command 'rnu'\n\(Did you mean run\?\)\n$/],
  [[], /^Examples:\n/],
  [["run"], /^error: missing required argument 'scenario'\n$/],
  [["run", "s.yaml", "--sede", "3"], /^error: unknown option '--sede'\n\(Did you mean --seed\?\)\n$/],
  [
    ["run", "s.yaml", "--seed", "1.5"],
    /^error: option '--seed <number>' argument '1\.5' is invalid\. Expected a whole number from 0 to 2\^53 - 1\.\n$/,
  ],
  [["run", "s.yaml", "--seed", "9007199254740993"], /Expected a whole number from 0 to 2\^53 - 1\.\n$/],
  [
    ["run", "s.yaml", "--pace", "0"],
    /^error: option '--pace <factor>' argument '0' is invalid\. Expected a number above 0\.\n$/,
  ],
  [["run", "s.yaml", "--pace", "Infinity"], /Expected a number above 0\.\n$/],
  [["run", "s.yaml", "more.yaml"], /^error: too many arguments/],
  [["run", "nowhere.yaml"], /^error: nowhere\.yaml cannot be read: /],
  [["run", "."], /^error: \. cannot be read: /],
  [["replay", "nowhere"], /^error: nowhere is no run: there is no journal\.tsj in /],
  [["surveil", "nowhere"], /^error: nowhere is no run: there is no journal\.tsj in /],
  [["replay", "nowhere", "--fork"], /^error: --fork needs --until: where does the new run part from the old one\?\n$/],
  [["replay", "nowhere", "--set", "a=b"], /^error: --set needs --fork: a replay changes nothing\n$/],
  [["doctor", "nowhere"], /^error: nowhere is no run: /],
  [["import", "nowhere.gz"], /^error: nowhere\.gz: cannot be opened: ENOENT/],
  [["import", "."], /^error: \.: is no file\n$/],
  [["bench", "--only", "nothing"], /^error: --only: expected one of .*, found nothing\n$/],
  [["study", "latency-arbitrag"], /^error: there is no study "latency-arbitrag"; did you mean latency-arbitrage\?\n$/],
  [["study", "luck"], /^error: there is no study "luck"; expected one of .*latency-arbitrage/],
  [["study", "latency-arbitrage", "--seeds", "1"], /^error: --seeds: expected 2 to 10000, found 1\n$/],
  [["study", "latency-arbitrage", "--seed", "9007199254740990"], /^error: --seed: 9007199254740990 leaves no room/],
  [["study", "latency-arbitrage", "--workers", "0"], /^error: --workers: expected 1 to 64, found 0\n$/],
  [["study", "latency-arbitrage", "--set", "jump=1"], /^error: --set does not fit.*\n {2}jump: there is no such/],
  [["schema", "more"], /^error: too many arguments/],
])("%j is refused", async (args, message) => {
  expect(await main(args)).toBe(2);
  expect(stderr).toMatch(message);
  expect(stdout).toBe("");
});

test("help begins with examples, and names every command", async () => {
  expect(await main(["--help"])).toBe(0);
  expect(stdout).toMatch(/^Examples:\n {2}tradeswarm run scenarios\/default\.yaml /);
  const [, commands] = stdout.split("Commands:\n");
  const named = Array.from(commands.matchAll(/^ {2}(\w+) /gm), ([, name]) => name);
  expect(named).toEqual([
    "run",
    "replay",
    "export",
    "study",
    "surveil",
    "import",
    "bench",
    "soak",
    "doctor",
    "schema",
    "help",
  ]);
  expect(Object.keys(EXAMPLES).sort()).toEqual(["", ...named.filter((name) => name !== "help")].sort());
});

test.each([
  [
    ["help", "run"],
    /^Examples:\n {2}tradeswarm run scenarios\/rmsc04\.yaml .*Usage: tradeswarm run \[options\] <scenario>\n/s,
  ],
  [["replay", "-h"], /^Examples:\n {2}tradeswarm replay runs\/latest .*--until <point>/s],
])("%j begins with the command's own examples", async (args, expected) => {
  expect(await main(args)).toBe(0);
  expect(stdout).toMatch(expected);
  expect(stderr).toBe("");
});

test("tells its version", async () => {
  expect(await main(["--version"])).toBe(0);
  expect(stdout).toBe(`${currentVersions().tradeswarm}\n`);
});

test("prints the schema as JSON", async () => {
  expect(await main(["schema"])).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "tradeswarm scenario, version 1",
    type: "object",
  });
});

test("a bug of ours is no message for users: it is thrown", async () => {
  vi.spyOn(process.stdout, "write").mockImplementation(() => {
    throw new RangeError("a bug");
  });
  await expect(main(["schema"])).rejects.toThrow("a bug");
});
