// Streams a binary file of commands through an order book and prints every report: examples/write-commands.ts makes one.
import { openSync, readSync } from "node:fs";

import { FastBook, RECORD_WORDS, RecordKind, ReportWord, TradeWord, reasonName } from "tradeswarm/market";

const prices = { priceTicksMin: 1, priceTicksMax: 1_000_000, bandMillionths: 0, referencePriceTicks: 0 };
const sizes = { qtyLotsMin: 1, qtyLotsMax: 1_000_000, tickLotUnits: 1, notionalUnitsMin: 0 };
const book = new FastBook({ instrument: 0, ...prices, ...sizes });
const kindNames = new Map<number, string>(Object.entries(RecordKind).map(([name, kind]) => [kind, name]));

const words = new Int32Array(1024 * RECORD_WORDS); // 1,024 commands of 64 bytes at a time
const doubles = new Float64Array(words.buffer); // the same memory
const file = openSync(process.argv[2] ?? "commands.bin", "r");
let nowNs = 0;
for (let bytes = readSync(file, words); bytes > 0; bytes = readSync(file, words)) {
  for (let at = 0; at < bytes / 4; at += RECORD_WORDS) {
    book.apply(words, doubles, at, ++nowNs);
    for (; !book.reports.isEmpty; book.reports.shift()) print(book.reports.words, book.reports.front);
    book.deltas.clear(); // a market-data feed would read these
  }
}

function print(report: Int32Array, at: number): void {
  const [kind, price, qty] = [report[at], report[at + ReportWord.priceTicks], report[at + ReportWord.qtyLots]];
  const isTrade = kind === RecordKind.trade;
  const about = isTrade ? `trade ${report[at + TradeWord.tradeId]}` : reasonName(report[at + ReportWord.reason]);
  console.log(
    `${kindNames.get(kind)} ${report[at + ReportWord.owner]}:${report[at + ReportWord.orderId]} ${qty}@${price} ${about}`,
  );
}
