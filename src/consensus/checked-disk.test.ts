import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { CheckedDisk, DamagedDisk } from "./checked-disk.ts";
import type { Disk } from "./disk.ts";

/** Records in memory that a test can take away, tear and alter. */
class OpenDisk implements Disk {
  records: Int32Array[] = [];
  synced = 0;

  append(record: Int32Array): void {
    this.records.push(record.slice());
  }

  sync(): void {
    this.synced = this.records.length;
  }

  rewrite(records: readonly Int32Array[]): void {
    this.records = [...records];
    this.synced = records.length;
  }
}

const RECORDS = [Int32Array.of(1, 2, 3), Int32Array.of(), Int32Array.of(-4, 5, 6, 7, 8)];

function written(records: readonly Int32Array[] = RECORDS): OpenDisk {
  const inner = new OpenDisk();
  const disk = new CheckedDisk(inner);
  for (const record of records) {
    disk.append(record);
    disk.sync();
  }
  return inner;
}

test("what was written comes back, and is gone on with", () => {
  const inner = written();
  const again = new CheckedDisk(inner);
  expect(again.records).toEqual(RECORDS);
  again.append(Int32Array.of(9));
  again.sync();
  expect(new CheckedDisk(inner).records).toEqual([...RECORDS, Int32Array.of(9)]);
  again.rewrite([Int32Array.of(7)]);
  again.append(Int32Array.of(8));
  expect(new CheckedDisk(inner).records).toEqual([Int32Array.of(7), Int32Array.of(8)]);
});

test("a record that comes back is a copy", () => {
  const disk = new CheckedDisk(new OpenDisk());
  const record = Int32Array.of(1);
  disk.append(record);
  record[0] = 2;
  expect(disk.records).toEqual([Int32Array.of(1)]);
});

test("a last record that was torn before it was safe is dropped, and what follows is whole", () => {
  for (let words = 0; words < 8; words++) {
    const inner = written();
    const disk = new CheckedDisk(inner);
    disk.append(Int32Array.of(10, 11, 12, 13));
    inner.records.push(inner.records.pop()!.slice(0, words));
    const again = new CheckedDisk(inner);
    expect(again.records, `${words} words are left`).toEqual(RECORDS);
    again.append(Int32Array.of(14));
    again.sync();
    expect(new CheckedDisk(inner).records).toEqual([...RECORDS, Int32Array.of(14)]);
  }
});

test("any bit that flips in what was safe is found", () => {
  const random = RandomStream.named(1, "test", "bits");
  for (let i = 0; i < 500; i++) {
    const inner = written();
    // The last record is the mark of the last sync: without it nothing is lost.
    const record = inner.records[random.integer(0, inner.records.length - 2)];
    record[random.integer(0, record.length - 1)] ^= 1 << random.integer(0, 31);
    expect(() => new CheckedDisk(inner)).toThrow(DamagedDisk);
  }
});

test("a record that is missing, or stands elsewhere, is found", () => {
  const missing = written();
  missing.records.splice(2, 1);
  expect(() => new CheckedDisk(missing)).toThrow(DamagedDisk);
  const swapped = written();
  swapped.records.splice(0, 3, ...swapped.records.slice(0, 3).toReversed());
  expect(() => new CheckedDisk(swapped)).toThrow(DamagedDisk);
});

test("what a crash has left is safe once the disk is open", () => {
  const inner = written();
  new CheckedDisk(inner).append(Int32Array.of(9));
  inner.synced = 0;
  expect(new CheckedDisk(inner).records.length).toBe(RECORDS.length + 1);
  expect(inner.synced).toBe(inner.records.length);
  // It is relied upon, so that its loss must be noticed.
  inner.records.at(-2)![4] ^= 1;
  expect(() => new CheckedDisk(inner)).toThrow(DamagedDisk);
});
