import { currentCommit, currentVersions } from "../manifest.ts";
import type { Difference, Estimate, Value } from "./estimate.ts";
import { estimate, pairedDifference } from "./estimate.ts";
import { StudyFindings } from "./findings.ts";
import type { StudySamples } from "./run-study.ts";
import type { Study } from "./study.ts";

/** Something for every measure of an arm, by the arm's and the measure's name. */
export type ByArm<Found> = Readonly<Record<string, Readonly<Record<string, Found>>>>;

/** Everything that a study came to, as it is written down. */
export interface StudyResult extends StudySamples {
  readonly format: 1;
  readonly study: string;
  readonly question: string;
  /** The command that makes it again. */
  readonly command: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** The paragraph. */
  readonly found: readonly string[];
  readonly means: ByArm<Estimate>;
  /** Every arm but the first, less the first. */
  readonly differences: ByArm<Difference>;
  readonly versions: ReturnType<typeof currentVersions>;
  readonly commit: string;
}

/** What a study's samples say. */
export function resultOf(study: Study, run: StudySamples & Pick<StudyResult, "parameters" | "command">): StudyResult {
  const { samples } = run;
  const [control, ...treated] = study.arms;
  const byMeasure = <Found>(of: (samples: readonly Value[], measure: string) => Found, arm: string) =>
    Object.fromEntries(study.measures.map(({ name }) => [name, of(samples[arm][name], name)]));
  const against = (values: readonly Value[], measure: string): Difference =>
    pairedDifference(values, samples[control.name][measure]);
  return {
    format: 1,
    study: study.name,
    question: study.question,
    command: run.command,
    parameters: run.parameters,
    seeds: run.seeds,
    found: study.find(new StudyFindings(study, run)),
    means: Object.fromEntries(study.arms.map(({ name }) => [name, byMeasure(estimate, name)])),
    differences: Object.fromEntries(treated.map(({ name }) => [name, byMeasure(against, name)])),
    samples,
    versions: currentVersions(),
    commit: currentCommit(),
  };
}
