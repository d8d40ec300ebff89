import type { Nanos, Ticks } from "../../core/units.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import type { OwnerGroups } from "../owner-groups.ts";
import type { Alert, DetectorName } from "./alert.ts";
import { AlertLog } from "./alert-log.ts";
import type { Detector } from "./detector.ts";
import { DETECTOR_KINDS } from "./detector-kinds.ts";
import { EventTrail } from "./event-trail.ts";
import { MarketEvent } from "./market-event.ts";

export interface SurveillanceOptions {
  /** By instrument; read before each command. */
  readonly books: readonly { bestPriceTicks(side: Side): Ticks }[];
  readonly groups: OwnerGroups;
  /** All of them where nothing is said. */
  readonly detectors?: readonly DetectorName[] | undefined;
}

/**
 * Watches one venue. It is shown every command before the venue executes it, and every report after; it changes
 * nothing, so a run with it is the same run.
 */
export class Surveillance {
  readonly #books: SurveillanceOptions["books"];
  readonly #event = new MarketEvent();
  readonly #trail = new EventTrail();
  readonly #log = new AlertLog(this.#trail);
  readonly #detectors: readonly Detector[];

  constructor({ books, groups, detectors }: SurveillanceOptions) {
    this.#books = books;
    const site = { log: this.#log, groups };
    const kinds = DETECTOR_KINDS.filter(({ name }) => detectors?.includes(name) ?? true);
    this.#detectors = kinds.map(({ create }) => create(site));
  }

  /** In order of their first occurrence. */
  get alerts(): readonly Alert[] {
    return this.#log.alerts;
  }

  /** Alerts for which there was no room. */
  get dropped(): number {
    return this.#log.dropped;
  }

  /** A command that the venue is about to execute. */
  command(timeNs: Nanos, words: Int32Array, at: number): void {
    const event = this.#event;
    event.readCommand(words, at);
    const book = this.#books[event.instrument];
    event.bidTicks = book?.bestPriceTicks(Side.buy) ?? 0;
    event.askTicks = book?.bestPriceTicks(Side.sell) ?? 0;
    this.#show(timeNs);
  }

  /** A report of what came of it. */
  report(timeNs: Nanos, words: Int32Array, at: number): void {
    const kind = words[at];
    const isCollateral = kind === RecordKind.collateralLocked || kind === RecordKind.collateralReleased;
    if (kind > RecordKind.requestRejected && !isCollateral) return;
    this.#event.readReport(words, at);
    this.#show(timeNs);
  }

  #show(timeNs: Nanos): void {
    const event = this.#event;
    event.sequence++;
    event.timeNs = timeNs;
    this.#trail.add(event);
    // What is nobody's, or meant for no instrument, is refused and says nothing of anybody.
    if (event.account < 0 || event.instrument < 0 || event.instrument >= this.#books.length) return;
    for (const detector of this.#detectors) detector.see(event);
  }
}
