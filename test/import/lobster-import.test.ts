import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { beforeEach, describe, expect, test } from "vitest";

import { readDataset } from "../../src/store/columnar/recording-reader.ts";
import { importRecording } from "../../src/store/import/import-recording.ts";
import type { ImportOptions, ImportProgress, ImportSummary } from "../../src/store/import/import-types.ts";
import { RecordingWriter } from "../../src/store/columnar/recording-writer.ts";
import { LINE_BYTES_MAX } from "../../src/store/import/line-splitter.ts";
import { LobsterRows, ORDERS_REMEMBERED_MAX } from "../../src/store/import/lobster-rows.ts";
import { ZIP_ENTRIES_MAX } from "../../src/store/import/zip-archive.ts";
import { zipOf } from "./made-up-zip.ts";
import { rowTexts } from "./row-text.ts";
import { scratchFolder } from "./scratch-folder.ts";

const MESSAGES = "ACME_2024-01-16_34200000_57600000_message_2.csv";
const BOOKS = "ACME_2024-01-16_34200000_57600000_orderbook_2.csv";

/** Time, type, id, size, price, direction; then the book of two levels after it. */
const DAY: readonly (readonly [message: string, book: string])[] = [
  ["34200.000000001,1,11,100,1000100,1", "1000400,50,1000100,100,1000500,10,1000000,70"],
  ["34200.5,4,5,20,1000400,-1", "1000400,30,1000100,100,1000500,10,1000000,70"],
  ["34201.25,2,11,40,1000100,1", "1000400,30,1000100,60,1000500,10,1000000,70"],
  ["34202.0,5,0,7,1000250,1", "1000400,30,1000100,60,1000500,10,1000000,70"],
  ["34203,3,11,60,1000100,1", "1000400,30,1000000,70,1000500,10,999900,5"],
  ["34204,1,12,10,1000200,1", "1000400,30,1000200,10,1000500,10,1000000,70"],
  // 999,900 was deleted while out of sight, so another level comes into sight.
  ["34205,3,12,10,1000200,1", "1000400,30,1000000,70,1000500,10,999800,1"],
  ["34206,7,0,0,-1,-1", "1000400,30,1000000,70,1000500,10,999800,1"],
  ["34207,7,0,0,1,-1", "1000400,30,1000000,70,1000500,10,999800,1"],
  // The last level of a side goes: the file fills the row with a price that nobody means.
  ["34208,4,13,30,1000400,-1", "1000500,10,1000000,70,9999999999,0,999800,1"],
];

const folder = scratchFolder();
let inputPath: string;
let outputPath: string;
let number = 0;
beforeEach(() => {
  number++;
  inputPath = join(folder, `${number}.zip`);
  outputPath = join(folder, `${number}.tsd`);
});

function day(rows = DAY): Record<string, string> {
  const column = (index: 0 | 1) => `${rows.map((row) => row[index]).join("\n")}\n`;
  return { [MESSAGES]: column(0), [BOOKS]: column(1), "ReadMe.txt": "LOBSTER" };
}

function importFiles(files: Record<string, string>, options: Partial<ImportOptions> = {}): Promise<ImportSummary> {
  writeFileSync(inputPath, zipOf(files));
  return importRecording({ inputPath, outputPath, ...options });
}

function quarantined(): unknown[] {
  const text = readFileSync(`${outputPath}.quarantine.ndjson`, "utf8").trimEnd();
  return text.split("\n").map((line) => JSON.parse(line) as unknown);
}

describe("a LOBSTER day", () => {
  test("becomes the book before it, its messages, and what comes into the window", async () => {
    const summary = await importFiles(day());
    expect(summary.header.instrument).toEqual({
      symbol: "ACME",
      venue: "NASDAQ",
      tick: "0.005",
      lot: "1",
      tickFrom: "observed",
      lotFrom: "observed",
      bookTick: "0.01",
    });
    expect(rowTexts(readDataset(outputPath))).toEqual([
      "clear buy 0 x 0 #0 snapshot",
      "snapshotLevel buy 20000 x 70 #0 snapshot",
      "snapshotLevel sell 20008 x 50 #0 snapshot",
      "snapshotLevel sell 20010 x 10 #0 lastOfFrame snapshot",
      "orderAdd buy 20002 x 100 #1 order 11 lastOfFrame",
      "orderExecute sell 20008 x 20 #2 order 5 lastOfFrame unknownOrder",
      "orderReduce buy 20002 x 40 #3 order 11 lastOfFrame",
      "hiddenExecute buy 20005 x 7 #4 lastOfFrame",
      "orderDelete buy 20002 x 60 #5 order 11",
      "windowLevel buy 19998 x 5 #5 lastOfFrame",
      "orderAdd buy 20004 x 10 #6 order 12 lastOfFrame",
      "orderDelete buy 20004 x 10 #7 order 12",
      "windowLevel buy 19998 x 0 #7",
      "windowLevel buy 19996 x 1 #7 lastOfFrame",
      "halt buy 0 x 0 #8 lastOfFrame",
      "tradeResume buy 0 x 0 #9 lastOfFrame",
      "orderExecute sell 20008 x 30 #10 order 13 lastOfFrame unknownOrder",
    ]);
    expect(summary.counts).toMatchObject({
      messages: 10,
      snapshotLevels: 3,
      unknownOrders: 2,
      windowLevelsEntered: 2,
      windowLevelsGone: 1,
      windowLevelsChanged: 0,
      halts: 2,
      linesQuarantined: 0,
    });
    expect(summary.warnings).toEqual([]);
  });

  test("starts at midnight in New York, in winter and in summer", async () => {
    const winter = await importFiles(day());
    expect(winter.header.startUnixNs).toBe(`${Date.UTC(2024, 0, 16, 5) / 1000}000000000`);
    expect(winter.times).toMatchObject({ eventTimeMin: 34_200_000_000_001, receiveTimeMax: 34_208_000_000_000 });
    const july = Object.fromEntries(
      Object.entries(day()).map(([name, text]) => [name.replace("01-16", "07-16"), text]),
    );
    const summer = await importFiles(july);
    expect(summer.header.startUnixNs).toBe(`${Date.UTC(2024, 6, 16, 4) / 1000}000000000`);
  });

  test("reports progress over both passes of both files", async () => {
    const progress: ImportProgress[] = [];
    await importFiles(day(), { onProgress: (step) => void progress.push(step) });
    const last = progress.at(-1);
    expect(last?.bytesRead).toBe(last?.bytesTotal);
    expect(new Set(progress.map(({ phase }) => phase))).toEqual(new Set(["scanning", "writing"]));
  });

  test("without its orderbook file has neither snapshot nor window, and the summary warns", async () => {
    const { [BOOKS]: _, ...files } = day();
    const summary = await importFiles(files);
    expect(rowTexts(readDataset(outputPath))[0]).toBe("orderAdd buy 20002 x 100 #1 order 11 lastOfFrame");
    expect(summary.rows).toBe(10);
    expect(summary.warnings).toEqual([
      "the zip has no orderbook file, so there is neither a snapshot nor the levels beyond the messages",
    ]);
  });

  test("with rows of the book left over, or too few, is imported with a warning", async () => {
    const files = day();
    const more = await importFiles({ ...files, [BOOKS]: `${files[BOOKS]}1,1,1,1,1,1,1,1\n` });
    expect(more.warnings).toEqual(["the orderbook file has 1 rows more than the message file"]);
    const fewer = await importFiles({ ...files, [BOOKS]: `${DAY[0][1]}\n` });
    expect(fewer.counts).toMatchObject({ messages: 10, snapshotLevels: 3, windowLevelsEntered: 0 });
  });
});

describe("broken rows", () => {
  test("of messages are quarantined, and the book of the next ones is put right", async () => {
    const rows = DAY.map((row) => [...row] as [string, string]);
    rows[1][0] = "34200.5,4,5,20,1000400";
    rows[3][0] = "34202.0,9,0,7,1000250,1";
    const summary = await importFiles(day(rows));
    expect(quarantined()).toMatchObject([
      { file: MESSAGES, line: 2, code: "no-frame" },
      { file: MESSAGES, line: 4, code: "bad-field", reason: "type: expected 1 to 7, found 9" },
    ]);
    expect(summary.counts).toMatchObject({ messages: 8, windowLevelsChanged: 1, linesQuarantined: 2 });
    expect(rowTexts(readDataset(outputPath))).toContain("windowLevel sell 10004 x 30 #3 lastOfFrame");
  });

  test("of the book are quarantined, and its messages imported all the same", async () => {
    const rows = DAY.map((row) => [...row] as [string, string]);
    rows[0][1] = "1000400,50";
    rows[5][1] = rows[5][1].replace("1000200", "x");
    const summary = await importFiles(day(rows));
    expect(quarantined()).toMatchObject([
      { file: BOOKS, line: 1, code: "no-frame" },
      { file: BOOKS, line: 6, code: "bad-number" },
    ]);
    // Without the first row there is no snapshot: the second shows the whole window at once.
    expect(summary.counts).toMatchObject({ messages: 10, snapshotLevels: 0, linesQuarantined: 2 });
    expect(rowTexts(readDataset(outputPath)).slice(0, 4)).toEqual([
      "orderAdd buy 20002 x 100 #1 order 11 lastOfFrame",
      "orderExecute sell 20008 x 20 #2 order 5 unknownOrder",
      "windowLevel buy 20000 x 70 #2",
      "windowLevel sell 20008 x 30 #2",
    ]);
  });

  test("off the grid that was given are quarantined, one in ten thousand of a cent included", async () => {
    const summary = await importFiles(day(), { tick: "0.01", lot: "1" });
    expect(quarantined()).toMatchObject([
      { line: 4, code: "off-grid", reason: "price 1000250 is no whole number of ticks of 100" },
    ]);
    expect(summary.header.instrument).toMatchObject({ tick: "0.01", tickFrom: "given", bookTick: "0.01" });
  });

  test("are no reason to round a price, but a time below the nanosecond is rounded and counted", async () => {
    const rows: [string, string][] = [["34200.632812672504,1,11,100,1000100,1", DAY[0][1]]];
    const summary = await importFiles(day(rows));
    expect(summary.counts["timesRounded"]).toBe(1);
    expect(readDataset(outputPath).eventTime[0]).toBe(34_200_632_812_673);
  });
});

describe("orders", () => {
  const only = (messages: readonly string[]) => ({ [MESSAGES]: messages.join("\n") });

  test("that have ended are unknown from then on, and a deletion of another size is counted", async () => {
    const summary = await importFiles(
      only([
        "34200,1,11,100,1000100,1",
        "34201,2,11,40,1000100,1",
        "34202,4,11,60,1000100,1",
        "34203,4,11,1,1000100,1",
        "34204,1,12,100,1000100,1",
        "34205,3,12,70,1000100,1",
        "34206,3,12,30,1000100,1",
        "34205,1,13,100,1000100,1",
      ]),
    );
    expect(summary.counts).toMatchObject({ unknownOrders: 2, deletionsOfOtherSize: 1, timeStepsBack: 1 });
    expect(summary.warnings).toContain("the time steps back 1 times");
    const unknown = rowTexts(readDataset(outputPath)).filter((text) => text.includes("unknownOrder"));
    expect(unknown).toEqual([
      "orderExecute buy 1 x 1 #4 order 11 lastOfFrame unknownOrder",
      "orderDelete buy 1 x 30 #7 order 12 lastOfFrame unknownOrder",
    ]);
  });

  test("off the lots that were given, or at prices that no column holds, are quarantined", async () => {
    const lines = ["34200,1,11,100,1000100,1", "34201,1,12,150,1000100,1", "34202,1,13,100,21474836480000,1"];
    await importFiles(only(lines), { lot: "100", tick: "0.01" });
    expect(quarantined()).toMatchObject([
      { line: 2, code: "off-grid", reason: "size 150 is no whole number of lots of 100" },
      { line: 3, code: "out-of-range", reason: "price 21474836480000 is more than 2147483647 ticks" },
    ]);
  });
});

describe("limits", () => {
  test("a line that is too long is quarantined with its start", async () => {
    const files = { [MESSAGES]: `${DAY[0][0]}\n${"9".repeat(LINE_BYTES_MAX + 1)}\n${DAY[1][0]}\n` };
    const summary = await importFiles(files);
    expect(quarantined()).toMatchObject([{ file: MESSAGES, line: 2, code: "line-too-long" }]);
    expect(summary.counts["messages"]).toBe(2);
  });

  test("orders beyond those that are remembered are counted as forgotten", () => {
    const header = { source: { kind: "test", files: [{ name: "none", sha256: "0".repeat(64), bytes: 0 }] } };
    const instrument = { symbol: "X", venue: "test", tick: "1", lot: "1", bookTick: "1" };
    const writer = new RecordingWriter(outputPath, {
      ...header,
      instrument: { ...instrument, tickFrom: "given", lotFrom: "given" },
      startUnixNs: "0",
      timeNote: "made up",
    });
    const rows = new LobsterRows(writer, { grids: { tickUnits: 1, lotShares: 1 }, levels: 0, ordersMax: 2 });
    const base = { timeNs: 0, isTimeRounded: false, size: 5, price: 100, side: 0 } as const;
    for (const orderId of [1, 2, 3]) rows.message({ ...base, type: 1, orderId }, undefined, orderId);
    for (const orderId of [1, 2, 3]) rows.message({ ...base, type: 3, orderId }, undefined, orderId);
    expect(rows.counts).toMatchObject({ ordersForgotten: 1, unknownOrders: 1 });
    writer.discard();
    expect(ORDERS_REMEMBERED_MAX).toBe(4_000_000);
  });

  test("an import that is stopped leaves nothing", async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `34200,1,${i + 1},${i + 1},1000100,1`);
    const stop = new AbortController();
    const onProgress = ({ rows }: ImportProgress) => {
      if (rows > 0) stop.abort(new Error("stopped by the user"));
    };
    const started = importFiles({ [MESSAGES]: lines.join("\n") }, { signal: stop.signal, onProgress });
    await expect(started).rejects.toThrow("stopped by the user");
    expect(readdirSync(folder).filter((name) => name.startsWith(`${number}.tsd`))).toEqual([]);
  });
});

describe("a zip that is something else", () => {
  test.each<[string, Record<string, string>, string]>([
    [
      "holds other files",
      { "a.csv": "1", "b.csv": "2" },
      "expected one LOBSTER message file, found 0 among a.csv, b.csv",
    ],
    [
      "holds two days",
      { [MESSAGES]: "1", [MESSAGES.replace("16", "17")]: "2" },
      "expected one LOBSTER message file, found 2",
    ],
    ["holds an empty day", { [MESSAGES]: "" }, "holds no LOBSTER message"],
    ["holds no messages", { [MESSAGES]: "a,b\n" }, "holds no LOBSTER message"],
  ])("%s", async (_, files, message) => {
    await expect(importFiles(files)).rejects.toThrow(message);
    expect(readdirSync(folder).filter((name) => name.startsWith(`${number}.tsd`))).toEqual([]);
  });

  test("of two shares needs a symbol", async () => {
    const files = { ...day(), [MESSAGES.replace("ACME", "OTHR")]: "34200,1,1,1,1,1\n" };
    await expect(importFiles(files)).rejects.toThrow("expected one LOBSTER message file, found 2");
    expect((await importFiles(files, { symbol: "acme" })).rows).toBe(17);
    await expect(importFiles(files, { symbol: "NONE" })).rejects.toThrow("message file of NONE, found 0");
  });

  test("is no zip behind its first bytes", async () => {
    writeFileSync(inputPath, "PK\u0003\u0004 and then nothing");
    await expect(importRecording({ inputPath, outputPath })).rejects.toThrow("is no zip that can be read");
  });
});

describe("a damaged zip", () => {
  test("whose checksum does not match its content is imported with a warning", async () => {
    const bytes = zipOf(day());
    const directory = bytes.lastIndexOf("PK\u0001\u0002", bytes.lastIndexOf(MESSAGES));
    bytes[directory + 16] ^= 1;
    writeFileSync(inputPath, bytes);
    const summary = await importRecording({ inputPath, outputPath });
    expect(summary.rows).toBe(17);
    expect(summary.warnings).toEqual([`${MESSAGES}: its checksum does not match`]);
  });

  test("that lists more files than the limit is refused", async () => {
    const files = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.txt`, ""]));
    await expect(importFiles(files(ZIP_ENTRIES_MAX))).rejects.toThrow("expected one LOBSTER message file");
    await expect(importFiles(files(ZIP_ENTRIES_MAX + 1))).rejects.toThrow(
      `it lists more than ${ZIP_ENTRIES_MAX} files`,
    );
  });

  test("gives what can be unpacked, and a warning", async () => {
    const rows = Array.from(
      { length: 3_000 },
      (_, i) => [`${34_200 + i / 8},1,${i + 1},${100 + (i % 13)},${1_000_000 + i * 100},1`, ""] as const,
    );
    const bytes = zipOf({ [MESSAGES]: `${rows.map(([message]) => message).join("\n")}\n` });
    // Near the end of the only entry's content.
    for (let i = 0; i < 50; i++) bytes[Math.floor(bytes.length * 0.8) + i] ^= 0x5a;
    writeFileSync(inputPath, bytes);
    const summary = await importRecording({ inputPath, outputPath });
    expect(summary.counts["messages"]).toBeGreaterThan(100);
    expect(summary.warnings.join()).toContain(MESSAGES);
  });
});
