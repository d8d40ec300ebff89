import { expect, test } from "vitest";

import { benchNetwork } from "./network.ts";

test("the network's bench runs and gives a figure for every case", () => {
  const rows = benchNetwork({ messages: 2_000, actors: 20, rounds: 1 });
  expect(rows.map((row) => row.case)).toEqual([
    "the constant link",
    "one link, datagram",
    "one link with bandwidth, jitter and loss, datagram",
    "access, two links, access, datagram",
    "one link, stream",
    "access, two links, access, stream",
  ]);
  // What they are belongs to the machine.
  expect(rows.filter((row) => Number.isNaN(row.value))).toEqual([]);
});
