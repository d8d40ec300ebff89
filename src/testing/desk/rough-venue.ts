import type { RandomStream } from "../../core/random.ts";
import type { Lots, Nanos } from "../../core/units.ts";
import type { VenueAccount } from "../../desk/venue-account.ts";
import type { VenueFill } from "../../desk/venue-fill.ts";
import type { OutgoingOrder, VenueEvent, VenuePort } from "../../desk/venue-port.ts";
import { Side } from "../../model/side.ts";
import type { EventLine } from "./event-line.ts";

export interface RoughVenueOptions {
  readonly venue: number;
  readonly line: EventLine;
  readonly random: RandomStream;
  /** The longest that any message is on its way. */
  readonly delayNsMax: Nanos;
  readonly tell: (venue: number, event: VenueEvent) => void;
}

interface RestingOrder {
  readonly order: OutgoingOrder;
  filledLots: Lots;
  isDone: boolean;
}

/**
 * A venue behind a bad line: messages to and from it are late, overtake one another, come twice, and get lost, as long as
 * it is `isRough`. It refuses orders at times, fills them at any price, and knows the truth about all of them.
 */
export class RoughVenue implements VenuePort {
  readonly orders = new Map<string, RestingOrder>();
  readonly fills: VenueFill[] = [];
  /** Everything that was ever handed over to be sent there. */
  readonly submitted: OutgoingOrder[] = [];
  isRough = true;
  readonly #options: RoughVenueOptions;
  readonly #refused = new Set<string>();

  constructor(options: RoughVenueOptions) {
    this.#options = options;
  }

  submit(order: OutgoingOrder): void {
    this.submitted.push(order);
    this.#carry(() => this.#receive(order));
  }

  cancel(_market: number, clientOrderId: string): void {
    this.#carry(() => {
      const resting = this.orders.get(clientOrderId);
      if (resting === undefined || resting.isDone) this.#tell({ kind: "cancelRejected", clientOrderId });
      else this.#end(resting, "canceled");
    });
  }

  query(_market: number, clientOrderId: string, query: number): void {
    this.#carry(() => {
      const resting = this.orders.get(clientOrderId);
      const status = resting === undefined ? "notFound" : resting.isDone ? "done" : "working";
      this.#tell({ kind: "status", clientOrderId, query, status, filledLots: resting?.filledLots ?? 0 });
    });
  }

  cancelAll(): void {
    this.#carry(() => {
      for (const resting of this.orders.values()) if (!resting.isDone) this.#end(resting, "canceled");
    });
  }

  requestAccount(fillsSinceNs: Nanos): void {
    this.#carry(() => this.#tell({ kind: "account", account: this.account(fillsSinceNs) }));
  }

  /** Fills a part of a resting order, if there is one. */
  fillSome(): void {
    const { random, line } = this.#options;
    const resting = [...this.orders.values()].filter(({ isDone }) => !isDone);
    if (resting.length === 0) return;
    const chosen = resting[below(random, resting.length)];
    const { market, clientOrderId, side, qtyLots } = chosen.order;
    const lots = 1 + below(random, qtyLots - chosen.filledLots);
    chosen.filledLots += lots;
    if (chosen.filledLots === qtyLots) chosen.isDone = true;
    const fill: VenueFill = {
      market,
      fillId: `fill-${this.fills.length}`,
      clientOrderId,
      side,
      priceTicks: 90 + below(random, 20),
      qtyLots: lots,
      feeUnits: 0,
      feeAsset: 1,
      liquidity: "maker",
      venueTimeNs: line.nowNs,
    };
    this.fills.push(fill);
    this.#tell({ kind: "filled", clientOrderId, fill });
  }

  /** The truth. */
  account(fillsSinceNs = -Infinity): VenueAccount {
    const { venue, line } = this.#options;
    const orders = [...this.orders.values()].filter(({ isDone }) => !isDone);
    const lots = new Map<number, number>();
    for (const { market, side, qtyLots } of this.fills) {
      lots.set(market, (lots.get(market) ?? 0) + (side === Side.buy ? qtyLots : 0 - qtyLots));
    }
    return {
      venue,
      asOfNs: line.nowNs,
      fillsSinceNs,
      orders: orders.map(({ order, filledLots }) => ({ ...order, priceTicks: order.limitTicks ?? 0, filledLots })),
      fills: this.fills.filter(({ venueTimeNs }) => venueTimeNs >= fillsSinceNs),
      positions: [...lots].map(([market, held]) => ({ market, lots: held, markTicks: 100 })),
      balances: undefined,
    };
  }

  #receive(order: OutgoingOrder): void {
    const { random } = this.#options;
    const { clientOrderId } = order;
    // A message that the line has doubled: the venue has this order already, or has refused it for good.
    if (this.orders.has(clientOrderId) || this.#refused.has(clientOrderId)) return;
    if (this.isRough && below(random, 5) === 0) {
      this.#refused.add(clientOrderId);
      const refusal = { reason: "busy", isRetryable: below(random, 3) > 0 };
      this.#tell({ kind: "rejected", clientOrderId, refusal });
      return;
    }
    this.orders.set(clientOrderId, { order, filledLots: 0, isDone: false });
    this.#tell({ kind: "accepted", clientOrderId });
  }

  #end(resting: RestingOrder, kind: "canceled" | "expired"): void {
    resting.isDone = true;
    this.#tell({ kind, clientOrderId: resting.order.clientOrderId });
  }

  #tell(event: VenueEvent): void {
    this.#carry(() => this.#options.tell(this.#options.venue, event));
  }

  /** Over the line: late, twice, or not at all. */
  #carry(arrive: () => void): void {
    const { line, random, delayNsMax } = this.#options;
    const times = this.isRough ? [1, 1, 1, 2, 0][below(random, 5)] : 1;
    for (let time = 0; time < times; time++) line.plan(below(random, delayNsMax), arrive);
  }
}

function below(random: RandomStream, end: number): number {
  return random.integer(0, end - 1);
}
