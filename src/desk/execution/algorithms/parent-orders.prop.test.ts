import fc from "fast-check";
import { expect, test } from "vitest";

import { RandomStream } from "../../../core/random.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import { Side } from "../../../model/side.ts";
import { EventLine } from "../../../testing/desk/event-line.ts";
import { ParentOrders } from "./parent-orders.ts";
import type { ExecutionReport } from "./shortfall.ts";

const DURATION_NS = 60 * NS_PER_SECOND;
const algorithm = fc.oneof(
  fc.record({ kind: fc.constant("twap" as const), slices: fc.integer({ min: 1, max: 30 }) }),
  fc.record({
    kind: fc.constant("shortfall" as const),
    slices: fc.integer({ min: 1, max: 30 }),
    urgency: fc.nat({ max: 9 }),
  }),
  fc.record({
    kind: fc.constant("iceberg" as const),
    slices: fc.integer({ min: 1, max: 30 }),
    displayLots: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({
    kind: fc.constant("pov" as const),
    slices: fc.integer({ min: 1, max: 30 }),
    share: fc.constantFrom(0.01, 0.2, 1),
  }),
);

/** A market that fills, denies and cancels as it likes, each of it later than it was asked for. */
class Market {
  readonly line = new EventLine();
  readonly reports: ExecutionReport[] = [];
  readonly parents: ParentOrders;
  readonly #random: RandomStream;
  readonly #ordered: number;
  /** By order: what may still be filled. */
  readonly #working = new Map<number, number>();
  filled = 0;
  sentMax = 0;
  #orders = 0;
  #denied = 0;

  constructor(seed: number, ordered: number) {
    this.#random = RandomStream.named(seed, "market", "fills");
    this.#ordered = ordered;
    this.parents = new ParentOrders({
      view: () => ({
        nowNs: this.line.nowNs,
        bidTicks: 99,
        askTicks: 101,
        volumeLots: Math.floor(this.line.nowNs / 1e7),
      }),
      send: (plan, child) => this.#send(child.qtyLots, child.style, plan.side),
      cancel: (order) => this.line.plan(this.#delay(), () => this.#end(order)),
      after: (delayNs, run) => this.line.plan(delayNs, run),
      cancelTimer: (timer) => this.line.callOff(timer),
      onDone: (_parent, _plan, report) => this.reports.push(report),
    });
  }

  #send(lots: number, style: string, side: Side): { order: number; lots: number } | undefined {
    expect(side).toBe(Side.buy);
    if (this.#random.chance(0.2) && this.#denied++ < 20) return undefined;
    const order = ++this.#orders;
    const allowed = this.#random.integer(1, lots);
    this.#working.set(order, allowed);
    const atRisk = this.filled + [...this.#working.values()].reduce((sum, left) => sum + left, 0);
    this.sentMax = Math.max(this.sentMax, atRisk);
    expect(atRisk).toBeLessThanOrEqual(this.#ordered);
    for (let part = 0; part < 3; part++) this.line.plan(this.#delay(), () => this.#fill(order));
    if (style === "take") this.line.plan(this.#delay(), () => this.#end(order));
    return { order, lots: allowed };
  }

  #fill(order: number): void {
    const left = this.#working.get(order) ?? 0;
    if (left === 0) return;
    const lots = this.#random.integer(1, left);
    this.filled += lots;
    this.#working.set(order, left - lots);
    this.parents.onFill(order, lots, this.#random.integer(98, 102));
    if (left === lots) this.#end(order);
  }

  #end(order: number): void {
    if (!this.#working.delete(order)) return;
    this.parents.onChildDone(order);
  }

  #delay(): number {
    return this.#random.integer(1, 2 * NS_PER_SECOND);
  }
}

test("whatever a market does, parts never pass the order, all fills count, and every order ends", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      algorithm,
      fc.integer({ min: 1, max: 500 }),
      fc.nat({ max: 80 }),
      (seed, drawn, lots, cancelAt) => {
        const market = new Market(seed, lots);
        const plan = { agent: 1, market: 0, side: Side.buy, qtyLots: lots, limitTicks: undefined } as const;
        const number = market.parents.start({ ...plan, algorithm: { ...drawn, durationNs: DURATION_NS } });
        market.line.runUntil(cancelAt * NS_PER_SECOND);
        if (cancelAt < 60) market.parents.cancel(number ?? 0);
        market.line.runUntil(3 * DURATION_NS);
        expect(market.reports).toHaveLength(1);
        expect(market.reports[0]).toMatchObject({ orderedLots: lots, filledLots: market.filled, arrivalTicks: 100 });
        expect(market.parents.find(number ?? 0)).toBeUndefined();
      },
    ),
    { numRuns: 200 },
  );
});

test("with time and a willing market, a schedule is filled whole", () => {
  for (let seed = 0; seed < 20; seed++) {
    const market = new Market(seed, 100);
    const schedule = { kind: "twap", durationNs: 600 * NS_PER_SECOND, slices: 60 } as const;
    market.parents.start({
      agent: 1,
      market: 0,
      side: Side.buy,
      qtyLots: 100,
      limitTicks: undefined,
      algorithm: schedule,
    });
    market.line.runUntil(620 * NS_PER_SECOND);
    expect(market.reports[0].filledLots).toBeGreaterThan(90);
  }
});
