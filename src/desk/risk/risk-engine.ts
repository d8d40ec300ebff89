import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import type { Intent } from "../intent.ts";
import { RISK_CHECKS } from "./checks.ts";
import type { DeniedReason } from "./denied-reason.ts";
import type { Giving } from "./given.ts";
import { assetGiven, unitsGivenForLot } from "./given.ts";
import type { Reference } from "./reference.ts";
import type { Finding, RiskCheck, RiskRequest } from "./request.ts";
import { Reservations } from "./reservations.ts";
import type { RiskDesk } from "./risk-desk.ts";

/** What is decided about an intent. It is valid until the next decision. */
export type RiskDecision =
  | {
      readonly kind: "allowed";
      /** The desk's number of the order, for which everything it could cost is set aside now. */
      readonly order: number;
      /** As much as was wanted, or less. */
      readonly lots: Lots;
      /** The worst price that was reckoned with. */
      readonly priceTicks: Ticks;
      /** Which check took the most away last; undefined where the order is as it was wanted. */
      readonly clampedBy: DeniedReason | undefined;
      readonly finding: Readonly<Finding>;
    }
  | { readonly kind: "denied"; readonly reason: DeniedReason; readonly finding: Readonly<Finding> };

/** An order that an earlier life of the desk has let through. */
export interface EarlierOrder {
  readonly number: number;
  readonly agent: number;
  readonly intent: number;
  readonly market: number;
  readonly side: Side;
  /** The worst price that was reckoned with. */
  readonly priceTicks: Ticks;
  readonly leavesLots: Lots;
}

/** A market order may trade this far from the touch before the venue's own limits end it. */
const MARKET_REACH_MILLIONTHS = 50_000;

/**
 * Looks at intents before they become orders: allows them, makes them smaller, or denies them, and sets aside what an
 * allowed one could cost before it leaves. Reservations end with the order, so the sum of what is held and what may
 * still come never passes a limit, whatever the venues do in which order.
 */
export class RiskEngine {
  readonly desk: RiskDesk;
  readonly reservations: Reservations;
  readonly #checks: readonly RiskCheck[];
  readonly #finding: Finding = { scope: undefined, limit: 0, found: 0 };
  readonly #request: RiskRequest;
  #nextOrder: number;

  /** @param nextOrder the number of the next order: numbers of earlier lives of the desk are not used again */
  constructor(
    desk: RiskDesk,
    { checks = RISK_CHECKS, nextOrder = 1 }: { checks?: readonly RiskCheck[]; nextOrder?: number } = {},
  ) {
    this.desk = desk;
    this.reservations = new Reservations(desk);
    this.#checks = checks;
    this.#nextOrder = nextOrder;
    this.#request = emptyRequest(desk, this.#finding);
  }

  decide(intent: Intent, nowNs: Nanos): RiskDecision {
    if (!this.#isOfDesk(intent)) return { kind: "denied", reason: "invalidIntent", finding: this.#finding };
    const request = this.#fill(intent, nowNs);
    let clampedBy: DeniedReason | undefined;
    for (const check of this.#checks) {
      // Once more after each cut, because a check looks no further than the first limit that it meets.
      for (let lots = check.lotsAllowed(request, this.desk); lots !== request.lots;) {
        // Said so that what is no number is denied too.
        const isEnough = lots >= request.market.listed.instrument.qtyLotsMin && intent.allOrNothing !== true;
        if (!isEnough) return this.#deny(intent, check.reason);
        request.lots = lots;
        clampedBy = check.reason;
        lots = check.lotsAllowed(request, this.desk);
      }
    }
    if (this.reservations.isFull) return this.#deny(intent, "tooManyWorking");
    return {
      kind: "allowed",
      order: this.#reserve(request),
      lots: request.lots,
      priceTicks: request.priceTicks,
      clampedBy,
      finding: this.#finding,
    };
  }

  /** A number for the next intent of an agent. */
  nextIntent(agent: number): number {
    return this.desk.lastIntents[agent] + 1;
  }

  /** A fill of an order was booked. */
  onFill(order: number, agent: number, market: number, side: Side, lots: Lots): void {
    this.desk.exposure.hold(agent, market, side === Side.buy ? lots : 0 - lots);
    this.reservations.reduce(order, lots);
  }

  /** An order has reached its final state: nothing of it can be filled any more. */
  onDone(order: number): void {
    this.reservations.close(order);
  }

  /** Agents may say anything: what names no agent, market or side of the desk finds no limits to be held against. */
  #isOfDesk({ agent, market, side, qtyLots }: Intent): boolean {
    const { roster, listing } = this.desk;
    const isSide = side === Side.buy || side === Side.sell;
    return isSide && agent in roster.agents && market in listing.markets && qtyLots >= 1;
  }

  /** Sets aside again what an order of an earlier life may still cost. */
  resume(order: EarlierOrder): void {
    this.#nextOrder = Math.max(this.#nextOrder, order.number + 1);
    this.#remember(order.agent, order.intent);
    const giving = { market: this.desk.listing.markets[order.market], side: order.side, priceTicks: order.priceTicks };
    this.#setAside({ order: order.number, agent: order.agent, lots: order.leavesLots, giving });
  }

  #deny({ agent, number }: Intent, reason: DeniedReason): RiskDecision {
    this.#remember(agent, number);
    return { kind: "denied", reason, finding: this.#finding };
  }

  #remember(agent: number, number: number): void {
    const { lastIntents } = this.desk;
    lastIntents[agent] = Math.max(lastIntents[agent], number);
  }

  #reserve(request: RiskRequest): number {
    const { intent, scopes, nowNs, lots } = request;
    const order = this.#nextOrder++;
    this.#remember(intent.agent, intent.number);
    for (const { number, limits } of scopes) {
      if (limits.ordersPerSecondMax !== undefined) this.desk.rates.count(number, limits.ordersPerSecondMax, nowNs);
    }
    this.#setAside({ order, agent: intent.agent, lots, giving: request });
    return order;
  }

  #setAside({ order, agent, lots, giving }: { order: number; agent: number; lots: Lots; giving: Giving }): void {
    const { market, side, priceTicks } = giving;
    this.reservations.add(order, {
      agent,
      venue: market.venue,
      market: market.number,
      side,
      priceTicks,
      asset: assetGiven(giving),
      unitsOfLot: unitsGivenForLot(giving),
      leavesLots: lots,
    });
  }

  #fill(intent: Intent, nowNs: Nanos): RiskRequest {
    const { desk } = this;
    const request = this.#request;
    request.intent = intent;
    request.side = intent.side;
    request.nowNs = nowNs;
    request.market = desk.listing.markets[intent.market];
    request.scopes = desk.scopes.of(intent.market, intent.agent);
    request.reference = desk.references[intent.market];
    request.lots = intent.qtyLots;
    request.priceTicks = intent.limitTicks ?? marketReach(intent.side, request.reference);
    request.unitsOfLot = desk.valuation.unitsOfLot(request.market, request.priceTicks);
    this.#finding.scope = undefined;
    this.#finding.limit = 0;
    this.#finding.found = 0;
    return request;
  }
}

/** How far a market order may trade; 0 where nothing is known of the side that it would meet. */
function marketReach(side: Side, { bidTicks, askTicks }: Reference): Ticks {
  if (side === Side.sell)
    return bidTicks === 0 ? 0 : Math.max(1, Math.floor(bidTicks * (1 - MARKET_REACH_MILLIONTHS / 1e6)));
  return askTicks === 0 ? 0 : Math.ceil(askTicks * (1 + MARKET_REACH_MILLIONTHS / 1e6));
}

/** Every field is written before it is read. */
function emptyRequest({ listing, references }: RiskDesk, finding: Finding): RiskRequest {
  return {
    intent: {
      number: 0,
      agent: 0,
      market: 0,
      side: Side.buy,
      qtyLots: 0,
      limitTicks: undefined,
      madeNs: 0,
      expiresNs: 0,
      basis: { sequence: 0, midHalfTicks: 0 },
    },
    side: Side.buy,
    nowNs: 0,
    market: listing.markets[0],
    scopes: [],
    reference: references[0],
    lots: 0,
    priceTicks: 0,
    unitsOfLot: 0,
    finding,
  };
}
