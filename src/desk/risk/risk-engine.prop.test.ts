import fc from "fast-check";
import { expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import { intentOf, riskStage } from "../../testing/desk/risk-stage.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { LimitName } from "./limits.ts";
import type { ScopeKind } from "./scope-kind.ts";

/** Mid of every market in half ticks, which stays as it is: what limits promise, they promise at one price. */
const MID_HALF_TICKS = 200;
const LIMITS: readonly (readonly [ScopeKind, string, LimitName, number])[] = [
  ["agent", "ann", "positionLotsMax", 25],
  ["agent", "ben", "grossExposureMax", 20_000],
  ["strategy", "makers", "positionLotsMax", 40],
  ["strategy", "makers", "netExposureMax", 18_000],
  ["venue", "ALPHA", "grossExposureMax", 30_000],
  ["instrument", "BTC-USD", "positionLotsMax", 50],
  ["portfolio", "portfolio", "netExposureMax", 25_000],
  ["portfolio", "portfolio", "positionsMax", 2],
];
const CREDIT_UNITS = 40_000;

/** An order as the model follows it: what an outsider knows who sees decisions, fills and ends. */
interface Order {
  readonly number: number;
  readonly agent: number;
  readonly market: number;
  readonly side: Side;
  readonly priceTicks: number;
  leavesLots: number;
}

/** Agents emit any intent at all, sensible ones among them; venues fill, end and end again in any order. */
const weird = fc.oneof(fc.constantFrom(Number.NaN, Infinity, -1, 0, 0.5, 2 ** 31), fc.integer());
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("intent" as const),
      agent: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, { weight: 1, arbitrary: weird }),
      market: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 2 }) }, { weight: 1, arbitrary: weird }),
      side: fc.constantFrom(Side.buy, Side.sell),
      qtyLots: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) }, { weight: 1, arbitrary: weird }),
      limitTicks: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 90, max: 110 }) },
        { weight: 1, arbitrary: weird },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("fill" as const),
      which: fc.nat(),
      lots: fc.integer({ min: 1, max: 30 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("done" as const), which: fc.nat() }) },
);

test("what is held and what may still come never pass a limit, whatever agents want and venues do", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
      const { desk, engine } = riskStage(LIMITS);
      for (const venue of [0, 1]) for (const asset of [0, 1, 2]) desk.funds.setCredit(venue, asset, CREDIT_UNITS);
      const working: Order[] = [];
      const held = new Map<string, number>();
      for (const each of steps) {
        if (each.kind === "intent") {
          const { kind: _, ...wanted } = each;
          const decision = engine.decide(intentOf(wanted), 0);
          if (decision.kind === "allowed") {
            expect(decision.lots).toBeLessThanOrEqual(wanted.qtyLots);
            const { agent, market, side } = wanted;
            const priceTicks = wanted.limitTicks ?? (side === Side.buy ? 107 : 94);
            working.push({ number: decision.order, agent, market, side, priceTicks, leavesLots: decision.lots });
          }
        } else if (working.length > 0) {
          const order = working[each.which % working.length];
          if (each.kind === "fill") {
            const lots = Math.min(each.lots, order.leavesLots);
            engine.onFill(order.number, order.agent, order.market, order.side, lots);
            const key = `${order.agent} ${order.market}`;
            held.set(key, (held.get(key) ?? 0) + (order.side === Side.buy ? lots : 0 - lots));
            order.leavesLots -= lots;
          } else {
            engine.onDone(order.number);
            engine.onDone(order.number);
            order.leavesLots = 0;
          }
          if (order.leavesLots === 0) working.splice(working.indexOf(order), 1);
        }
        expectWithinLimits(desk, working, held);
        expect(engine.reservations.count).toBe(working.length);
      }
      for (const order of working) engine.onDone(order.number);
      for (const venue of [0, 1]) for (const asset of [0, 1, 2]) expect(desk.funds.reserved(venue, asset)).toBe(0);
    }),
    { numRuns: 300 },
  );
});

/** Counts everything anew from the orders and fills alone, order by order. */
function expectWithinLimits(desk: RiskDesk, working: readonly Order[], held: ReadonlyMap<string, number>): void {
  for (const [scope, name, limit, value] of LIMITS) {
    const isInScope = (agent: number, market: number): boolean => {
      const { venue, listed } = desk.listing.markets[market];
      if (scope === "agent") return desk.roster.agents[agent] === name;
      if (scope === "strategy") return desk.roster.strategies[desk.roster.strategyOf[agent]] === name;
      if (scope === "venue") return desk.listing.venues[venue] === name;
      if (scope === "instrument") return listed.instrument.symbol === name;
      return true;
    };
    let gross = 0;
    let netLong = 0;
    let netShort = 0;
    let open = 0;
    for (const { number: market, listed } of desk.listing.markets) {
      const ofLot = (MID_HALF_TICKS / 2) * listed.tickLotUnits;
      let position = 0;
      for (const [key, lots] of held) {
        const [agent, where] = key.split(" ").map(Number);
        if (where === market && isInScope(agent, market)) position += lots;
      }
      const mine = working.filter((order) => order.market === market && isInScope(order.agent, market));
      const sum = (side: Side): number =>
        mine.filter((order) => order.side === side).reduce((lots, order) => lots + order.leavesLots, 0);
      if (scope === "agent") {
        const row = desk.roster.agents.indexOf(name);
        expect(desk.exposure.worst(row, market, Side.buy)).toBe(position + sum(Side.buy));
        expect(desk.exposure.worst(row, market, Side.sell)).toBe(sum(Side.sell) - position);
      }
      const long = position + sum(Side.buy);
      const short = sum(Side.sell) - position;
      if (limit === "positionLotsMax") expect(Math.max(long, short)).toBeLessThanOrEqual(value);
      gross += Math.max(long, short) * ofLot;
      netLong += long * ofLot;
      netShort += short * ofLot;
      if (Math.max(long, short) > 0) open++;
    }
    if (limit === "grossExposureMax") expect(gross).toBeLessThanOrEqual(value);
    if (limit === "netExposureMax") expect(Math.max(netLong, netShort)).toBeLessThanOrEqual(value);
    if (limit === "positionsMax") expect(open).toBeLessThanOrEqual(value);
  }
  for (const venue of desk.listing.venues.keys()) {
    for (const asset of desk.listing.assets.assets.keys()) {
      expect(desk.funds.free(venue, asset)).toBeGreaterThanOrEqual(0);
    }
  }
}
