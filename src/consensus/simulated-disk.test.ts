import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { CheckedDisk } from "./checked-disk.ts";
import { SimulatedDisk } from "./simulated-disk.ts";

function numbers({ records }: SimulatedDisk): number[] {
  return records.map(([number]) => number);
}

/** What is left after a crash, for many seeds. */
function leftOf(write: (disk: SimulatedDisk) => void): string[] {
  const left = new Set<string>();
  for (let seed = 0; seed < 60; seed++) {
    const disk = new SimulatedDisk();
    write(disk);
    disk.crash(RandomStream.named(seed, "disk", "crash"));
    left.add(numbers(disk).join(""));
    // What a crash left is safe from the next one.
    const before = numbers(disk);
    disk.crash(RandomStream.named(seed, "disk", "again"));
    expect(numbers(disk)).toEqual(before);
  }
  return [...left].toSorted();
}

test("a crash takes of what was not synced any part from the end on, and nothing else", () => {
  const left = leftOf((disk) => {
    for (const number of [1, 2]) disk.append(Int32Array.of(number));
    disk.sync();
    for (const number of [3, 4]) disk.append(Int32Array.of(number));
  });
  expect(left).toEqual(["12", "123", "1234"]);
});

test("a rewrite is safe at once, and takes the place of all", () => {
  const left = leftOf((disk) => {
    disk.append(Int32Array.of(1));
    disk.rewrite([Int32Array.of(7)]);
    disk.append(Int32Array.of(8));
  });
  expect(left).toEqual(["7", "78"]);
});

test("a record that was being written may be torn, and a checked disk drops it and no other", () => {
  let torn = 0;
  for (let seed = 0; seed < 100; seed++) {
    const disk = new SimulatedDisk({ torn: "left" });
    const written = new CheckedDisk(disk);
    written.append(Int32Array.of(1, 1, 1));
    written.sync();
    for (const number of [2, 3]) written.append(Int32Array.of(number, number, number));
    disk.crash(RandomStream.named(seed, "disk", "crash"));
    if (disk.records.at(-1)?.length !== 7 && disk.records.length > 2) torn++;
    const left = new CheckedDisk(disk).records.map((record) => record.join(""));
    expect(["111", "222", "333"].slice(0, left.length)).toEqual(left);
    expect(left.length).toBeGreaterThan(0);
  }
  expect(torn).toBeGreaterThan(20);
});

test("records are copies", () => {
  const disk = new SimulatedDisk();
  const record = Int32Array.of(1);
  disk.append(record);
  record[0] = 2;
  expect(numbers(disk)).toEqual([1]);
});
