import { expect, test } from "vitest";

import { RECORD_FIELDS } from "./record-fields.ts";
import { RECORD_WORDS, RecordKind, recordLength } from "./record.ts";

const KINDS = Object.entries(RecordKind);

test("every kind of record says what its words mean, and there is nothing for kinds that do not exist", () => {
  expect(Object.keys(RECORD_FIELDS).toSorted()).toEqual(KINDS.map(([name]) => name).toSorted());
  for (const [name, fields] of Object.entries(RECORD_FIELDS)) expect(fields.length, name).toBeGreaterThan(0);
});

test.each(KINDS)("the fields of %s have names of their own and lie within what is copied of it", (name, kind) => {
  const fields = RECORD_FIELDS[name as keyof typeof RECORD_FIELDS];
  const names = fields.map((field) => field.name);
  expect(new Set(names).size).toBe(names.length);
  for (const { word, type } of fields) {
    const isDouble = ["number", "timeNs", "qtyTotal", "money"].includes(type);
    if (isDouble) expect(word % 2).toBe(0);
    expect(word + (isDouble ? 1 : 0)).toBeLessThan(Math.min(RECORD_WORDS, recordLength(kind)));
    expect(word).toBeGreaterThan(0);
  }
});
