import { expect, test } from "vitest";

import { InvariantError } from "../../core/assert.ts";
import { MAX_JSON_DEPTH, decodeJson, encodeJson } from "./json-entry.ts";

const text = (value: unknown) => new TextDecoder().decode(encodeJson(value));

test("what JSON can say is written, and members that are undefined are left out", () => {
  expect(text({ seed: 7, names: ["ä", "\ud800"], none: undefined, deep: { ok: true, no: null } })).toBe(
    '{"seed":7,"names":["ä","\\ud800"],"deep":{"ok":true,"no":null}}',
  );
});

test.each([
  ["NaN", { price: [1, Number.NaN] }, '"price[1]": expected a JSON value, found NaN'],
  ["an infinity", { a: { b: Infinity } }, '"a.b": expected a JSON value, found Infinity'],
  ["a date", { at: new Date(0) }, '"at": expected a JSON value, found an object of a class'],
  ["a typed array", new Int32Array(2), '"": expected a JSON value, found an object of a class'],
  ["a bigint", { money: 1n }, '"money": expected a JSON value, found bigint'],
  ["a function", { toJSON: () => 1 }, '"toJSON": expected a JSON value, found function'],
  ["undefined in a list", [undefined], '"[0]": expected a JSON value, found undefined'],
  ["nothing", undefined, '"": expected a JSON value, found undefined'],
])("%s is a mistake of the program, not a silent null", (_, value, message) => {
  expect(() => encodeJson(value)).toThrow(InvariantError);
  expect(() => encodeJson(value)).toThrow(message);
});

test("nesting has a limit", () => {
  expect(decodeJson(encodeJson(nested(MAX_JSON_DEPTH)))).toEqual(nested(MAX_JSON_DEPTH));
  expect(() => encodeJson(nested(MAX_JSON_DEPTH + 1))).toThrow(`more than ${MAX_JSON_DEPTH} levels`);
  const endless: unknown[] = [];
  endless.push(endless);
  expect(() => encodeJson(endless)).toThrow(`more than ${MAX_JSON_DEPTH} levels`);
});

test.each([
  ["no text", []],
  ["half a value", [0x7b]],
  ["bytes that are not UTF-8", [0x22, 0xff, 0x22]],
  ["a byte order mark", [0xef, 0xbb, 0xbf, 0x31]],
])("%s is no value", (_, bytes) => {
  expect(decodeJson(Uint8Array.from(bytes))).toBeUndefined();
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { inner: value };
  return value;
}
