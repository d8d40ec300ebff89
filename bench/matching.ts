import { GCProfiler, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { assert } from "../src/core/assert.ts";
import { RecordRing } from "../src/core/record-ring.ts";
import { FastBook } from "../src/market/fast-book.ts";
import type { BookRules } from "../src/market/order-book.ts";
import { RecordKind } from "../src/model/record.ts";
import { TradeWord } from "../src/model/report.ts";
import type { Flow } from "./flows.ts";
import { hostileFlow, mixOf, neutralFlow } from "./flows.ts";
import { percentilesOf } from "./percentiles.ts";
import { PEERS, createPeer, runPeer, translateFlow } from "./peer-books.ts";
import type { PeerCommand, PeerName } from "./peer-books.ts";
import type { BenchRow } from "./row.ts";
import { BareBook } from "./bare-book.ts";
import { TradeSum } from "./trade-sum.ts";

export interface MatchingBenchOptions {
  /** Commands of each flow that are measured. */
  readonly commands?: number;
  /** How many of them the peers execute: they are hundreds of times slower. */
  readonly peerCommands?: number;
  readonly rounds?: number;
  /** Commands in which garbage collections are counted. */
  readonly collectedCommands?: number;
}

const DEFAULTS = { commands: 1_000_000, peerCommands: 20_000, rounds: 7, collectedCommands: 10_000_000 } as const;

/** Orders that the bare book has room for: more than rest in either flow. */
const BARE_ORDERS = 1 << 18;

/** What a flow should reach: times `nodejs-order-book`, and two thirds of a bare typed-array book, in M commands/s. */
const TARGETS: Readonly<Record<string, { readonly ratio: number; readonly rate: number }>> = {
  neutral: { ratio: 300, rate: 30 },
  hostile: { ratio: 60, rate: 17 },
};

/** Matching speed of one book, against two npm packages in turns. The best of several rounds counts for each. */
export function benchMatching(options: MatchingBenchOptions = {}): BenchRow[] {
  const settings = { ...DEFAULTS, ...options };
  return [neutralFlow(settings.commands), hostileFlow(settings.commands)].flatMap((flow) => benchFlow(flow, settings));
}

function benchFlow(flow: Flow, settings: Required<MatchingBenchOptions>): BenchRow[] {
  const peerEnd = Math.min(flow.commands, flow.opening + settings.peerCommands);
  const translated = translateFlow(flow, peerEnd);
  const expected = fastTrades(flow, peerEnd).text;
  const seconds = { fast: Infinity, publishing: Infinity, bare: Infinity, peers: PEERS.map(() => Infinity) };
  for (let round = 0; round < settings.rounds; round++) {
    seconds.fast = Math.min(seconds.fast, timeFast(flow, "nothing"));
    seconds.publishing = Math.min(seconds.publishing, timeFast(flow, "every change"));
    seconds.bare = Math.min(seconds.bare, timeBare(flow));
    // Peers take seconds; a third round would change nothing.
    if (round >= 2) continue;
    PEERS.forEach((name, i) => {
      const found = timePeer(name, translated, flow.opening);
      seconds.peers[i] = Math.min(seconds.peers[i], found.seconds);
      assert(found.trades === expected, () => `${name} traded ${found.trades}, we ${expected}`);
    });
  }
  const measured = flow.commands - flow.opening;
  const rate = measured / seconds.fast / 1e6;
  const peerRates = seconds.peers.map((took) => (peerEnd - flow.opening) / took / 1e6);
  const target = TARGETS[flow.name];
  const bench = "matching";
  const unit = "M commands/s";
  return [
    {
      bench,
      case: `${flow.name}: ${mixOf(flow)}`,
      value: rate,
      unit,
      ratio: rate / peerRates[0],
      against: PEERS[0],
      target: `>= ${target.ratio} x, >= ${target.rate} M/s`,
      percentiles: percentilesOf(latencies(flow)),
    },
    {
      bench,
      case: `${flow.name}, every change published`,
      value: measured / seconds.publishing / 1e6,
      unit,
      ratio: seconds.fast / seconds.publishing,
      against: "the same book silent",
    },
    {
      bench,
      case: `${flow.name}, a book that can do nothing else`,
      value: measured / seconds.bare / 1e6,
      unit,
      ratio: seconds.bare / seconds.fast,
      against: "what the real book keeps of it",
      target: ">= 2/3 x",
    },
    ...PEERS.map((name, i) => {
      const against = `${name} (same trades: ${expected})`;
      return {
        bench,
        case: `${flow.name}, ${name}`,
        value: peerRates[i],
        unit,
        ratio: rate / peerRates[i],
        against: `slower; ${against}`,
      };
    }),
    {
      bench,
      case: `${flow.name}, garbage collections in ${settings.collectedCommands.toLocaleString("en-US")} commands`,
      value: countCollections(flow, settings.collectedCommands),
      unit: "collections",
      target: "0",
    },
  ];
}

function createBook(rules: BookRules, publishes: NonNullable<BookRules["publishes"]>): FastBook {
  // The reader takes each report at once, so short rings do, and stay in the first-level cache.
  const rings = { reports: new RecordRing({ records: 64 }), deltas: new RecordRing({ records: 64 }) };
  return new FastBook({ ...rules, publishes }, rings);
}

/** Executes commands; the reader takes the reports after each. */
export function runFast(book: FastBook, flow: Flow, from: number, to: number): void {
  const { words, doubles } = flow;
  const { reports, deltas } = book;
  for (let at = from << 4; at < to << 4; at += 16) {
    book.apply(words, doubles, at, 0);
    reports.clear();
    deltas.clear();
  }
}

/** @returns seconds that the measured commands took */
export function timeFast(flow: Flow, publishes: NonNullable<BookRules["publishes"]>): number {
  const book = createBook(flow.rules, publishes);
  runFast(book, flow, 0, flow.opening);
  return secondsOf(() => runFast(book, flow, flow.opening, flow.commands));
}

/** The bare book in place of the real one; the same number of trades shows that it does the same. */
function timeBare(flow: Flow): number {
  const book = new BareBook({ ids: flow.commands, orders: BARE_ORDERS });
  const run = (from: number, to: number): void => {
    for (let at = from << 4; at < to << 4; at += 16) book.apply(flow.words, at);
  };
  run(0, flow.opening);
  const seconds = secondsOf(() => run(flow.opening, flow.commands));
  const expected = countTrades(flow);
  assert(book.trades === expected, () => `the bare book made ${book.trades} trades, the real one ${expected}`);
  return seconds;
}

function countTrades(flow: Flow): number {
  const book = createBook(flow.rules, "nothing");
  runFast(book, flow, 0, flow.commands);
  return book.tradeCount;
}

function timePeer(
  name: PeerName,
  commands: readonly PeerCommand[],
  opening: number,
): { seconds: number; trades: string } {
  const checked = createPeer(name);
  const sum = new TradeSum();
  const whole = { from: 0, to: opening };
  runPeer(checked, commands, whole);
  const seconds = secondsOf(() => runPeer(checked, commands, { from: opening, to: commands.length }, sum));
  return { seconds, trades: sum.text };
}

/** The trades of the commands between the opening and `end`. */
function fastTrades(flow: Flow, end: number): TradeSum {
  const book = createBook(flow.rules, "nothing");
  const sum = new TradeSum();
  runFast(book, flow, 0, flow.opening);
  const { words } = book.reports;
  for (let at = flow.opening << 4; at < end << 4; at += 16) {
    book.apply(flow.words, flow.doubles, at, 0);
    for (; !book.reports.isEmpty; book.reports.shift()) {
      const from = book.reports.front;
      if (words[from] !== RecordKind.trade) continue;
      const [taker, maker] = [words[from + TradeWord.takerOrderId], words[from + TradeWord.makerOrderId]];
      sum.add(taker, maker, words[from + TradeWord.priceTicks], words[from + TradeWord.qtyLots]);
    }
  }
  assert(words === book.reports.words, "the ring has not grown");
  return sum;
}

/** Nanoseconds of each command, less what reading the clock takes. */
function latencies(flow: Flow): Float64Array {
  const book = createBook(flow.rules, "nothing");
  runFast(book, flow, 0, flow.opening);
  const stamps = new BigInt64Array(flow.commands - flow.opening + 1);
  const { hrtime } = process;
  stamps[0] = hrtime.bigint();
  for (let i = 1; i < stamps.length; i++) {
    book.apply(flow.words, flow.doubles, (flow.opening + i - 1) << 4, 0);
    book.reports.clear();
    stamps[i] = hrtime.bigint();
  }
  const clock = new BigInt64Array(100_001);
  for (let i = 0; i < clock.length; i++) clock[i] = hrtime.bigint();
  const clockNs = percentilesOf(differences(clock)).p50;
  return differences(stamps).map((ns) => Math.max(0, ns - clockNs));
}

function differences(stamps: BigInt64Array): Float64Array {
  return Float64Array.from({ length: stamps.length - 1 }, (_, i) => Number(stamps[i + 1] - stamps[i]));
}

/** Runs the flow again and again on new books; making them is left out of the count. */
function countCollections(flow: Flow, commands: number): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let collections = 0;
  for (let left = commands; left > 0; left -= flow.commands - flow.opening) {
    const book = createBook(flow.rules, "nothing");
    runFast(book, flow, 0, flow.opening);
    // What was made before the count began is nobody's garbage here.
    collect();
    const profiler = new GCProfiler();
    profiler.start();
    runFast(book, flow, flow.opening, flow.commands);
    collections += profiler.stop()?.statistics.length ?? 0;
  }
  return collections;
}

/** CPU seconds of this thread that the work takes: other programs on the machine count less than on the clock. */
export function secondsOf(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}
