import type { RecordRing } from "../../core/record-ring.ts";
import type { Nanos, Units } from "../../core/units.ts";
import type { Listed } from "../../model/listing.ts";
import type { PhasePlan } from "../auction/phase-plan.ts";
import type { FastBook } from "../fast-book.ts";
import type { Ledger } from "../ledger.ts";
import type { OwnerGroups } from "../owner-groups.ts";
import type { OrderBounds } from "./order-bounds.ts";

/**
 * A rule of a venue. It has any of these parts, each called where it has a part to play (docs/venue-rules.md):
 *
 * - a **gate** (`admit`, `admitCancel`) looks at each order and replace, or cancel, before funds and book do;
 * - an **observer** (`onOrder`, `onTrade`, `onPhase`) sees the reports of each command after they are settled;
 * - a **clock** (`nextWakeNs`, `wake`) acts at a time of its own though no command comes.
 *
 * All of them work on the records where they stand (model/command.ts, model/report.ts). A rule keeps what it knows of
 * owners in typed arrays (owner-values.ts) and allocates nothing per command. It knows the time from its calls alone.
 */
export interface VenueRule {
  /**
   * Looks at the command at `words[at…at+15]`, a submit or replace of an owner who has an account. What expires by
   * `nowNs` has expired. The command may be nonsense (a quantity of 0, flags that no order can have): a gate lets
   * pass what it cannot judge, and the book refuses it.
   * @returns a reason code; `Reason.none` lets the command pass. Rules behind one that refuses are not asked.
   */
  admit?(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number;
  /**
   * For a gate that lets pass whatever lies within bounds and remembers nothing of it: narrows the bounds to that, and is
   * asked only about orders outside of them.
   */
  narrow?(bounds: OrderBounds): void;
  /** The same as `admit` for a cancel. Few rules stand in the way of one, since it only takes risk away. */
  admitCancel?(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number;
  /** Sees a report that is laid out by `ReportWord`: whatever became of orders but trades, refusals by gates included. */
  onOrder?(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void;
  /** Sees a trade, laid out by `TradeWord`, with its fees. */
  onTrade?(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void;
  /** Sees that the instrument has entered a phase, laid out by `PhaseChangedWord`; the trades of a call that ended follow. */
  onPhase?(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void;
  /** Told of each instrument that it holds for, before the first command. */
  join?(site: RuleSite): void;
  /** When `wake` wants to be called next; Infinity for not at all. It may change with each call of the rule. */
  readonly nextWakeNs?: Nanos;
  /** What the rule does at a time: the venue's actor calls it as soon as `nextWakeNs` is reached. */
  wake?(nowNs: Nanos): void;
}

/** What the rules of one instrument may look at, and how they act. */
export interface RuleSite {
  readonly listed: Listed;
  readonly book: FastBook;
  readonly ledger: Ledger;
  /** The venue's, and the names of its owners by account: what commits are bound to. */
  readonly venueName: string;
  readonly ownerNames: readonly (string | undefined)[];
  /** Where the venue's reports go. */
  readonly reports: RecordRing;
  readonly groups: OwnerGroups;
  /** Within which orders pass all gates that look at price and size alone: who would refuse one calls them stale. */
  readonly bounds: OrderBounds;
  /** Who decides about the instrument's phase: observers and clocks may ask it for a halt. */
  readonly phases: PhasePlan;
  /**
   * Books a fee of an owner in the quote asset, and reports it as `charge`: what it cannot pay now stays undone.
   * Gates, observers and clocks may call it.
   * @returns what was paid
   */
  charge(owner: number, units: Units, reason: number): Units;
  /** Executes and settles a command of the rule's own, as if its owner had sent it: all gates are asked. */
  apply(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void;
  /**
   * Cancels the owner's orders, settles and shows that to the observers. For clocks only: a gate or an observer that
   * wants it asks to be woken now.
   */
  cancelOrders(owner: number, reason: number, nowNs: Nanos): void;
}
