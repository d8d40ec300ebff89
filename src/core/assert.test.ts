import { describe, expect, test } from "vitest";

import { assert, InvariantError, unreachable } from "./assert.ts";

describe("assert", () => {
  test("lets a true condition pass without making the message", () => {
    let made = 0;
    assert(true, () => `made ${++made}`);
    expect(made).toBe(0);
  });

  test("throws the text, or what the function makes of it", () => {
    expect(() => assert(false, "quantity below zero")).toThrow(new InvariantError("quantity below zero"));
    expect(() => assert(false, () => `quantity ${-3}`)).toThrow(new InvariantError("quantity -3"));
  });

  test("narrows the type of what it checked", () => {
    const text: string | undefined = ["a"].find((candidate) => candidate === "a");
    assert(text !== undefined, "found");
    expect(text.length).toBe(1);
  });
});

describe("unreachable", () => {
  test("names the value that no case took", () => {
    expect(() => unreachable("auction" as never, "trading phase")).toThrow(
      new InvariantError("unexpected trading phase: auction"),
    );
  });
});
