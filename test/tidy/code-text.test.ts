import { describe, expect, test } from "vitest";

import { codeText, importsOf, lineOf } from "./code-text.ts";

describe("codeText", () => {
  test.each([
    ["a line comment", "x; // Date.now()", "x;"],
    ["a block comment", "x; /* 2 ** 3 */ y", "x;              y"],
    ["a doc comment", "/** Date */ y", "            y"],
    ["a string", 'x("Date // no");', 'x("          ");'],
    ["an escaped quote", String.raw`x('it\'s') ** 2`, "x('     ') ** 2"],
    ["a division", "a / b ** c / d", "a / b ** c / d"],
    ["a regular expression", String.raw`x = /\/\*["/]/.test(y) ** 2`, "x = /        /.test(y) ** 2"],
    ["a template", "x = `a ** ${b ** `${c}`} ** d` ** e", "x = `     ${b ** `${c}`}     ` ** e"],
    ["braces in a template", "`${{ a: { b } }}!` ** c", "`${{ a: { b } }} ` ** c"],
  ])("blanks %s", (_name, text, code) => {
    expect(codeText(text).withoutLiterals.trimEnd()).toBe(code);
    expect(codeText(text).withoutLiterals).toHaveLength(text.length);
  });
});

test("importsOf finds every way to name another file", () => {
  const text = [
    'import "./a.ts";',
    'import { b } from "./b.ts";',
    "import type {\n  c,\n} from './c.ts';",
    'export * from "./d.ts";',
    'const e = await import("./e.ts");',
    'new Worker(new URL("./f.ts", import.meta.url));',
    'import json from "./g.json" with { type: "json" };',
    'type H = import("./h.ts").H;',
    '// import "./no.ts";',
    "const text = 'import \"./no.ts\";';",
  ].join("\n");
  expect(importsOf(codeText(text))).toEqual([
    "./a.ts",
    "./b.ts",
    "./c.ts",
    "./d.ts",
    "./e.ts",
    "./f.ts",
    "./g.json",
    "./h.ts",
  ]);
});

test("lineOf counts from one", () => {
  expect(lineOf("a\nb\nc", 4)).toBe(3);
});
