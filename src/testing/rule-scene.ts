import type { RuleOptions } from "../market/rules/registry.ts";
import type { InstrumentSpec } from "../model/instrument.ts";
import { parseStep } from "./book-step-text.ts";
import { TradingFloor } from "./trading-floor.ts";
import { BTC } from "./venue-cases/venue-case.ts";
import { renderVenueReports } from "./venue-script.ts";

const OWNERS = [2, 3, 4];
const FUNDS = 1_000_000_000;

/**
 * One venue under rules with rich owners 2 to 4, told what to do at which time. Whatever is due before a time happens
 * first, as the venue's actor would have it.
 */
export class RuleScene {
  readonly floor: TradingFloor;

  constructor(rules: RuleOptions, instruments: readonly InstrumentSpec[] = [BTC]) {
    // The same object for all instruments: rules of the venue are shared.
    this.floor = new TradingFloor([{ instruments, rules: instruments.map(() => rules) }]);
    for (const owner of OWNERS) {
      this.floor.ledger.openAccount();
      for (const code of new Set(instruments.flatMap(({ base, quote }) => [base, quote])))
        this.floor.deposit(owner, code, FUNDS);
    }
  }

  get #venue(): TradingFloor["venues"][number] {
    return this.floor.venues[0];
  }

  /** Lives up to a time and does the steps, each in the first instrument or, as `1: buy …`, in another. */
  at(nowNs: number, ...steps: string[]): string[] {
    const shown: string[] = [];
    while (this.#venue.nextWakeNs <= nowNs) {
      const dueNs = this.#venue.nextWakeNs;
      this.floor.nowNs = dueNs;
      this.floor.wake(this.#venue);
      shown.push(...this.#take(0).map((line) => `${dueNs}: ${line}`));
    }
    this.floor.nowNs = nowNs;
    for (const text of steps) {
      const [, place = "0", step] = /^(?:(\d+): )?(.*)$/.exec(text) ?? [];
      this.floor.apply(parseStep(step), { venue: this.#venue, instrument: Number(place) });
      shown.push(...this.#take(Number(place)));
    }
    return shown;
  }

  /** Lets a trade happen, of one lot unless told, and shows what came of it but the order reports. */
  trade(nowNs: number, priceTicks: number, instrument = 0): string[] {
    const id = nowNs * 2;
    const steps = [`sell 2:${id} 1@${priceTicks}`, `buy 3:${id} 1@${priceTicks}`];
    return this.at(nowNs, ...steps.map((step) => `${instrument}: ${step}`)).filter(
      (line) => !line.startsWith("accepted"),
    );
  }

  #take(instrument: number): string[] {
    const shown = renderVenueReports({ venue: this.#venue, instrument });
    this.floor.take();
    return shown;
  }
}
