import { runHere, runStudy } from "../lab/study/run-study.ts";
import { parametersOf } from "../lab/study/study-parameters.ts";
import type { StudyResult } from "../lab/study/study-result.ts";
import { resultOf } from "../lab/study/study-result.ts";
import type { Study } from "../lab/study/study.ts";

/** A whole study on a few seeds, with some parameters changed. */
export async function studyResult(
  study: Study,
  options: { readonly seeds: readonly number[]; readonly set?: readonly string[] },
): Promise<StudyResult> {
  const { seeds, set } = options;
  const parameters = parametersOf(study, set);
  const samples = await runStudy(study, { seeds, parameters, lanes: 1, run: runHere(study) });
  return resultOf(study, { ...samples, parameters, command: `tradeswarm study ${study.name}` });
}
