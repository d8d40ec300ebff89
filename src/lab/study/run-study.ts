import { assert } from "../../core/assert.ts";
import type { Value } from "./estimate.ts";
import type { Study } from "./study.ts";

/** Runs one seed of one arm, somewhere: here, or on another thread. */
export type ArmRunner = (task: ArmTask) => Promise<Readonly<Record<string, Value>>>;

export interface ArmTask {
  /** Place of the arm in the study. */
  readonly arm: number;
  readonly seed: number;
  readonly parameters: Readonly<Record<string, number>>;
}

export interface StudyPlan {
  readonly seeds: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  /** How many runs may be under way at once. */
  readonly lanes: number;
  readonly run: ArmRunner;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** The seeds that every arm has run on, and what came of them by arm and measure. */
export interface StudySamples {
  readonly seeds: readonly number[];
  readonly samples: Readonly<Record<string, Readonly<Record<string, readonly Value[]>>>>;
}

/**
 * Runs every arm on every seed, one seed after the other, so that a study which is stopped has whole seeds. What comes
 * of it depends on the seeds alone, not on the number of lanes or on which of them is faster.
 */
export async function runStudy(study: Study, plan: StudyPlan): Promise<StudySamples> {
  const { seeds, parameters, signal, onProgress } = plan;
  const tasks = seeds.flatMap((seed) => study.arms.map((_, arm): ArmTask => ({ arm, seed, parameters })));
  const outcomes: (Readonly<Record<string, Value>> | undefined)[] = tasks.map(() => undefined);
  let next = 0;
  let done = 0;
  const isOver = (): boolean => next === tasks.length || signal?.aborted === true;
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const place = next++;
      outcomes[place] = await plan.run(tasks[place]);
      onProgress?.(++done, tasks.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(plan.lanes, tasks.length) }, lane));

  const armCount = study.arms.length;
  const outcome = (seed: number, arm: number): Readonly<Record<string, Value>> | undefined =>
    outcomes[seed * armCount + arm];
  const whole = seeds.flatMap((_, seed) => (study.arms.every((_arm, arm) => outcome(seed, arm)) ? [seed] : []));
  const samplesOf = (arm: number, measure: string): Value[] =>
    whole.map((seed) => {
      const value = outcome(seed, arm)?.[measure];
      assert(value !== undefined, () => `the study ${study.name} did not measure ${measure}`);
      assert(value === null || Number.isFinite(value), () => `${measure} of ${study.name} is ${String(value)}`);
      return value;
    });
  return {
    seeds: whole.map((seed) => seeds[seed]),
    samples: Object.fromEntries(
      study.arms.map(({ name }, arm) => [
        name,
        Object.fromEntries(study.measures.map((measure) => [measure.name, samplesOf(arm, measure.name)])),
      ]),
    ),
  };
}

/** Runs the arms of a study on this thread. */
export function runHere(study: Study): ArmRunner {
  return ({ arm, seed, parameters }) => study.runArm({ treatment: study.arms[arm].treatment, seed, parameters });
}
