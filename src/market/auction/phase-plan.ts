import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import { PhaseChangedWord, TradingPhase } from "../../model/phase.ts";
import { Reason } from "../../model/reason.ts";
import type { VenueRule } from "../rules/rule.ts";
import type { Session } from "./session.ts";
import { CONTINUOUS_SESSION, plannedPhase } from "./session.ts";

const { phase: PHASE, untilNs: UNTIL_NS } = PhaseChangedWord;
const { continuous: CONTINUOUS, auction: AUCTION, halted: HALTED, closed: CLOSED } = TradingPhase;

/** Sets an instrument's phase: settles what comes of it and shows it to the observers. */
export type SetPhaseNow = (
  phase: TradingPhase,
  why: { readonly reason: number; readonly untilNs: Nanos },
  nowNs: Nanos,
) => void;

/** A halt that somebody asks for. */
export interface Halt {
  readonly reason: number;
  /** How long; Infinity until somebody sets another phase. */
  readonly haltNs: Nanos;
  /** How long orders gather before trading goes on; 0 for no auction. */
  readonly reopeningNs: Nanos;
}

/**
 * The one who decides about an instrument's phase: it follows the planned session, and interrupts it for halts. After a
 * halt orders gather in a reopening call, unless a planned call is due anyway, and then the session goes on as planned.
 *
 * A phase that is set from outside holds until the time that came with it; without one, a halt holds until another phase
 * is set, and any other phase until the plan's next change.
 */
export class PhasePlan implements VenueRule {
  /** When the phase changes next, as far as is known. */
  nextWakeNs: Nanos = Infinity;
  declare private readonly setPhase: SetPhaseNow;
  private session: Session = CONTINUOUS_SESSION;
  private phase: TradingPhase = CONTINUOUS;
  /** While a halt holds that was asked for: its end, and how long the call behind it is. */
  private halt: { untilNs: Nanos; reopeningNs: Nanos } | undefined = undefined;
  /** Changes of its own that it has not been shown yet. */
  private own = 0;

  constructor(setPhase: SetPhaseNow) {
    this.setPhase = setPhase;
  }

  /** Plans a session, before the first command. */
  plan(session: Session): void {
    this.session = session;
    this.nextWakeNs = plannedPhase(session, 0).phase === CONTINUOUS ? plannedPhase(session, 0).untilNs : 0;
  }

  /** Halts trading at once; of two halts the one that ends later counts. */
  haltNow({ reason, haltNs, reopeningNs }: Halt, nowNs: Nanos): void {
    const untilNs = nowNs + haltNs;
    if (this.phase === CLOSED || (this.halt !== undefined && this.halt.untilNs >= untilNs)) return;
    this.halt = { untilNs, reopeningNs };
    this.enter(HALTED, { reason, untilNs }, nowNs);
  }

  wake(nowNs: Nanos): void {
    const planned = plannedPhase(this.session, nowNs);
    const { halt } = this;
    this.halt = undefined;
    if (halt !== undefined && halt.reopeningNs > 0 && planned.phase === CONTINUOUS) {
      const untilNs = Math.min(nowNs + halt.reopeningNs, planned.untilNs);
      this.enter(AUCTION, { reason: Reason.reopening, untilNs }, nowNs);
    } else {
      this.enter(planned.phase, { reason: Reason.scheduled, untilNs: planned.untilNs }, nowNs);
    }
  }

  onPhase(words: Int32Array, doubles: Float64Array, at: number, nowNs: Nanos): void {
    if (this.own > 0) {
      this.own--;
      return;
    }
    const phase = Object.values(TradingPhase).find((candidate) => candidate === words[at | PHASE]);
    assert(phase !== undefined, "a phase that was entered is one");
    const untilNs = doubles[(at | UNTIL_NS) >> 1];
    this.phase = phase;
    this.halt = undefined;
    if (untilNs > nowNs) this.nextWakeNs = untilNs;
    else if (phase === HALTED || phase === CLOSED) this.nextWakeNs = Infinity;
    else this.nextWakeNs = plannedPhase(this.session, nowNs).untilNs;
  }

  private enter(phase: TradingPhase, { reason, untilNs }: { reason: number; untilNs: Nanos }, nowNs: Nanos): void {
    this.phase = phase;
    this.nextWakeNs = untilNs;
    this.own++;
    this.setPhase(phase, { reason, untilNs: untilNs === Infinity ? 0 : untilNs }, nowNs);
  }
}
