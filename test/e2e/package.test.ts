import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

// The published package as a stranger gets it: built, packed, unpacked into an empty project, and used from plain
// JavaScript and from TypeScript. Only its dependencies are linked, so that nothing is fetched.

const ROOT = join(import.meta.dirname, "..", "..");

interface Manifest {
  readonly exports: Readonly<Record<string, string | { types: string; default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const { exports } = readManifest(ROOT);
const MODULES = Object.keys(exports)
  .filter((key) => !key.endsWith(".json"))
  .map((key) => key.replace(/^\./, "tradeswarm"));

const work = mkdtempSync(join(tmpdir(), "tradeswarm-package-"));
const project = join(work, "project");
const installed = join(project, "node_modules", "tradeswarm");

beforeAll(() => {
  const built = join(work, "built");
  run(process.execPath, [join(ROOT, "scripts", "build-package.ts"), "--out", built], ROOT);
  run("npm", ["pack", built, "--silent"], work);
  const archive = readdirSync(work).find((name) => name.endsWith(".tgz"));
  if (archive === undefined) throw new Error("npm pack wrote no archive");
  mkdirSync(installed, { recursive: true });
  run("tar", ["-xzf", join(work, archive), "-C", installed, "--strip-components=1"], work);
  const linked = [...Object.keys(readManifest(installed).dependencies), "@types/node", "undici-types"];
  for (const name of linked) link(name);
  writeFileSync(join(project, "package.json"), `{ "type": "module" }`);
});

afterAll(() => {
  rmSync(work, { recursive: true, force: true });
});

test("it holds no source that Node would refuse to load, and no test", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
  expect(files.filter((path) => /(?<!\.d)\.ts$/.test(path) || /\.(test|contract|soak)\./.test(path))).toEqual([]);
});

describe.each(MODULES)("%s", (name) => {
  test("is imported by plain JavaScript", () => {
    const script = `console.log(Object.keys(await import(${JSON.stringify(name)})).length);`;
    const { stdout, stderr } = run(process.execPath, ["--input-type=module", "--eval", script], project);
    expect(stderr).toBe("");
    expect(Number(stdout)).toBeGreaterThan(0);
  });
});

test("its types hold in a strict TypeScript project", () => {
  const imports = MODULES.map((name, index) => `export * as module${index} from ${JSON.stringify(name)};`);
  writeFileSync(join(project, "use.ts"), `${imports.join("\n")}\n`);
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--types", "node", "use.ts"];
  expect(run(process.execPath, [compiler, ...options], project).stdout).toBe("");
});

test("its command starts", () => {
  const command = join(installed, "bin", "tradeswarm.js");
  expect(run(process.execPath, [command, "--help"], project).stdout).toContain("tradeswarm");
});

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function link(name: string): void {
  const path = join(project, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules", name), path, "dir");
}

/** @throws {Error} with everything that was printed, when the command fails. */
function run(command: string, args: readonly string[], cwd: string): { stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
  return { stdout, stderr };
}
