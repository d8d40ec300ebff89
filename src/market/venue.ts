import { assert } from "../core/assert.ts";
import { RecordRing } from "../core/record-ring.ts";
import type { Nanos, Units } from "../core/units.ts";
import { CommandWord, EVERY_INSTRUMENT, KillScope, KillSwitchWord } from "../model/command.ts";
import type { Listed } from "../model/listing.ts";
import { Reason } from "../model/reason.ts";
import { RecordKind } from "../model/record.ts";
import type { Allocation } from "./book/auction-fills.ts";
import { writeRefusal } from "./book/report-writer.ts";
import { FundedBook } from "./funded-book.ts";
import type { FastBook } from "./fast-book.ts";
import type { FeeSchedule } from "./fees.ts";
import { checkFees } from "./fees.ts";
import type { Ledger } from "./ledger.ts";
import { EXTERNAL_ACCOUNT, FEE_ACCOUNT } from "./ledger.ts";
import { OwnerGroups } from "./owner-groups.ts";
import { StandingFees } from "./standing-fees.ts";
import { CommitReveal } from "./rules/commit-reveal.ts";
import { TradedVolume } from "./traded-volume.ts";
import { KillSwitch } from "./rules/kill-switch.ts";
import { createRules } from "./rules/create-rules.ts";
import type { RuleOptions } from "./rules/registry.ts";
import type { VenueRule } from "./rules/rule.ts";

// Plain constants of this module: V8 folds them into the code, but reads imported ones anew at each use.
const { instrument: INSTRUMENT, owner: OWNER } = CommandWord;
const {
  cancelAllOrders: CANCEL_ALL,
  disconnect: DISCONNECT,
  engageKillSwitch: ENGAGE,
  releaseKillSwitch: RELEASE,
  setPhase: SET_PHASE,
  commitOrder: COMMIT,
  revealOrder: REVEAL,
} = RecordKind;

/** Accounts of owners come behind those that every ledger has. */
const FIRST_ACCOUNT = FEE_ACCOUNT + 1;

export interface VenueOptions {
  readonly name: string;
  readonly listed: readonly Listed[];
  /** The single owner of all accounts; several venues may share it. */
  readonly ledger: Ledger;
  readonly fees: FeeSchedule;
  /** By instrument, where they differ: amounts are in units of its quote asset. */
  readonly instrumentFees?: readonly FeeSchedule[];
  /** When DAY orders expire. */
  readonly sessionEndNs?: Nanos;
  readonly ordersMax?: number;
  /** By instrument: whether self-trade prevention takes the owners of a group for one. */
  readonly preventsWithinGroups?: readonly boolean[];
  /** By instrument: which rules it has. Without them a command costs one comparison more. */
  readonly rules?: readonly (RuleOptions | undefined)[];
}

/**
 * A venue: its books, its rules, and the accounts behind the orders. A command is checked for funds, executed by its
 * book, and settled in the ledger before the next one is looked at; the reports of all books come out of one ring.
 * Owners are accounts of the ledger.
 */
export class Venue {
  declare readonly name: string;
  declare readonly listed: readonly Listed[];
  declare readonly books: readonly FastBook[];
  declare readonly ledger: Ledger;
  readonly reports = new RecordRing();
  readonly deltas = new RecordRing();
  /** Owners that belong together. */
  readonly groups = new OwnerGroups();
  declare private readonly fundedBooks: readonly FundedBook[];
  /** Rules with a time of their own. */
  declare private readonly timed: VenueRule[];
  /** By account: who owns it, as far as somebody has said. */
  private readonly ownerNames: (string | undefined)[] = [];
  /** By instrument: who takes commits, where that is the rule. */
  declare private readonly commitReveal: readonly (CommitReveal | undefined)[];
  declare private readonly killSwitch: KillSwitch | undefined;
  declare private readonly sessionEndNs: Nanos;
  private standingFees: StandingFees | undefined = undefined;
  /** By owner: 1 where orders are canceled when the owner's session ends. */
  private cancelsOnDisconnect = new Uint8Array(64);

  constructor(options: VenueOptions) {
    const { reports, deltas, groups, ownerNames } = this;
    this.name = options.name;
    this.listed = options.listed;
    this.ledger = options.ledger;
    this.sessionEndNs = options.sessionEndNs ?? Infinity;
    /** By quote asset. */
    const volumes = new Map<number, TradedVolume>();
    this.fundedBooks = options.listed.map((listed, index) => {
      assert(listed.index === index, "instruments are listed in order of their numbers");
      const fees = options.instrumentFees?.[index] ?? options.fees;
      checkFees(fees);
      let volume = volumes.get(listed.quoteAsset);
      if (volume === undefined) volumes.set(listed.quoteAsset, (volume = new TradedVolume(fees.volumeWindowNs)));
      const preventsWithinGroups = options.preventsWithinGroups?.[index];
      const demands = demandsOf(options.rules?.[index]);
      return new FundedBook({
        ...options,
        ...demands,
        preventsWithinGroups,
        fees,
        listed,
        reports,
        deltas,
        groups,
        ownerNames,
        volume,
      });
    });
    this.books = this.fundedBooks.map(({ book }) => book);
    const rules = this.makeRules(options);
    this.timed = rules.filter((rule) => rule.wake !== undefined);
    this.commitReveal = this.fundedBooks.map(({ chain }) => chain?.rules.find((rule) => rule instanceof CommitReveal));
    this.killSwitch = rules.find((rule) => rule instanceof KillSwitch);
  }

  private makeRules({ rules }: VenueOptions): VenueRule[] {
    if (rules === undefined) return [];
    const chains = createRules(rules, this.fundedBooks);
    this.fundedBooks.forEach((funded, index) => {
      funded.chain = chains[index] ?? null;
    });
    return [...new Set(chains.flatMap((chain) => chain?.rules ?? []))];
  }

  /** Has an owner pay by time, from now on, in the quote asset of an instrument. */
  chargeByTime(owner: number, fee: { readonly instrument: number; readonly unitsPerHour: Units }): void {
    if (this.standingFees === undefined) this.timed.push((this.standingFees = new StandingFees(this.sessionEndNs)));
    this.standingFees.add({ owner, unitsPerHour: fee.unitsPerHour, site: this.fundedBooks[fee.instrument] });
  }

  /** When a rule wants to be called; Infinity for not at all. */
  get nextWakeNs(): Nanos {
    let next = Infinity;
    for (const { nextWakeNs } of this.timed) if (nextWakeNs !== undefined && nextWakeNs < next) next = nextWakeNs;
    return next;
  }

  /** Calls the rules whose time has come. */
  wake(nowNs: Nanos): void {
    for (const rule of this.timed) if ((rule.nextWakeNs ?? Infinity) <= nowNs) rule.wake?.(nowNs);
  }

  /** Gives an owner a name, which its commits are bound to. */
  nameOwner(owner: number, name: string): void {
    this.ownerNames[owner] = name;
  }

  /** What happens to an owner's orders when its session ends: nothing unless this is called. */
  cancelOnDisconnect(owner: number): void {
    if (owner >= this.cancelsOnDisconnect.length) {
      const larger = new Uint8Array(Math.max(owner + 1, this.cancelsOnDisconnect.length * 2));
      larger.set(this.cancelsOnDisconnect);
      this.cancelsOnDisconnect = larger;
    }
    this.cancelsOnDisconnect[owner] = 1;
  }

  /** Owners whose orders are canceled when their sessions end. */
  get canceledOnDisconnect(): readonly number[] {
    return [...this.cancelsOnDisconnect.keys()].filter((owner) => this.cancelsOnDisconnect[owner] === 1);
  }

  /** Executes and settles the command at `words[at…at+15]`; `doubles` is the same memory as float64. */
  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { fundedBooks } = this;
    const instrument = words[at | INSTRUMENT];
    const owner = words[at | OWNER];
    const isOfOwner = owner >= FIRST_ACCOUNT && owner < this.ledger.accountCount;
    if (isOfOwner && words[at] < CANCEL_ALL && instrument >>> 0 < fundedBooks.length) {
      fundedBooks[instrument].apply(words, doubles, at, nowNs);
    } else {
      this.applyOther(words, doubles, at, nowNs);
    }
  }

  /** Commands over all orders of an owner, and whatever must be refused. */
  private applyOther(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const instrument = words[at | INSTRUMENT];
    if (words[at] === SET_PHASE) {
      this.setPhase(words, doubles, at, nowNs);
      return;
    }
    const owner = words[at | OWNER];
    if (words[at] === ENGAGE || words[at] === RELEASE) {
      this.operate(words, at, nowNs);
      return;
    }
    if (owner < FIRST_ACCOUNT || owner >= this.ledger.accountCount) {
      writeRefusal(this.reports, instrument, words, at, Reason.unknownOwner);
      return;
    }
    const kind = words[at];
    if (kind >= CANCEL_ALL && kind <= DISCONNECT) {
      if (kind === DISCONNECT && this.cancelsOnDisconnect[owner] !== 1) return;
      if (kind !== CANCEL_ALL || instrument === EVERY_INSTRUMENT) {
        for (const funded of this.fundedBooks) funded.apply(words, doubles, at, nowNs);
        return;
      }
    }
    if (instrument >>> 0 >= this.fundedBooks.length)
      writeRefusal(this.reports, instrument, words, at, Reason.unknownInstrument);
    else if (kind === COMMIT || kind === REVEAL) this.takeCommit(words, doubles, at, nowNs);
    else this.fundedBooks[instrument].apply(words, doubles, at, nowNs);
  }

  private takeCommit(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const instrument = words[at | INSTRUMENT];
    const rule = this.commitReveal[instrument];
    if (rule === undefined) writeRefusal(this.reports, instrument, words, at, Reason.notPermitted);
    else rule.take(words, doubles, at, nowNs);
  }

  /** A command of the operator's to one instrument or to every one. */
  private setPhase(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const instrument = words[at | INSTRUMENT];
    if (words[at | OWNER] !== EXTERNAL_ACCOUNT) {
      writeRefusal(this.reports, instrument, words, at, Reason.notPermitted);
      return;
    }
    for (const funded of this.fundedBooks) {
      const { index } = funded.listed;
      if (instrument === index || instrument === EVERY_INSTRUMENT) funded.apply(words, doubles, at, nowNs);
    }
  }

  /** A command of the operator's to the kill switch. */
  private operate(words: Int32Array, at: number, nowNs: Nanos): void {
    const { killSwitch, ledger } = this;
    const target = words[at | KillSwitchWord.target];
    const scope = words[at | KillSwitchWord.scope];
    const targets = scope === KillScope.owner ? ledger.accountCount : this.groups.count + 1;
    const isKnown = scope === KillScope.all || (target >= 1 && target < targets);
    if (killSwitch === undefined || words[at | OWNER] !== EXTERNAL_ACCOUNT || !isKnown) {
      const reason = isKnown ? Reason.notPermitted : Reason.unknownOwner;
      writeRefusal(this.reports, words[at | INSTRUMENT], words, at, reason);
      return;
    }
    if (words[at] === RELEASE) {
      killSwitch.release(scope, target);
      return;
    }
    killSwitch.engage(scope, target);
    for (const funded of this.fundedBooks) {
      for (let owner = FIRST_ACCOUNT; owner < ledger.accountCount; owner++) {
        if (killSwitch.isStopped(owner)) funded.cancelOrders(owner, Reason.killSwitch, nowNs);
      }
    }
  }

  /** Refuses a command that never came to a book. */
  refuse(words: Int32Array, at: number, reason: number): void {
    writeRefusal(this.reports, words[at | INSTRUMENT], words, at, reason);
  }

  /** Expires what is due in one instrument. */
  expire(instrument: number, nowNs: Nanos): void {
    this.fundedBooks[instrument].expire(nowNs);
  }
}

/** What rules want of an instrument's book. */
function demandsOf(rules: RuleOptions | undefined): { allocation?: Allocation; bandMillionths?: number } {
  const { auctions, limitUpLimitDown } = rules ?? {};
  return {
    ...(auctions === undefined ? {} : { allocation: auctions.allocation }),
    ...(limitUpLimitDown === undefined ? {} : { bandMillionths: limitUpLimitDown.bandMillionths }),
  };
}
