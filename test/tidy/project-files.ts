import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

import { codeText, importsOf } from "./code-text.ts";

/** Absolute path of the repository. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly withoutLiterals: string;
  /** As written: relative paths, package names, `node:` modules. */
  readonly imports: readonly string[];
}

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
}

export const MANIFEST = readJson("package.json") as Manifest;

/** Folders that hold our own code. The root's own files are added by `projectFiles`. */
const CODE_FOLDERS = ["src", "test", "bench", "soak", "examples", "scripts", "bin"];
const TEXT_FOLDERS = [...CODE_FOLDERS, "docs", "scenarios", ".ci"];

let sources: readonly SourceFile[] | undefined;

/** Every file of TypeScript and JavaScript, read once. */
export function sourceFiles(): readonly SourceFile[] {
  sources ??= CODE_FOLDERS.flatMap(walk)
    .filter((path) => /\.(ts|js)$/.test(path))
    .map((path) => {
      const text = readText(path);
      const code = codeText(text);
      return { path, text, withoutLiterals: code.withoutLiterals, imports: importsOf(code) };
    });
  return sources;
}

/** Every text file of the project, docs and root files too. */
export function projectFiles(): string[] {
  const atRoot = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "package-lock.json")
    .map((entry) => entry.name);
  return [...atRoot, ...TEXT_FOLDERS.flatMap(walk)].filter((path) =>
    /(^|\/)[^/.]+$|\.(ts|js|json|md|ya?ml|txt|npmrc|gitignore)$/.test(path),
  );
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function readJson(path: string): unknown {
  return JSON.parse(readText(path));
}

/** The file that a relative import names, relative to the root; undefined for packages. */
export function resolveImport(importer: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return posix.join(posix.dirname(importer), specifier);
}

/** The name of the package in `name/sub/path` or `@scope/name/sub/path`. */
export function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function walk(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.includes("node_modules/"))
    .toSorted((a, b) => (a < b ? -1 : 1));
}
