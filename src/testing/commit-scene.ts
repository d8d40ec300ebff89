import type { Units } from "../core/units.ts";
import type { CommitRevealOptions } from "../market/rules/commit-reveal.ts";
import type { Venue } from "../market/venue.ts";
import { writeSubmit } from "../model/command.ts";
import { commitmentOf, writeCommit, writeReveal } from "../model/commitment.ts";
import { packFlags } from "../model/order-flags.ts";
import { TradingPhase } from "../model/phase.ts";
import { reasonName } from "../model/reason.ts";
import { RECORD_WORDS, RecordKind, recordKindName } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import type { Side } from "../model/side.ts";
import { waitingRecords } from "./stale-words.ts";
import { TradingFloor } from "./trading-floor.ts";
import { BTC } from "./venue-cases/venue-case.ts";

export const BATCH_NS = 1_000;
export const COMMIT_OPTIONS: CommitRevealOptions = {
  revealNs: 300,
  collateralUnits: 100,
  penaltyUnits: 40,
  commitsMax: 3,
};
export const ALICE = 2;
export const BOB = 3;
/** An account whose owner nobody has named. */
export const NOBODY = 4;
const NAMES = new Map([
  [ALICE, "alice"],
  [BOB, "bob"],
]);
/** The assets of `BTC`. */
export const USD = 1;
export const CASH: Units = 10_000;

const SALT: readonly number[] = [1, 2, 3, 4];

export interface SceneOrder {
  readonly orderId: number;
  readonly side: Side;
  readonly priceTicks: number;
  readonly qtyLots: number;
}

/** A venue that takes commits for one instrument, and a checker of all money behind it. */
export class CommitScene {
  readonly floor: TradingFloor;
  readonly venue: Venue;
  batchEndNs = 0;
  readonly #words = new Int32Array(RECORD_WORDS);
  readonly #doubles = new Float64Array(this.#words.buffer);

  constructor(options: Partial<CommitRevealOptions> = {}) {
    const rules = [{ commitReveal: { ...COMMIT_OPTIONS, ...options } }];
    this.floor = new TradingFloor([{ instruments: [{ ...BTC, referencePrice: "50" }], rules }]);
    this.venue = this.floor.venues[0];
    for (const account of [ALICE, BOB, NOBODY]) {
      this.floor.ledger.openAccount();
      this.floor.deposit(account, "USD", CASH);
      this.floor.deposit(account, "BTC", 1_000);
      const name = NAMES.get(account);
      if (name !== undefined) this.venue.nameOwner(account, name);
    }
  }

  get nowNs(): number {
    return this.floor.nowNs;
  }

  goTo(nowNs: number): this {
    this.floor.nowNs = nowNs;
    return this;
  }

  /** Ends the batch that is going on, and begins the next one now. @returns the reports */
  nextBatch(untilNs = this.nowNs + BATCH_NS): string[] {
    return this.enter(TradingPhase.auction, untilNs);
  }

  enter(phase: TradingPhase, untilNs = 0): string[] {
    this.floor.apply({ do: "phase", phase, reason: 0, untilNs }, { venue: this.venue, instrument: 0 });
    this.batchEndNs = phase === TradingPhase.auction ? untilNs : 0;
    return this.reports();
  }

  /** Commits to an order. `as` is whose name goes into the hash, where it is not the sender's. */
  commit(
    owner: number,
    order: SceneOrder,
    options: { readonly salt?: readonly number[]; readonly batchEndNs?: number; readonly as?: number } = {},
  ): string[] {
    const { salt = SALT, batchEndNs = this.batchEndNs, as = owner } = options;
    const { orderId } = order;
    const hash = this.hashOf(as, order, salt);
    writeCommit(this.#words, this.#doubles, 0, { instrument: 0, owner, orderId, hash, batchEndNs });
    return this.send();
  }

  reveal(owner: number, order: SceneOrder, options: { readonly salt?: readonly number[] } = {}): string[] {
    this.#writeReveal(owner, order, options.salt ?? SALT);
    return this.send();
  }

  submit(owner: number, order: SceneOrder): string[] {
    const { side, ...rest } = order;
    writeSubmit(this.#words, this.#doubles, 0, { instrument: 0, owner, flags: packFlags({ side }), ...rest });
    return this.send();
  }

  hashOf(owner: number, order: SceneOrder, salt: readonly number[]): Int32Array {
    this.#writeReveal(0, order, salt);
    return commitmentOf({ venue: this.venue.name, owner: NAMES.get(owner) ?? "" }, this.#words, 0);
  }

  /** Applies what stands in the words of the scene. The floor's checker proves the money. */
  send(): string[] {
    this.floor.send(this.#words, this.#doubles, this.venue);
    return this.reports();
  }

  locked(owner: number): Units {
    return this.floor.ledger.reserved(owner, USD);
  }

  cash(owner: number): Units {
    return this.floor.ledger.balance(owner, USD);
  }

  /** The last command's reports, such as `orderRejected 2:7 commitMismatch`. */
  reports(): string[] {
    const { words } = this.venue.reports;
    const found = waitingRecords(this.venue.reports).flatMap((at) => {
      const kind = words[at];
      if (kind === RecordKind.phaseChanged) return [];
      if (kind === RecordKind.trade) return [`trade ${words[at + 6]}@${words[at + 5]}`];
      const name = kind === RecordKind.charge ? `${words[at + 2]}` : `${words[at + 2]}:${words[at + 3]}`;
      return [`${recordKindName(kind)} ${name} ${reasonName(words[at + ReportWord.reason])}`];
    });
    this.floor.take();
    return found;
  }

  #writeReveal(owner: number, { side, ...rest }: SceneOrder, salt: readonly number[]): void {
    const order = { instrument: 0, owner, flags: packFlags({ side }), ...rest };
    writeReveal(this.#words, this.#doubles, 0, { order, salt });
  }
}
