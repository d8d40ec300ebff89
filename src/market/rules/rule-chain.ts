import type { RecordRing } from "../../core/record-ring.ts";
import type { Nanos } from "../../core/units.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import type { VenueRule } from "./rule.ts";

const { none: NONE } = Reason;
const { cancelOrder: CANCEL, trade: TRADE, charge: CHARGE, phaseChanged: PHASE_CHANGED } = RecordKind;

type Gate = Required<Pick<VenueRule, "admit">>;
type CancelGate = Required<Pick<VenueRule, "admitCancel">>;
type OrderObserver = Required<Pick<VenueRule, "onOrder">>;
type TradeObserver = Required<Pick<VenueRule, "onTrade">>;
type PhaseObserver = Required<Pick<VenueRule, "onPhase">>;

// Reports of one venue come out of one ring.
const { instrument: INSTRUMENT } = ReportWord;

/**
 * The rules of one instrument in the order in which they are asked.
 *
 * The first ones of each kind have a field and a call of their own: V8 remembers at each place of the code which rule it
 * calls there, and takes small ones into the caller. In a loop it would look every rule up at every call.
 */
export class RuleChain {
  declare readonly rules: readonly VenueRule[];
  declare private readonly instrument: number;
  private isObserving = false;
  declare private readonly gate0: Gate | null;
  declare private readonly gate1: Gate | null;
  declare private readonly gate2: Gate | null;
  declare private readonly gate3: Gate | null;
  declare private readonly gate4: Gate | null;
  declare private readonly gate5: Gate | null;
  declare private readonly gate6: Gate | null;
  declare private readonly gate7: Gate | null;
  declare private readonly moreGates: readonly Gate[];
  declare private readonly cancelGate: CancelGate | null;
  declare private readonly moreCancelGates: readonly CancelGate[];
  declare private readonly orders0: OrderObserver | null;
  declare private readonly orders1: OrderObserver | null;
  declare private readonly orders2: OrderObserver | null;
  declare private readonly moreOrders: readonly OrderObserver[];
  declare private readonly trades: readonly TradeObserver[];
  declare private readonly phases: readonly PhaseObserver[];

  constructor(rules: readonly VenueRule[], instrument: number) {
    this.rules = rules;
    this.instrument = instrument;
    const gates = rules.filter((rule): rule is Gate => rule.admit !== undefined);
    this.gate0 = gates[0] ?? null;
    this.gate1 = gates[1] ?? null;
    this.gate2 = gates[2] ?? null;
    this.gate3 = gates[3] ?? null;
    this.gate4 = gates[4] ?? null;
    this.gate5 = gates[5] ?? null;
    this.gate6 = gates[6] ?? null;
    this.gate7 = gates[7] ?? null;
    this.moreGates = gates.slice(8);
    const cancelGates = rules.filter((rule): rule is CancelGate => rule.admitCancel !== undefined);
    this.cancelGate = cancelGates[0] ?? null;
    this.moreCancelGates = cancelGates.slice(1);
    const orders = rules.filter((rule): rule is OrderObserver => rule.onOrder !== undefined);
    this.orders0 = orders[0] ?? null;
    this.orders1 = orders[1] ?? null;
    this.orders2 = orders[2] ?? null;
    this.moreOrders = orders.slice(3);
    this.trades = rules.filter((rule): rule is TradeObserver => rule.onTrade !== undefined);
    this.phases = rules.filter((rule): rule is PhaseObserver => rule.onPhase !== undefined);
  }

  /** Asks the gates one after the other. @returns the first refusal, or `Reason.none` */
  admit(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number {
    if (words[at] === CANCEL) return this.admitCancel(words, doubles, at, nowNs);
    const { gate0, gate1, gate2, gate3, gate4, gate5, gate6, gate7 } = this;
    let reason: number = NONE;
    if (gate0 === null || (reason = gate0.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate1 === null || (reason = gate1.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate2 === null || (reason = gate2.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate3 === null || (reason = gate3.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate4 === null || (reason = gate4.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate5 === null || (reason = gate5.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate6 === null || (reason = gate6.admit(words, doubles, at, nowNs)) !== NONE) return reason;
    if (gate7 === null || (reason = gate7.admit(words, doubles, at, nowNs)) !== NONE) return reason;
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
      const at = reports.offsetOf(number);
      if (reports.words[at | INSTRUMENT] !== this.instrument) continue;
      const kind = reports.words[at];
      if (kind === TRADE) this.showTrade(reports, number, nowNs);
      else if (kind === PHASE_CHANGED) this.showPhase(reports, number, nowNs);
      else if (kind !== CHARGE) this.showOrder(reports, number, nowNs);
    }
    this.isObserving = false;
  }

  // The ring's arrays are read anew for each observer, because one that adds a report may make the ring grow.

  private showOrder(reports: RecordRing, number: number, nowNs: Nanos): void {
    const { orders0, orders1, orders2 } = this;
    if (orders0 === null) return;
    orders0.onOrder(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
    if (orders1 === null) return;
    orders1.onOrder(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
    if (orders2 === null) return;
    orders2.onOrder(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
    for (const observer of this.moreOrders)
      observer.onOrder(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
  }

  private showTrade(reports: RecordRing, number: number, nowNs: Nanos): void {
    for (const observer of this.trades)
      observer.onTrade(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
  }

  private showPhase(reports: RecordRing, number: number, nowNs: Nanos): void {
    for (const observer of this.phases)
      observer.onPhase(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
  }
}
