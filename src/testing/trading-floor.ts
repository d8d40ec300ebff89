import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import { NO_FEES } from "../market/fees.ts";
import type { FeeSchedule } from "../market/fees.ts";
import { EXTERNAL_ACCOUNT, Ledger } from "../market/ledger.ts";
import type { RuleOptions } from "../market/rules/registry.ts";
import { Venue } from "../market/venue.ts";
import type { KillSwitchCommand } from "../model/command.ts";
import { KillSwitchWord, writeKillSwitch } from "../model/command.ts";
import { createInstrument } from "../model/instrument.ts";
import type { InstrumentSpec } from "../model/instrument.ts";
import { AssetTable } from "../model/listing.ts";
import { RECORD_WORDS } from "../model/record.ts";
import type { BookStep } from "./book-steps.ts";
import { MoneyChecker } from "./money-checker.ts";
import { makeStale, takeAll } from "./stale-words.ts";
import { writeStep } from "./step-command.ts";

export interface FloorVenueSpec {
  readonly instruments: readonly InstrumentSpec[];
  readonly fees?: FeeSchedule;
  readonly sessionEndNs?: Nanos;
  readonly ordersMax?: number;
  /** By instrument. */
  readonly rules?: readonly RuleOptions[];
}

/** Where a step goes. An instrument that the venue does not list, and `EVERY_INSTRUMENT`, can be said too. */
export interface StepTarget {
  readonly venue: Venue;
  readonly instrument: number;
}

/** Where the command stands among its neighbours: not at 0, so that a venue which ignores `at` is found out. */
const AT = RECORD_WORDS;

/** Venues that share one ledger. After every step a checker outside of them proves the money. */
export class TradingFloor {
  readonly assets: AssetTable;
  readonly ledger: Ledger;
  readonly venues: readonly Venue[];
  nowNs: Nanos = 0;
  readonly #fees = new Map<Venue, FeeSchedule>();
  readonly #money: MoneyChecker;
  readonly #words = new Int32Array(3 * RECORD_WORDS).fill(-1);
  readonly #doubles = new Float64Array(this.#words.buffer);

  /** @param wrap stands between venues and ledger, for tests that plant bugs */
  constructor(specs: readonly FloorVenueSpec[], wrap: (ledger: Ledger) => Ledger = (ledger) => ledger) {
    const instruments = specs.map((spec) => spec.instruments.map(createInstrument));
    this.assets = new AssetTable(instruments.flat());
    this.ledger = wrap(new Ledger(this.assets.assets.length));
    this.#money = new MoneyChecker(this.ledger);
    this.venues = specs.map((spec, place) => {
      const listed = instruments[place].map((instrument, index) => this.assets.list(instrument, index));
      const fees = spec.fees ?? NO_FEES;
      const venue = new Venue({ ...spec, name: `venue ${place}`, listed, ledger: this.ledger, fees });
      makeStale(venue.reports);
      makeStale(venue.deltas);
      this.#fees.set(venue, fees);
      this.#money.watch(venue, fees);
      return venue;
    });
  }

  feesOf(venue: Venue): FeeSchedule {
    return this.#fees.get(venue) ?? NO_FEES;
  }

  deposit(account: number, code: string, units: number): void {
    this.ledger.deposit(account, this.#assetOf(code), units);
    this.#money.deposited(account, this.#assetOf(code), units);
  }

  grantCredit(account: number, code: string, units: number): void {
    this.ledger.grantCredit(account, this.#assetOf(code), units);
    this.#money.creditGranted(account, this.#assetOf(code), units);
  }

  /** Moves free money from one account to another, outside of all venues. */
  pay(payment: { from: number; to: number; asset: number; units: number }): void {
    const { from, to, asset, units } = payment;
    this.ledger.transfer(from, to, asset, units);
    this.#money.paid(payment);
  }

  /**
   * Does one step, whose owners are accounts. Its reports wait in the venue's ring until the next `take`.
   * @throws {BookCheckError} when money is wrong afterwards
   */
  apply(step: BookStep, { venue, instrument }: StepTarget): void {
    this.#do(step, venue, instrument);
    this.#money.check(venue, this.nowNs);
  }

  /** Sends a venue the command at the beginning of some words, whatever it is. */
  send(words: Int32Array, doubles: Float64Array, venue: Venue): void {
    venue.apply(words, doubles, 0, this.nowNs);
    this.#money.check(venue, this.nowNs);
  }

  /** Lets a venue's rules do what is due. Its reports wait as those of a step. */
  wake(venue: Venue): void {
    venue.wake(this.nowNs);
    this.#money.check(venue, this.nowNs);
  }

  /** Has a venue's operator, or somebody else, send a command to its kill switch. */
  kill(venue: Venue, command: KillSwitchCommand, sender = EXTERNAL_ACCOUNT): void {
    writeKillSwitch(this.#words, AT, command);
    this.#words[AT + KillSwitchWord.owner] = sender;
    venue.apply(this.#words, this.#doubles, AT, this.nowNs);
    this.#money.check(venue, this.nowNs);
  }

  /** Takes all reports and deltas. */
  take(): void {
    for (const { reports, deltas } of this.venues) {
      takeAll(reports);
      takeAll(deltas);
    }
  }

  #do(step: BookStep, venue: Venue, instrument: number): void {
    switch (step.do) {
      case "clock":
        this.nowNs = step.nowNs;
        return;
      case "expire":
        venue.expire(instrument, this.nowNs);
        return;
      case "position":
        venue.books[instrument].setPosition(step.owner, step.lots);
        return;
      default:
        writeStep(this.#words, this.#doubles, AT, { instrument, step });
        venue.apply(this.#words, this.#doubles, AT, this.nowNs);
    }
  }

  #assetOf(code: string): number {
    const asset = this.assets.indexOf(code);
    assert(asset >= 0, () => `no instrument trades ${code}`);
    return asset;
  }
}
