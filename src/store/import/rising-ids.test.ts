import { expect, test } from "vitest";

import { IDS_OUTDATED_IN_A_ROW_MAX, RisingIds } from "./rising-ids.ts";

test("ids that rise are new, the last one again is repeated, and older ones are outdated", () => {
  const ids = new RisingIds();
  expect([5, 6, 6, 4, 9, 8].map((id) => ids.take(id))).toEqual([
    "new",
    "new",
    "repeated",
    "outdated",
    "new",
    "outdated",
  ]);
});

test("ids left out are counted, but not before the first", () => {
  const ids = new RisingIds();
  expect(ids.missingBefore(100)).toBe(0);
  ids.take(100);
  expect([101, 102, 105, 100, 50].map((id) => ids.missingBefore(id))).toEqual([0, 1, 4, 0, 0]);
});

test("one id that was far too high loses as many messages as the limit says, and no more", () => {
  const ids = new RisingIds();
  ids.take(9_000_000);
  for (let id = 1; id <= IDS_OUTDATED_IN_A_ROW_MAX; id++) expect(ids.take(id)).toBe("outdated");
  expect(ids.take(IDS_OUTDATED_IN_A_ROW_MAX + 1)).toBe("new");
  expect(ids.take(IDS_OUTDATED_IN_A_ROW_MAX + 2)).toBe("new");
  expect(ids.take(IDS_OUTDATED_IN_A_ROW_MAX)).toBe("outdated");
});
