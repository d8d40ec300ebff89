import { STUDIES } from "../src/lab/studies/registry.ts";
import type { Study } from "../src/lab/study/study.ts";

/** Every study with its question, its arms, its measures and its parameters, from the registry. */
export function renderStudies(): string {
  return STUDIES.map(studyText).join("\n\n");
}

function studyText({ name, question, design, reference, seedCount, arms, measures, parameters }: Study): string {
  const rows = Object.entries(parameters).map(
    ([parameter, { preset, low, high, means }]) => `| \`${parameter}\` | ${preset} | ${low} to ${high} | ${means} |`,
  );
  return [
    `### ${name}`,
    `**${question}** ${design}`,
    [
      `- Arms: ${arms.map(({ label }) => label).join("; ")}.`,
      `- Measures: ${measures.map(({ label, unit }) => (unit === "" ? label : `${label} (${unit})`)).join("; ")}.`,
      `- Seeds: ${seedCount} if left out.`,
      ...(reference === undefined ? [] : [`- Reference: ${reference}.`]),
    ].join("\n"),
    ...(rows.length === 0 ? [] : [["| parameter | preset | | |", "| --- | --- | --- | --- |", ...rows].join("\n")]),
  ].join("\n\n");
}
