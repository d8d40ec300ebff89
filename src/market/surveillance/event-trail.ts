import type { Lots, Nanos, Ticks } from "../../core/units.ts";
import { RecordKind } from "../../model/record.ts";
import type { Side } from "../../model/side.ts";
import type { MarketEvent } from "./market-event.ts";

/** Events that the trail remembers, and orders whose acceptance it can find: the evidence of an alert is younger. */
export const TRAIL_EVENTS = 1 << 17;
export const TRAIL_ORDERS = 1 << 15;

/** An event that is part of the evidence. */
export interface TrailEntry {
  readonly sequence: number;
  readonly timeNs: Nanos;
  readonly kind: RecordKind;
  readonly account: number;
  readonly orderId: number;
  readonly side: Side;
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
  /** Whose resting order it met, where it is a trade. */
  readonly makerAccount: number;
}

const FIELDS = 8;

/**
 * The newest events in typed arrays. Detectors remember sequence numbers alone, and read the events back when there is
 * something to raise: so an event costs a few stores, and memory is bounded however long the run.
 */
export class EventTrail {
  readonly #times = new Float64Array(TRAIL_EVENTS);
  readonly #fields = new Int32Array(TRAIL_EVENTS * FIELDS);
  readonly #acceptances: { readonly orders: Int32Array; readonly sequences: Float64Array }[] = [];
  #newest = 0;

  add(event: MarketEvent): void {
    const place = event.sequence % TRAIL_EVENTS;
    const at = place * FIELDS;
    const fields = this.#fields;
    this.#newest = event.sequence;
    this.#times[place] = event.timeNs;
    fields[at] = event.kind;
    fields[at + 1] = event.account;
    fields[at + 2] = event.orderId;
    fields[at + 3] = event.side;
    fields[at + 4] = event.priceTicks;
    fields[at + 5] = event.qtyLots;
    fields[at + 6] = event.makerAccount;
    if (event.kind === RecordKind.orderAccepted) this.#accept(event);
  }

  /** Sequence of the acceptance of an order by the venue's name for it; 0 where it is forgotten. */
  acceptanceOf(instrument: number, venueOrderId: number): number {
    const accepted = this.#acceptances[instrument];
    const place = venueOrderId % TRAIL_ORDERS;
    return accepted !== undefined && accepted.orders[place] === venueOrderId ? accepted.sequences[place] : 0;
  }

  /** When an event was; -Infinity where it is forgotten. */
  timeOf(sequence: number): Nanos {
    return this.#remembers(sequence) ? this.#times[sequence % TRAIL_EVENTS] : -Infinity;
  }

  /** The events of these numbers, each once, in order, without those that are forgotten. */
  read(sequences: Iterable<number>): TrailEntry[] {
    const wanted = [...new Set(sequences)].filter((sequence) => this.#remembers(sequence));
    return wanted.toSorted((a, b) => a - b).map((sequence) => this.#entry(sequence));
  }

  #remembers(sequence: number): boolean {
    return sequence > 0 && sequence > this.#newest - TRAIL_EVENTS && sequence <= this.#newest;
  }

  #entry(sequence: number): TrailEntry {
    const place = sequence % TRAIL_EVENTS;
    const [kind, account, orderId, side, priceTicks, qtyLots, makerAccount] = this.#fields.subarray(
      place * FIELDS,
      (place + 1) * FIELDS,
    );
    return {
      sequence,
      timeNs: this.#times[place],
      kind: kind as RecordKind,
      account,
      orderId,
      side: side as Side,
      priceTicks,
      qtyLots,
      makerAccount,
    };
  }

  #accept({ instrument, venueOrderId, sequence }: MarketEvent): void {
    let accepted = this.#acceptances[instrument];
    if (accepted === undefined) {
      accepted = { orders: new Int32Array(TRAIL_ORDERS).fill(-1), sequences: new Float64Array(TRAIL_ORDERS) };
      this.#acceptances[instrument] = accepted;
    }
    accepted.orders[venueOrderId % TRAIL_ORDERS] = venueOrderId;
    accepted.sequences[venueOrderId % TRAIL_ORDERS] = sequence;
  }
}
