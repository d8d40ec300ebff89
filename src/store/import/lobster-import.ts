import type { Entry } from "yauzl";

import { decimalGrid, formatOnGrid, parseOnGrid } from "../../core/decimal.ts";
import { UserError } from "../../core/errors.ts";
import type { DatasetHeader } from "../columnar/dataset-header.ts";
import { RecordingWriter } from "../columnar/recording-writer.ts";
import { givenGrids } from "./import-grids.ts";
import type { ImportOptions, SourceSummary } from "./import-types.ts";
import { hashInput, type InputFile } from "./input-file.ts";
import { LINE_BYTES_MAX } from "./line-splitter.ts";
import { type LobsterLevels, parseLobsterLevels } from "./lobster-levels.ts";
import { LOBSTER_PRICE_STEP, parseLobsterMessage } from "./lobster-message.ts";
import { type LobsterName, midnightInNewYork, parseLobsterName } from "./lobster-names.ts";
import { type LobsterGrids, LobsterRows } from "./lobster-rows.ts";
import { LobsterScan } from "./lobster-scan.ts";
import type { Quarantine } from "./quarantine.ts";
import { ZipArchive, type ZipEntryLines } from "./zip-archive.ts";

/** A message file and, where the zip has it, the book after each of its messages. */
interface LobsterDay extends LobsterName {
  readonly messages: Entry;
  readonly books: Entry | undefined;
}

interface Reading extends ImportOptions {
  readonly quarantine: Quarantine;
  readonly archive: ZipArchive;
  readonly day: LobsterDay;
  /** Counts what was read and reports it. */
  readonly onBytes: (bytes: number, rows: number) => void;
}

/**
 * Imports one day of a LOBSTER zip in two passes: the first finds the grids, the second writes the rows. Memory grows only
 * with the orders that rest at once, up to a limit.
 *
 * @throws {UserError} where the zip holds no LOBSTER day, or several and `symbol` does not choose one.
 */
export async function importLobster(
  input: InputFile,
  options: ImportOptions & { quarantine: Quarantine },
): Promise<SourceSummary> {
  const given = givenGrids(options);
  const archive = await ZipArchive.open(input.path);
  try {
    const day = chooseDay(archive, options.symbol);
    const entryBytes = day.messages.uncompressedSize + (day.books?.uncompressedSize ?? 0);
    const progress = { bytesRead: 0, bytesTotal: input.bytes + 2 * entryBytes };
    const onBytes = (bytes: number, rows: number) => {
      progress.bytesRead += bytes;
      options.onProgress?.({ phase: rows < 0 ? "scanning" : "writing", ...progress, rows: Math.max(0, rows) });
    };
    const signal = options.signal && { signal: options.signal };
    const sha256 = await hashInput(input, { ...signal, onBytesRead: (bytes) => onBytes(bytes, -1) });
    const reading = { ...options, archive, day, onBytes };
    const scan = await scanDay(reading);
    if (scan.messages === 0) throw new UserError(`${input.path}: ${day.messages.fileName} holds no LOBSTER message`);
    const tickUnits =
      given.tick === undefined ? scan.priceUnits || 1 : parseOnGrid(given.tick.text, LOBSTER_PRICE_STEP);
    const lotShares = given.lot === undefined ? scan.shares || 1 : parseOnGrid(given.lot.text, decimalGrid("1"));
    const midnight = midnightInNewYork(day.date);
    const bookUnits = given.tick === undefined ? scan.bookPriceUnits || tickUnits : tickUnits;
    const header: Omit<DatasetHeader, "columns" | "rowsPerChunk"> = {
      source: { kind: "lobster", files: [{ name: input.name, sha256, bytes: input.bytes }] },
      instrument: {
        symbol: day.ticker,
        venue: "NASDAQ",
        tick: dollars(tickUnits),
        lot: String(lotShares),
        tickFrom: given.tick === undefined ? "observed" : "given",
        lotFrom: given.lot === undefined ? "observed" : "given",
        bookTick: dollars(bookUnits),
      },
      startUnixNs: `${midnight.unixSeconds}000000000`,
      timeNote:
        `LOBSTER gives seconds after midnight in New York. The dataset starts at midnight of ${day.date} there, with the ` +
        `offset ${midnight.offset} that the time-zone database has for that day's opening. There is no recorder's clock: ` +
        "receiveTime equals eventTime.",
    };
    return await writeDay({ ...reading, header, grids: { tickUnits, lotShares } });
  } finally {
    archive.close();
  }
}

async function scanDay(reading: Reading): Promise<LobsterScan> {
  const scan = new LobsterScan();
  await readEntry(reading, reading.day.messages, (line) => {
    const message = parseLobsterMessage(line);
    if (!("code" in message)) scan.message(message);
  });
  if (reading.day.books !== undefined) {
    await readEntry(reading, reading.day.books, (line) => {
      const levels = parseLobsterLevels(line, reading.day.levels);
      if (!("code" in levels)) scan.levels(levels);
    });
  }
  return scan;
}

async function readEntry(reading: Reading, entry: Entry, onLine: (text: string) => void): Promise<void> {
  const lines = await openLines(reading, entry, () => -1);
  try {
    while (await lines.fill()) {
      for (let line = lines.take(); line !== undefined; line = lines.take()) onLine(line.text);
    }
  } finally {
    lines.close();
  }
}

async function writeDay(
  reading: Reading & { header: Omit<DatasetHeader, "columns" | "rowsPerChunk">; grids: LobsterGrids },
): Promise<SourceSummary> {
  const { archive, day, grids, header, outputPath, quarantine } = reading;
  const writer = new RecordingWriter(outputPath, header);
  const opened: ZipEntryLines[] = [];
  try {
    const rows = new LobsterRows(writer, { grids, levels: day.books === undefined ? 0 : day.levels });
    const messages = await openLines(reading, day.messages, () => writer.rows);
    opened.push(messages);
    const books = day.books && (await openLines(reading, day.books, () => writer.rows));
    if (books !== undefined) opened.push(books);
    while (await messages.fill()) {
      for (let line = messages.take(); line !== undefined; line = messages.take()) {
        const after = books && (await bookOfLine(books, { number: line.number, levels: day.levels, quarantine }));
        if (line.text.trim() === "") continue;
        const message = line.isOverlong ? OVERLONG : parseLobsterMessage(line.text);
        const fault = "code" in message ? message : rows.message(message, after, line.number);
        if (fault !== undefined) quarantine.add({ file: messages.name, line: line.number, text: line.text, ...fault });
      }
    }
    const spare = books && (await drain(books));
    if (writer.rows === 0) throw new UserError(`${archive.path}: nothing could be imported: ${quarantine.describe()}`);
    const counts = { ...rows.counts, linesQuarantined: quarantine.lines };
    writer.close(counts);
    const damages = opened.flatMap(({ damage }) => (damage === undefined ? [] : [damage]));
    const warnings = [...damages, ...warningsOf(counts, { hasBooks: books !== undefined, spareBookRows: spare ?? 0 })];
    const { times } = writer;
    return { header: writer.header, rows: writer.rows, times, counts, gaps: [], warnings };
  } finally {
    for (const lines of opened) lines.close();
    writer.discard();
  }
}

const OVERLONG = { code: "line-too-long", reason: `the line is longer than ${LINE_BYTES_MAX} bytes` } as const;

/** The book row with the same number as a message; undefined where it is missing or broken. */
async function bookOfLine(
  books: ZipEntryLines,
  options: { number: number; levels: number; quarantine: Quarantine },
): Promise<LobsterLevels | undefined> {
  const line = books.take() ?? ((await books.fill()) ? books.take() : undefined);
  if (line === undefined || line.text.trim() === "") return undefined;
  const levels = line.isOverlong ? OVERLONG : parseLobsterLevels(line.text, options.levels);
  if (!("code" in levels)) return levels;
  options.quarantine.add({ file: books.name, line: options.number, text: line.text, ...levels });
  return undefined;
}

async function drain(lines: ZipEntryLines): Promise<number> {
  let count = 0;
  while (await lines.fill()) {
    for (let line = lines.take(); line !== undefined; line = lines.take()) if (line.text.trim() !== "") count++;
  }
  return count;
}

function warningsOf(
  counts: LobsterRows["counts"] & { linesQuarantined: number },
  book: { hasBooks: boolean; spareBookRows: number },
): string[] {
  const { linesQuarantined, timeStepsBack, timesRounded, ordersForgotten } = counts;
  const warnings: [boolean, string][] = [
    [linesQuarantined > 0, `${linesQuarantined} lines were quarantined`],
    [
      !book.hasBooks,
      "the zip has no orderbook file, so there is neither a snapshot nor the levels beyond the messages",
    ],
    [book.spareBookRows > 0, `the orderbook file has ${book.spareBookRows} rows more than the message file`],
    [timesRounded > 0, `${timesRounded} times had more than nine decimals and were rounded to the nanosecond`],
    [timeStepsBack > 0, `the time steps back ${timeStepsBack} times`],
    [ordersForgotten > 0, `${ordersForgotten} orders were too many to remember and may be flagged as unknown`],
  ];
  return warnings.filter(([applies]) => applies).map(([, text]) => text);
}

function chooseDay(archive: ZipArchive, symbol: string | undefined): LobsterDay {
  const named = archive.entries.flatMap((entry) => {
    const name = parseLobsterName(entry.fileName);
    return name === undefined ? [] : [{ ...name, entry }];
  });
  const days = named.filter(({ content }) => content === "message");
  const chosen = days.filter(({ ticker }) => symbol === undefined || ticker.toLowerCase() === symbol.toLowerCase());
  const [only] = chosen;
  if (only === undefined || chosen.length > 1) {
    const found = archive.entries.slice(0, 10).map(({ fileName }) => fileName);
    const wanted = symbol === undefined ? "one LOBSTER message file" : `one LOBSTER message file of ${symbol}`;
    throw new UserError(`${archive.path}: expected ${wanted}, found ${chosen.length} among ${found.join(", ")}`);
  }
  const isSameDay = (other: LobsterName) =>
    other.ticker === only.ticker && other.date === only.date && other.levels === only.levels;
  const books = named.find((other) => other.content === "orderbook" && isSameDay(other));
  return { ...only, messages: only.entry, books: books?.entry };
}

async function openLines(reading: Reading, entry: Entry, rowsSoFar: () => number): Promise<ZipEntryLines> {
  return reading.archive.lines(entry, {
    ...(reading.signal && { signal: reading.signal }),
    onBytesRead: (bytes) => reading.onBytes(bytes, rowsSoFar()),
  });
}

function dollars(units: number): string {
  return decimalGrid(formatOnGrid(units, LOBSTER_PRICE_STEP)).text;
}
