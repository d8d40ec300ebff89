import { assert } from "../../core/assert.ts";
import type { Nanos, Units } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { Reason } from "../../model/reason.ts";
import { TradeWord } from "../../model/report.ts";
import { OwnerValues } from "./owner-values.ts";
import type { RuleSite, VenueRule } from "./rule.ts";

const { owner: OWNER } = CommandWord;
const { takerOwner: TAKER_OWNER, makerOwner: MAKER_OWNER } = TradeWord;
const { none: NONE, orderToTradeRatio: RATIO } = Reason;

/** Numbers of an owner in the present window, and what it still owes of windows before. */
const MESSAGES = 0;
const TRADES = 1;
const OWED = 2;
const STRIDE = 3;

export interface OrderToTradeOptions {
  /** Windows follow each other from the run's start. */
  readonly windowNs: Nanos;
  /** Messages that are free in each window, whatever is traded. */
  readonly freeMessages: number;
  /** Messages that are free for each trade. */
  readonly perTrade: number;
  /** What each message beyond those costs, at the window's end. */
  readonly feeUnits: Units;
  /** Beyond so many messages for each trade orders are refused until the window's end; Infinity for never. */
  readonly perTradeMax: number;
}

/**
 * Counts the orders, replaces and cancels of each owner against its trades. What is beyond the ratio costs a fee when
 * the window ends; what is far beyond it is refused, but for cancels. What an owner cannot pay then it owes on.
 */
export class OrderToTrade implements VenueRule {
  declare private readonly site: RuleSite;
  declare private readonly options: OrderToTradeOptions;
  declare private readonly freeMessages: number;
  private readonly owners = new OwnerValues(STRIDE);
  /** When the present window ends; before all times while nobody has sent anything in it. */
  private windowEndNs: Nanos = -Infinity;

  constructor(options: OrderToTradeOptions, site: RuleSite) {
    assert(options.windowNs > 0, "a window has a length");
    this.options = options;
    this.freeMessages = options.freeMessages;
    this.site = site;
  }

  admit(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): number {
    const row = this.count(words[at | OWNER], nowNs);
    const { numbers } = this.owners;
    if (numbers[row] <= this.freeMessages) return NONE;
    const { freeMessages, perTradeMax } = this.options;
    // Times 0 only where it is finite: Infinity times 0 is no number.
    const most = perTradeMax === Infinity ? Infinity : freeMessages + perTradeMax * numbers[row + TRADES];
    return numbers[row] > most ? RATIO : NONE;
  }

  admitCancel(words: Int32Array, _doubles: Float64Array, at: number, nowNs: Nanos): number {
    this.count(words[at | OWNER], nowNs);
    return NONE;
  }

  get nextWakeNs(): Nanos {
    return this.windowEndNs === -Infinity ? Infinity : this.windowEndNs;
  }

  onTrade(words: Int32Array, _doubles: Float64Array, at: number): void {
    const { owners } = this;
    const taker = owners.rowOf(words[at | TAKER_OWNER]);
    owners.numbers[taker + TRADES] += 1;
    const maker = owners.rowOf(words[at | MAKER_OWNER]);
    owners.numbers[maker + TRADES] += 1;
  }

  /** Ends the window: who has sent too much pays, and all begin anew. */
  wake(): void {
    const { owners } = this.owners;
    const { feeUnits, freeMessages, perTrade } = this.options;
    for (let owner = 0; owner < owners; owner++) {
      const row = this.owners.rowOf(owner);
      const { numbers } = this.owners;
      const excess = Math.floor(numbers[row] - freeMessages - perTrade * numbers[row + TRADES]);
      const due = numbers[row + OWED] + Math.max(0, excess) * feeUnits;
      numbers[row + MESSAGES] = 0;
      numbers[row + TRADES] = 0;
      numbers[row + OWED] = due > 0 ? due - this.site.charge(owner, due, RATIO) : 0;
    }
    this.windowEndNs = -Infinity;
  }

  /** Counts a message of an owner. @returns where its numbers are */
  private count(owner: number, nowNs: Nanos): number {
    if (nowNs >= this.windowEndNs) this.begin(nowNs);
    const row = this.owners.rowOf(owner);
    this.owners.numbers[row + MESSAGES] += 1;
    return row;
  }

  private begin(nowNs: Nanos): void {
    const { windowNs } = this.options;
    if (this.windowEndNs !== -Infinity) this.wake();
    this.windowEndNs = (Math.floor(nowNs / windowNs) + 1) * windowNs;
  }
}
