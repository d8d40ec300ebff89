import { readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { forbiddenImportsOf, isTestFile, LAYERS, TESTING_FOLDER } from "../../scripts/layers.ts";
import { resolveImport, ROOT, sourceFiles } from "./project-files.ts";

const FOLDERS = [...LAYERS.map(({ folder }) => folder), TESTING_FOLDER];

test("src/ holds only the folders of the layer table", () => {
  const unknown = readdirSync(join(ROOT, "src")).filter((name) => !FOLDERS.includes(name));
  expect(unknown).toEqual([]);
});

test("a layer imports only from itself and from lower levels", () => {
  const problems = edges().filter(
    ({ from, to }) =>
      from !== TESTING_FOLDER && to !== TESTING_FOLDER && forbiddenImportsOf(from).some(({ folder }) => folder === to),
  );
  expect(problems.map(describeEdge)).toEqual([]);
});

test("only tests import src/testing", () => {
  const problems = edges().filter(
    ({ importer, from, to }) => to === TESTING_FOLDER && from !== TESTING_FOLDER && !isTestFile(importer),
  );
  expect(problems.map(describeEdge)).toEqual([]);
});

test("an import goes to a file that exists, by its own name", () => {
  const known = new Set(sourceFiles().map(({ path }) => path));
  const problems = edges().filter(({ target }) => /\.(ts|js)$/.test(target) && !known.has(target));
  expect(problems.map(describeEdge)).toEqual([]);
});

test("examples use the package as its users do", () => {
  const problems = sourceFiles()
    .filter(({ path }) => path.startsWith("examples/") && !isTestFile(path))
    .flatMap(({ path, imports }) => imports.map((specifier) => ({ path, target: resolveImport(path, specifier) })))
    .filter(({ target }) => target !== undefined && !target.startsWith("examples/"));
  expect(problems).toEqual([]);
});

interface Edge {
  readonly importer: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

/** Every import from a file in src/ to a file in src/. */
function edges(): Edge[] {
  return sourceFiles()
    .filter(({ path }) => path.startsWith("src/"))
    .flatMap(({ path, imports }) => imports.map((specifier) => ({ path, target: resolveImport(path, specifier) })))
    .flatMap(({ path, target }) =>
      target?.startsWith("src/")
        ? [{ importer: path, target, from: path.split("/")[1], to: target.split("/")[1] }]
        : [],
    );
}

function describeEdge({ importer, target }: Edge): string {
  return `${importer} imports ${target}`;
}
