import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { BookProfile } from "./book-profiles.ts";
import type { BookStep } from "./book-steps.ts";
import { writeStep } from "./step-command.ts";
import { VenueStage } from "./venue-stage.ts";
import { VenueStepGenerator } from "./venue-step-generator.ts";

/**
 * Time from one command to the next. At its multiples nothing happens but intervals of feeds; commands come 1 ns later,
 * and orders expire half a step before.
 */
export const STEP_NS = 1_000;
const COMMAND_OFFSET_NS = 1;
const EXPIRY_OFFSET_NS = -STEP_NS / 2;

const INSTRUMENTS = [
  { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" },
  { symbol: "ETH/USD", base: "ETH", quote: "USD", tick: "1", lot: "1" },
];
const TRADERS = 12;
const FUNDS = 100_000_000_000_000;

/** Random commands to a venue of two instruments, sent by traders who have funds for all of them. */
export class StageFlow {
  readonly stage = new VenueStage({ instruments: INSTRUMENTS });
  readonly instruments = INSTRUMENTS.length;
  readonly #generator: VenueStepGenerator;
  readonly #actorOf = new Map<number, number>();
  #steps = 0;
  /** The clock of the generator, in its own steps. */
  #clock = 0;

  constructor(random: RandomStream, profile: BookProfile) {
    const accounts = Array.from({ length: TRADERS }, (_, place) => {
      const actor = this.stage.addClient(`trader ${place}`, () => undefined);
      const account = this.stage.openAccount(actor, { USD: FUNDS, BTC: FUNDS, ETH: FUNDS });
      this.#actorOf.set(account, actor);
      return account;
    });
    this.#generator = new VenueStepGenerator(random, { profile, instruments: [INSTRUMENTS.length], accounts });
  }

  /** When the step at hand began. */
  get startNs(): Nanos {
    return this.#steps * STEP_NS;
  }

  /** Sends the next command and lives through all that comes of it. */
  next(): { readonly instrument: number; readonly step: BookStep } {
    this.#steps++;
    const { instrument, step } = this.#generator.next();
    const timeNs = this.startNs + COMMAND_OFFSET_NS;
    switch (step.do) {
      case "clock":
        this.#clock = step.nowNs;
        break;
      case "expire":
        break;
      case "phase":
        this.stage.operate(timeNs, (words, doubles) => writeStep(words, doubles, 0, { instrument, step }));
        break;
      case "position":
        this.stage.venue.books[instrument].setPosition(step.owner, step.lots);
        break;
      default: {
        const actor = this.#actorOf.get(step.owner);
        if (actor === undefined) break;
        // Lifetimes in steps become lifetimes in commands.
        const expires = step.do === "submit" && step.expireTimeNs !== 0;
        const command = expires ? { ...step, expireTimeNs: this.#expiryNs(step.expireTimeNs) } : step;
        this.stage.send(actor, timeNs, (words, doubles) => writeStep(words, doubles, 0, { instrument, step: command }));
      }
    }
    this.stage.runTo(timeNs);
    return { instrument, step };
  }

  #expiryNs(clock: number): Nanos {
    return this.startNs + (clock - this.#clock) * STEP_NS + EXPIRY_OFFSET_NS;
  }
}
