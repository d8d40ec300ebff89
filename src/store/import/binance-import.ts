import { createHash } from "node:crypto";

import { decimalGrid } from "../../core/decimal.ts";
import { UserError } from "../../core/errors.ts";
import type { DatasetHeader } from "../columnar/dataset-header.ts";
import { RecordingWriter } from "../columnar/recording-writer.ts";
import { BinanceFrameImport } from "./binance-frame-import.ts";
import { parseBinanceLine } from "./binance-frame.ts";
import { BinanceScan } from "./binance-scan.ts";
import { givenGrids } from "./import-grids.ts";
import type { ImportOptions, SourceSummary } from "./import-types.ts";
import { type InputFile, readInput } from "./input-file.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { Quarantine } from "./quarantine.ts";

/** A file whose first lines, this many, hold no Binance frame is none: no need to read gigabytes to say so. */
export const LINES_WITHOUT_FRAME_MAX = 1_000;

const TIME_NOTE =
  "eventTime is Binance's T (transaction time), or its E (event time) where there is no T, as sent in ms or us. " +
  "receiveTime is the recorder's clock in ns, as written before each frame. The two clocks are not synchronised.";

/**
 * Imports a recording of raw Binance frames in two passes: the first finds instruments, grids and the start, the second
 * writes the rows. Memory does not grow with the file.
 *
 * @throws {UserError} where the file holds no Binance frame, or several instruments and `symbol` does not choose one.
 */
export async function importBinance(
  input: InputFile,
  options: ImportOptions & { quarantine: Quarantine },
): Promise<SourceSummary> {
  const { tick, lot } = givenGrids(options);
  const progress = { bytesRead: 0, bytesTotal: 2 * input.bytes };
  const { scan, sha256 } = await scanRecording(input, options, progress);
  const instrument = scan.choose(options.symbol, input.path);
  const grids = {
    tick: tick ?? instrument.prices.grid ?? decimalGrid("1"),
    lot: lot ?? instrument.qtys.grid ?? decimalGrid("1"),
  };
  const header: Omit<DatasetHeader, "columns" | "rowsPerChunk"> = {
    source: { kind: `binance-${instrument.market}`, files: [{ name: input.name, sha256, bytes: input.bytes }] },
    instrument: {
      symbol: instrument.symbol,
      venue: `binance-${instrument.market}`,
      tick: grids.tick.text,
      lot: grids.lot.text,
      tickFrom: tick === undefined ? "observed" : "given",
      lotFrom: lot === undefined ? "observed" : "given",
      bookTick: (tick ?? instrument.bookPrices.grid ?? grids.tick).text,
    },
    startUnixNs: `${scan.startSeconds}000000000`,
    timeNote: TIME_NOTE,
  };
  const writer = new RecordingWriter(options.outputPath, header);
  try {
    const frames = new BinanceFrameImport({ writer, instrument, scan, grids, quarantine: options.quarantine });
    const damage = await writeRows(input, { ...options, frames, writer, progress });
    if (writer.rows === 0)
      throw new UserError(`${input.path}: nothing could be imported: ${options.quarantine.describe()}`);
    const { counts, gaps, warnings } = frames.finish();
    writer.close(counts);
    const damages =
      damage === undefined ? [] : [`the input is damaged (${damage}): what could be unpacked was imported`];
    const { times } = writer;
    return { header: writer.header, rows: writer.rows, times, counts, gaps, warnings: [...damages, ...warnings] };
  } finally {
    writer.discard();
  }
}

type Progress = { bytesRead: number; readonly bytesTotal: number };

async function scanRecording(input: InputFile, options: ImportOptions, progress: Progress) {
  const scan = new BinanceScan();
  const hash = createHash("sha256");
  let framesSeen = 0;
  const splitter = new LineSplitter({
    onLine: (text, number) => {
      const frame = parseBinanceLine(text);
      if (!("code" in frame)) {
        framesSeen++;
        scan.frame(frame);
      } else if (framesSeen === 0 && number >= LINES_WITHOUT_FRAME_MAX) {
        throw new UserError(notBinance(input, frame.reason));
      }
    },
    onOverlongLine: () => {},
  });
  await readInput(input, {
    ...(options.signal && { signal: options.signal }),
    onRaw: (bytes) => void hash.update(bytes),
    onBytes: (bytes) => splitter.push(bytes),
    onBytesRead: (bytes) => {
      progress.bytesRead += bytes;
      options.onProgress?.({ phase: "scanning", ...progress, rows: 0 });
    },
  });
  splitter.end();
  if (scan.instruments.length === 0) throw new UserError(notBinance(input, `none in ${splitter.lines} lines`));
  return { scan, sha256: hash.digest("hex") };
}

async function writeRows(
  input: InputFile,
  options: ImportOptions & { frames: BinanceFrameImport; writer: RecordingWriter; progress: Progress },
): Promise<string | undefined> {
  const { frames, writer, progress } = options;
  const splitter = new LineSplitter({
    onLine: (text, number) => frames.line(text, number),
    onOverlongLine: (start, number) => frames.overlongLine(start, number),
  });
  const damage = await readInput(input, {
    ...(options.signal && { signal: options.signal }),
    onBytes: (bytes) => splitter.push(bytes),
    onBytesRead: (bytes) => {
      progress.bytesRead += bytes;
      options.onProgress?.({ phase: "writing", ...progress, rows: writer.rows });
    },
  });
  splitter.end();
  return damage;
}

function notBinance(input: InputFile, why: string): string {
  const known = "raw Binance frames (plain or gzip lines of Unix ns and JSON) and LOBSTER zips";
  return `${input.path}: no Binance frame with a known symbol and time found (${why}); known recordings are ${known}`;
}
