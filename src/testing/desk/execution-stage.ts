import { Execution } from "../../desk/execution/execution.ts";
import type { ExecutionAlarm } from "../../desk/execution/execution-host.ts";
import { DEFAULT_EXECUTION_POLICY } from "../../desk/execution/execution-policy.ts";
import type { OrderPlan, OrderRecord } from "../../desk/execution/order-record.ts";
import type { RateLimit } from "../../desk/execution/send-budget.ts";
import { Portfolio } from "../../desk/portfolio/portfolio.ts";
import type { VenueFill } from "../../desk/venue-fill.ts";
import type { OrderEvent } from "../../desk/venue-port.ts";
import { TimeInForce } from "../../model/order-flags.ts";
import { Side } from "../../model/side.ts";
import { EventLine } from "./event-line.ts";
import { twoVenueListing } from "./two-venue-listing.ts";

type WithoutId<Event> = Event extends { readonly clientOrderId: string } ? Omit<Event, "clientOrderId"> : never;

/** An execution at a venue that says nothing unless it is told to. */
export class ExecutionStage {
  readonly line = new EventLine();
  /** Everything that left, as text. */
  readonly sent: string[] = [];
  readonly alarms: ExecutionAlarm[] = [];
  readonly portfolio: Portfolio;
  readonly execution: Execution;
  #entries = 0;
  #orders = 0;

  constructor({ rateLimits = [], durable = 1_000 }: { rateLimits?: readonly RateLimit[]; durable?: number } = {}) {
    const { line } = this;
    const listing = twoVenueListing();
    this.portfolio = new Portfolio({ listing, subAccounts: ["ann"] });
    const port = {
      submit: (order: { clientOrderId: string }) => this.sent.push(`submit ${order.clientOrderId}`),
      cancel: (_: number, id: string) => this.sent.push(`cancel ${id}`),
      query: (_: number, id: string, query: number) => this.sent.push(`query ${id} ${query}`),
      cancelAll: () => this.sent.push("cancelAll"),
      requestAccount: () => this.sent.push("account"),
    };
    this.execution = new Execution({
      desk: "desk",
      listing,
      ports: [port, port],
      rateLimits: [rateLimits, rateLimits],
      policy: DEFAULT_EXECUTION_POLICY,
      host: {
        get nowNs() {
          return line.nowNs;
        },
        write: () => ++this.#entries,
        setTimer: (delayNs, tag) => line.plan(delayNs, () => this.execution.onTimer(tag)),
        cancelTimer: (timer) => line.callOff(timer),
        expect: ({ plan, clientOrderId }) => this.portfolio.expect({ ...plan, clientOrderId, subAccount: plan.agent }),
        book: (fill) => this.portfolio.bookFill(fill),
        onAccepted: () => {},
        onFinal: () => {},
        alarm: (alarm) => this.alarms.push(alarm),
      },
    });
    this.execution.onDurable(durable);
  }

  /** Places an order to buy 10 lots at 100 in market 0. */
  place(changes: Partial<OrderPlan> = {}): OrderRecord {
    return this.execution.place({
      number: ++this.#orders,
      agent: 1,
      intent: this.#orders,
      market: 0,
      side: Side.buy,
      qtyLots: 10,
      limitTicks: 100,
      worstTicks: 100,
      timeInForce: TimeInForce.GTC,
      postOnly: false,
      reduceOnly: false,
      ...changes,
    });
  }

  tell(event: WithoutId<OrderEvent>, clientOrderId = "desk-1-0"): void {
    this.execution.onEvent(0, { ...event, clientOrderId });
  }

  tellFill(changes: Partial<VenueFill>): void {
    const fill: VenueFill = {
      market: 0,
      fillId: "f1",
      clientOrderId: "desk-1-0",
      side: Side.buy,
      priceTicks: 100,
      qtyLots: 1,
      feeUnits: 0,
      feeAsset: 1,
      liquidity: "taker",
      venueTimeNs: this.line.nowNs,
      ...changes,
    };
    this.execution.onEvent(0, { kind: "filled", clientOrderId: fill.clientOrderId, fill });
  }
}
