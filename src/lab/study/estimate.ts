import { assert } from "../../core/assert.ts";
import { signTest } from "./sign-test.ts";
import { studentReach } from "./student.ts";

/** Every interval of a study holds what is looked for in so many of a hundred studies. Each interval is for itself. */
export const CONFIDENCE = 0.95;

/** What a run did not have, such as the time to a recovery that never came, is null. */
export type Value = number | null;

/** A mean with its interval of Student's law. Below two values the interval is everything. */
export interface Estimate {
  /** Values that there were. */
  readonly count: number;
  /** NaN when there were none. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Treated less control, seed by seed, over the seeds that have both. */
export interface Difference extends Estimate {
  /** Seeds in which the treated one was higher, and lower; equal ones are neither. */
  readonly higher: number;
  readonly lower: number;
  /** Chance of such a split, or a more one-sided one, if the treatment did nothing (exact sign test). */
  readonly signChance: number;
  /** How many times more seeds two independent samples would need for an interval as narrow: what pairing was worth. */
  readonly pairingGain: number;
}

export function estimate(values: readonly Value[]): Estimate {
  const present = values.filter((value) => value !== null);
  const count = present.length;
  const mean = meanOf(present);
  if (count < 2) return { count, mean, low: -Infinity, high: Infinity };
  const reach = studentReach(CONFIDENCE, count - 1) * Math.sqrt(varianceOf(present) / count);
  return { count, mean, low: mean - reach, high: mean + reach };
}

/** @param treated value by seed; `control` has the same seeds in the same order */
export function pairedDifference(treated: readonly Value[], control: readonly Value[]): Difference {
  assert(treated.length === control.length, "two arms of a study have the same seeds");
  const pairs = treated.flatMap((value, index) => {
    const other = control[index];
    return value === null || other === null ? [] : [{ treated: value, control: other }];
  });
  const differences = pairs.map((pair) => pair.treated - pair.control);
  const higher = differences.filter((difference) => difference > 0).length;
  const lower = differences.filter((difference) => difference < 0).length;
  const apart = varianceOf(pairs.map((pair) => pair.treated)) + varianceOf(pairs.map((pair) => pair.control));
  return {
    ...estimate(differences),
    higher,
    lower,
    signChance: signTest({ higher, lower }),
    pairingGain: apart / varianceOf(differences),
  };
}

/** Whether an interval says that the mean is above or below that value, or leaves it open. */
export function sideOf(found: Estimate, value = 0): "above" | "below" | "open" {
  if (found.low > value) return "above";
  return found.high < value ? "below" : "open";
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Of the sample. */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
