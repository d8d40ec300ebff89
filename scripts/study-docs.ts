import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { STUDIES } from "../src/lab/studies/registry.ts";
import { StudyFindings } from "../src/lab/study/findings.ts";
import { drawChart } from "../src/lab/study/study-charts.ts";
import type { StudyResult } from "../src/lab/study/study-result.ts";
import { meansOf } from "../src/lab/study/study-tables.ts";
import type { Study } from "../src/lab/study/study.ts";
import type { GeneratedDoc } from "./generated-docs.ts";

/** A result that the docs show: the numbers of a real run, from which tables, charts and sentences follow. */
export type PublishedStudy = Pick<
  StudyResult,
  "study" | "command" | "parameters" | "seeds" | "samples" | "versions" | "commit"
>;

/** Where a study's published result stands, relative to the root. `scripts/publish-study.ts` writes it. */
export function publishedPath(name: string): string {
  return `docs/studies/${name}.json`;
}

/** Every study with its question, what was found, its chart, and its parameters. */
export function renderStudies(): string {
  return STUDIES.map(studyText).join("\n\n");
}

/** The charts of the published results, each an image of its own. */
export const STUDY_CHARTS: readonly GeneratedDoc[] = STUDIES.flatMap((study) => {
  const published = readPublished(study);
  if (published === undefined) return [];
  return study.charts.map((chart, place) => ({
    path: join("docs", imagePath(study, place)),
    render: () => `${drawChart(study, published, chart)}\n`,
  }));
});

function studyText(study: Study): string {
  const { name, question, design, reference, seedCount, parameters } = study;
  const rows = Object.entries(parameters).map(
    ([parameter, { preset, low, high, means }]) => `| \`${parameter}\` | ${preset} | ${low} to ${high} | ${means} |`,
  );
  const published = readPublished(study);
  return [
    `### ${name}`,
    `**${question}** ${design}${reference === undefined ? "" : ` Reference: ${reference}.`}`,
    ...(published === undefined ? [] : publishedText(study, published)),
    `Parameters (\`--set\`); ${seedCount} seeds if left out:`,
    ["| parameter | preset | | |", "| --- | --- | --- | --- |", ...rows].join("\n"),
  ].join("\n\n");
}

function publishedText(study: Study, published: PublishedStudy): string[] {
  const { title, head, rows } = meansOf(study, published);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const { command, versions, commit } = published;
  return [
    `_What was found:_ ${study.find(new StudyFindings(study, published)).join(" ")}`,
    ...study.charts.map((chart, place) => `![${chart.title}](${imagePath(study, place)})`),
    `${title}; \`${command}\`, tradeswarm ${versions.tradeswarm} at ${commit.slice(0, 10)}:`,
    [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"),
  ];
}

/** Relative to the folder of the docs. */
function imagePath(study: Study, place: number): string {
  return `images/studies/${study.name}-${place + 1}.svg`;
}

/** @throws {Error} when the study is no longer the one that was run */
function readPublished(study: Study): PublishedStudy | undefined {
  const path = join(import.meta.dirname, "..", publishedPath(study.name));
  if (!existsSync(path)) return undefined;
  const published = JSON.parse(readFileSync(path, "utf8")) as PublishedStudy;
  const presets = Object.fromEntries(Object.entries(study.parameters).map(([name, { preset }]) => [name, preset]));
  const measures = study.measures.map(({ name }) => name);
  const isSame =
    published.seeds.length === study.seedCount &&
    JSON.stringify(published.parameters) === JSON.stringify(presets) &&
    JSON.stringify(Object.keys(published.samples)) === JSON.stringify(study.arms.map(({ name }) => name)) &&
    Object.values(published.samples).every((arm) => JSON.stringify(Object.keys(arm)) === JSON.stringify(measures));
  if (!isSame) {
    const again = `tradeswarm study ${study.name}, then node scripts/publish-study.ts <its result.json>`;
    throw new Error(`${publishedPath(study.name)} is the result of another study than ${study.name} is now: ${again}`);
  }
  return published;
}
