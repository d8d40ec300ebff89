import type { FileMetaData } from "hyparquet";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { parseDecimal } from "../../core/decimal.ts";
import { createInstrument } from "../../model/instrument.ts";
import type { Listed } from "../../model/listing.ts";
import { AssetTable } from "../../model/listing.ts";
import type { LogObject } from "../../testing/exported-log.ts";
import { MemoryByteSink, exportTo, exportedRows } from "../../testing/exported-log.ts";
import { RunsFolder } from "../../testing/recorded-run.ts";
import { FEW, VENUE, scenarioOf } from "../../testing/scenario-text.ts";
import { COLUMNS } from "./columns.ts";
import { DecimalScales } from "./decimal-scales.ts";
import { LogRow, Place } from "./log-row.ts";
import { ParquetLogWriter } from "./parquet-writer.ts";

const folder = new RunsFolder();
let journal = "";

/** A second instrument makes the columns' scales finer than the first one's grids. */
const SECOND = "{ name: YSIM, instruments: [{ symbol: BOLT, base: BOLT, quote: USD, tick: 0.0005, lot: 0.001 }] }";

beforeAll(async () => {
  const recorded = await folder.record(scenarioOf({ venues: [VENUE, SECOND], population: FEW, duration: "1m" }));
  ({ journal } = recorded.directory);
});
afterAll(() => {
  folder[Symbol.dispose]();
});

/** Reads with decimals as the whole numbers that the file holds, and not as the floats that are nearest to them. */
async function readExactly(file: ArrayBuffer): Promise<{ rows: LogObject[]; metadata: FileMetaData }> {
  const metadata = parquetMetadata(file);
  for (const element of metadata.schema) {
    if (element.converted_type !== "DECIMAL") continue;
    delete element.converted_type;
    delete element.logical_type;
  }
  return { rows: await parquetReadObjects({ file, metadata }), metadata };
}

test("another reader finds the rows that the lines of JSON have, with every amount exact", async () => {
  const sink = new MemoryByteSink();
  await exportTo(sink, { journal, format: "parquet" });
  const lines = await exportedRows({ journal });
  const { buffer: file } = sink.bytes;
  const scales = new Map(parquetMetadata(file).schema.map(({ name, scale }) => [name, scale ?? 0]));
  const { rows } = await readExactly(file);
  expect(rows.map((row) => exactCells(row, scales))).toEqual(lines.map((line) => exactCells(line, scales)));
});

test("a reader that makes decimals of them finds prices as people write them", async () => {
  const sink = new MemoryByteSink();
  await exportTo(sink, { journal, format: "parquet", query: { kinds: ["trade"] } });
  const rows = (await parquetReadObjects({ file: sink.bytes.buffer })) as LogObject[];
  const lines = await exportedRows({ journal, query: { kinds: ["trade"] } });
  expect(lines.length).toBeGreaterThan(5);
  expect(rows.map((row) => Number(row["price"]).toFixed(2))).toEqual(lines.map((line) => line["price"]));
});

test("nothing at all is a file as well", async () => {
  const sink = new MemoryByteSink();
  await exportTo(sink, { journal, format: "parquet", query: { kinds: ["note"] } });
  expect(await parquetReadObjects({ file: sink.bytes.buffer })).toEqual([]);
});

const listedOf = (tick: string, lot: string): { listed: Listed; assets: AssetTable } => {
  const instrument = createInstrument({ symbol: "X", base: "X", quote: "Y", tick, lot });
  const assets = new AssetTable([instrument]);
  return { listed: assets.list(instrument, 0), assets };
};

test("rows are handed on group by group, so that no export holds all of them", async () => {
  const { listed, assets } = listedOf("0.01", "1");
  const sink = new MemoryByteSink();
  const writer = new ParquetLogWriter(sink, { scales: new DecimalScales([listed], assets), rowGroupRows: 100 });
  const row = new LogRow();
  const rows = 201;
  for (let sequence = 0; sequence < rows; sequence++) {
    row.values[Place.sequence] = sequence;
    writer.write(row);
    if (sequence === 100) expect(sink.pieces).toHaveLength(1);
  }
  writer.commit();
  const metadata = parquetMetadata(sink.bytes.buffer);
  expect(metadata.row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([100, 100, 1]);
  const file = sink.bytes.buffer;
  const last = await parquetReadObjects({ file, columns: ["sequence"], rowStart: rows - 1 });
  expect(last).toEqual([{ sequence: BigInt(rows - 1) }]);
});

describe("decimals", () => {
  test("of grids that are far apart become 16 bytes wide, and stay exact", async () => {
    const { listed, assets } = listedOf("1000", "0.00000000000001");
    const scales = new DecimalScales([listed], assets);
    const sink = new MemoryByteSink();
    const writer = new ParquetLogWriter(sink, { scales });
    const row = new LogRow();
    row.listed = listed;
    row.values[COLUMNS.findIndex(({ name }) => name === "qty")] = Number.MAX_SAFE_INTEGER;
    row.values[Place.fee] = -Number.MAX_SAFE_INTEGER;
    writer.write(row);
    writer.commit();
    const elements = parquetMetadata(sink.bytes.buffer).schema;
    expect(elements.find(({ name }) => name === "price")).toMatchObject({ type: "INT64", scale: 0, precision: 18 });
    const [found] = (await readExactly(sink.bytes.buffer)).rows;
    expect(wholeNumber(found["qty"])).toBe(BigInt(Number.MAX_SAFE_INTEGER));
    expect(wholeNumber(found["fee"])).toBe(-BigInt(Number.MAX_SAFE_INTEGER));
  });
});

/** A row of either format with every number as a whole number of its column's unit, and nothing where nothing is. */
function exactCells(row: LogObject, scales: ReadonlyMap<string, number>): unknown[] {
  return COLUMNS.map(({ name, type }) => {
    const found = row[name] ?? undefined;
    if (found === undefined || type === "text") return found;
    if (type === "json") return typeof found === "string" ? (JSON.parse(found) as unknown) : found;
    return typeof found === "string" ? onScale(found, scales.get(name) ?? 0) : wholeNumber(found);
  });
}

function onScale(text: string, scale: number): bigint {
  const { units, scale: decimals } = parseDecimal(text);
  return units * 10n ** BigInt(scale - decimals);
}

/** What the file holds: an int64, or the bytes of a larger number, highest first. */
function wholeNumber(found: unknown): bigint {
  if (!(found instanceof Uint8Array)) return BigInt(found as number | bigint);
  return BigInt.asIntN(128, BigInt(`0x${Buffer.from(found).toString("hex")}`));
}
