import type { RandomStream } from "../core/random.ts";
import { EVERY_INSTRUMENT } from "../model/command.ts";
import type { BookProfile } from "./book-profiles.ts";
import { BookStepGenerator } from "./book-step-generator.ts";
import type { BookStep } from "./book-steps.ts";

/** A step for one instrument of a venue, for `EVERY_INSTRUMENT`, or for one that it does not list. */
export interface VenueStep {
  readonly venue: number;
  readonly instrument: number;
  readonly step: BookStep;
}

export interface VenueStepOptions {
  readonly profile: BookProfile;
  /** Instruments of each venue. */
  readonly instruments: readonly number[];
  /** Accounts of the generator's owners. */
  readonly accounts: readonly number[];
}

/** An account that nobody has opened, the outside world's, and the fees'. */
const STRANGERS = [1_000_000, -1, 0, 1];
const STRANGER_CHANCE = 0.003;
const UNLISTED_CHANCE = 0.003;
/** Of the commands over all orders of an owner. */
const EVERYWHERE_CHANCE = 0.5;

/**
 * Draws steps for several venues and instruments: each instrument has a generator of book steps of its own, and all
 * share one clock and the accounts. Like those, the steps depend on the random stream alone.
 */
export class VenueStepGenerator {
  readonly #random: RandomStream;
  readonly #options: VenueStepOptions;
  readonly #books: readonly { venue: number; instrument: number; generator: BookStepGenerator; nowNs: number }[];
  /** By owner in the steps of books, which are any numbers; in order of appearance. */
  readonly #accountOf = new Map<number, number>();
  #nowNs = 0;

  constructor(random: RandomStream, options: VenueStepOptions) {
    this.#random = random;
    this.#options = options;
    this.#books = options.instruments.flatMap((count, venue) =>
      Array.from({ length: count }, (_, instrument) => {
        return { venue, instrument, generator: new BookStepGenerator(random, options.profile), nowNs: 0 };
      }),
    );
  }

  next(): VenueStep {
    const book = this.#books[this.#random.integer(0, this.#books.length - 1)];
    const { venue, instrument } = book;
    const step = book.generator.next();
    switch (step.do) {
      case "clock":
        this.#nowNs += step.nowNs - book.nowNs;
        book.nowNs = step.nowNs;
        return { venue, instrument, step: { do: "clock", nowNs: this.#nowNs } };
      case "expire":
        return { venue, instrument, step };
      case "phase":
        return { venue, instrument: this.#random.chance(EVERYWHERE_CHANCE) ? EVERY_INSTRUMENT : instrument, step };
      case "position":
        return { venue, instrument, step: { ...step, owner: this.#account(step.owner) } };
      case "submit": {
        // A lifetime is meant from now on; this book's own clock is behind.
        const expireTimeNs = step.expireTimeNs === 0 ? 0 : step.expireTimeNs - book.nowNs + this.#nowNs;
        return {
          venue,
          instrument: this.#listed(instrument),
          step: { ...step, owner: this.#owner(step.owner), expireTimeNs },
        };
      }
      case "cancel":
      case "replace":
        return { venue, instrument: this.#listed(instrument), step: { ...step, owner: this.#owner(step.owner) } };
      default: {
        const where = this.#random.chance(EVERYWHERE_CHANCE) ? EVERY_INSTRUMENT : this.#listed(instrument);
        return { venue, instrument: where, step: { ...step, owner: this.#owner(step.owner) } };
      }
    }
  }

  #listed(instrument: number): number {
    return this.#random.chance(UNLISTED_CHANCE) ? 1_000 : instrument;
  }

  #owner(owner: number): number {
    if (this.#random.chance(STRANGER_CHANCE)) return STRANGERS[this.#random.integer(0, STRANGERS.length - 1)];
    return this.#account(owner);
  }

  #account(owner: number): number {
    const { accounts } = this.#options;
    let account = this.#accountOf.get(owner);
    if (account === undefined) {
      account = accounts[this.#accountOf.size % accounts.length];
      this.#accountOf.set(owner, account);
    }
    return account;
  }
}
