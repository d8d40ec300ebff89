import { expect, test } from "vitest";

import { isTestFile } from "../../scripts/layers.ts";
import { MANIFEST, packageName, readJson, readText, sourceFiles } from "./project-files.ts";

const ALLOWED_LICENCES = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MPL-2.0", "0BSD"];

const DECLARED = [...Object.keys(MANIFEST.dependencies), ...Object.keys(MANIFEST.devDependencies)];

interface Row {
  readonly name: string;
  readonly purpose: string;
  readonly licence: string;
  readonly reason: string;
}

test("docs/dependencies.md has one row for each dependency, with purpose, licence and reason", () => {
  const rows = documentedRows();
  expect(rows.map(({ name }) => name).toSorted(byCodeUnits)).toEqual(DECLARED.toSorted(byCodeUnits));
  expect(rows.filter(({ purpose, licence, reason }) => [purpose, licence, reason].includes(""))).toEqual([]);
});

test("each documented licence is the installed package's, and is allowed", () => {
  const documented = documentedRows().map(({ name, licence }) => ({ name, licence }));
  const installed = documentedRows().map(({ name }) => ({ name, licence: installedLicence(name) }));
  expect(documented).toEqual(installed);
  expect(installed.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
});

test("a file imports only declared packages, and what is published imports no devDependency", () => {
  const problems = sourceFiles().flatMap(({ path, imports }) =>
    imports
      .filter((specifier) => /^[@a-z]/.test(specifier) && !specifier.startsWith("node:"))
      .map(packageName)
      .filter((name) => name !== "tradeswarm" && !mayImport(path, name))
      .map((name) => `${path} imports ${name}`),
  );
  expect(problems).toEqual([]);
});

test("the lockfile knows every optional package, so that npm ci works on every platform", () => {
  const { packages } = readJson("package-lock.json") as {
    packages: Record<string, { optionalDependencies?: Record<string, string>; integrity?: string }>;
  };
  const locked = Object.keys(packages).map((path) => path.split("node_modules/").at(-1));
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}))
    .filter((name) => !locked.includes(name));
  expect(missing).toEqual([]);
  expect(Object.keys(packages).filter((path) => path !== "" && packages[path].integrity === undefined)).toEqual([]);
});

function mayImport(path: string, name: string): boolean {
  const published = path.startsWith("bin/") || (path.startsWith("src/") && !isTestFile(path));
  const forTestsOnly = path.startsWith("src/testing/");
  return published && !forTestsOnly ? name in MANIFEST.dependencies : DECLARED.includes(name);
}

function documentedRows(): Row[] {
  return readText("docs/dependencies.md")
    .split("\n")
    .filter((line) => /^\|\s*`/.test(line))
    .map((line) => {
      const [name, purpose, licence, reason] = line.split("|").slice(1, -1);
      return {
        name: name.replaceAll("`", "").trim(),
        purpose: purpose.trim(),
        licence: licence.trim(),
        reason: reason.trim(),
      };
    });
}

function installedLicence(name: string): string {
  return (readJson(`node_modules/${name}/package.json`) as { license: string }).license;
}

/** For an SPDX expression with OR, one allowed choice is enough; with AND, all must be allowed. */
function isAllowed(licence: string): boolean {
  return licence
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((name) => ALLOWED_LICENCES.includes(name.trim())));
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
