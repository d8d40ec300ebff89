import type { RecordRing } from "../../core/record-ring.ts";
import type { Nanos } from "../../core/units.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import type { BoundingRule } from "./order-bounds.ts";
import { OrderBounds } from "./order-bounds.ts";
import type { VenueRule } from "./rule.ts";

const { none: NONE } = Reason;
const {
  submitOrder: SUBMIT,
  cancelOrder: CANCEL,
  trade: TRADE,
  charge: CHARGE,
  phaseChanged: PHASE_CHANGED,
} = RecordKind;

type Gate = Required<Pick<VenueRule, "admit">>;
type CancelGate = Required<Pick<VenueRule, "admitCancel">>;
type OrderObserver = Required<Pick<VenueRule, "onOrder">>;
type TradeObserver = Required<Pick<VenueRule, "onTrade">>;
type PhaseObserver = Required<Pick<VenueRule, "onPhase">>;

// Reports of one venue come out of one ring.
const { instrument: INSTRUMENT } = ReportWord;
const { flags: FLAGS } = CommandWord;
/** A limit order's flags have none of these. */
const TYPE_BITS = FlagBits.typeMask << FlagBits.typeShift;

/**
 * The rules of one instrument in the order in which they are asked.
 *
 * An order within the bounds that some of the gates have in common is only shown to the others (order-bounds.ts). The
 * first ones of each kind have a field and a call of their own: V8 remembers at each place of the code which rule it
 * calls there, and takes small ones into the caller. In a loop it would look every rule up at every call.
 */
export class RuleChain {
  declare readonly rules: readonly VenueRule[];
  declare private readonly instrument: number;
  private isObserving = false;
  declare private readonly bounds: OrderBounds;
  declare private readonly bounding: readonly (BoundingRule & Gate)[];
  /** Every gate, for orders outside of the bounds. */
  declare private readonly gates: readonly Gate[];
  /** Gates that must see orders within the bounds too. */
  declare private readonly gate0: Gate | null;
  declare private readonly gate1: Gate | null;
  declare private readonly gate2: Gate | null;
  declare private readonly gate3: Gate | null;
  declare private readonly gate4: Gate | null;
  declare private readonly moreGates: readonly Gate[];
  declare private readonly cancelGate: CancelGate | null;
  declare private readonly moreCancelGates: readonly CancelGate[];
  declare private readonly orders0: OrderObserver | null;
  declare private readonly orders1: OrderObserver | null;
  declare private readonly orders2: OrderObserver | null;
  declare private readonly moreOrders: readonly OrderObserver[];
  declare private readonly trades0: TradeObserver | null;
  declare private readonly trades1: TradeObserver | null;
  declare private readonly trades2: TradeObserver | null;
  declare private readonly trades3: TradeObserver | null;
  declare private readonly trades4: TradeObserver | null;
  declare private readonly trades5: TradeObserver | null;
  declare private readonly moreTrades: readonly TradeObserver[];
  declare private readonly phases: readonly PhaseObserver[];

  /** @param bounds those that the rules of the instrument have been told of */
  constructor(rules: readonly VenueRule[], instrument: number, bounds = new OrderBounds()) {
    this.rules = rules;
    this.instrument = instrument;
    this.bounds = bounds;
    this.gates = rules.filter((rule): rule is Gate => rule.admit !== undefined);
    this.bounding = this.gates.filter(isBounding);
    const gates = this.gates.filter((gate) => !isBounding(gate));
    this.gate0 = gates[0] ?? null;
    this.gate1 = gates[1] ?? null;
    this.gate2 = gates[2] ?? null;
    this.gate3 = gates[3] ?? null;
    this.gate4 = gates[4] ?? null;
    this.moreGates = gates.slice(5);
    const cancelGates = rules.filter((rule): rule is CancelGate => rule.admitCancel !== undefined);
    this.cancelGate = cancelGates[0] ?? null;
    this.moreCancelGates = cancelGates.slice(1);
    const orders = rules.filter((rule): rule is OrderObserver => rule.onOrder !== undefined);
    this.orders0 = orders[0] ?? null;
    this.orders1 = orders[1] ?? null;
    this.orders2 = orders[2] ?? null;
    this.moreOrders = orders.slice(3);
    const trades = rules.filter((rule): rule is TradeObserver => rule.onTrade !== undefined);
    this.trades0 = trades[0] ?? null;
    this.trades1 = trades[1] ?? null;
    this.trades2 = trades[2] ?? null;
    this.trades3 = trades[3] ?? null;
    this.trades4 = trades[4] ?? null;
    this.trades5 = trades[5] ?? null;
    this.moreTrades = trades.slice(6);
    this.phases = rules.filter((rule): rule is PhaseObserver => rule.onPhase !== undefined);
  }

  /** Asks the gates one after the other. @returns the first refusal, or `Reason.none` */
  admit(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number {
    const kind = words[at];
    if (kind === CANCEL) return this.admitCancel(words, doubles, at, nowNs);
    const { bounds } = this;
    if (bounds.isStale) bounds.renew(this.bounding);
    const isPriced = kind !== SUBMIT || (words[at | FLAGS] & TYPE_BITS) === 0;
    let reason: number = NONE;
    if (!isPriced || !bounds.contains(words, at, nowNs)) {
      for (const gate of this.gates) {
        reason = gate.admit(words, doubles, at, nowNs);
        if (reason !== NONE) return reason;
      }
      // What passes shows that the bounds are narrower than they must be.
      bounds.isStale = isPriced;
      return NONE;
    }
    const { gate0, gate1, gate2, gate3, gate4 } = this;
    if (gate0 === null || (reason = gate0.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate1 === null || (reason = gate1.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate2 === null || (reason = gate2.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate3 === null || (reason = gate3.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate4 === null || (reason = gate4.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    for (const gate of this.moreGates) {
      reason = gate.admit(words, doubles, at, nowNs);
      if (reason !== NONE) return reason;
    }
    return NONE;
  }

  private admitCancel(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number {
    const { cancelGate } = this;
    let reason: number = NONE;
    if (cancelGate === null || (reason = cancelGate.admitCancel(words, doubles, at, nowNs)) !== NONE) return reason;
    for (const gate of this.moreCancelGates) {
      reason = gate.admitCancel(words, doubles, at, nowNs);
      if (reason !== NONE) return reason;
    }
    return NONE;
  }

  /**
   * Shows the observers every report of the instrument from number `from` on, also those that they add themselves: what
   * comes of a halt that one of them asks for is shown once, in its turn.
   */
  observe(reports: RecordRing, from: number, nowNs: Nanos): void {
    if (this.isObserving) return;
    this.isObserving = true;
    for (let number = from; number !== reports.written; number = (number + 1) | 0) {
      // An observer that adds a report may make the ring grow; the report at hand still stands in the arrays it had.
      const { words, doubles } = reports;
      const at = reports.offsetOf(number);
      if (words[at | INSTRUMENT] !== this.instrument) continue;
      const kind = words[at];
      if (kind === TRADE) this.showTrade(words, doubles, at, nowNs);
      else if (kind === PHASE_CHANGED) {
        for (const observer of this.phases) observer.onPhase(words, doubles, at, nowNs);
      } else if (kind !== CHARGE) this.showOrder(words, doubles, at, nowNs);
    }
    this.isObserving = false;
  }

  /**
   * The same where the command has made one report, on an order, as most do.
   * @param at where it stands in the ring
   */
  observeOrder(reports: RecordRing, at: number, nowNs: Nanos): void {
    if (this.isObserving) return;
    const next = reports.written;
    this.isObserving = true;
    this.showOrder(reports.words, reports.doubles, at, nowNs);
    this.isObserving = false;
    if (reports.written !== next) this.observe(reports, next, nowNs);
  }

  private showTrade(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { trades0, trades1, trades2, trades3, trades4, trades5 } = this;
    if (trades0 === null) return;
    trades0.onTrade(words, doubles, at, nowNs);
    if (trades1 === null) return;
    trades1.onTrade(words, doubles, at, nowNs);
    if (trades2 === null) return;
    trades2.onTrade(words, doubles, at, nowNs);
    if (trades3 === null) return;
    trades3.onTrade(words, doubles, at, nowNs);
    if (trades4 === null) return;
    trades4.onTrade(words, doubles, at, nowNs);
    if (trades5 === null) return;
    trades5.onTrade(words, doubles, at, nowNs);
    for (const observer of this.moreTrades) observer.onTrade(words, doubles, at, nowNs);
  }

  private showOrder(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    const { orders0, orders1, orders2 } = this;
    if (orders0 === null) return;
    orders0.onOrder(words, doubles, at, nowNs);
    if (orders1 === null) return;
    orders1.onOrder(words, doubles, at, nowNs);
    if (orders2 === null) return;
    orders2.onOrder(words, doubles, at, nowNs);
    for (const observer of this.moreOrders) observer.onOrder(words, doubles, at, nowNs);
  }
}

function isBounding(gate: Gate & Partial<BoundingRule>): gate is Gate & BoundingRule {
  return gate.narrow !== undefined;
}
