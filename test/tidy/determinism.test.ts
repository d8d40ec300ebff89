import { expect, test } from "vitest";

import {
  BANNED_GLOBALS,
  BANNED_MATH,
  BANNED_MATH_RANDOM,
  BANNED_METHODS,
  DETERMINISTIC_FOLDERS,
  NOT_DETERMINISTIC_FILES,
} from "../../scripts/determinism.ts";
import { isTestFile } from "../../scripts/layers.ts";
import { codeText, lineOf } from "./code-text.ts";
import { sourceFiles } from "./project-files.ts";

// A second, textual check of the ban list. It needs no parser and no plugin, so a change of the linter cannot switch
// both off at once.

const GLOBALS = BANNED_GLOBALS.flatMap(({ names }) => names).join("|");
const MATH = [BANNED_MATH, BANNED_MATH_RANDOM].flatMap(({ names }) => names).join("|");

const BANNED: readonly RegExp[] = [
  // A property or a method of ours may share a global's name: `row.process`, `process: string`, `fetch(): void`.
  new RegExp(String.raw`(?<![\w$.#])(?:${GLOBALS})(?![\w$]|\s*\??:)`, "g"),
  new RegExp(String.raw`\bMath\s*\.\s*(?:${MATH})\b`, "g"),
  new RegExp(String.raw`\.\s*(?:${BANNED_METHODS.names.join("|")})\b`, "g"),
  /\.\s*(?:sort|toSorted)\s*\(\s*\)/g,
  /\basync\s*(?:function\b|\(|[\w$]+\s*(?:=>|\())|\bawait\b/g,
  // A power of a bigint is exact.
  /(?<!\b\d+n\s*)\*\*/g,
  /\bfor\s*\(\s*(?:const|let|var)\s+[\w$]+\s+in\b/g,
];

test("code on the deterministic path names nothing of the ban list", () => {
  const problems = sourceFiles()
    .filter(({ path }) => isDeterministic(path))
    .flatMap(({ path, withoutLiterals }) => findBanned(path, withoutLiterals));
  expect(problems).toEqual([]);
});

test("code on the deterministic path imports no module of Node", () => {
  const problems = sourceFiles()
    .filter(({ path }) => isDeterministic(path))
    .flatMap(({ path, imports }) => imports.filter((name) => name.startsWith("node:")).map((name) => [path, name]));
  expect(problems).toEqual([]);
});

test.each([
  "const now = Date.now();",
  "x(performance.now())",
  "const p: Promise<void> = go();",
  "Math.random()",
  "Math . log1p(x)",
  "names.sort()",
  "a.localeCompare(b)",
  "async function f() {}",
  "items.map(async (x) => x)",
  "return await x;",
  "a ** b",
  "2 ** 32",
  "x **= 2",
  "for (const key in table) {}",
  "setTimeout(f, 0)",
  "process.nextTick(f)",
])("the check finds %s", (text) => {
  expect(findBanned("x.ts", codeText(text).withoutLiterals)).not.toEqual([]);
});

test.each([
  "const updated = row.Date;",
  "interface Row { process: string; performance?: number }",
  "10n ** BigInt(n)",
  "names.sort(byName)",
  "Math.sqrt(x) * Math.imul(a, b)",
  "const text = 'Date.now() ** 2'; // await Math.random()",
  "for (const [key] of entries) {}",
  "/** Math.log differs */",
])("the check lets %s pass", (text) => {
  expect(findBanned("x.ts", codeText(text).withoutLiterals)).toEqual([]);
});

function isDeterministic(path: string): boolean {
  return (
    DETERMINISTIC_FOLDERS.some((folder) => path.startsWith(`src/${folder}/`)) &&
    !NOT_DETERMINISTIC_FILES.some((file) => path === `src/${file}`) &&
    !isTestFile(path)
  );
}

function findBanned(path: string, code: string): string[] {
  return BANNED.flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => `${path}:${lineOf(code, match.index)} ${match[0].trim()}`),
  );
}
