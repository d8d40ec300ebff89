import type { Nanos, Units } from "../../core/units.ts";
import { assert } from "../../core/assert.ts";
import { CommandWord } from "../../model/command.ts";
import { CollateralWord, CommitWord, RevealWord, commitmentOf } from "../../model/commitment.ts";
import { PhaseChangedWord, TradingPhase } from "../../model/phase.ts";
import { Reason } from "../../model/reason.ts";
import { RECORD_WORDS, RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import { writeRefusal } from "../book/report-writer.ts";
import { COMMITS_MAX, CommitTable } from "./commit-table.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { owner: OWNER, orderId: ORDER_ID } = CommandWord;
const { submitOrder: SUBMIT, cancelOrder: CANCEL, commitOrder: COMMIT, orderAccepted: ACCEPTED } = RecordKind;
const { none: NONE } = Reason;

/** Refusals of a revealed order that are the venue's doing: its owner has kept its word. */
const NOT_THE_OWNERS_DOING: readonly number[] = [Reason.halted, Reason.marketClosed, Reason.killSwitch];

export interface CommitRevealOptions {
  /** How long before the end of each call orders are revealed; commits come before. */
  readonly revealNs: Nanos;
  /** What each commit sets aside, in units of the quote asset: the same for all, so that it tells nothing of the order. */
  readonly collateralUnits: Units;
  /** What is lost of it where the order is not revealed, or is not the one, or is none that the book takes. */
  readonly penaltyUnits: Units;
  /** Commits of one owner in one batch. */
  readonly commitsMax: number;
}

/**
 * Lets orders into calls only behind a commit: until the reveal window begins nobody knows them, the venue included, and
 * when it has begun nobody can act on them any more (docs/commit-reveal.md).
 */
export class CommitReveal implements VenueRule {
  declare private readonly site: RuleSite;
  declare private readonly options: CommitRevealOptions;
  private readonly commits = new CommitTable();
  /** When the call that is going on shall end; 0 while there is none. */
  private batchEndNs: Nanos = 0;
  /** Whether the order at hand is one that was revealed. */
  private isRevealing = false;
  private readonly words = new Int32Array(RECORD_WORDS);
  private readonly doubles = new Float64Array(this.words.buffer);

  constructor(options: CommitRevealOptions, site: RuleSite) {
    assert(options.penaltyUnits <= options.collateralUnits, "a penalty is paid out of the collateral");
    this.options = options;
    this.site = site;
  }

  /** Orders that are not revealed are refused, and so are replaces: they would be orders that nobody committed to. */
  admit(words: Int32Array, _doubles: Float64Array, at: number): number {
    return words[at] === CANCEL || this.isRevealing ? NONE : Reason.commitRequired;
  }

  /** A call ends, and mostly the next one begins. */
  onPhase(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    // Who had no time to reveal, because the call ended before it should have, has not broken its word.
    const wasInTime = nowNs >= this.batchEndNs;
    if (this.commits.count > 0)
      this.commits.removeAll((owner, orderId) =>
        wasInTime ? this.forfeit(owner, orderId, Reason.notRevealed) : this.release(owner, orderId, Reason.batchVoid),
      );
    const isCall = words[at + PhaseChangedWord.phase] === TradingPhase.auction;
    this.batchEndNs = isCall ? doubles[(at + PhaseChangedWord.untilNs) >> 1] : 0;
  }

  /** Takes the commit or the reveal at `words[at…at+15]`, of an owner who has an account. */
  take(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const reason = words[at] === COMMIT ? this.commit(words, doubles, at, nowNs) : this.reveal(words, at, nowNs);
    if (reason !== NONE) writeRefusal(this.site.reports, this.site.listed.index, words, at, reason);
  }

  private commit(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number {
    const { commits, site, options, batchEndNs } = this;
    const owner = words[at | OWNER];
    const orderId = words[at | ORDER_ID];
    if (site.ownerNames[owner] === undefined) return Reason.notPermitted;
    if (batchEndNs === 0) return Reason.noBatch;
    if (doubles[(at + CommitWord.batchEndNs) >> 1] !== batchEndNs) return Reason.wrongBatch;
    if (nowNs >= batchEndNs - options.revealNs) return Reason.commitTooLate;
    if (commits.find(owner, orderId) !== 0 || site.book.find(owner, orderId) !== undefined)
      return Reason.duplicateOrderId;
    if (commits.countOf(owner) >= options.commitsMax || commits.count >= COMMITS_MAX) return Reason.tooManyCommits;
    const { quoteAsset } = site.listed;
    if (site.ledger.free(owner, quoteAsset) < options.collateralUnits) return Reason.insufficientFunds;
    site.ledger.reserve(owner, quoteAsset, options.collateralUnits);
    commits.add(words, at);
    this.report(RecordKind.collateralLocked, owner, orderId, NONE);
    return NONE;
  }

  private reveal(words: Int32Array, at: number, nowNs: Nanos): number {
    const { commits, site, batchEndNs } = this;
    const owner = words[at | OWNER];
    const orderId = words[at | ORDER_ID];
    const commit = commits.find(owner, orderId);
    if (commit === 0) return Reason.noCommit;
    if (nowNs < batchEndNs - this.options.revealNs) return Reason.revealTooEarly;
    // The call ends at this very moment, and with it the penalty comes.
    if (nowNs >= batchEndNs) return Reason.revealTooLate;
    const name = site.ownerNames[owner];
    const isTheOne =
      name !== undefined && commits.matches(commit, commitmentOf({ venue: site.venueName, owner: name }, words, at));
    commits.remove(commit);
    if (!isTheOne) {
      this.forfeit(owner, orderId, Reason.commitMismatch);
      return Reason.commitMismatch;
    }
    // What was set aside for the commit may pay for the order.
    this.release(owner, orderId, NONE);
    const reason = this.submit(words, at, nowNs);
    if (reason !== NONE && !NOT_THE_OWNERS_DOING.includes(reason))
      site.charge(owner, this.options.penaltyUnits, reason);
    return NONE;
  }

  /** Sends the revealed order on its way. @returns why it was refused, or `Reason.none` */
  private submit(reveal: Int32Array, at: number, nowNs: Nanos): number {
    const { words, doubles, site } = this;
    const { reports } = site;
    for (let word = 0; word < RECORD_WORDS; word++) words[word] = word < RevealWord.salt ? reveal[at + word] : 0;
    words[0] = SUBMIT;
    const number = reports.written;
    this.isRevealing = true;
    site.apply(words, doubles, 0, nowNs);
    this.isRevealing = false;
    // Orders that expire by now are reported before it.
    for (let next = number; next !== reports.written; next = (next + 1) | 0) {
      const report = reports.offsetOf(next);
      const isOfOrder =
        reports.words[report + ReportWord.owner] === words[OWNER] &&
        reports.words[report + ReportWord.orderId] === words[ORDER_ID];
      if (!isOfOrder) continue;
      if (reports.words[report] === ACCEPTED) return NONE;
      if (reports.words[report] === RecordKind.orderRejected) return reports.words[report + ReportWord.reason];
    }
    assert(false, "an order is accepted or refused");
    return NONE;
  }

  private forfeit(owner: number, orderId: number, reason: number): void {
    this.release(owner, orderId, reason);
    const { penaltyUnits } = this.options;
    const paid = this.site.charge(owner, penaltyUnits, reason);
    assert(paid === penaltyUnits, "what was set aside covers the penalty");
  }

  private release(owner: number, orderId: number, reason: number): void {
    this.site.ledger.release(owner, this.site.listed.quoteAsset, this.options.collateralUnits);
    this.report(RecordKind.collateralReleased, owner, orderId, reason);
  }

  private report(kind: number, owner: number, orderId: number, reason: number): void {
    const { reports, listed } = this.site;
    const at = reports.append();
    reports.words.fill(0, at, at + RECORD_WORDS);
    reports.words[at] = kind;
    reports.words[at + CollateralWord.instrument] = listed.index;
    reports.words[at + CollateralWord.owner] = owner;
    reports.words[at + CollateralWord.orderId] = orderId;
    reports.words[at + CollateralWord.reason] = reason;
    reports.doubles[(at + CollateralWord.units) >> 1] = this.options.collateralUnits;
  }
}
