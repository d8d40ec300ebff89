import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { modulesOf } from "./agent-modules.ts";
import { loadFiles, reloadFiles } from "./load-files.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tradeswarm-agents-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function load(...agentFiles: readonly string[]): ReturnType<typeof loadFiles> {
  const agents = agentFiles.map((file, i) => `{ file: ${file}, name: agent${i} }`);
  return loadFiles(scenarioOf({ agents }), join(folder, "s.yaml"), undefined);
}

async function problemsOf(loading: Promise<unknown>): Promise<string> {
  const error: unknown = await loading.catch((caught: unknown) => caught);
  if (error instanceof UserError) return error.describe().replaceAll(folder, "…");
  throw new Error("nothing was refused");
}

const AGENT = "export default () => ({});";

test("agents are loaded relative to the scenario, with all files that they import", async () => {
  write({
    "a.ts": `import { x } from "./parts/x.ts";\nimport type { Y } from './y.ts';\nexport default (): { y?: Y } => ({ ...x });`,
    "parts/x.ts": `import "../z.ts";\n// import "./gone.ts"\nexport const x = {};`,
    "y.ts": `export interface Y { z: number }`,
    "z.ts": `export const later = () => import("./a.ts");`,
    "b.ts": AGENT,
  });
  const { factories, files } = await load("./a.ts", "b.ts", "./a.ts");
  expect([...factories.keys()]).toEqual(["./a.ts", "b.ts"]);
  expect(files.map(({ role, name }) => [role, name.replace(folder, "…")])).toEqual([
    ["agent", "./a.ts"],
    ["module", "…/parts/x.ts"],
    ["module", "…/y.ts"],
    ["module", "…/z.ts"],
    ["agent", "b.ts"],
  ]);
  // sha256sum of "export default () => ({});"
  expect(files[4].sha256).toBe("645c25bc0f721fa9b7c9e7b85acdcd1088e9160f6317f52f66c784b58c6f4def");
});

test("an agent that another one imports is an agent still", async () => {
  write({ "a.ts": `import "./b.ts";\n${AGENT}`, "b.ts": AGENT });
  const { files } = await load("./a.ts", "./b.ts");
  expect(files.map(({ role, path }) => [role, path.replace(folder, "…")])).toEqual([
    ["agent", "…/a.ts"],
    ["module", "…/b.ts"],
    ["agent", "…/b.ts"],
  ]);
});

test("every agent that cannot be loaded is reported", async () => {
  write({
    "throws.ts": `throw new RangeError("on loading");`,
    "syntax.ts": `export default (`,
    "import.ts": `import "./nowhere.ts";\n${AGENT}`,
    "none.ts": `export const agent = () => ({});`,
    "number.ts": `export default 3;`,
  });
  const files = ["gone.ts", "throws.ts", "syntax.ts", "import.ts", "none.ts", "number.ts"];
  const text = await problemsOf(load(...files));
  const [title, ...lines] = text.split("\n").filter((line) => !line.startsWith("    "));
  expect(title).toBe("…/s.yaml: an agent cannot be loaded");
  const heads = lines.filter((line) => line.startsWith("  agents["));
  expect(heads[0]).toBe("  agents[0].file: there is no file …/gone.ts");
  expect(heads[1]).toMatch(/^ {2}agents\[1\]\.file: …\/throws\.ts cannot be loaded: RangeError: on loading/);
  expect(heads[2]).toMatch(/^ {2}agents\[2\]\.file: …\/syntax\.ts cannot be loaded: /);
  expect(heads[3]).toMatch(/^ {2}agents\[3\]\.file: …\/import\.ts cannot be loaded: /);
  const expected = "expected an agent as default export (export default defineAgent(…)), found";
  expect(heads[4]).toBe(`  agents[4].file: …/none.ts: ${expected} none`);
  expect(heads[5]).toBe(`  agents[5].file: …/number.ts: ${expected} number`);
});

describe("a run's files, loaded again", () => {
  test("must be what they were, those that agents import too", async () => {
    write({ "a.ts": `import "./x.ts";\n${AGENT}`, "x.ts": "export {};", "b.ts": AGENT });
    const scenario = scenarioOf();
    const { files } = await load("./a.ts", "./b.ts");
    const again = await reloadFiles(scenario, files, undefined);
    expect([...again.factories.keys()]).toEqual(["./a.ts", "./b.ts"]);
    write({ "x.ts": "export const changed = 1;" });
    rmSync(join(folder, "b.ts"));
    const text = await problemsOf(reloadFiles(scenario, files, undefined));
    expect(text.split("\n")).toEqual([
      "the run cannot be made again: files that entered it have changed",
      expect.stringMatching(
        /^ {2}…\/x\.ts: …\/x\.ts is not the file that the run was made with: expected SHA-256 [0-9a-f]{64}, found [0-9a-f]{64}$/,
      ),
      "  ./b.ts: it is not at …/b.ts any more",
    ]);
  });
});

describe("recordings", () => {
  const recorded = scenarioOf({ recorded: "{ symbol: ACME }" });

  test.each([
    [
      "a scenario that needs none",
      scenarioOf(),
      "data.tsd",
      'small has no section "recorded", so --data has nothing to drive',
    ],
    [
      "a scenario that needs one",
      recorded,
      undefined,
      "small is driven by recorded order flow: name an imported file with --data",
    ],
    ["a file that is not there", recorded, "gone.tsd", "there is no file gone.tsd"],
    ["a folder", recorded, ".", "there is no file ."],
  ])("%s", async (_name, scenario, data, expected) => {
    await expect(loadFiles(scenario, "s.yaml", data)).rejects.toThrow(expected);
  });
});

test("modulesOf follows imports in circles and stops", () => {
  write({ "a.ts": `export * from "./b.ts";`, "b.ts": `export * from "./a.ts";` });
  expect(modulesOf(join(folder, "a.ts"))).toEqual([join(folder, "a.ts"), join(folder, "b.ts")]);
});
