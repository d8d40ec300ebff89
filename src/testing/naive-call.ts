import { drawLot } from "../market/book/auction-fills.ts";
import type { Clearing } from "../market/book/clearing-price.ts";
import type { PhaseChange } from "../market/book/report-writer.ts";
import { INITIAL_PHASE } from "../market/book/report-writer.ts";
import { TimeInForce, timeInForceOf } from "../model/order-flags.ts";
import { TradingPhase } from "../model/phase.ts";
import { Reason } from "../model/reason.ts";
import { Side } from "../model/side.ts";
import type { NaiveMatching } from "./naive-matching.ts";
import type { NaiveOrder } from "./naive-order.ts";
import { isHidden, isReduceOnly, reaches } from "./naive-order.ts";
import type { NaiveQueues } from "./naive-queues.ts";
import type { NaiveReports } from "./naive-reports.ts";

/** What an order trades at the end of a call. */
interface NaiveFill {
  readonly order: NaiveOrder;
  lots: number;
}

/** The phases and calls of a naive book, written from docs/auctions.md. */
export class NaiveCall {
  phase: TradingPhase = TradingPhase.continuous;
  isOpen = false;
  change: PhaseChange = INITIAL_PHASE;
  #auctions = 0;
  readonly #queues: NaiveQueues;
  readonly #reports: NaiveReports;
  readonly #matching: NaiveMatching;

  constructor(queues: NaiveQueues, reports: NaiveReports, matching: NaiveMatching) {
    this.#queues = queues;
    this.#reports = reports;
    this.#matching = matching;
  }

  /** Lets an order wait, unseen, for the end of the call. */
  hold(order: NaiveOrder): void {
    order.isHeld = true;
    this.#queues.rest(order);
  }

  indication(): Clearing {
    const [bids, asks] = this.#queues.resting;
    const nothing = { priceTicks: 0, volumeLots: 0, surplusLots: 0 };
    return this.isOpen ? bestClearing(bids, asks, this.#matching.referenceTicks()) : nothing;
  }

  enter(phase: TradingPhase, why: { readonly reason: number; readonly untilNs: number }): void {
    const previous = this.phase;
    const pauses = phase === TradingPhase.halted;
    const resumes = previous === TradingPhase.halted && phase === TradingPhase.auction;
    const ends = this.isOpen && !pauses && !resumes;
    const result = this.indication();
    if (ends) this.#auctions++;
    this.change = {
      phase,
      previous,
      ...(ends ? result : { priceTicks: 0, volumeLots: 0, surplusLots: 0 }),
      ...why,
      auctions: this.#auctions,
    };
    this.#reports.phaseChanged(this.change);
    if (ends) {
      this.#trade(result);
      this.isOpen = false;
      this.#release();
    }
    this.phase = phase;
    if (phase === TradingPhase.auction && !this.isOpen) {
      this.isOpen = true;
      for (const order of this.#queues.resting.flat().filter(isReduceOnly)) {
        this.#queues.takeOut(order);
        this.#reports.canceled(order, order.leavesLots, Reason.notInAuction);
      }
    }
    this.#queues.phaseEntered(phase);
  }

  #trade({ priceTicks, volumeLots }: Clearing): void {
    if (volumeLots === 0) return;
    const [buys, sells] = this.#queues.resting.map((orders) => this.#fillsOf(orders, volumeLots));
    this.#matching.lastPriceTicks = priceTicks;
    while (buys.length > 0) {
      const [buy, sell] = [buys[0], sells[0]];
      const qtyLots = Math.min(buy.lots, sell.lots);
      this.#matching.tradeInAuction(buy.order, sell.order, { priceTicks, qtyLots });
      for (const fills of [buys, sells]) {
        fills[0].lots -= qtyLots;
        if (fills[0].lots > 0) continue;
        const { order } = fills[0];
        if (order.leavesLots === 0) this.#queues.takeOut(order);
        else this.#queues.shrink(order);
        fills.shift();
      }
    }
  }

  /** What each of a side's orders trades, in order of execution. */
  #fillsOf(orders: readonly NaiveOrder[], volumeLots: number): NaiveFill[] {
    const fills: NaiveFill[] = [];
    let open = volumeLots;
    const prices = [...new Set(orders.map(({ priceTicks }) => priceTicks))];
    for (const price of prices) {
      const level = orders.filter(({ priceTicks }) => priceTicks === price);
      const leaves = level.reduce((sum, { leavesLots }) => sum + leavesLots, 0);
      const shared = this.#matching.rules.allocation === "proRata" ? shareProRata : shareByTime;
      fills.push(...shared(level, Math.min(open, leaves), this.#auctions));
      open -= Math.min(open, leaves);
    }
    return fills.filter(({ lots }) => lots > 0);
  }

  #release(): void {
    const held = this.#queues.live().filter((order) => order.isHeld);
    for (const order of held.sort((a, b) => a.arrival - b.arrival)) {
      if (timeInForceOf(order.flags) === TimeInForce.IOC) {
        this.#queues.takeOut(order);
        this.#reports.canceled(order, order.leavesLots, Reason.auctionRemainder);
      } else if (isHidden(order)) {
        order.isHeld = false;
      } else {
        this.#queues.takeOut(order);
        order.isHeld = false;
        this.#queues.rest(order);
      }
    }
  }
}

/**
 * Tries every price at which anything can change: most volume, then least surplus; of those that are left, which are
 * neighbours, the nearest to the reference, or the middle one.
 */
export function bestClearing(
  bids: readonly NaiveOrder[],
  asks: readonly NaiveOrder[],
  referenceTicks: number,
): Clearing {
  const prices = [...bids, ...asks].flatMap(({ priceTicks }) => [priceTicks - 1, priceTicks, priceTicks + 1]);
  const lotsAt = (orders: readonly NaiveOrder[], side: Side, price: number): number =>
    orders.reduce((sum, order) => (reaches(side, order.priceTicks, price) ? sum + order.leavesLots : sum), 0);
  const outcomes = prices.map((priceTicks) => {
    const [demand, supply] = [lotsAt(bids, Side.buy, priceTicks), lotsAt(asks, Side.sell, priceTicks)];
    return { priceTicks, volumeLots: Math.min(demand, supply), surplusLots: demand - supply };
  });
  const volumeLots = Math.max(0, ...outcomes.map((outcome) => outcome.volumeLots));
  if (volumeLots === 0) return { priceTicks: 0, volumeLots: 0, surplusLots: 0 };
  const most = outcomes.filter((outcome) => outcome.volumeLots === volumeLots);
  const least = Math.min(...most.map(({ surplusLots }) => Math.abs(surplusLots)));
  const best = most.filter(({ surplusLots }) => Math.abs(surplusLots) === least).map(({ priceTicks }) => priceTicks);
  const [low, high] = [Math.min(...best), Math.max(...best)];
  const wanted = referenceTicks > 0 ? referenceTicks : Math.floor((low + high) / 2);
  const priceTicks = Math.max(low, Math.min(high, wanted));
  const surplusLots = lotsAt(bids, Side.buy, priceTicks) - lotsAt(asks, Side.sell, priceTicks);
  return { priceTicks, volumeLots, surplusLots };
}

function shareByTime(level: readonly NaiveOrder[], lots: number): NaiveFill[] {
  let open = lots;
  return level.map((order) => {
    const own = Math.min(open, order.leavesLots);
    open -= own;
    return { order, lots: own };
  });
}

function shareProRata(level: readonly NaiveOrder[], lots: number, auction: number): NaiveFill[] {
  const whole = BigInt(level.reduce((sum, { leavesLots }) => sum + leavesLots, 0));
  const shares = level
    .map((order) => {
      const product = BigInt(order.leavesLots) * BigInt(lots);
      return { order, lots: Number(product / whole), remainder: product % whole };
    })
    .sort((a, b) => a.order.owner - b.order.owner || a.order.orderId - b.order.orderId);
  const lot = ({ order }: NaiveFill): number => drawLot(order.owner, order.orderId, auction);
  const ranked = shares.toSorted((a, b) => {
    if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
    return b.order.leavesLots - a.order.leavesLots || lot(a) - lot(b);
  });
  const dealt = shares.reduce((sum, share) => sum + share.lots, 0);
  for (const share of ranked.slice(0, lots - dealt)) share.lots++;
  return shares;
}
