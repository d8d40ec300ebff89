import type { RecordRing } from "../../core/record-ring.ts";
import type { Nanos } from "../../core/units.ts";
import { Reason } from "../../model/reason.ts";
import { RecordKind } from "../../model/record.ts";
import { ReportWord } from "../../model/report.ts";
import type { VenueRule } from "./rule.ts";

const { none: NONE } = Reason;
const { trade: TRADE, charge: CHARGE, phaseChanged: PHASE_CHANGED } = RecordKind;

type Gate = Required<Pick<VenueRule, "admit">>;
type OrderObserver = Required<Pick<VenueRule, "onOrder">>;
type TradeObserver = Required<Pick<VenueRule, "onTrade">>;
type PhaseObserver = Required<Pick<VenueRule, "onPhase">>;

// Reports of one venue come out of one ring.
const { instrument: INSTRUMENT } = ReportWord;

/** The rules of one instrument in the order in which they are asked. */
export class RuleChain {
  declare readonly rules: readonly VenueRule[];
  declare private readonly instrument: number;
  private isObserving = false;
  declare private readonly gates: readonly Gate[];
  declare private readonly orderObservers: readonly OrderObserver[];
  declare private readonly tradeObservers: readonly TradeObserver[];
  declare private readonly phaseObservers: readonly PhaseObserver[];

  constructor(rules: readonly VenueRule[], instrument: number) {
    this.rules = rules;
    this.instrument = instrument;
    this.gates = rules.filter((rule): rule is Gate => rule.admit !== undefined);
    this.orderObservers = rules.filter((rule): rule is OrderObserver => rule.onOrder !== undefined);
    this.tradeObservers = rules.filter((rule): rule is TradeObserver => rule.onTrade !== undefined);
    this.phaseObservers = rules.filter((rule): rule is PhaseObserver => rule.onPhase !== undefined);
  }

  /** Asks the gates one after the other. @returns the first refusal, or `Reason.none` */
  admit(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): number {
    const { gates } = this;
    for (let place = 0; place < gates.length; place++) {
      const reason = gates[place].admit(words, doubles, at, nowNs);
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

  private showTrade(reports: RecordRing, number: number, nowNs: Nanos): void {
    const { tradeObservers } = this;
    for (let place = 0; place < tradeObservers.length; place++)
      tradeObservers[place].onTrade(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
  }

  private showPhase(reports: RecordRing, number: number, nowNs: Nanos): void {
    for (const observer of this.phaseObservers)
      observer.onPhase(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
  }

  private showOrder(reports: RecordRing, number: number, nowNs: Nanos): void {
    const { orderObservers } = this;
    for (let place = 0; place < orderObservers.length; place++)
      orderObservers[place].onOrder(reports.words, reports.doubles, reports.offsetOf(number), nowNs);
  }
}
