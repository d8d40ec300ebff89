import type { DetectorName } from "../../../market/surveillance/alert.ts";
import { DETECTOR_KINDS } from "../../../market/surveillance/detector-kinds.ts";
import { OFFENCES } from "./offences.ts";

/** How good a detector is, over all runs of a study. */
export interface Score {
  readonly detector: DetectorName;
  /** Culprits that it should have named, and those of them that it did. */
  readonly culprits: number;
  readonly caught: number;
  /** Accounts that it named and should not have: innocents, and culprits of something else. */
  readonly wrong: number;
  /** Innocents that it named in runs without culprits. */
  readonly falseAlarms: number;
  readonly cleanRuns: number;
  readonly recall: number;
  readonly precision: number;
}

/** The measure that counts whom a detector named wrongly. */
export function wrongBy(detector: DetectorName): `wrong-${DetectorName}` {
  return `wrong-${detector}`;
}

/**
 * Adds up what the runs found.
 * @param totalOf the sum of a measure over the seeds of an arm
 */
export function scoresOf(
  totalOf: (place: { readonly measure: string; readonly arm: string }) => number,
  runsOfArm: number,
): Score[] {
  const [clean] = OFFENCES;
  return DETECTOR_KINDS.map(({ name: detector }) => {
    const sought = OFFENCES.filter(({ treatment }) => treatment.detector === detector);
    const culprits = runsOfArm * sought.reduce((sum, { treatment }) => sum + treatment.culprits, 0);
    const caught = sought.reduce((sum, { name: arm }) => sum + totalOf({ measure: "caught", arm }), 0);
    const measure = wrongBy(detector);
    const wrong = OFFENCES.reduce((sum, { name: arm }) => sum + totalOf({ measure, arm }), 0);
    return {
      detector,
      culprits,
      caught,
      wrong,
      falseAlarms: totalOf({ measure, arm: clean.name }),
      cleanRuns: runsOfArm,
      recall: caught / culprits,
      // Who names nobody is never wrong.
      precision: caught + wrong === 0 ? 1 : caught / (caught + wrong),
    };
  });
}

/** A score in a sentence. */
export function scoreText(score: Score): string {
  const { detector, culprits, caught, wrong, falseAlarms, cleanRuns, recall, precision } = score;
  return (
    `${detector}: recall ${percent(recall)} (${caught} of ${culprits} culprits), precision ${percent(precision)} ` +
    `(${wrong} named wrongly), ${falseAlarms} false alarms in ${cleanRuns} clean runs.`
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
