import { readFileSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";

import { RunsFolder } from "../testing/recorded-run.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { doctorCommand } from "./doctor-command.ts";

const runs = new RunsFolder();
afterAll(() => {
  runs[Symbol.dispose]();
});

let journal = "";
let whole: Buffer;
let stdout = "";

beforeAll(async () => {
  ({ journal } = (await runs.record(scenarioOf({ duration: "10s" }))).directory);
  whole = readFileSync(journal);
});

beforeEach(() => {
  stdout = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
});

test("finds a machine healthy that can run tests", () => {
  expect(doctorCommand(undefined, {})).toBe(0);
  expect(stdout).toMatch(/^tradeswarm \d+\.\d+\.\d+, Node \d+\.\d+\.\d+, V8 /);
  expect(stdout.match(/^ {2}\S+/gm)).toEqual(["  ok", "  ok", "  ok", "  ok"]);
});

test("finds a run's journal whole", () => {
  expect(doctorCommand(journal, {})).toBe(0);
  expect(stdout).toMatch(/\n {2}ok {4}journal .*\.tsj: \d+ entries in \d+ segments, complete\n$/);
});

test("finds a journal torn, and says where", () => {
  writeFileSync(journal, whole.subarray(0, -1));
  expect(doctorCommand(journal, {})).toBe(1);
  expect(stdout).toMatch(/\n {2}FAIL {2}journal .*\.tsj: torn at byte \d+: \d+ bytes lost after entry \d+\n$/);
});

test("finds a journal altered", () => {
  const altered = Buffer.from(whole);
  altered[200] ^= 1;
  writeFileSync(journal, altered);
  expect(doctorCommand(journal, { json: true })).toBe(1);
  const { healthy, findings, versions } = JSON.parse(stdout) as {
    healthy: boolean;
    findings: { ok: boolean; found: string }[];
    versions: { node: string };
  };
  expect([healthy, versions.node]).toEqual([false, process.versions.node]);
  expect(findings.map(({ ok }) => ok)).toEqual([true, true, true, true, false]);
  expect(findings[4].found).toMatch(/ is corrupt at byte \d+ /);
});

test("finds a journal without an end", () => {
  writeFileSync(journal, readFileSync(runs.rewrite(journal, () => [])));
  expect(doctorCommand(journal, {})).toBe(1);
  expect(stdout).toMatch("0 entries in 0 segments, no end: the run was cut off\n");
});
