import type { Nanos } from "../core/units.ts";
import type { TimerHandle } from "../kernel/actor.ts";
import { TimeInForce } from "../model/order-flags.ts";
import { Execution } from "./execution/execution.ts";
import type { ExecutionEntry } from "./execution/execution-entry.ts";
import type { ExecutionAlarm, ExecutionHost } from "./execution/execution-host.ts";
import type { ExecutionPolicy } from "./execution/execution-policy.ts";
import type { OrderRecord } from "./execution/order-record.ts";
import type { OrderStatus } from "./execution/order-status.ts";
import type { RateLimit } from "./execution/send-budget.ts";
import { clientOrderIdOf } from "./execution/client-order-id.ts";
import type { Intent } from "./intent.ts";
import type { Mismatch, ReconciliationPolicy } from "./portfolio/mismatch.ts";
import type { FillOutcome, Portfolio } from "./portfolio/portfolio.ts";
import { HOUSE } from "./portfolio/portfolio.ts";
import type { Reconciliation } from "./portfolio/reconcile.ts";
import { reconcile } from "./portfolio/reconcile.ts";
import type { DeniedReason } from "./risk/denied-reason.ts";
import type { Finding } from "./risk/request.ts";
import type { RiskEngine } from "./risk/risk-engine.ts";
import type { VenueAccount } from "./venue-account.ts";
import type { VenueFill } from "./venue-fill.ts";
import type { VenueEvent, VenuePort } from "./venue-port.ts";

/** What the path of orders needs of whoever runs the desk. */
export interface OrderPathHost {
  readonly nowNs: Nanos;
  /** Appends to the journal. @returns the entry's number, for `onDurable` */
  write(entry: ExecutionEntry): number;
  setTimer(delayNs: Nanos, tag: number): TimerHandle;
  cancelTimer(timer: TimerHandle): void;
  onFill(fill: VenueFill, order: OrderRecord | undefined, outcome: FillOutcome): void;
  onAccepted(order: OrderRecord): void;
  onFinal(order: OrderRecord): void;
  onReconciled(reconciliation: Reconciliation): void;
  alarm(alarm: ExecutionAlarm): void;
}

export interface OrderPathOptions {
  /** The desk's name in client order ids. */
  readonly name: string;
  readonly risk: RiskEngine;
  readonly portfolio: Portfolio;
  /** By venue. */
  readonly ports: readonly VenuePort[];
  readonly rateLimits: readonly (readonly RateLimit[])[];
  readonly executionPolicy: ExecutionPolicy;
  readonly reconciliationPolicy: ReconciliationPolicy;
  readonly host: OrderPathHost;
}

/** What became of an intent at once. */
export type IntentOutcome =
  | { readonly kind: "placed"; readonly order: OrderRecord; readonly clampedBy: DeniedReason | undefined }
  | { readonly kind: "denied"; readonly reason: DeniedReason; readonly finding: Readonly<Finding> };

/** What an account holds when a desk first sees it is what the desk begins with. */
const OPENING_POLICY = { positionDiffers: "venueWins", balanceDiffers: "venueWins" } as const;

type TakenEntry = Extract<ExecutionEntry, { kind: "positionTaken" | "balanceTaken" }>;
type StepEntry = Exclude<ExecutionEntry, TakenEntry | { kind: "orderPlaced" }>;

/** What the journal says of an order of an earlier life. */
interface EarlierOrder extends Pick<OrderRecord, "plan" | "attempt" | "filledLots" | "isUnwanted"> {
  /** Its final state; undefined where it may still be working. */
  status: OrderStatus | undefined;
}

/**
 * The one way from an intent to money: risk, execution and portfolio, joined. What leaves the desk has passed the risk
 * stage, is in the journal, and is known to the portfolio, in this order.
 */
export class OrderPath {
  readonly risk: RiskEngine;
  readonly portfolio: Portfolio;
  readonly execution: Execution;
  readonly #options: OrderPathOptions;
  /** Orders that are done and of which fills may still be told, oldest first. */
  readonly #done: OrderRecord[] = [];
  /** By venue: whether what its account began with has been taken over. */
  readonly #isOpen: boolean[];
  /** By venue: of which moment the youngest account tells that has come. */
  readonly #accountsNs: Nanos[];

  constructor(options: OrderPathOptions) {
    this.#options = options;
    this.risk = options.risk;
    this.portfolio = options.portfolio;
    this.#isOpen = options.ports.map(() => false);
    this.#accountsNs = options.ports.map(() => -Infinity);
    this.execution = new Execution({
      desk: options.name,
      listing: options.portfolio.listing,
      ports: options.ports,
      rateLimits: options.rateLimits,
      policy: options.executionPolicy,
      host: this.#executionHost(options.host),
    });
  }

  /** Lets an intent become an order, if nothing speaks against it. */
  onIntent(intent: Intent): IntentOutcome {
    const venue = this.portfolio.listing.markets[intent.market]?.venue;
    if (venue !== undefined && !this.execution.hasRoom(venue)) {
      return { kind: "denied", reason: "tooManyWorking", finding: { scope: undefined, limit: 0, found: 0 } };
    }
    const decision = this.risk.decide(intent, this.#options.host.nowNs);
    if (decision.kind === "denied") return decision;
    const order = this.execution.place({
      number: decision.order,
      agent: intent.agent,
      intent: intent.number,
      market: intent.market,
      side: intent.side,
      qtyLots: decision.lots,
      limitTicks: intent.limitTicks,
      worstTicks: decision.priceTicks,
      timeInForce: intent.timeInForce ?? TimeInForce.GTC,
      postOnly: intent.postOnly ?? false,
      reduceOnly: intent.reduceOnly ?? false,
    });
    return { kind: "placed", order, clampedBy: decision.clampedBy };
  }

  onVenueEvent(venue: number, event: VenueEvent): void {
    switch (event.kind) {
      case "account":
        this.#onAccount(event.account);
        break;
      case "sessionUp":
        // Whatever happened in between is found out before there is new risk.
        this.risk.desk.isReconciling[venue] = true;
        this.execution.onSession(venue, "up");
        this.execution.requestAccount(venue);
        break;
      case "sessionDown":
        this.risk.desk.isReconciling[venue] = true;
        this.execution.onSession(venue, "down");
        break;
      default:
        this.execution.onEvent(venue, event);
    }
  }

  onTimer(tag: number): void {
    this.execution.onTimer(tag);
  }

  /** The journal holds everything up to that entry. */
  onDurable(entry: number): void {
    this.execution.onDurable(entry);
  }

  /**
   * Takes up what the journal says of an earlier life: its orders count as working, and venues are asked about them.
   * Everything that it sends is a question. Call it before anything else.
   */
  restore(entries: Iterable<ExecutionEntry>): void {
    const orders = new Map<number, EarlierOrder>();
    for (const entry of entries) {
      if (entry.kind === "orderPlaced") {
        const { plan } = entry;
        orders.set(plan.number, { plan, attempt: 0, filledLots: 0, isUnwanted: false, status: undefined });
        this.#expect(plan.number, 0, plan);
        this.risk.resume({ ...plan, priceTicks: plan.worstTicks, leavesLots: plan.qtyLots });
        continue;
      }
      if (entry.kind === "positionTaken" || entry.kind === "balanceTaken") {
        this.#restoreTaken(entry);
        continue;
      }
      const order = orders.get(entry.order);
      if (order !== undefined) this.#restoreStep(order, entry);
    }
    for (const { plan, status, ...known } of orders.values()) {
      if (status === undefined) this.execution.resume(plan, known);
      else this.#done.push(this.execution.resumeDone(plan, { ...known, status }));
    }
  }

  #restoreStep(order: EarlierOrder, entry: StepEntry): void {
    switch (entry.kind) {
      case "orderRetried":
        order.attempt = entry.attempt;
        this.#expect(entry.order, entry.attempt, order.plan);
        break;
      case "cancelWanted":
        order.isUnwanted = true;
        break;
      case "fillBooked":
        // Also where the order was closed before: such a fill was late, and is no less real.
        order.filledLots += entry.fill.qtyLots;
        this.#book(entry.fill, entry.order);
        break;
      case "orderClosed":
        order.status = entry.status;
        this.risk.onDone(entry.order);
    }
  }

  #restoreTaken(entry: TakenEntry): void {
    if (entry.kind === "positionTaken") {
      const { market, lots, markTicks } = entry;
      this.risk.desk.exposure.hold(HOUSE, market, lots - this.portfolio.positions[market].lots);
      this.portfolio.adjustPosition(market, lots, markTicks);
      return;
    }
    const { venue, asset, units } = entry;
    const balances = this.portfolio.balances[venue];
    balances.add(asset, units - balances.of(asset));
    this.risk.desk.funds.setHeld(venue, asset, Number(units));
    this.#isOpen[venue] = true;
  }

  /** Asks a venue for the account; new risk there waits for nothing but its answer. */
  requestAccount(venue: number): void {
    this.execution.requestAccount(venue);
  }

  #forgetDone(): void {
    const { host, executionPolicy } = this.#options;
    const beforeNs = host.nowNs - 2 * executionPolicy.fillsNs;
    // They are in order of their ends.
    for (;;) {
      const order = this.#done.at(0);
      if (order === undefined || order.closedNs >= beforeNs) return;
      this.#done.shift();
      for (const id of this.execution.orders.forget(order)) this.portfolio.forget(order.plan.market, id);
    }
  }

  #onAccount(account: VenueAccount): void {
    const { venue, asOfNs } = account;
    // An answer that a younger one has overtaken.
    if (asOfNs <= this.#accountsNs[venue]) return;
    this.#accountsNs[venue] = asOfNs;
    const { executionPolicy, reconciliationPolicy } = this.#options;
    // An order may have arrived after the venue made its answer, or be done since: it is missed on one side then.
    const isSettled = ({ plan, status, sentNs }: OrderRecord): boolean =>
      this.portfolio.listing.markets[plan.market].venue === venue &&
      (status === "accepted" || status === "partiallyFilled") &&
      asOfNs - (sentNs ?? Infinity) > executionPolicy.arrivalNs;
    const isInDoubt = (order: OrderRecord | undefined): boolean =>
      order !== undefined && !isSettled(order) && order.closedNs >= asOfNs;
    const result = reconcile({
      portfolio: this.portfolio,
      account: {
        ...account,
        orders: account.orders.filter(({ clientOrderId }) => !isInDoubt(this.execution.orders.of(clientOrderId))),
      },
      working: this.execution.orders.working
        .filter(isSettled)
        .map(({ plan, clientOrderId }) => ({ market: plan.market, qtyLots: plan.qtyLots, clientOrderId })),
      policy: this.#isOpen[venue] ? reconciliationPolicy : { ...reconciliationPolicy, ...OPENING_POLICY },
      book: (fill) => this.execution.bookFill(fill),
    });
    if (!result.isStale) this.#isOpen[venue] = true;
    for (const { mismatch, resolution } of result.mismatches) {
      if (resolution === "venueWins") this.#takeOver(venue, mismatch);
    }
    // Fills have come since the venue made its answer, so it says nothing of positions and balances: once more.
    if (result.isStale) this.execution.requestAccount(venue);
    this.risk.desk.isReconciling[venue] = result.isHalted || result.isStale;
    this.#forgetDone();
    this.#options.host.onReconciled(result);
  }

  /** The venue is believed: whoever else must hear of it does. */
  #takeOver(venue: number, mismatch: Mismatch): void {
    const { host } = this.#options;
    if (mismatch.kind === "orderGone") {
      this.execution.onEvent(venue, { kind: "canceled", clientOrderId: mismatch.clientOrderId });
    } else if (mismatch.kind === "positionDiffers" && mismatch.markTicks !== undefined) {
      const { market, markTicks, ours, venues } = mismatch;
      host.write({ kind: "positionTaken", market, lots: venues, markTicks });
      this.risk.desk.exposure.hold(HOUSE, market, venues - ours);
    } else if (mismatch.kind === "balanceDiffers") {
      const { asset, venues } = mismatch;
      host.write({ kind: "balanceTaken", venue, asset, units: venues });
      this.risk.desk.funds.setHeld(venue, asset, Number(venues));
    }
  }

  #executionHost(host: OrderPathHost): ExecutionHost {
    return {
      get nowNs() {
        return host.nowNs;
      },
      write: (entry) => host.write(entry),
      setTimer: (delayNs, tag) => host.setTimer(delayNs, tag),
      cancelTimer: (timer) => host.cancelTimer(timer),
      expect: ({ plan, attempt }) => this.#expect(plan.number, attempt, plan),
      book: (fill, order) => {
        const outcome = this.#book(fill, order?.plan.number);
        host.onFill(fill, order, outcome);
        return outcome;
      },
      onAccepted: (order) => host.onAccepted(order),
      onFinal: (order) => {
        this.risk.onDone(order.plan.number);
        this.#done.push(order);
        host.onFinal(order);
      },
      alarm: (alarm) => host.alarm(alarm),
    };
  }

  #expect(number: number, attempt: number, plan: OrderRecord["plan"]): void {
    const clientOrderId = clientOrderIdOf(this.#options.name, number, attempt);
    const { market, side, qtyLots, agent } = plan;
    this.portfolio.expect({ clientOrderId, market, side, qtyLots, subAccount: agent });
  }

  #book(fill: VenueFill, order: number | undefined): FillOutcome {
    const outcome = this.portfolio.bookFill(fill);
    if (outcome.kind !== "booked") return outcome;
    const { market, side, qtyLots, feeAsset } = fill;
    this.risk.onFill(order ?? 0, outcome.subAccount, market, side, qtyLots);
    const { venue, listed } = this.portfolio.listing.markets[market];
    const balances = this.portfolio.balances[venue];
    for (const asset of [listed.baseAsset, listed.quoteAsset, feeAsset]) {
      this.risk.desk.funds.setHeld(venue, asset, Number(balances.of(asset)));
    }
    return outcome;
  }
}
