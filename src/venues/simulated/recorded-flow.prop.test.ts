import fc from "fast-check";
import { expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import { RecordedMarket } from "../../testing/recorded-market.ts";

const PRICES = { bid: { min: 90, max: 99 }, ask: { min: 101, max: 110 } } as const;
const sideName = fc.constantFrom("bid" as const, "ask" as const);
const lots = fc.integer({ min: 1, max: 12 });

const levelRow = sideName.chain((side) =>
  fc
    .tuple(fc.integer(PRICES[side]), fc.oneof(fc.constant(0), lots), fc.constantFrom("", " &"))
    .map(([price, qty, frame]) => `level ${side} ${price} ${qty}${frame}`),
);
const tradeRow = fc
  .tuple(fc.constantFrom("buy", "sell"), lots)
  .map(([side, qty]) => `trade ${side} ${side === "buy" ? 105 : 95} ${qty}`);
const agentOrder = fc
  .tuple(fc.constantFrom("buy", "sell"), fc.integer({ min: 92, max: 108 }), lots, fc.constantFrom("", " IOC"))
  .map(([side, price, qty, force]) => `agent ${side} ${price} ${qty}${force}`);

/** What the levels of a recording hold, by side and price, in a Map. */
class Record {
  readonly lots = new Map<string, number>();

  play(row: string): void {
    const [kind, side, price, qty] = row.split(" ");
    if (kind === "level") this.lots.set(`${side} ${price}`, Number(qty));
  }
}

function sideOf(name: string): Side {
  return name.startsWith("bid") ? Side.buy : Side.sell;
}

test("without agents the book is the record after every frame, whatever trades come between", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: levelRow }, tradeRow), { maxLength: 120 }), (rows) => {
      const market = new RecordedMarket();
      const record = new Record();
      for (const row of rows) {
        market.play(row);
        record.play(row);
        if (!row.startsWith("level") || row.endsWith("&")) continue;
        for (const [level, expected] of record.lots) {
          expect(market.recordedLots(sideOf(level), Number(level.split(" ")[1])), level).toBe(expected);
        }
      }
      expect(market.flow.counts).toMatchObject({ refused: 0, cut: 0 });
      expect(market.flow.levels.levelCount).toBe([...record.lots.values()].filter((qty) => qty > 0).length);
    }),
    { numRuns: 200 },
  );
});

test("beside agents recorded orders never stand for more than the record, and just for that at the level of the row", () => {
  const steps = fc.oneof({ weight: 4, arbitrary: levelRow }, tradeRow, { weight: 2, arbitrary: agentOrder });
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 120 }), (all) => {
      const market = new RecordedMarket();
      const record = new Record();
      for (const next of all) {
        if (next.startsWith("agent")) {
          market.agent(next.slice("agent ".length));
          continue;
        }
        const agentsBefore = market.agentsLots;
        market.play(next);
        record.play(next);
        for (const [level, most] of record.lots) {
          const standing = market.recordedLots(sideOf(level), Number(level.split(" ")[1]));
          expect(standing, level).toBeLessThanOrEqual(most);
          // What is added may trade with an agent at once; else all of it stands.
          const isNamed = next.startsWith(`level ${level} `) && market.agentsLots === agentsBefore;
          if (isNamed) expect(standing, level).toBe(most);
        }
      }
    }),
    { numRuns: 200 },
  );
});

interface RecordedOrder {
  readonly level: string;
  lots: number;
}

/** An order-level recording that is true: it only names orders that are there. */
const orderEvents = fc.array(
  fc.record({ side: sideName, price: fc.integer({ min: 0, max: 3 }), lots, pick: fc.nat(), what: fc.nat(9) }),
  { maxLength: 150 },
);

function orderRow(
  event: { side: "bid" | "ask"; price: number; lots: number; pick: number; what: number },
  id: number,
  live: Map<number, RecordedOrder>,
): string {
  const { side, price, what } = event;
  const ids = [...live.keys()];
  if (what < 5 || ids.length === 0) {
    const level = `${side} ${side === "bid" ? 99 - price : 101 + price}`;
    live.set(id, { level, lots: event.lots });
    return `orderAdd #${id} ${level} ${event.lots}`;
  }
  const named = ids[event.pick % ids.length];
  const order = live.get(named) ?? { level: "", lots: 0 };
  const taken = what === 9 ? order.lots : Math.min(order.lots, event.lots);
  order.lots -= taken;
  if (order.lots === 0) live.delete(named);
  const kind = what <= 6 ? "orderExecute" : order.lots === 0 ? "orderDelete" : "orderReduce";
  return `${kind} #${named} ${order.level} ${taken}`;
}

test("without agents an order-level recording gives its own levels after every row, in whatever order it executes", () => {
  fc.assert(
    fc.property(orderEvents, (events) => {
      const market = new RecordedMarket();
      const live = new Map<number, RecordedOrder>();
      const seen = new Set<string>();
      for (const [index, event] of events.entries()) {
        // Takers reach the named order's level through better ones only where those are empty: one level a side.
        const row = orderRow({ ...event, price: 0 }, index + 1, live);
        market.play(row);
        seen.add(row.split(" ").slice(2, 4).join(" "));
        for (const level of seen) {
          const expected = [...live.values()]
            .filter((order) => order.level === level)
            .reduce((sum, order) => sum + order.lots, 0);
          expect(market.recordedLots(sideOf(level), Number(level.split(" ")[1])), row).toBe(expected);
        }
      }
      expect(market.flow.counts).toMatchObject({ unexplained: 0, refused: 0 });
    }),
    { numRuns: 200 },
  );
});

test("beside agents no level stands for more than its recorded orders have left", () => {
  const steps = fc.tuple(orderEvents, fc.array(agentOrder, { minLength: 1, maxLength: 60 }));
  fc.assert(
    fc.property(steps, ([events, orders]) => {
      const market = new RecordedMarket();
      const live = new Map<number, RecordedOrder>();
      const seen = new Set<string>();
      for (const [index, event] of events.entries()) {
        if (index % 3 === 1) market.agent(orders[index % orders.length].slice("agent ".length));
        const row = orderRow(event, index + 1, live);
        market.play(row);
        seen.add(row.split(" ").slice(2, 4).join(" "));
        for (const level of seen) {
          const most = [...live.values()]
            .filter((order) => order.level === level)
            .reduce((sum, order) => sum + order.lots, 0);
          const standing = market.recordedLots(sideOf(level), Number(level.split(" ")[1]));
          expect(standing, `${level} after ${row}`).toBeLessThanOrEqual(most);
        }
      }
    }),
    { numRuns: 200 },
  );
});
