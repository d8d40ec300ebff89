import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { InvariantError } from "../../core/assert.ts";
import { UserError } from "../../core/errors.ts";
import { DatasetError } from "./dataset-error.ts";
import { readDatasetSummary } from "./dataset-footer.ts";
import type { DatasetHeader } from "./dataset-header.ts";
import { DatasetWriter } from "./dataset-writer.ts";
import { RECORDING_COLUMNS, type RecordingRow, RowFlag, RowKind } from "./recording-chunk.ts";
import { openDataset, readDataset, ROWS_IN_MEMORY_MAX } from "./recording-reader.ts";
import { RecordingWriter } from "./recording-writer.ts";

const HEADER: Omit<DatasetHeader, "columns" | "rowsPerChunk"> = {
  source: { kind: "test", files: [{ name: "made-up.gz", sha256: "0".repeat(64), bytes: 1 }] },
  instrument: {
    symbol: "BTCUSDT",
    venue: "test",
    tick: "0.01",
    lot: "0.00001",
    tickFrom: "given",
    lotFrom: "observed",
    bookTick: "0.01",
  },
  startUnixNs: "1723161253000000000",
  timeNote: "made up",
};

/** Rows that use every encoding: constant, packed, delta and plain columns, and quantities beyond 2^31. */
function row(i: number): RecordingRow {
  return {
    eventTime: i * 1_000_000 - 5,
    receiveTime: i * 1_000_003 + (i % 7),
    kind: i % 3 === 0 ? RowKind.level : RowKind.trade,
    side: i % 2,
    price: 6_183_763 + (i % 50) * 2_000,
    qty: i % 10 === 0 ? 2 ** 40 + i : i,
    orderId: 0,
    sequence: 50_093_239_202 + i * 3,
    flags: i % 5 === 0 ? RowFlag.lastOfFrame : 0,
  };
}

function writeRecording(path: string, options: { rows: number; rowsPerChunk: number }): void {
  const writer = new RecordingWriter(path, { ...HEADER, rowsPerChunk: options.rowsPerChunk });
  for (let i = 0; i < options.rows; i++) writer.append(row(i));
  writer.close({ frames: 12, gaps: 0 });
}

/** Reads to the end or to the fault: what was delivered before it, and the fault. */
function readUntilFault(path: string): { rows: RecordingRow[]; error: unknown } {
  const rows: RecordingRow[] = [];
  let reader: ReturnType<typeof openDataset> | undefined;
  try {
    reader = openDataset(path);
    for (let chunk = reader.nextChunk(); chunk !== undefined; chunk = reader.nextChunk()) {
      expect(chunk.firstRow).toBe(rows.length);
      for (let i = 0; i < chunk.rows; i++) {
        rows.push({
          eventTime: chunk.eventTime[i],
          receiveTime: chunk.receiveTime[i],
          kind: chunk.kind[i] as RowKind,
          side: chunk.side[i],
          price: chunk.price[i],
          qty: chunk.qty[i],
          orderId: chunk.orderId[i],
          sequence: chunk.sequence[i],
          flags: chunk.flags[i],
        });
      }
    }
    return { rows, error: undefined };
  } catch (error) {
    return { rows, error };
  } finally {
    reader?.close();
  }
}

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tradeswarm-columnar-"));
  path = join(folder, "a.tsd");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a market recording", () => {
  test.each([
    [0, 100],
    [1, 100],
    [99, 100],
    [100, 100],
    [101, 100],
    [1_000, 256],
  ])("of %d rows in chunks of %d comes back", (rows, rowsPerChunk) => {
    writeRecording(path, { rows, rowsPerChunk });
    const { rows: read, error } = readUntilFault(path);
    expect(error).toBeUndefined();
    expect(read).toEqual(Array.from({ length: rows }, (_, i) => row(i)));
  });

  test("read whole says what is in it", () => {
    writeRecording(path, { rows: 1_000, rowsPerChunk: 256 });
    const whole = readDataset(path);
    expect(whole.rows).toBe(1_000);
    expect([...whole.sequence]).toEqual(Array.from({ length: 1_000 }, (_, i) => row(i).sequence));
    expect(whole.header).toEqual({ ...HEADER, rowsPerChunk: 256, columns: RECORDING_COLUMNS });
    expect(whole.footer).toMatchObject({
      rows: 1_000,
      counts: { frames: 12, gaps: 0 },
      times: { eventTimeMin: -5, eventTimeMax: 998_999_995, receiveTimeMin: 0, receiveTimeMax: 999_002_997 + 5 },
    });
    expect(readDatasetSummary(path)).toEqual({ header: whole.header, footer: whole.footer });
  });

  test("is not read whole when it has more rows than may be", () => {
    writeRecording(path, { rows: 11, rowsPerChunk: 5 });
    expect(readDataset(path, { rowsMax: 11 }).rows).toBe(11);
    expect(() => readDataset(path, { rowsMax: 10 })).toThrow("has 11 rows, at most 10 are read into memory at once");
    expect(ROWS_IN_MEMORY_MAX).toBe(50_000_000);
  });

  test("is read into the same arrays, chunk after chunk", () => {
    writeRecording(path, { rows: 300, rowsPerChunk: 100 });
    const reader = openDataset(path);
    const first = reader.nextChunk();
    const price = first?.price;
    expect(reader.footer).toBeUndefined();
    expect(reader.nextChunk()).toBe(first);
    expect(reader.nextChunk()?.price).toBe(price);
    expect(reader.nextChunk()).toBeUndefined();
    expect(reader.nextChunk()).toBeUndefined();
    expect(reader.footer?.rows).toBe(300);
    reader.close();
  });

  test("is the same file, byte for byte, when it is written twice", () => {
    writeRecording(path, { rows: 500, rowsPerChunk: 200 });
    const other = join(folder, "b.tsd");
    writeRecording(other, { rows: 500, rowsPerChunk: 200 });
    expect(readFileSync(path).equals(readFileSync(other))).toBe(true);
  });
});

describe("a write that does not end well", () => {
  test("shows no file until it is closed, and none at all when it is discarded", () => {
    const writer = new RecordingWriter(path, HEADER);
    writer.append(row(0));
    expect(existsSync(path)).toBe(false);
    expect(existsSync(`${path}.partial`)).toBe(true);
    writer.discard();
    expect(existsSync(`${path}.partial`)).toBe(false);
    expect(existsSync(path)).toBe(false);
  });

  test("leaves the older file of that name as it was", () => {
    writeRecording(path, { rows: 10, rowsPerChunk: 10 });
    const before = readFileSync(path);
    const writer = new RecordingWriter(path, HEADER);
    writer.append(row(0));
    writer.discard();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("cannot go on after it was closed", () => {
    const writer = new RecordingWriter(path, { ...HEADER, rowsPerChunk: 1 });
    writer.close({});
    writer.discard();
    expect(existsSync(path)).toBe(true);
    expect(() => writer.append(row(0))).toThrow(InvariantError);
  });
});

describe("a damaged file", () => {
  const ROWS = 30;
  const ROWS_PER_CHUNK = 10;
  const expected = Array.from({ length: ROWS }, (_, i) => row(i));

  test("cut anywhere gives the chunks before the cut, then says where it ends", () => {
    writeRecording(path, { rows: ROWS, rowsPerChunk: ROWS_PER_CHUNK });
    const whole = readFileSync(path);
    const { chunks } = readDatasetSummary(path).footer;
    const chunkEnds = [...chunks.slice(1).map(({ byteOffset }) => byteOffset), footerOffset(whole)];
    for (let length = whole.length - 1; length >= 0; length--) {
      truncateSync(path, length);
      const { rows, error } = readUntilFault(path);
      const wholeChunks = chunkEnds.filter((end) => end <= length).length;
      expect(rows, `cut at ${length}`).toEqual(expected.slice(0, wholeChunks * ROWS_PER_CHUNK));
      expect(error, `cut at ${length}`).toBeInstanceOf(DatasetError);
      const { fault } = error as DatasetError;
      expect(fault).toMatchObject({ path, byteOffset: length < 8 ? 0 : length });
      if (length >= chunks[0].byteOffset) expect(fault).toMatchObject({ chunk: wholeChunks, row: rows.length });
      expect(() => readDatasetSummary(path)).toThrow(DatasetError);
      // Reading whole finds the same fault. It reads the file twice, so not at every length.
      if (length % 16 === 0) expect(() => readDataset(path)).toThrow((error as DatasetError).message);
    }
  });

  test("with any one byte changed gives only true rows, then says where it was altered", () => {
    writeRecording(path, { rows: ROWS, rowsPerChunk: ROWS_PER_CHUNK });
    const whole = readFileSync(path);
    const { chunks } = readDatasetSummary(path).footer;
    const file = openSync(path, "r+");
    const put = (at: number, byte: number): void => void writeSync(file, Uint8Array.of(byte), 0, 1, at);
    for (let at = 0; at < whole.length; at++) {
      put(at, whole[at] ^ (1 << (at & 7)));
      const { rows, error } = readUntilFault(path);
      put(at, whole[at]);
      const chunksBefore = chunks.filter(({ byteOffset }) => byteOffset <= at).length - 1;
      const inFooter = at >= footerOffset(whole);
      expect(error, `byte ${at}`).toBeInstanceOf(DatasetError);
      const goodChunks = inFooter ? chunks.length : Math.max(0, chunksBefore);
      expect(rows, `byte ${at}`).toEqual(expected.slice(0, goodChunks * ROWS_PER_CHUNK));
      expect((error as DatasetError).fault.byteOffset, `byte ${at}`).toBeLessThanOrEqual(at);
    }
    closeSync(file);
  });

  test("without a chunk, or with two swapped, is refused there", () => {
    writeRecording(path, { rows: ROWS, rowsPerChunk: ROWS_PER_CHUNK });
    const whole = readFileSync(path);
    const [a, b, c] = readDatasetSummary(path).footer.chunks.map(({ byteOffset }) => byteOffset) as [
      number,
      number,
      number,
    ];
    const end = footerOffset(whole);
    const pieces = {
      head: whole.subarray(0, a),
      a: whole.subarray(a, b),
      b: whole.subarray(b, c),
      c: whole.subarray(c, end),
    };
    const tail = whole.subarray(end);
    for (const [order, good, what] of [
      [[pieces.head, pieces.a, pieces.c, tail], 10, "expected chunk 1 from row 10 on, found 2 from 20 on"],
      [[pieces.head, pieces.b, pieces.a, pieces.c, tail], 0, "expected chunk 0 from row 0 on, found 1 from 10 on"],
      [[pieces.head, pieces.a, pieces.b, tail], 20, "the trailer was altered: it does not point to the footer"],
      [[whole, Buffer.from("x")], 30, "1 bytes stand behind the end of the dataset"],
    ] as const) {
      writeFileSync(path, Buffer.concat(order));
      const { rows, error } = readUntilFault(path);
      expect(rows).toEqual(expected.slice(0, good));
      expect(error).toBeInstanceOf(DatasetError);
      expect((error as DatasetError).message).toContain(what);
      expect((error as DatasetError).message).toContain(`chunk ${good / ROWS_PER_CHUNK}, row ${good}`);
    }
  });

  test("closed by another recording's footer is refused", () => {
    const other = join(folder, "b.tsd");
    writeRecording(path, { rows: 20, rowsPerChunk: 20 });
    const writer = new RecordingWriter(other, { ...HEADER, rowsPerChunk: 20 });
    for (let i = 0; i < 20; i++) writer.append({ ...row(i), price: row(i).price + 1 });
    writer.close({ frames: 12, gaps: 0 });
    const [mine, theirs] = [readFileSync(path), readFileSync(other)];
    writeFileSync(path, Buffer.concat([mine.subarray(0, footerOffset(mine)), theirs.subarray(footerOffset(theirs))]));
    expect(() => readDataset(path)).toThrow("the footer closes 1 other chunks");
  });

  test("gives the same fault again when it is asked again", () => {
    writeRecording(path, { rows: ROWS, rowsPerChunk: ROWS_PER_CHUNK });
    truncateSync(path, footerOffset(readFileSync(path)));
    const reader = openDataset(path);
    for (let i = 0; i < 3; i++) expect(reader.nextChunk()?.rows).toBe(10);
    expect(() => reader.nextChunk()).toThrow("chunk 3, row 30: the file is truncated: it ends without a footer");
    expect(() => reader.nextChunk()).toThrow("it ends without a footer");
    reader.close();
  });
});

describe("a file that is something else", () => {
  test("is refused with what was found", () => {
    writeFileSync(path, "time,price\n");
    expect(() => openDataset(path)).toThrow(/a\.tsd: byte 0: is no tradeswarm dataset: it starts with/);
    writeFileSync(path, "");
    expect(() => openDataset(path)).toThrow("is no tradeswarm dataset: it is empty");
    expect(() => openDataset(join(folder, "none.tsd"))).toThrow(UserError);
  });

  test("is refused when it is a dataset of other columns", () => {
    const columns = [{ name: "close", type: "f64" as const, unit: "ticks" }];
    const writer = new DatasetWriter(path, { ...HEADER, columns, rowsPerChunk: 10 });
    writer.close({ times: null, counts: {} });
    expect(() => openDataset(path)).toThrow("is no market recording: it has the columns close f64");
  });

  test("is refused when it comes from a later version", () => {
    writeRecording(path, { rows: 1, rowsPerChunk: 1 });
    const bytes = readFileSync(path);
    bytes.writeUInt32LE(2, 8);
    writeFileSync(path, bytes);
    // The checksum comes first: without it, damage would be told as a version that never was.
    expect(() => openDataset(path)).toThrow("the header was altered");
    bytes.writeUInt32LE(crcOf(bytes.subarray(0, 20)), 20);
    writeFileSync(path, bytes);
    expect(() => openDataset(path)).toThrow("has format version 2, expected 1");
  });
});

function footerOffset(bytes: Buffer): number {
  return bytes.readDoubleLE(bytes.length - 16);
}

/** A second implementation, so that the file's checksums are not only compared with themselves. */
function crcOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return ~crc >>> 0;
}
