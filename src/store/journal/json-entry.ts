import { assert } from "../../core/assert.ts";

/** Deepest nesting of a JSON entry: lists and objects inside each other. */
export const MAX_JSON_DEPTH = 64;

/** UTF-8 text of a value that comes back from `JSON.parse` as it was, but for -0 and for members that are undefined. */
export function encodeJson(value: unknown): Uint8Array {
  assertJson(value, "", 0);
  return new TextEncoder().encode(JSON.stringify(value));
}

/** The value, or undefined (which no JSON text stands for) when the bytes are not UTF-8 or not JSON. */
export function decodeJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text));
  } catch {
    return undefined;
  }
}

/** `JSON.stringify` alone would turn NaN to null, drop functions, and call the `toJSON` of a Date: a recorder must not. */
function assertJson(value: unknown, path: string, depth: number): void {
  const refuse = (found: string) => () => `a journal's JSON entry at "${path}": expected a JSON value, found ${found}`;
  switch (typeof value) {
    case "string":
    case "boolean":
      return;
    case "number":
      assert(Number.isFinite(value), refuse(String(value)));
      return;
    case "object": {
      if (value === null) return;
      assert(depth < MAX_JSON_DEPTH, refuse(`more than ${MAX_JSON_DEPTH} levels`));
      if (Array.isArray(value)) {
        for (let i = 0; i < value.length; i++) assertJson(value[i], `${path}[${i}]`, depth + 1);
        return;
      }
      const prototype: unknown = Object.getPrototypeOf(value);
      assert(prototype === Object.prototype || prototype === null, refuse("an object of a class"));
      for (const [key, member] of Object.entries(value)) {
        if (member !== undefined) assertJson(member, path === "" ? key : `${path}.${key}`, depth + 1);
      }
      return;
    }
    default:
      assert(false, refuse(typeof value));
  }
}
