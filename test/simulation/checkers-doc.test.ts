import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { scratchFolder } from "../import/scratch-folder.ts";

const DOC = new URL("../../docs/checkers.md", import.meta.url);
const folder = scratchFolder();

test("the page's example runs and prints what the page says", () => {
  const [, example, printed] = /```ts\n([^]+?)```\n\n((?: {4}.*\n)+)/.exec(readFileSync(DOC, "utf8")) ?? [];
  const program = join(folder, "example.ts");
  const sources = new URL("../src/", DOC).href;
  writeFileSync(program, example.replaceAll('"../src/', `"${sources}`));
  const output = execFileSync(process.execPath, [program], { encoding: "utf8" });
  expect(output).toBe(printed.replaceAll(/^ {4}/gm, ""));
});
