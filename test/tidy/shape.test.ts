import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { MANIFEST, projectFiles, ROOT, sourceFiles } from "./project-files.ts";

/** A file has one subject. The best code of this field has its 90th percentile below this. */
const LINES_MAX = 350;
/** A test may tell more cases of its one subject. */
const TEST_LINES_MAX = 500;

/** Such a folder collects what nobody placed. */
const FOLDERS_WITHOUT_SUBJECT = /(^|\/)(utils?|common|misc|helpers?|shared|lib)\//;

test(`no source file has more than ${LINES_MAX} lines, and no test more than ${TEST_LINES_MAX}`, () => {
  const long = sourceFiles()
    .filter(({ path }) => path.startsWith("src/"))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ path, lines }) => lines > (path.endsWith(".test.ts") ? TEST_LINES_MAX : LINES_MAX));
  expect(long).toEqual([]);
});

test("folders are named after what they hold", () => {
  expect(projectFiles().filter((path) => FOLDERS_WITHOUT_SUBJECT.test(path))).toEqual([]);
});

test("every export and command of the package is a file", () => {
  const named = [...Object.values(MANIFEST.exports), ...Object.values(MANIFEST.bin)];
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
