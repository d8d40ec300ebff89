import { expect, test } from "vitest";

import { benchKernel, benchVirtualDriver } from "./kernel.ts";
import { formatRows } from "./row.ts";
import type { BenchRow } from "./row.ts";

const SMALL = { pendingCounts: [10, 2_000], actorCounts: [10, 100], messages: 2_000, rounds: 1 };

test("the kernel's benches run and give a figure for every case", async () => {
  const rows = [...benchKernel(SMALL), ...(await benchVirtualDriver(SMALL))];
  expect(rows.map((row) => `${row.bench}: ${row.case}`)).toEqual([
    "event queue, pop + push: 10 pending",
    "event queue, pop + push: 2,000 pending",
    "messages delivered: 10 actors, compute delay 0 ns",
    "messages delivered: 100 actors, compute delay 0 ns",
    "messages delivered: 10 actors, compute delay 50 ns",
    "messages delivered: 100 actors, compute delay 50 ns",
    "memory an actor: 10 actors",
    "memory of the process: 10 actors",
    "memory an actor: 100 actors",
    "memory of the process: 100 actors",
    "virtual driver: 1,000 actors",
  ]);
  // What they are belongs to the machine. A clock too coarse for so little work may even show none.
  expect(rows.filter((row) => Number.isNaN(row.value))).toEqual([]);
});

test("rows are printed in columns, with what they have", () => {
  const rows: BenchRow[] = [
    { bench: "matching", case: "neutral", value: 45.678, unit: "M/s", ratio: 312.4, against: "a book of objects" },
    {
      bench: "a latency",
      case: "hostile, 200,000 resting",
      value: 26,
      unit: "M/s",
      target: "< 500 ns",
      percentiles: { p50: 60, p99: 140.4, p999: 1_281 },
    },
  ];
  expect(`\n${formatRows(rows)}\n`).toBe(`
matching   neutral                   45.7 M/s  312 x a book of objects
a latency  hostile, 200,000 resting  26 M/s                             p50/p99/p99.9 60/140/1,280 ns  target < 500 ns
`);
  expect(formatRows([])).toBe("");
});
