import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import { FAULTS_MAX } from "../network-limits.ts";
import type { NetworkFault } from "./fault.ts";
import { faultEndNs } from "./fault.ts";

/** What begins and ends faults. */
export interface FaultTarget {
  begin(fault: NetworkFault, timeNs: Nanos): void;
  end(fault: NetworkFault, timeNs: Nanos): void;
}

interface Moment {
  readonly timeNs: Nanos;
  readonly fault: NetworkFault;
  readonly does: "begin" | "end";
}

/**
 * The beginnings and ends of faults, in order. At the same time beginnings come first, so that nothing is well for a
 * moment between two faults that follow each other; then it goes by the order of the list.
 */
export class FaultTimeline {
  readonly #moments: readonly Moment[];
  readonly #target: FaultTarget;
  #place = 0;

  constructor(faults: readonly NetworkFault[], target: FaultTarget) {
    this.#target = target;
    const moments = faults.flatMap(withoutFlapping).flatMap(momentsOf);
    assert(moments.length <= 2 * FAULTS_MAX, "too many faults for one run");
    // The sort keeps the order of equal moments, which is the list's.
    this.#moments = moments.sort((a, b) => a.timeNs - b.timeNs || rank(a) - rank(b));
  }

  /** Infinity when nothing more will happen. */
  get nextTimeNs(): Nanos {
    return this.#moments[this.#place]?.timeNs ?? Infinity;
  }

  /** Does everything that is due. */
  advance(timeNs: Nanos): void {
    while (this.nextTimeNs <= timeNs) {
      const { fault, does } = this.#moments[this.#place++];
      this.#target[does](fault, timeNs);
    }
  }
}

/** How many faults a flapping one stands for. */
export function cutsOf(fault: NetworkFault): number {
  if (fault.kind !== "flap") return 1;
  return Math.ceil((fault.forNs ?? 0) / (fault.downNs + fault.upNs));
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

function momentsOf(fault: NetworkFault): Moment[] {
  const endNs = faultEndNs(fault);
  const begin: Moment = { timeNs: fault.atNs, fault, does: "begin" };
  return endNs === Infinity ? [begin] : [begin, { timeNs: endNs, fault, does: "end" }];
}

function rank({ does }: Moment): number {
  return does === "begin" ? 0 : 1;
}
