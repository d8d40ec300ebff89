import { expect, test } from "vitest";

import { benchReplay } from "./replay.ts";

test("the replay bench runs on a recording that it makes up, and says so", async () => {
  const rows = await benchReplay({ source: "made up", madeUpRows: 5_000, rounds: 1 });
  expect(
    rows.map(({ bench, case: what, target }) => [bench, what.replaceAll(/\d+(?:[.,]\d+)*/g, "n"), target]),
  ).toEqual([
    ["replay, rows decoded", "made up: n rows, n bytes each", ">= 10 M/s"],
    ["replay, rows applied to the book", "made up: n rows that act, n commands", ">= 3 M/s"],
    ["replay, rows applied to a new book", "made up: its memory grows meanwhile", undefined],
  ]);
  // What they are belongs to the machine. A clock too coarse for so little work may even show none.
  expect(rows.filter((row) => Number.isNaN(row.value))).toEqual([]);
});

test("a file that is no recording is refused", async () => {
  await expect(benchReplay({ data: import.meta.filename })).rejects.toThrow("is no tradeswarm dataset");
});
