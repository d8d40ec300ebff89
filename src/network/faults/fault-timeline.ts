import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import { FAULTS_MAX } from "../network-limits.ts";
import type { FaultDirective, NetworkFault } from "./fault.ts";
import { faultEndNs } from "./fault.ts";

/** What begins and ends faults. */
export interface FaultTarget {
  begin(fault: NetworkFault, timeNs: Nanos): void;
  end(fault: NetworkFault, timeNs: Nanos): void;
}

interface Moment {
  readonly timeNs: Nanos;
  readonly does: "begin" | "end" | "heal";
  /** One fault, or one of the cuts of a link that flaps; undefined where all is healed. */
  readonly fault: NetworkFault | undefined;
  /** When the fault of which it is a part began. */
  readonly sinceNs: Nanos;
}

const RANKS = { begin: 0, end: 1, heal: 2 } as const;

/**
 * The beginnings and ends of faults, in order. At the same time beginnings come first, so that nothing is well for a
 * moment between two faults that follow each other; then it goes by the order in which they were added.
 */
export class FaultTimeline {
  /** Those before `#place` are over. */
  #moments: Moment[] = [];
  readonly #target: FaultTarget;
  readonly #schedule: (atNs: Nanos) => void;
  readonly #active = new Set<NetworkFault>();
  #place = 0;
  #faults = 0;
  /** When `advance` is called next. */
  #scheduledNs: Nanos = Infinity;

  /** @param schedule has `advance` called at a time */
  constructor(faults: readonly NetworkFault[], target: FaultTarget, schedule: (atNs: Nanos) => void) {
    this.#target = target;
    this.#schedule = schedule;
    this.#add(faults.flatMap(momentsOfFault));
    this.#awaitNext();
  }

  /** One more fault, or the end of all, now or later. */
  take(directive: FaultDirective, timeNs: Nanos): void {
    const { atNs } = directive;
    assert(atNs >= timeNs, "a fault begins now or later");
    this.#add(
      directive.kind === "heal"
        ? [{ timeNs: atNs, does: "heal", fault: undefined, sinceNs: atNs }]
        : momentsOfFault(directive),
    );
    this.advance(timeNs);
  }

  /** Does everything that is due, which may be nothing. */
  advance(timeNs: Nanos): void {
    if (timeNs >= this.#scheduledNs) this.#scheduledNs = Infinity;
    while (this.#nextTimeNs <= timeNs) {
      const { fault, does } = this.#moments[this.#place++];
      if (fault === undefined) this.#heal(timeNs);
      else if (does === "begin") this.#begin(fault, timeNs);
      else this.#end(fault, timeNs);
    }
    this.#awaitNext();
  }

  /** Infinity when nothing more will happen. */
  get #nextTimeNs(): Nanos {
    return this.#moments[this.#place]?.timeNs ?? Infinity;
  }

  /** What was added may come before what is scheduled, which then finds nothing to do. */
  #awaitNext(): void {
    if (this.#nextTimeNs >= this.#scheduledNs) return;
    this.#scheduledNs = this.#nextTimeNs;
    this.#schedule(this.#scheduledNs);
  }

  #begin(fault: NetworkFault, timeNs: Nanos): void {
    this.#active.add(fault);
    this.#target.begin(fault, timeNs);
  }

  #end(fault: NetworkFault, timeNs: Nanos): void {
    this.#active.delete(fault);
    this.#target.end(fault, timeNs);
  }

  /** Ends what has begun; of links that flap, the cuts to come as well. */
  #heal(timeNs: Nanos): void {
    const later = this.#moments.slice(this.#place).filter(({ sinceNs }) => sinceNs >= timeNs);
    this.#moments.splice(this.#place, Infinity, ...later);
    for (const fault of this.#active) this.#end(fault, timeNs);
  }

  #add(moments: readonly Moment[]): void {
    this.#faults += moments.length;
    // Each has a beginning and an end, and a run may be given as many during its life as it began with.
    assert(this.#faults <= 4 * FAULTS_MAX, "too many faults for one run");
    // The sort keeps the order of equal moments, which is that of their adding.
    const rest = [...this.#moments.slice(this.#place), ...moments];
    this.#moments = rest.sort((a, b) => a.timeNs - b.timeNs || RANKS[a.does] - RANKS[b.does]);
    this.#place = 0;
  }
}

/** How many faults a flapping one stands for. */
export function cutsOf(fault: FaultDirective): number {
  if (fault.kind !== "flap") return 1;
  return Math.ceil((fault.forNs ?? 0) / (fault.downNs + fault.upNs));
}

function momentsOfFault(fault: NetworkFault): Moment[] {
  return withoutFlapping(fault).flatMap((part) => momentsOf(part, fault.atNs));
}

/** A link that flaps is cut again and again. */
function withoutFlapping(fault: NetworkFault): NetworkFault[] {
  if (fault.kind !== "flap") return [fault];
  const { links, atNs, downNs, upNs } = fault;
  const endNs = faultEndNs(fault);
  return Array.from({ length: cutsOf(fault) }, (_, cut) => {
    const fromNs = atNs + cut * (downNs + upNs);
    return { kind: "cut", links, atNs: fromNs, forNs: Math.min(downNs, endNs - fromNs) };
  });
}

function momentsOf(fault: NetworkFault, sinceNs: Nanos): Moment[] {
  const endNs = faultEndNs(fault);
  const begin: Moment = { timeNs: fault.atNs, does: "begin", fault, sinceNs };
  return endNs === Infinity ? [begin] : [begin, { timeNs: endNs, does: "end", fault, sinceNs }];
}
