import { assert } from "../../core/assert.ts";
import { drawCurves } from "./curve-chart.ts";
import { estimate } from "./estimate.ts";
import { drawIntervals } from "./interval-chart.ts";
import type { StudySamples } from "./run-study.ts";
import type { Arm, Study, StudyChart } from "./study.ts";

/** A study's chart as SVG. */
export function drawChart(study: Study, result: StudySamples, chart: StudyChart): string {
  const foundOf = (arm: Arm, measure: string): ReturnType<typeof estimate> =>
    estimate(result.samples[arm.name][measure]);
  if (chart.kind === "intervals") {
    const arms = chart.arms === undefined ? study.arms : chart.arms.map((name) => armOf(study, name));
    const unit = study.measures.find(({ name }) => name === chart.measure)?.unit ?? "";
    const rows = arms.map((arm) => ({ label: arm.label, found: foundOf(arm, chart.measure) }));
    return drawIntervals(rows, { title: chart.title, unit });
  }
  const curves = chart.lines.map(({ label, measure, arms }) => ({
    label,
    points: arms
      .map((name) => {
        const arm = armOf(study, name);
        assert(arm.dose !== undefined, () => `the arm ${name} stands on a curve and has no dose`);
        return { dose: arm.dose, found: foundOf(arm, measure) };
      })
      .sort((a, b) => a.dose - b.dose),
  }));
  return drawCurves(curves, chart);
}

function armOf(study: Study, name: string): Arm {
  const arm = study.arms.find((candidate) => candidate.name === name);
  assert(arm !== undefined, () => `the study ${study.name} has no arm ${name}`);
  return arm;
}
