import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { STUDIES } from "../lab/studies/registry.ts";
import { studyCommand } from "./study-command.ts";

let stdout = "";
let folder = "";
beforeEach(() => {
  stdout = "";
  folder = mkdtempSync(join(tmpdir(), "tradeswarm-studies-"));
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const SHORT = { seeds: 2, seed: 7, set: ["simulatedSeconds=10"], workers: 1, quiet: true };

test("without a name it lists the studies", async () => {
  expect(await studyCommand(undefined, { ...SHORT, out: folder })).toBe(0);
  for (const { name, question } of STUDIES)
    expect(stdout).toMatch(new RegExp(`^${name} +${question.replace("?", "\\?")}$`, "m"));
});

test("a study is printed and written down, and its command makes the same numbers again", async () => {
  expect(await studyCommand("latency-arbitrage", { ...SHORT, out: folder })).toBe(0);
  expect(stdout).toMatch(/^Means of 2 seeds, with 95 % intervals$/m);
  const [run] = readdirSync(join(folder, "latency-arbitrage"));
  const path = join(folder, "latency-arbitrage", run);
  expect(readdirSync(path).sort()).toEqual(["report.html", "result.json"]);
  const result = JSON.parse(readFileSync(join(path, "result.json"), "utf8")) as Record<string, unknown>;
  expect(result).toMatchObject({
    command: "tradeswarm study latency-arbitrage --seed 7 --seeds 2 --set simulatedSeconds=10",
    seeds: [7, 8],
  });
  for (const line of result["found"] as string[]) expect(stdout).toContain(line);

  stdout = "";
  await studyCommand("latency-arbitrage", { ...SHORT, json: true, out: folder });
  expect(JSON.parse(stdout)).toMatchObject({ samples: result["samples"], found: result["found"] });
});
