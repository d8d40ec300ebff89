import { compareArms, meansOf } from "../lab/study/study-tables.ts";
import type { StudyResult } from "../lab/study/study-result.ts";
import type { Study } from "../lab/study/study.ts";
import { styled, table } from "./terminal.ts";

/** The studies that there are, each with its question. */
export function studiesText(studies: readonly Study[]): string {
  const width = Math.max(...studies.map(({ name }) => name.length));
  return studies.map(({ name, question }) => `${styled("bold", name.padEnd(width))}  ${question}`).join("\n");
}

/** A study's question, its tables and what was found, for a terminal. */
export function studyText(study: Study, result: StudyResult): string {
  const [means, differences] = [meansOf(study, result), compareArms(study, result)];
  return [
    styled("bold", study.question),
    study.design,
    `${styled("bold", means.title)}\n${table([means.head, ...means.rows])}`,
    `${styled("bold", differences.title)}\n${table([differences.head, ...differences.rows])}`,
    `${styled("bold", "What was found")}\n${result.found.join("\n")}`,
    styled("dim", result.command),
  ].join("\n\n");
}
