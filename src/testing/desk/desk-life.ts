import { RandomStream } from "../../core/random.ts";
import type { Nanos } from "../../core/units.ts";
import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../core/units.ts";
import type { ExecutionEntry } from "../../desk/execution/execution-entry.ts";
import { DEFAULT_EXECUTION_POLICY } from "../../desk/execution/execution-policy.ts";
import type { ExecutionAlarm } from "../../desk/execution/execution-host.ts";
import { parseClientOrderId } from "../../desk/execution/client-order-id.ts";
import { OrderPath } from "../../desk/order-path.ts";
import type { Mismatch } from "../../desk/portfolio/mismatch.ts";
import { CAUTIOUS_POLICY } from "../../desk/portfolio/mismatch.ts";
import { Portfolio } from "../../desk/portfolio/portfolio.ts";
import type { Roster } from "../../desk/roster.ts";
import type { OutgoingOrder, VenuePort } from "../../desk/venue-port.ts";
import { EventLine } from "./event-line.ts";
import { riskStage } from "./risk-stage.ts";
import { RoughVenue } from "./rough-venue.ts";

const NAME = "desk";
const DELAY_NS_MAX: Nanos = DEFAULT_EXECUTION_POLICY.arrivalNs;
/** The journal is durable this much after an entry was written. */
const SYNC_NS = 5 * NS_PER_MILLISECOND;
const RECONCILE_NS = 10 * NS_PER_SECOND;

/** A desk at two rough venues, which crashes and starts again from its journal as often as it is told to. */
export class DeskLife {
  readonly line = new EventLine();
  readonly venues: readonly RoughVenue[];
  /** The journal. What is behind `#durable` is lost in a crash. */
  readonly entries: ExecutionEntry[] = [];
  readonly alarms: ExecutionAlarm[] = [];
  /** What reconciliations halted for. */
  readonly halts: Mismatch[] = [];
  /** For each order that left: how far the journal was durable then, as which entry it was written, and if it was wanted. */
  readonly handedOver: { readonly durable: number; readonly writtenAs: number; readonly isUnwanted: boolean }[] = [];
  path: OrderPath & { readonly roster: Roster };
  #durable = 0;
  readonly #timers = new Set<number>();

  constructor(seed: number) {
    this.venues = [0, 1].map(
      (venue) =>
        new RoughVenue({
          venue,
          line: this.line,
          random: RandomStream.named(seed, `venue ${venue}`, "line"),
          delayNsMax: DELAY_NS_MAX,
          tell: (number, event) => this.path.onVenueEvent(number, event),
        }),
    );
    this.path = this.#start();
    this.#reconcileAgain();
  }

  /** The desk is gone at once, with everything that its journal does not hold, and another one takes its place. */
  crash(): void {
    for (const timer of this.#timers) this.line.callOff(timer);
    this.#timers.clear();
    this.entries.length = this.#durable;
    this.path = this.#start();
    this.reconcile();
  }

  /** From now on nothing gets lost, doubled or refused. */
  calmDown(): void {
    for (const venue of this.venues) venue.isRough = false;
  }

  reconcile(): void {
    for (const venue of this.venues.keys()) this.path.requestAccount(venue);
  }

  #reconcileAgain(): void {
    this.reconcile();
    this.line.plan(RECONCILE_NS, () => this.#reconcileAgain());
  }

  #start(): OrderPath & { readonly roster: Roster } {
    const { engine, desk } = riskStage();
    const portfolio = new Portfolio({ listing: desk.listing, subAccounts: desk.roster.agents.slice(1) });
    const path = new OrderPath({
      name: NAME,
      risk: engine,
      portfolio,
      ports: this.venues.map((venue) => this.#watched(venue)),
      rateLimits: this.venues.map(() => [{ messages: 5, windowNs: NS_PER_SECOND }]),
      executionPolicy: DEFAULT_EXECUTION_POLICY,
      reconciliationPolicy: CAUTIOUS_POLICY,
      host: this.#host(),
    });
    path.restore([...this.entries]);
    return Object.assign(path, { roster: desk.roster });
  }

  #host(): ConstructorParameters<typeof OrderPath>[0]["host"] {
    const { line } = this;
    return {
      get nowNs() {
        return line.nowNs;
      },
      write: (entry) => this.#write(entry),
      setTimer: (delayNs, tag) => this.#setTimer(delayNs, () => this.path.onTimer(tag)),
      cancelTimer: (timer) => this.line.callOff(timer),
      onFill: () => {},
      onAccepted: () => {},
      onFinal: () => {},
      onReconciled: ({ mismatches }) => {
        for (const { mismatch, resolution } of mismatches) if (resolution === "halt") this.halts.push(mismatch);
      },
      alarm: (alarm) => this.alarms.push(alarm),
    };
  }

  #write(entry: ExecutionEntry): number {
    const written = this.entries.push(entry);
    this.#setTimer(SYNC_NS, () => {
      this.#durable = Math.max(this.#durable, written);
      this.path.onDurable(this.#durable);
    });
    return written;
  }

  #setTimer(delayNs: Nanos, run: () => void): number {
    const timer = this.line.plan(delayNs, () => {
      this.#timers.delete(timer);
      run();
    });
    this.#timers.add(timer);
    return timer;
  }

  #watched(venue: RoughVenue): VenuePort {
    return {
      submit: (order) => {
        const isUnwanted = this.path.execution.orders.of(order.clientOrderId)?.isUnwanted ?? true;
        this.handedOver.push({ durable: this.#durable, writtenAs: this.#writtenAs(order), isUnwanted });
        venue.submit(order);
      },
      cancel: (market, id) => venue.cancel(market, id),
      query: (market, id, query) => venue.query(market, id, query),
      cancelAll: () => venue.cancelAll(),
      requestAccount: (sinceNs) => venue.requestAccount(sinceNs),
    };
  }

  /** Which entry an order was written as; Infinity where the journal does not know it. */
  #writtenAs({ clientOrderId }: OutgoingOrder): number {
    const id = parseClientOrderId(NAME, clientOrderId);
    const place = this.entries.findIndex((entry) =>
      id?.attempt === 0
        ? entry.kind === "orderPlaced" && entry.plan.number === id.order
        : entry.kind === "orderRetried" && entry.order === id?.order && entry.attempt === id.attempt,
    );
    return place < 0 ? Infinity : place + 1;
  }
}
