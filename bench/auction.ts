import { performance } from "node:perf_hooks";

import { assert } from "../src/core/assert.ts";
import { RandomStream } from "../src/core/random.ts";
import type { Allocation } from "../src/market/book/auction-fills.ts";
import { FastBook } from "../src/market/fast-book.ts";
import type { SubmitOrder } from "../src/model/command.ts";
import { writeOwnerCommand, writeSubmit } from "../src/model/command.ts";
import { packFlags } from "../src/model/order-flags.ts";
import { TradingPhase, writeSetPhase } from "../src/model/phase.ts";
import { RecordKind } from "../src/model/record.ts";
import { Side } from "../src/model/side.ts";
import type { BenchRow } from "./row.ts";

export interface AuctionBenchOptions {
  /** Orders of a batch; each size is ten times the one before. */
  readonly sizes?: readonly number[];
  readonly rounds?: number;
}

const RULES = {
  instrument: 0,
  priceTicksMin: 1,
  priceTicksMax: 1_000_000,
  qtyLotsMin: 1,
  qtyLotsMax: 1_000_000,
  tickLotUnits: 1,
  notionalUnitsMin: 0,
  bandMillionths: 0,
  referencePriceTicks: 100_000,
};
const OWNERS = 1_000;
/** Half of the orders reach over the centre, so about half of them trade. */
const SPREAD_TICKS = 200;
/** A batch is over long before the next one is due. */
const TARGET_MS = 5;

/** How long the end of a call takes: price, shares, trades and what is left. The best of several rounds counts. */
export function benchAuction(options: AuctionBenchOptions = {}): BenchRow[] {
  const { sizes = [1_000, 10_000, 100_000], rounds = 25 } = options;
  return (["time", "proRata"] as const).flatMap((allocation) => {
    const took = sizes.map((orders) => timeBatch({ orders, allocation, rounds }));
    return sizes.map((orders, place) => ({
      bench: "auction",
      case: `batch of ${orders.toLocaleString("en-US")}, ${allocation}`,
      value: took[place],
      unit: "ms",
      ...(place === 0
        ? {}
        : {
            ratio: ((took[place - 1] / sizes[place - 1]) * orders) / took[place],
            against: "a tenth of it, per order",
          }),
      ...(orders === 10_000 ? { target: `<= ${TARGET_MS} ms` } : {}),
    }));
  });
}

function timeBatch({ orders, allocation, rounds }: { orders: number; allocation: Allocation; rounds: number }): number {
  const book = new FastBook({ ...RULES, allocation });
  const words = new Int32Array(16);
  const doubles = new Float64Array(words.buffer);
  const random = RandomStream.named(orders, "bench", "auction");
  const setPhase = (phase: TradingPhase): void => {
    writeSetPhase(words, doubles, 0, { instrument: 0, phase });
    book.apply(words, doubles, 0, 0);
  };
  let best = Infinity;
  // The first round makes the memory grow to what a batch needs, which later ones find.
  for (let round = 0; round <= rounds; round++) {
    setPhase(TradingPhase.auction);
    for (let orderId = 0; orderId < orders; orderId++) {
      writeSubmit(words, doubles, 0, drawOrder(random, orderId));
      book.apply(words, doubles, 0, 0);
    }
    book.reports.clear();
    book.deltas.clear();
    const tradesBefore = book.tradeCount;
    const start = performance.now();
    setPhase(TradingPhase.continuous);
    if (round > 0) best = Math.min(best, performance.now() - start);
    assert(book.tradeCount - tradesBefore > orders / 4, "about half of a batch trades");
    for (let owner = 0; owner < OWNERS; owner++) {
      writeOwnerCommand(words, 0, { kind: RecordKind.cancelAllOrders, instrument: 0, owner });
      book.apply(words, doubles, 0, 0);
    }
  }
  return best;
}

function drawOrder(random: RandomStream, orderId: number): SubmitOrder {
  const flags = packFlags({ side: random.chance(0.5) ? Side.buy : Side.sell });
  const priceTicks = RULES.referencePriceTicks + random.integer(-SPREAD_TICKS, SPREAD_TICKS);
  return { instrument: 0, owner: orderId % OWNERS, orderId, flags, priceTicks, qtyLots: random.integer(1, 100) };
}
