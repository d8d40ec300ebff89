import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

// Builds the package that is published. A checkout runs its .ts files, but Node strips no types under node_modules, so
// an installed package must be JavaScript. The result is a folder with a package.json of its own: `npm pack ./dist`.

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly bin: Record<string, string>;
  readonly exports: Record<string, string>;
  readonly engines: Record<string, string>;
  readonly dependencies: Record<string, string>;
}

const COPIED = ["bin", "scenarios", "docs", "README.md", "LICENSE"];

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({ options: { out: { type: "string", default: join(root, "dist") } } });
const out = resolve(values.out);
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;

const missing = [...COPIED, ...Object.values(manifest.exports)].filter((path) => !existsSync(join(root, path)));
if (missing.length > 0) {
  process.stderr.write(`The package needs files that do not exist:\n${missing.map((path) => `  ${path}\n`).join("")}`);
  process.exit(1);
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
compile();
for (const path of COPIED) cpSync(join(root, path), join(out, path), { recursive: true });
writeFileSync(join(out, "package.json"), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
process.stderr.write(`built ${manifest.name} ${manifest.version} in ${out}\n`);

function compile(): void {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const project = join(root, "tsconfig.build.json");
  const args = [compiler, "-p", project, "--outDir", join(out, "lib")];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(1);
}

/** The root's manifest without what only a checkout needs, and with the exports pointing to the compiled files. */
function publishedManifest(): object {
  const { name, version, description, license, type, bin, engines, dependencies } = manifest;
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([key, path]) => [key, compiledExport(path)]),
  );
  return { name, version, description, license, type, bin, exports, engines, dependencies };
}

function compiledExport(path: string): string | { types: string; default: string } {
  const compiled = path.replace(/^\.\/src\//, "./lib/");
  if (!compiled.endsWith(".ts")) return compiled;
  const stem = compiled.slice(0, -".ts".length);
  return { types: `${stem}.d.ts`, default: `${stem}.js` };
}
