import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { BANNED_GLOBALS, BANNED_MATH, BANNED_METHODS } from "../../scripts/determinism.ts";
import { forbiddenImportsOf, LAYERS } from "../../scripts/layers.ts";
import { ROOT } from "./project-files.ts";

// The linter's configuration is proven by planted violations: a small project with this configuration, in which each
// file breaks one rule. A rule that an update renames or a pattern that stops matching shows up here.

interface Planted {
  readonly path: string;
  readonly text: string;
  /** The rule that must report it; undefined when the linter must be content. */
  readonly rule: string | undefined;
}

const DETERMINISM: readonly Planted[] = [
  ...BANNED_GLOBALS.flatMap(({ names }) => names).map((name, index) =>
    plant(
      `src/kernel/global-${index}-${name.toLowerCase()}.ts`,
      `export const x: unknown = ${name};`,
      "no-restricted-globals",
    ),
  ),
  ...["random", ...BANNED_MATH.names].map((name) =>
    plant(`src/market/math-${name}.ts`, `export const x: unknown = Math.${name};`, "no-restricted-properties"),
  ),
  ...BANNED_METHODS.names.map((name) =>
    plant(
      `src/agents/method-${name.toLowerCase()}.ts`,
      `export const x = (a: string & Date): unknown => a.${name};`,
      "no-restricted-properties",
    ),
  ),
  plant("src/core/exponent.ts", "export const x = (a: number): number => a ** 2;", "banned-syntax"),
  plant("src/core/bigint-exponent.ts", "export const x = (a: bigint): bigint => 10n ** a;", undefined),
  plant(
    "src/core/for-in.ts",
    "export function x(a: object): void {\n  for (const k in a) k.trim();\n}",
    "banned-syntax",
  ),
  plant("src/core/late-import.ts", 'export const x = (): unknown => import("./exponent.ts");', "banned-syntax"),
  plant("src/model/async.ts", "export async function x(): Promise<void> {}", "no-async-await"),
  plant("src/desk/await.ts", "export const x: number = await 1;", "no-top-level-await"),
  plant("src/world/sort.ts", "export const x = (a: number[]): number[] => a.sort();", "require-array-sort-compare"),
  plant(
    "src/world/sort-names.ts",
    "export const x = (a: string[]): string[] => a.sort();",
    "require-array-sort-compare",
  ),
  plant("src/world/read.ts", 'export { readFileSync } from "node:fs";', "no-restricted-imports"),
  plant("src/venues/simulated/clock.ts", "export const x = Date.now();", "no-restricted-globals"),
  plant("src/venues/live/clock.ts", "export const x = Date.now();", undefined),
  plant("src/kernel/wall-driver.ts", "export const x = performance.now();", undefined),
  plant("src/kernel/clock.test.ts", "export const x = Date.now();", undefined),
  plant("src/store/clock.ts", "export const x = Date.now();", undefined),
];

const LAYERING: readonly Planted[] = [
  ...LAYERS.flatMap(({ folder }) =>
    forbiddenImportsOf(folder).map((other) =>
      plant(
        `src/${folder}/deep/imports-${other.folder}.ts`,
        `export { x } from "../../${other.folder}/index.ts";`,
        "no-restricted-imports",
      ),
    ),
  ),
  plant("src/market/shared.ts", 'export { x } from "../testing/index.ts";', "no-restricted-imports"),
  plant("src/market/shared.test.ts", 'export { x } from "../testing/index.ts";', undefined),
  plant("src/market/upward.test.ts", 'export { x } from "../world/index.ts";', "no-restricted-imports"),
  plant("src/cli/self.ts", 'export { x } from "tradeswarm/market";', "no-restricted-imports"),
  plant("src/cli/downward.ts", 'export { x } from "../market/index.ts";', undefined),
];

const CORRECTNESS: readonly Planted[] = [
  plant("src/cli/untyped.ts", "export const x = (a: any): boolean => a === 1;", "no-explicit-any"),
  plant("src/cli/loose.ts", "export const x = (a: unknown): boolean => a == 1;", "eqeqeq"),
  plant("src/cli/unused.ts", "const unused = 1;\nexport const x = 1;", "no-unused-vars"),
  plant("src/cli/default.ts", "export default 1;", "no-default-export"),
  plant("examples/default.ts", "export default 1;", undefined),
  plant("src/cli/floating.ts", "export function x(): void {\n  Promise.resolve();\n}", "no-floating-promises"),
  plant("src/cli/cycle-a.ts", 'import { b } from "./cycle-b.ts";\nexport const a = (): unknown => b;', "no-cycle"),
  plant("src/cli/cycle-b.ts", 'import { a } from "./cycle-a.ts";\nexport const b = (): unknown => a;', "no-cycle"),
];

const PLANTED = [...DETERMINISM, ...LAYERING, ...CORRECTNESS];

const project = mkdtempSync(join(tmpdir(), "tradeswarm-linter-"));
let reported: ReadonlyMap<string, readonly string[]> = new Map();

beforeAll(() => {
  for (const path of ["oxlint.config.ts", "scripts", "package.json", "tsconfig.json"]) {
    cpSync(join(ROOT, path), join(project, path), { recursive: true });
  }
  symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"), "dir");
  for (const { folder } of LAYERS) write(`src/${folder}/index.ts`, "export const x = 1;");
  write("src/testing/index.ts", "export const x = 1;");
  for (const { path, text } of PLANTED) write(path, text);
  reported = lint();
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

describe.each([
  ["the determinism ban list", DETERMINISM],
  ["the layer table", LAYERING],
  ["correctness", CORRECTNESS],
])("the linter enforces %s", (_name, planted) => {
  test.each(planted)("$path: $rule", ({ path, rule }) => {
    const rules = reported.get(path) ?? [];
    if (rule === undefined) expect(rules).toEqual([]);
    else expect(rules).toContain(rule);
  });
});

function plant(path: string, text: string, rule: string | undefined): Planted {
  return { path, text, rule };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), `${text}\n`);
}

/** The names of the rules that reported something, by file. */
function lint(): Map<string, string[]> {
  const linter = join(ROOT, "node_modules", "oxlint", "bin", "oxlint");
  const { stdout, stderr } = spawnSync(process.execPath, [linter, "-f", "json"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  if (!stdout.startsWith("{")) throw new Error(`the linter did not run: ${stdout}${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { filename: string; code: string }[] };
  const byFile = new Map<string, string[]>();
  for (const { filename, code } of diagnostics) {
    const rule = code.replace(/^.*\((.*)\)$/, "$1");
    byFile.set(filename, [...(byFile.get(filename) ?? []), rule]);
  }
  return byFile;
}
