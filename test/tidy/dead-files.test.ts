import { expect, test } from "vitest";

import { isTestFile, TESTING_FOLDER } from "../../scripts/layers.ts";
import { MANIFEST, resolveImport, sourceFiles } from "./project-files.ts";

/** The launcher imports it by a computed path. */
const COMMAND_LINE = "src/cli/main.ts";

const TESTING = `src/${TESTING_FOLDER}/`;

test("every source file is reachable from the command line or from an export of the package", () => {
  const entries = [COMMAND_LINE, ...Object.values(MANIFEST.exports).map((path) => path.replace("./", ""))];
  expect(sourcesNotIn(reachableFrom(entries), (path) => !isTestFile(path) && !path.startsWith(TESTING))).toEqual([]);
});

test("every file that tests share is used by a test", () => {
  const tests = sourceFiles()
    .map(({ path }) => path)
    .filter((path) => /\.(test|soak)\.ts$/.test(path) || path.startsWith("soak/"));
  expect(
    sourcesNotIn(reachableFrom(tests), (path) => path.startsWith(TESTING) || path.endsWith(".contract.ts")),
  ).toEqual([]);
});

function sourcesNotIn(reached: ReadonlySet<string>, belongs: (path: string) => boolean): string[] {
  return sourceFiles()
    .map(({ path }) => path)
    .filter((path) => path.startsWith("src/") && belongs(path) && !reached.has(path));
}

function reachableFrom(entries: readonly string[]): Set<string> {
  const files = new Map(sourceFiles().map((file) => [file.path, file]));
  const reached = new Set<string>();
  const pending = [...entries];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const file = files.get(path);
    if (file === undefined || reached.has(path)) continue;
    reached.add(path);
    for (const specifier of file.imports) {
      const target = resolveImport(path, specifier);
      if (target !== undefined) pending.push(target);
    }
  }
  return reached;
}
