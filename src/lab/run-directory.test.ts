import { chmodSync, mkdirSync, mkdtempSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { RunDirectory } from "./run-directory.ts";

const NOON = new Date("2026-03-04T12:00:00.987Z");
let root = "";

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "tradeswarm-runs-")));
});
afterEach(() => {
  chmodSync(root, 0o755);
  rmSync(root, { recursive: true });
});

test("runs are named after the second in which they begin, and counted within it", () => {
  const paths = [1, 2, 3].map(() => RunDirectory.create(root, "a", NOON).path);
  expect(paths).toEqual([
    join(root, "a", "2026-03-04T12-00-00Z"),
    join(root, "a", "2026-03-04T12-00-00Z-2"),
    join(root, "a", "2026-03-04T12-00-00Z-3"),
  ]);
  expect(RunDirectory.create(root, "b", NOON).path).toBe(join(root, "b", "2026-03-04T12-00-00Z"));
});

test("latest points to the newest one, by a relative path", () => {
  RunDirectory.create(root, "a", NOON);
  RunDirectory.create(root, "b", NOON);
  expect(readlinkSync(join(root, "latest"))).toBe(join("b", "2026-03-04T12-00-00Z"));
});

test("a second takes 100 runs of a name, and not one more", () => {
  for (let i = 0; i < 100; i++) RunDirectory.create(root, "a", NOON);
  expect(() => RunDirectory.create(root, "a", NOON)).toThrow(
    `${join(root, "a")} holds 100 runs of this second already`,
  );
});

test("a run is opened by its folder, its journal, or latest, and knows its own path", () => {
  const run = RunDirectory.create(root, "a", NOON);
  writeFileSync(run.journal, "");
  for (const path of [run.path, run.journal, join(root, "latest"), join(root, "latest", "journal.tsj")]) {
    expect(RunDirectory.open(path).path).toBe(run.path);
  }
});

test("what is no run is refused", () => {
  expect(() => RunDirectory.open(join(root, "none"))).toThrow(UserError);
  expect(() => RunDirectory.open(root)).toThrow(`${root} is no run: there is no journal.tsj in ${root}`);
});

test("a folder that cannot be made is the user's problem", () => {
  writeFileSync(join(root, "file"), "");
  expect(() => RunDirectory.create(join(root, "file"), "a", NOON)).toThrow(/^the run's folder cannot be made: /);
  // A folder where the pointer to the newest run should be.
  mkdirSync(join(root, "latest", "x"), { recursive: true });
  expect(() => RunDirectory.create(root, "a", NOON)).toThrow(/^the run's folder cannot be made: /);
});
