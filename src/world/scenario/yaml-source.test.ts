import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { NESTING_MAX, YamlSource } from "./yaml-source.ts";

function read(text: string): YamlSource {
  return new YamlSource(text, "s.yaml");
}

/** Lists inside each other. */
function nested(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}

test("knows what stands where, behind anchors too", () => {
  const source = read("a: &x { b: [1, 'two', {}] }\nc: *x\nd: |\n  some\n  text\ne:\n");
  expect(source.value).toEqual({ a: { b: [1, "two", {}] }, c: { b: [1, "two", {}] }, d: "some\ntext\n", e: null });
  expect(source.place(["a", "b", 1])).toEqual({ line: 1, column: 16 });
  expect(source.place(["c", "b", 1])).toEqual({ line: 1, column: 16 });
  expect(source.place(["c", "zzz"])).toEqual({ line: 2, column: 1 });
  const paths = [["a", "b", 0], ["a", "b", 1], ["c", "b", 2], ["c", "b"], ["d"], ["e"], ["f"], ["a", "b", 7]];
  expect(paths.map((path) => source.textAt(path))).toEqual([
    "1",
    "'two'",
    "a mapping",
    "a list",
    "| some text",
    "nothing",
    undefined,
    undefined,
  ]);
});

test("shows the beginning of what is long", () => {
  expect(read(`a: ${"x".repeat(61)}`).textAt(["a"])).toBe(`${"x".repeat(60)}…`);
  expect(read(`a: ${"x".repeat(60)}`).textAt(["a"])).toBe("x".repeat(60));
});

test("takes numbers as they are written, or not at all", () => {
  const kept = [
    "0.1",
    "1000.00",
    "0.30000000000000004",
    "1e-7",
    "1.67e-16",
    "+3",
    "0x1F",
    "-0",
    ".inf",
    "9007199254740991",
  ];
  for (const text of kept) expect(() => read(`a: ${text}`)).not.toThrow();
  const lost = ["0.10000000000000001", "9007199254740993", "123456789012345678", "1e-400", "0.1234567890123456789e3"];
  for (const text of lost) expect(() => read(`a: ${text}`), text).toThrow(UserError);
});

test("takes NESTING_MAX levels and not one more", () => {
  expect(() => read(nested(NESTING_MAX))).not.toThrow();
  expect(() => read(nested(NESTING_MAX + 1))).toThrow(UserError);
});

test("text that is nested past the parser's own depth is refused, not a crash", () => {
  for (const levels of [1_000, 20_000]) {
    expect(() => read(nested(levels))).toThrow(UserError);
    expect(() => read("- ".repeat(levels))).toThrow(UserError);
    expect(() => read(`${"{a: ".repeat(levels)}1${"}".repeat(levels)}`)).toThrow(UserError);
  }
});

test("anchors may be referred to often, but not grow without bound", () => {
  const uses = (count: number): string => `a: &a { x: 1 }\nb: [${"*a,".repeat(count)}]`;
  expect(() => read(uses(1_000))).not.toThrow();
  expect(() => read(uses(1_001))).toThrow("s.yaml refers to its anchors more than 1000 times");
  const bomb = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(10)}]`);
  expect(() => read(["a0: &a0 x", ...bomb].join("\n"))).toThrow(UserError);
});
