import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { RandomStream } from "../src/core/random.ts";
import { FastBook } from "../src/market/fast-book.ts";
import { RowFlag, RowKind } from "../src/store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../src/store/columnar/recording-chunk.ts";
import { openDataset, readDataset } from "../src/store/columnar/recording-reader.ts";
import { RecordingWriter } from "../src/store/columnar/recording-writer.ts";
import { importRecording } from "../src/store/import/import-recording.ts";
import { RecordedFlow } from "../src/venues/simulated/recorded-flow.ts";
import { recordingPath } from "../test/recordings.ts";
import { cpuSecondsOf } from "./event-queue.ts";
import { formatRows, median } from "./row.ts";
import type { BenchRow } from "./row.ts";

export interface ReplayBenchOptions {
  /** An imported recording. Without one: the recordings beside the checkout, or one that is made up. */
  readonly data?: string | undefined;
  /** Where the recordings beside the checkout are not wanted. */
  readonly source?: "found" | "made up";
  readonly rounds?: number;
  /** Rows of the recording that is made up. */
  readonly madeUpRows?: number;
}

const DEFAULTS = { source: "found", rounds: 15, madeUpRows: 600_000 } as const;
const DECODED_TARGET = ">= 10 M/s";
const APPLIED_TARGET = ">= 3 M/s";
const SOURCES = [
  ["market/binance-raw-l2/spot_btcusdt_20240808.raw.gz", "Binance spot BTCUSDT"],
  ["market/binance-raw-l2/usdm_btcusdt_20240808.raw.gz", "Binance USD-M BTCUSDT"],
  ["market/lobster/LOBSTER_SampleFile_AMZN_2012-06-21_5.zip", "LOBSTER AMZN"],
] as const;
/** So many rows as JSON are enough to know how long their like takes. */
const JSON_ROWS_MAX = 50_000;

interface Dataset {
  readonly path: string;
  readonly name: string;
}

/**
 * How fast an imported recording is decoded, and how fast it goes through the whole path from its rows to the fast book:
 * `RecordedFlow.emit`, and `FastBook.apply` of each command that it makes. Takes about 10 seconds.
 */
export async function benchReplay(options: ReplayBenchOptions = {}): Promise<BenchRow[]> {
  const { data, source, rounds, madeUpRows } = { ...DEFAULTS, ...options };
  if (data !== undefined) return benchDataset({ path: data, name: basename(data) }, rounds);
  const folder = mkdtempSync(join(tmpdir(), "tradeswarm-bench-"));
  try {
    const datasets = source === "found" ? await importRecordings(folder) : [];
    if (datasets.length === 0) datasets.push(makeUp(join(folder, "made-up.tsd"), madeUpRows));
    return datasets.flatMap((dataset) => benchDataset(dataset, rounds));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function importRecordings(folder: string): Promise<Dataset[]> {
  const datasets: Dataset[] = [];
  for (const [relativePath, name] of SOURCES) {
    const inputPath = recordingPath(relativePath);
    if (inputPath === undefined) continue;
    const path = join(folder, `${datasets.length}.tsd`);
    await importRecording({ inputPath, outputPath: path });
    datasets.push({ path, name });
  }
  return datasets;
}

function benchDataset({ path, name }: Dataset, rounds: number): BenchRow[] {
  const recording = readDataset(path);
  const { rows } = recording;
  const lines = jsonLines(recording);
  const player = new Player(recording);
  const seconds = { decoded: [] as number[], parsed: [] as number[], applied: [] as number[], anew: [] as number[] };
  // All take turns, so that a slow moment of the machine hits all.
  for (let round = -1; round < rounds; round++) {
    const decoded = cpuSecondsOf(() => decode(path, rows));
    const parsed = cpuSecondsOf(() => lines.forEach((line) => void JSON.parse(line))) / lines.length;
    const applied = cpuSecondsOf(() => player.play());
    const anew = cpuSecondsOf(() => new Player(recording).play());
    // The first round warms up: memory of the book that is used again has grown from then on.
    if (round < 0) continue;
    seconds.decoded.push(decoded);
    seconds.parsed.push(parsed);
    seconds.applied.push(applied);
    seconds.anew.push(anew);
  }
  const { rows: all, notPlayed } = player.counts;
  const acting = all - notPlayed;
  const count = (number: number): string => number.toLocaleString("en-US");
  return [
    {
      bench: "replay, rows decoded",
      case: `${name}: ${count(rows)} rows, ${(statSync(path).size / rows).toFixed(1)} bytes each`,
      value: rows / median(seconds.decoded) / 1e6,
      unit: "M/s",
      ratio: (median(seconds.parsed) * rows) / median(seconds.decoded),
      against: "JSON.parse of the same rows",
      target: DECODED_TARGET,
    },
    {
      // Rows that only tell, such as quotes, would make it look faster.
      bench: "replay, rows applied to the book",
      case: `${name}: ${count(acting)} rows that act, ${count(player.commands)} commands`,
      value: acting / median(seconds.applied) / 1e6,
      unit: "M/s",
      target: APPLIED_TARGET,
    },
    {
      bench: "replay, rows applied to a new book",
      case: `${name}: its memory grows meanwhile`,
      value: acting / median(seconds.anew) / 1e6,
      unit: "M/s",
    },
  ];
}

/** Decodes a dataset from its file, and looks at every chunk. */
function decode(path: string, expected: number): void {
  const reader = openDataset(path);
  let rows = 0;
  let lots = 0;
  try {
    for (let chunk = reader.nextChunk(); chunk !== undefined; chunk = reader.nextChunk()) {
      rows += chunk.rows;
      lots += chunk.qty[0];
    }
  } finally {
    reader.close();
  }
  if (rows !== expected || !(lots >= 0)) throw new Error(`${path}: decoded ${rows} of ${expected} rows`);
}

function jsonLines(recording: RecordingChunk): string[] {
  const { eventTime, receiveTime, kind, side, price, qty, orderId, sequence, flags } = recording;
  return Array.from({ length: Math.min(recording.rows, JSON_ROWS_MAX) }, (_, i) =>
    JSON.stringify({
      eventTime: eventTime[i],
      receiveTime: receiveTime[i],
      kind: kind[i],
      side: side[i],
      price: price[i],
      qty: qty[i],
      orderId: orderId[i],
      sequence: sequence[i],
      flags: flags[i],
    }),
  );
}

/** Plays one recording into one book, as often as it is told. Every recording begins with a `clear`. */
class Player {
  commands = 0;
  counts: RecordedFlow["counts"];
  readonly #book = new FastBook({
    instrument: 0,
    priceTicksMin: 1,
    priceTicksMax: 2 ** 31 - 2,
    qtyLotsMin: 1,
    qtyLotsMax: 2 ** 31 - 1,
    tickLotUnits: 1,
    notionalUnitsMin: 0,
    bandMillionths: 0,
    referencePriceTicks: 0,
  });
  readonly #rows: RecordingChunk;

  constructor(rows: RecordingChunk) {
    this.#rows = rows;
    this.counts = this.#flow().counts;
  }

  play(): void {
    const book = this.#book;
    const flow = this.#flow();
    this.commands = 0;
    flow.emit(Infinity, book, (words, doubles) => {
      this.commands++;
      book.apply(words, doubles, 0, 0);
      book.reports.clear();
      book.deltas.clear();
    });
    this.counts = flow.counts;
    const { rows, refused, cut } = flow.counts;
    if (rows !== this.#rows.rows || refused > 0 || cut > 0) throw new Error("the book did not take the recording");
  }

  #flow(): RecordedFlow {
    const whole = { times: 1, over: 1 };
    const grids = { ticksPerTick: whole, lotsPerLot: whole };
    return new RecordedFlow({ rows: this.#rows, instrument: 0, maker: 1, taker: 2, speed: 1, ...grids });
  }
}

/** A recording of levels around a price that walks at random, in frames of 20 rows, with a trade in each fifth. */
function makeUp(path: string, rows: number): Dataset {
  const random = RandomStream.named(1, "bench", "replay");
  const writer = new RecordingWriter(path, {
    source: { kind: "made up", files: [{ name: "none", sha256: "0".repeat(64), bytes: 0 }] },
    instrument: {
      symbol: "MADEUP",
      venue: "none",
      tick: "0.01",
      lot: "0.001",
      tickFrom: "given",
      lotFrom: "given",
      bookTick: "0.01",
    },
    startUnixNs: "0",
    timeNote: "made up",
  });
  const row = { eventTime: 0, receiveTime: 0, side: 0, price: 0, qty: 0, orderId: 0, sequence: 0, flags: 0 };
  const append = (kind: RowKind, rest: Partial<typeof row>): void => writer.append({ ...row, ...rest, kind });
  append(RowKind.clear, { flags: RowFlag.lastOfFrame | RowFlag.snapshot });
  let mid = 1_000_000;
  for (let frame = 1; writer.rows < rows; frame++) {
    mid += random.integer(-1, 1);
    row.receiveTime = frame * 10_000_000;
    row.eventTime = row.receiveTime;
    row.sequence = frame;
    if (frame % 5 === 0) {
      const side = random.integer(0, 1);
      append(RowKind.trade, { side, price: mid + (side === 0 ? 5 : -5), qty: random.integer(1, 50) });
    }
    for (let i = 1; i <= 20; i++) {
      const side = random.integer(0, 1);
      const distance = Math.floor(random.exponential(1) * 30);
      append(RowKind.level, {
        side,
        price: mid + (side === 0 ? -1 - distance : 1 + distance),
        qty: random.chance(0.3) ? 0 : random.integer(1, 5_000),
        flags: i === 20 ? RowFlag.lastOfFrame : 0,
      });
    }
  }
  writer.close({});
  return { path, name: "made up" };
}

if (import.meta.main) {
  const rows = await benchReplay({ data: process.argv[2] });
  process.stdout.write(`${formatRows(rows)}\n`);
}
