import { describe, expect, test } from "vitest";

import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import { RecordedMarket } from "../../testing/recorded-market.ts";
import { ANONYMOUS_ORDERS_PER_LEVEL_MAX } from "./recorded-orders.ts";

const SNAPSHOT = `
  clear &
  snapshotLevel bid 99 10 &
  snapshotLevel ask 101 10`;

describe("levels (L2)", () => {
  test("more stands at the end of the queue, less is taken from the newest recorded orders", () => {
    const market = new RecordedMarket();
    market.play(SNAPSHOT);
    market.agent("buy 99 2");
    market.play("level bid 99 15");
    expect(market.queues).toEqual(["bid 99: R10 A2 R5", "ask 101: R10"]);
    market.play("level bid 99 12");
    expect(market.queues).toEqual(["bid 99: R10 A2 R2", "ask 101: R10"]);
    market.play("level bid 99 4");
    expect(market.queues).toEqual(["bid 99: R4 A2", "ask 101: R10"]);
    market.play("level bid 99 0");
    expect(market.queues).toEqual(["bid 99: A2", "ask 101: R10"]);
  });

  test("where nobody else stands, the recorded order grows and stays one", () => {
    const market = new RecordedMarket();
    market.play("level bid 99 1\nlevel bid 99 5\nlevel bid 99 3\nlevel bid 99 9");
    expect(market.queues).toEqual(["bid 99: R9"]);
    expect(market.flow.counts).toMatchObject({ orders: 1, increases: 2, reductions: 1, cancels: 0 });
  });

  test("an agent that is ahead in the queue is filled by a recorded trade, one behind it is not", () => {
    const market = new RecordedMarket();
    const first = market.agent("sell 101 4");
    market.play(SNAPSHOT);
    market.agent("sell 101 2");
    expect(market.queues).toEqual(["bid 99: R10", "ask 101: A4 R10 A2"]);
    market.play("trade buy 101 6");
    expect(market.queues).toEqual(["bid 99: R10", "ask 101: R8 A2"]);
    expect(market.book.find(4, first)).toBeUndefined();
    // The trade took 6 of the recorded level, of which the agent's order spared it 4.
    market.play("level ask 101 4");
    expect(market.queues).toEqual(["bid 99: R10", "ask 101: R4 A2"]);
  });

  test("an agent with a better price is filled first", () => {
    const market = new RecordedMarket();
    market.play(SNAPSHOT);
    market.agent("sell 100 3");
    market.play("trade buy 101 5");
    expect(market.queues).toEqual(["bid 99: R10", "ask 101: R8"]);
    expect(market.agentsLots).toBe(-3);
  });

  test("what an agent takes is gone until the next row that names the level", () => {
    const market = new RecordedMarket();
    market.play(SNAPSHOT);
    market.agent("buy 101 7");
    expect(market.queues).toEqual(["bid 99: R10", "ask 101: R3"]);
    market.play("level bid 99 11");
    expect(market.queues).toEqual(["bid 99: R11", "ask 101: R3"]);
    market.play("level ask 101 10");
    expect(market.queues).toEqual(["bid 99: R11", "ask 101: R10"]);
    market.agent("buy 101 10");
    market.play("level ask 101 8");
    expect(market.queues).toEqual(["bid 99: R11", "ask 101: R8"]);
  });

  test("what a recorded trade takes counts until the frame's end, and then the frame does", () => {
    const market = new RecordedMarket();
    market.play(SNAPSHOT);
    market.play("trade buy 101 4");
    expect(market.queues).toEqual(["bid 99: R10", "ask 101: R6"]);
    // The frame had come before the trade: it does not name the level, so the trade is already in it.
    market.play("level bid 99 12 &");
    expect(market.queues).toEqual(["bid 99: R12", "ask 101: R6"]);
    market.play("level bid 98 1");
    expect(market.queues).toEqual(["bid 99: R12", "bid 98: R1", "ask 101: R10"]);
    market.play("trade sell 98 12\ntrade sell 98 1\nlevel bid 99 0");
    expect(market.queues).toEqual(["bid 98: R1", "ask 101: R10"]);
  });

  test("a row that crosses stale recorded orders cancels them, and trades with agents", () => {
    const market = new RecordedMarket();
    market.play(`${SNAPSHOT} &\nsnapshotLevel ask 102 5`);
    market.agent("sell 102 3");
    // The market has moved up; the rows that remove the old asks stand behind the new bid.
    market.play("level bid 102 8 &");
    expect(market.queues).toEqual(["bid 102: R5", "bid 99: R10"]);
    expect(market.agentsLots).toBe(-3);
    market.play("level ask 101 0 &\nlevel ask 102 0 &\nlevel ask 103 6\nlevel bid 102 8");
    expect(market.queues).toEqual(["bid 102: R8", "bid 99: R10", "ask 103: R6"]);
    expect(market.flow.levels).toMatchObject({ levelCount: 3, orderCount: 3 });
  });

  test("clear takes every recorded order out and leaves the agents'", () => {
    const market = new RecordedMarket();
    market.play(SNAPSHOT);
    market.agent("buy 99 2");
    market.play("clear &\nsnapshotLevel bid 98 1");
    expect(market.queues).toEqual(["bid 99: A2", "bid 98: R1"]);
  });

  test("unsynchronised rows and rows that say nothing of the visible book are not played", () => {
    const market = new RecordedMarket();
    market.play(
      "level bid 99 10 unsynchronised\ngap\nquoteBid bid 99 1\nquoteAsk ask 101 1\nhiddenExecute bid 99 5\ncrossTrade bid 99 5\nhalt",
    );
    expect(market.queues).toEqual([]);
    expect(market.commands).toBe(0);
    expect(market.flow.counts).toMatchObject({ rows: 7, notPlayed: 7 });
  });
});

describe("orders (L3)", () => {
  test("orders come, shrink and go one by one, and keep their places", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 bid 99 5\norderAdd #12 bid 99 7");
    market.agent("buy 99 2");
    market.play("orderAdd #13 bid 99 3\norderReduce #11 bid 99 1\norderDelete #12 bid 99 7");
    expect(market.queues).toEqual(["bid 99: R4 A2 R3"]);
    expect(market.flow.levels.knownOrderCount).toBe(2);
    market.play("orderDelete #11 bid 99 4\norderDelete #13 bid 99 3");
    expect(market.queues).toEqual(["bid 99: A2"]);
    expect(market.flow.levels).toMatchObject({ levelCount: 0, orderCount: 0, knownOrderCount: 0 });
  });

  test("an execution takes liquidity: the agent that is first trades, and the recorded order loses what it did not get", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 ask 101 5");
    market.agent("sell 101 2");
    market.play("orderAdd #12 ask 101 7\norderExecute #11 ask 101 5");
    expect(market.queues).toEqual(["ask 101: A2 R7"]);
    market.play("orderExecute #12 ask 101 6");
    expect(market.queues).toEqual(["ask 101: R1"]);
    expect(market.agentsLots).toBe(-2);
    market.play("orderExecute #12 ask 101 1");
    expect(market.queues).toEqual([]);
    expect(market.flow.levels).toMatchObject({ levelCount: 0, orderCount: 0 });
  });

  test("rows about an order that agents have filled change nothing of the others", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 ask 101 5\norderAdd #12 ask 101 7");
    market.agent("buy 101 5");
    market.play("orderReduce #11 ask 101 2\norderDelete #11 ask 101 3");
    expect(market.queues).toEqual(["ask 101: R7"]);
    market.play("orderDelete #12 ask 101 7");
    expect(market.flow.levels).toMatchObject({ levelCount: 0, orderCount: 0 });
  });

  test("an order that was never seen to arrive takes from the lots without a number", () => {
    const market = new RecordedMarket();
    market.play("clear &\nsnapshotLevel bid 99 10\norderAdd #11 bid 99 5\norderDelete #3 bid 99 4");
    expect(market.queues).toEqual(["bid 99: R6 R5"]);
    market.play("orderExecute #4 bid 99 6");
    expect(market.queues).toEqual(["bid 99: R5"]);
    expect(market.flow.counts).toMatchObject({ unknownOrders: 2, unexplained: 0 });
    market.play("orderDelete #5 bid 98 1");
    expect(market.flow.counts).toMatchObject({ unknownOrders: 3, unexplained: 1 });
  });

  test("a level that comes into the window holds what the window shows, whichever orders ended out of sight", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 bid 99 5\norderAdd #12 bid 99 7\norderAdd #13 bid 99 4");
    // Orders are mostly canceled whole: it was #12.
    market.play("windowLevel bid 99 9");
    expect(market.queues).toEqual(["bid 99: R5 R4"]);
    expect(market.flow.levels.known(12)).toBe(0);
    market.play("windowLevel bid 99 12");
    expect(market.queues).toEqual(["bid 99: R5 R4 R3"]);
    market.play("windowLevel bid 99 8");
    expect(market.queues).toEqual(["bid 99: R5 R3"]);
    market.play("windowLevel bid 99 0");
    expect(market.queues).toEqual([]);
    expect(market.flow.levels).toMatchObject({ levelCount: 0, orderCount: 0, knownOrderCount: 0 });
  });

  test("where the recorded order was not the first, the level still loses what was recorded", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 bid 99 5\norderAdd #12 bid 99 7\norderExecute #12 bid 99 7");
    expect(market.queues).toEqual(["bid 99: R5"]);
    market.play("orderDelete #11 bid 99 5");
    expect(market.queues).toEqual([]);
    expect(market.flow.levels).toMatchObject({ levelCount: 0, orderCount: 0, knownOrderCount: 0 });
  });

  test("a number that comes again names the new order", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 bid 99 5\norderAdd #11 bid 98 7\norderDelete #11 bid 98 7");
    expect(market.queues).toEqual(["bid 99: R5"]);
    market.play("orderDelete #11 bid 99 5");
    expect(market.queues).toEqual([]);
  });

  test("where an agent stood before a recorded order that was not the first either, that order still goes", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 ask 101 5");
    market.agent("sell 101 2");
    market.play("orderAdd #12 ask 101 7");
    market.agent("buy 101 5");
    expect(market.queues).toEqual(["ask 101: A2 R7"]);
    market.play("orderExecute #12 ask 101 7");
    expect(market.queues).toEqual([]);
  });

  test("a stop order that the execution sets off does not confuse the count", () => {
    const market = new RecordedMarket();
    market.play("orderAdd #11 ask 101 20\norderAdd #12 ask 102 9");
    market.agentStop("buy", { triggerTicks: 101, qtyLots: 9 });
    market.play("orderExecute #11 ask 101 3");
    expect(market.queues).toEqual(["ask 101: R8", "ask 102: R9"]);
    market.play("orderExecute #11 ask 101 1");
    expect(market.queues).toEqual(["ask 101: R7", "ask 102: R9"]);
  });

  test("an order that trades with agents at once is not refused", () => {
    const market = new RecordedMarket();
    market.agent("sell 99 5");
    market.play("orderAdd #11 bid 99 5\norderAdd #12 bid 98 1");
    expect(market.queues).toEqual(["bid 98: R1"]);
    expect(market.flow.counts).toMatchObject({ orders: 2, refused: 0 });
    expect(market.flow.levels.orderCount).toBe(1);
  });
});

describe("limits", () => {
  test("a level of more lots than an order may have stands in several orders", () => {
    const market = new RecordedMarket();
    const most = 2 ** 31 - 1;
    market.play(`level bid 99 ${most + 7}`);
    expect(market.queues).toEqual([`bid 99: R${most} R7`]);
    market.play(`level bid 99 ${2 * most}`);
    expect(market.queues).toEqual([`bid 99: R${most} R${most}`]);
    expect(market.flow.levels.recordedLots(market.flow.levels.find(Side.buy, 99))).toBe(2 * most);
    market.play("level bid 99 8");
    expect(market.queues).toEqual(["bid 99: R8"]);
    expect(market.flow.counts.cut).toBe(0);
  });

  test("no order is worth more than can be counted exactly", () => {
    const market = new RecordedMarket({ rules: { tickLotUnits: 2 ** 30 } });
    const most = Math.floor(Number.MAX_SAFE_INTEGER / (99 * 2 ** 30));
    market.play(`level bid 99 ${most + 1}\nlevel bid 99 ${most + 2}`);
    expect(market.queues).toEqual([`bid 99: R${most} R2`]);
    market.play(`orderAdd #7 bid 99 ${most + 1}`);
    expect(market.queues).toEqual([`bid 99: R${most} R2 R${most}`]);
    expect(market.flow.counts).toMatchObject({ cut: 1, refused: 0 });
  });

  test("a level holds a limited number of orders without a number; then the newest grows", () => {
    const market = new RecordedMarket();
    for (let lots = 1; lots <= ANONYMOUS_ORDERS_PER_LEVEL_MAX; lots++) {
      market.play(`level bid 99 ${lots}`);
      market.agent("buy 99 1");
    }
    const places = Array.from({ length: ANONYMOUS_ORDERS_PER_LEVEL_MAX }, () => "R1 A1");
    expect(market.queues).toEqual([`bid 99: ${places.join(" ")}`]);
    market.play(`level bid 99 ${ANONYMOUS_ORDERS_PER_LEVEL_MAX + 4}`);
    expect(market.queues).toEqual([`bid 99: ${places.slice(1).join(" ")} A1 R5`]);
    // Orders with a number do not count.
    market.play(`orderAdd #1 bid 99 3\nwindowLevel bid 99 ${ANONYMOUS_ORDERS_PER_LEVEL_MAX + 8}`);
    expect(market.queues).toEqual([`bid 99: ${places.slice(1).join(" ")} A1 R3 R6`]);
    expect(market.flow.counts.cut).toBe(0);
  });

  test("a level that its orders cannot hold is cut", () => {
    const market = new RecordedMarket({ rules: { qtyLotsMax: 10 } });
    market.play("level bid 99 700");
    expect(market.recordedLots(Side.buy, 99)).toBe(640);
    expect(market.flow.counts.cut).toBe(1);
    market.play("level bid 99 640\nlevel bid 99 5");
    expect(market.queues).toEqual(["bid 99: R5"]);
    market.play("trade sell 99 25\norderExecute #1 bid 99 5");
    expect(market.queues).toEqual([]);
    expect(market.flow.counts.cut).toBe(1);
  });

  test("orders that the venue does not take are counted, and the level waits for the next row", () => {
    const market = new RecordedMarket({ rules: { qtyLotsMin: 5, priceTicksMax: 200 } });
    market.play("level bid 99 4\nlevel ask 201 9\norderAdd #1 ask 0 9");
    expect(market.queues).toEqual([]);
    expect(market.flow.counts).toMatchObject({ orders: 2, refused: 3 });
    market.play("level bid 99 6");
    expect(market.queues).toEqual(["bid 99: R6"]);
    expect(market.flow.levels.orderCount).toBe(1);
  });

  test("a larger order that the venue does not take stays as it was", () => {
    const market = new RecordedMarket({ refuses: (words) => words[0] === RecordKind.replaceOrder });
    market.play("level bid 99 4\nlevel bid 99 6");
    expect(market.queues).toEqual(["bid 99: R4"]);
    expect(market.flow.counts).toMatchObject({ orders: 1, increases: 1, refused: 1 });
  });

  test("a price beyond int32 ticks is refused and never wraps around", () => {
    const market = new RecordedMarket({ ticksPerTick: { times: 1 << 20, over: 1 } });
    market.play(`level ask ${1 << 13} 5\norderAdd #1 ask ${(1 << 12) + 1} 5\ntrade buy ${1 << 12} 5`);
    expect(market.commands).toBe(0);
    expect(market.flow.counts.refused).toBe(3);
  });

  test("memory grows with what stands at once, and not with the recording", () => {
    const market = new RecordedMarket({ rowsMax: 60_000 });
    for (let id = 1; id <= 30_000; id++) market.play(`orderAdd #${id} bid ${100 + (id % 7)} 3`);
    // Nobody tells of the end of these: an ask crosses them, and they are canceled unseen.
    market.play("orderAdd #50000 ask 50 1");
    expect(market.queues).toEqual(["ask 50: R1"]);
    expect(market.flow.levels.orderCount).toBe(30_001);
    for (let id = 50_001; id <= 60_000; id++) market.play(`orderAdd #${id} bid 40 3\norderDelete #${id} bid 40 3`);
    expect(market.flow.levels.orderCount).toBe(30_001);
    // Before the arrays would grow, the dead are forgotten.
    for (let id = 60_001; id <= 64_000; id++) market.play(`orderAdd #${id} bid 40 3`);
    expect(market.flow.levels.orderCount).toBe(4_001);
  });
});

describe("grids", () => {
  test("finer and coarser grids of the instrument", () => {
    const finer = new RecordedMarket({ ticksPerTick: { times: 10, over: 1 }, lotsPerLot: { times: 100, over: 1 } });
    finer.play("level bid 99 5");
    expect(finer.queues).toEqual(["bid 990: R500"]);

    const coarser = new RecordedMarket({ ticksPerTick: { times: 1, over: 2 }, lotsPerLot: { times: 1, over: 10 } });
    coarser.play("level bid 198 59\nlevel bid 199 50\nlevel ask 202 30\nlevel ask 204 9");
    expect(coarser.queues).toEqual(["bid 99: R5", "ask 101: R3"]);
    expect(coarser.flow.counts).toMatchObject({ offGrid: 1, roundedDown: 2 });
    coarser.play("level bid 198 60");
    expect(coarser.queues).toEqual(["bid 99: R6", "ask 101: R3"]);
  });
});

describe("time", () => {
  const RECORDED = ["@1000 level bid 99 1", "@1000 level bid 98 1", "@1400 level bid 97 1", "@1300 level bid 96 1"];

  test("the first row comes at time 0, the others as far behind it as they were received, or by the speed", () => {
    const market = new RecordedMarket({ recorded: RECORDED });
    market.emit(0);
    expect(market.book.orderCount).toBe(2);
    expect(market.flow.nextTimeNs).toBe(400);
    market.emit(399);
    expect(market.book.orderCount).toBe(2);
    // A time that steps back is due at once.
    market.emit(400);
    expect(market.book.orderCount).toBe(4);
    expect(market.flow.nextTimeNs).toBe(Infinity);

    const fast = new RecordedMarket({ recorded: RECORDED, speed: 8 });
    fast.emit(0);
    expect(fast.flow.nextTimeNs).toBe(50);
  });

  test("a recording without rows has no time", () => {
    expect(new RecordedMarket().flow.nextTimeNs).toBe(Infinity);
  });
});
