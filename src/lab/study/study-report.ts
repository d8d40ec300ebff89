import { escapeHtml, tableOf } from "../html.ts";
import { REPORT_STYLE } from "../report-assets.ts";
import { drawChart } from "./study-charts.ts";
import type { StudyResult } from "./study-result.ts";
import type { StudyTable } from "./study-tables.ts";
import { compareArms, meansOf } from "./study-tables.ts";
import type { Study } from "./study.ts";

/** A study as one HTML file that needs nothing else: what was asked and found, charts, tables, how to make it again. */
export function renderStudyReport(study: Study, result: StudyResult): string {
  const { seeds, versions, commit } = result;
  const settings = Object.entries(study.parameters).map(([name, { means }]) => [
    name,
    String(result.parameters[name]),
    means,
  ]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(study.name)}: ${escapeHtml(study.question)}</title>
<style>${REPORT_STYLE}
main table { font-size: .85rem; } main td { white-space: nowrap; } main section { overflow-x: auto; } svg { width: 100%; height: auto; }</style>
</head>
<body>
<header>
<h1>${escapeHtml(study.question)}</h1>
<p>${escapeHtml(study.design)}</p>
<p class="facts">study ${escapeHtml(study.name)} &middot; ${study.arms.length} arms &middot; ${seeds.length} seeds, ${seeds[0]} to ${seeds.at(-1)}</p>
</header>
<main>
<section><h2>What was found</h2><p>${escapeHtml(result.found.join(" "))}</p></section>
${study.charts.map((chart) => `<section class="chart"><h3>${escapeHtml(chart.title)}</h3>${drawChart(study, result, chart)}</section>`).join("\n")}
${[meansOf(study, result), compareArms(study, result)].map(tableSection).join("\n")}
<section><h2>Parameters</h2>${tableOf(["parameter", "value", ""], settings)}</section>
<section><h2>How it was made</h2>
${tableOf(
  ["", ""],
  [
    ["command", result.command],
    ["program", `tradeswarm ${versions.tradeswarm}, Node ${versions.node}${commit === "" ? "" : `, commit ${commit}`}`],
    ...(study.reference === undefined ? [] : [["reference", study.reference]]),
  ],
)}
</section>
</main>
</body>
</html>
`;
}

function tableSection({ title, head, rows }: StudyTable): string {
  return `<section><h2>${escapeHtml(title)}</h2>${tableOf(head, rows)}</section>`;
}
