import { assert } from "../../core/assert.ts";
import type { Difference, Estimate } from "./estimate.ts";
import { estimate, pairedDifference, sideOf } from "./estimate.ts";
import type { StudySamples } from "./run-study.ts";
import type { Arm, Findings, Measure, Place, Study } from "./study.ts";

/**
 * Words for what a study's numbers say. A sentence claims a direction only where the interval leaves no other, and says
 * that nothing can be told where it does not: no conclusion stands in the code.
 */
export class StudyFindings implements Findings {
  readonly #study: Study;
  readonly #run: StudySamples;

  constructor(study: Study, run: StudySamples) {
    this.#study = study;
    this.#run = run;
  }

  estimate({ measure, arm }: Place): Estimate {
    return estimate(this.#values({ measure, arm }));
  }

  difference({ measure, arm, against }: Place & { readonly against: string }): Difference {
    return pairedDifference(this.#values({ measure, arm }), this.#values({ measure, arm: against }));
  }

  level(place: Place): string {
    const found = this.estimate(place);
    const measure = this.#measure(place.measure);
    const subject = `With ${this.#arm(place.arm).label}, ${measure.label}`;
    if (found.count === 0) return `${subject} did not come about in any seed.`;
    const seeds = this.#run.seeds.length;
    const share = found.count < seeds ? `, in the ${found.count} of ${seeds} seeds that have it` : "";
    const open = sideOf(found) === "open" && found.mean !== 0 ? ", which cannot be told from 0" : "";
    return `${subject} is ${withUnit(found.mean, measure)}${intervalText(found, measure)}${share}${open}.`;
  }

  comparison(place: Place & { readonly against: string }): string {
    const found = this.difference(place);
    const measure = this.#measure(place.measure);
    const apart = { ...measure, unit: measure.differenceUnit ?? measure.unit };
    const [arm, against] = [this.#arm(place.arm), this.#arm(place.against)];
    const side = sideOf(found);
    if (found.count === 0) return `No seed has ${measure.label} both with ${arm.label} and with ${against.label}.`;
    if (side === "open") {
      const by = `${withUnit(found.mean, apart)}${intervalText(found, measure)}`;
      return `With ${arm.label}, ${measure.label} cannot be told from that with ${against.label}: the difference is ${by}.`;
    }
    const isAbove = side === "above";
    // "4 lower, 3 to 5": sizes, since the word has the sign.
    const size = isAbove ? found : { ...found, mean: -found.mean, low: -found.high, high: -found.low };
    const consistent = `in ${isAbove ? found.higher : found.lower} of ${found.count} seeds`;
    const word = isAbove ? "higher" : "lower";
    const interval = intervalText(size, measure).slice(0, -1);
    return `With ${arm.label}, ${measure.label} is ${withUnit(size.mean, apart)} ${word} than with ${against.label}${interval}; ${consistent}).`;
  }

  #values({ measure, arm }: Place): StudySamples["samples"][string][string] {
    // A study that names what it does not have is a bug, and is found by the first run of it.
    this.#measure(measure);
    return this.#run.samples[this.#arm(arm).name][measure];
  }

  #measure(name: string): Measure {
    const measure = this.#study.measures.find((candidate) => candidate.name === name);
    assert(measure !== undefined, () => `the study ${this.#study.name} has no measure ${name}`);
    return measure;
  }

  #arm(name: string): Arm {
    const arm = this.#study.arms.find((candidate) => candidate.name === name);
    assert(arm !== undefined, () => `the study ${this.#study.name} has no arm ${name}`);
    return arm;
  }
}

/** A value as people read it, with the measure's unit. */
export function withUnit(value: number, measure: Measure): string {
  return measure.unit === "" ? fixed(value, measure) : `${fixed(value, measure)} ${measure.unit}`;
}

/** A value with the measure's digits; never "-0". */
export function fixed(value: number, { digits }: Measure): string {
  if (!Number.isFinite(value)) return "-";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** " (1.2 to 3.4)", or that there is no interval. */
function intervalText(found: Estimate, measure: Measure): string {
  if (found.count < 2) return " (one seed has no interval)";
  return ` (${fixed(found.low, measure)} to ${fixed(found.high, measure)})`;
}
