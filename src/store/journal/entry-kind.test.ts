import { expect, test } from "vitest";

import { ENTRY_KINDS, EntryKind, entryKindName, isEntryKind, isRecordEntryKind } from "./entry-kind.ts";

test("the registry lists every kind under its code and says what it holds", () => {
  for (const [name, facts] of Object.entries(ENTRY_KINDS)) {
    expect(entryKindName(facts.code)).toBe(name);
    expect(isRecordEntryKind(facts.code)).toBe(facts.holds === "record");
  }
  expect(Object.keys(ENTRY_KINDS)).toEqual(Object.keys(EntryKind));
});

test("codes stand in files and never change", () => {
  expect(EntryKind).toEqual({ manifest: 1, input: 2, command: 3, checkpoint: 4, end: 5 });
  expect([0, 1, 2, 3, 4, 5, 6, 7].filter(isEntryKind)).toEqual([1, 2, 3, 4, 5]);
});
