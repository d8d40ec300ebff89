import { expect, test } from "vitest";

import { REASONS, Reason, reasonName } from "./reason.ts";

test("codes and names are unique, and lead to each other", () => {
  expect(new Set(REASONS.map(({ code }) => code)).size).toBe(REASONS.length);
  expect(new Set(REASONS.map(({ name }) => name)).size).toBe(REASONS.length);
  for (const { code, name } of REASONS) {
    expect(reasonName(code)).toBe(name);
    expect(Object.entries(Reason)).toContainEqual([name, code]);
  }
});

test("a code that no reason has is shown as it is", () => {
  expect(reasonName(999)).toBe("unknownReason(999)");
});

test("every meaning is a sentence", () => {
  expect(REASONS.filter(({ meaning }) => !/^[A-Z].*\.$/.test(meaning))).toEqual([]);
});
