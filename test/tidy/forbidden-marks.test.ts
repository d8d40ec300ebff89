import { expect, test } from "vitest";

import { lineOf } from "./code-text.ts";
import { projectFiles, readText, sourceFiles } from "./project-files.ts";

interface ForbiddenMark {
  readonly name: string;
  /** Written so that it does not find itself. */
  readonly pattern: RegExp;
  readonly allowedIn?: RegExp;
}

/** Marks of unfinished or softened work, in every text of the project. */
const IN_ALL_FILES: readonly ForbiddenMark[] = [
  { name: "unfinished work", pattern: /\b(TO[D]O|FI[X]ME|X[X]X|HA[C]K)\b/g },
  { name: "a path of one machine", pattern: /(?<![\w.$}])\/(?:home|root|Users|work|mnt|tmp|farm)\/[\w.]/g },
  { name: "a file outside the checkout", pattern: /\.\.\/shared\b/g, allowedIn: /^test\/recordings\.ts$/ },
];

const IN_CODE: readonly ForbiddenMark[] = [
  { name: "a test that does not run", pattern: /\b(?:test|it|describe|suite)\s*\.\s*(?:skip|only|todo|fails)\b/g },
  {
    name: "a test that may not run",
    pattern: /\b(?:skipIf|runIf)\s*\(/g,
    allowedIn: /^test\/recordings\.ts$/,
  },
  {
    name: "a test that is tried again",
    pattern: /\bretry\s*:\s*[1-9]/g,
    allowedIn: /^(?!.*\.(test|contract|soak)\.ts$)/,
  },
  { name: "a silenced type check", pattern: /@ts-(?:ignore|nocheck|expect-error)/g },
  { name: "a silenced linter", pattern: /\b(?:oxlint|eslint)-disable/g },
  { name: "a silenced formatter", pattern: /\b(?:oxfmt|prettier)-ignore/g },
];

test.each(IN_ALL_FILES)("no file has $name", (mark) => {
  expect(projectFiles().flatMap((path) => findMark(mark, path, readText(path)))).toEqual([]);
});

/** The linter knows `any` by its type. This also finds it where a rule was switched off for a folder. */
const UNTYPED = /\bas\s+any\b|<any>|:\s*any\b/g;

test.each(IN_CODE)("no code has $name", (mark) => {
  // Comments count too: most of these marks are comments.
  expect(sourceFiles().flatMap(({ path, text }) => findMark(mark, path, text))).toEqual([]);
});

test("no code is untyped", () => {
  const mark = { name: "any", pattern: UNTYPED };
  expect(sourceFiles().flatMap(({ path, withoutLiterals }) => findMark(mark, path, withoutLiterals))).toEqual([]);
});

function findMark({ pattern, allowedIn }: ForbiddenMark, path: string, text: string): string[] {
  if (allowedIn?.test(path)) return [];
  return [...text.matchAll(pattern)].map((match) => `${path}:${lineOf(text, match.index)} ${match[0]}`);
}
