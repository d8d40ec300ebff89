import type { Nanos } from "../../core/units.ts";
import type { TimerHandle } from "../../kernel/actor.ts";
import type { FillOutcome } from "../portfolio/portfolio.ts";
import type { VenueFill } from "../venue-fill.ts";
import type { OrderEvent } from "../venue-port.ts";
import type { ExecutionEntry } from "./execution-entry.ts";
import type { OrderRecord } from "./order-record.ts";

/** Something that a person should look at. */
export type ExecutionAlarm =
  | { readonly kind: "orderUnknown"; readonly order: number; readonly queries: number }
  | { readonly kind: "fillsMissing"; readonly order: number }
  | { readonly kind: "venueExcluded"; readonly venue: number }
  | { readonly kind: "strayEvent"; readonly venue: number; readonly event: OrderEvent };

/** What the execution needs of whoever runs it. */
export interface ExecutionHost {
  readonly nowNs: Nanos;
  /** Appends to the journal. @returns the entry's number, for `onDurable` */
  write(entry: ExecutionEntry): number;
  setTimer(delayNs: Nanos, tag: number): TimerHandle;
  cancelTimer(timer: TimerHandle): void;
  /** Tells the portfolio of an order, before it is sent. */
  expect(order: OrderRecord): void;
  /** Hands a fill to the portfolio, and to the risk stage what was booked of it. */
  book(fill: VenueFill, order: OrderRecord | undefined): FillOutcome;
  /** The venue has said that the order works. */
  onAccepted(order: OrderRecord): void;
  /** An order has reached its final state. */
  onFinal(order: OrderRecord): void;
  alarm(alarm: ExecutionAlarm): void;
}
