import type { Nanos } from "../core/units.ts";
import type { Actor, ActorContext } from "../kernel/actor.ts";
import { Side } from "../model/side.ts";
import type { VenueActor } from "../venues/simulated/venue-actor.ts";

/** Samples that an observer keeps of each instrument. */
export const SAMPLES_MAX = 1_000_000;

/** One instrument at even intervals, from the interval's end on. Prices in ticks, 0 where a side was empty. */
export interface Samples {
  readonly venue: string;
  readonly symbol: string;
  readonly bidTicks: number[];
  readonly askTicks: number[];
  /** Since the start. */
  readonly volumeLots: number[];
  readonly trades: number[];
}

/** Looks at every book at even intervals and writes down what the report needs. It sends nothing. */
export class Observer implements Actor {
  readonly intervalNs: Nanos;
  readonly samples: readonly Samples[];
  readonly #venues: readonly VenueActor[];
  readonly #endNs: Nanos;

  constructor(venues: readonly VenueActor[], intervalNs: Nanos, endNs: Nanos) {
    // A run of any length stays within the limit, at a coarser grain if need be.
    const coarsening = Math.ceil(endNs / intervalNs / SAMPLES_MAX);
    this.intervalNs = intervalNs * Math.max(1, coarsening);
    this.#venues = venues;
    this.#endNs = endNs;
    this.samples = venues.flatMap(({ venue }) =>
      venue.listed.map(({ instrument }) => ({
        venue: venue.name,
        symbol: instrument.symbol,
        bidTicks: [],
        askTicks: [],
        volumeLots: [],
        trades: [],
      })),
    );
  }

  onStart(context: ActorContext): void {
    context.setTimer(this.intervalNs, 0);
  }

  onMessage(): void {}

  onTimer(context: ActorContext): void {
    let place = 0;
    for (const { venue, statistics } of this.#venues) {
      venue.books.forEach((book, index) => {
        const samples = this.samples[place++];
        samples.bidTicks.push(book.bestPriceTicks(Side.buy));
        samples.askTicks.push(book.bestPriceTicks(Side.sell));
        samples.volumeLots.push(statistics.turnovers[index].volumeLots);
        samples.trades.push(statistics.turnovers[index].trades);
      });
    }
    const nextNs = context.nowNs + this.intervalNs;
    if (nextNs <= this.#endNs) context.setTimer(nextNs, 0);
  }
}
