import { CONFIDENCE, estimate, pairedDifference, sideOf } from "./estimate.ts";
import type { Estimate } from "./estimate.ts";
import { fixed } from "./findings.ts";
import type { StudySamples } from "./run-study.ts";
import type { Measure, Study } from "./study.ts";

/** A table as text, for the terminal, the report and the docs alike. */
export interface StudyTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const PERCENT = `${Math.round(100 * CONFIDENCE)} %`;

/** Every measure of every arm: its mean, and how far the interval of Student's law reaches to either side. */
export function meansOf(study: Study, { seeds, samples }: StudySamples): StudyTable {
  return {
    title: `Means of ${seeds.length} seeds, with ${PERCENT} intervals`,
    head: headOf(study),
    rows: study.arms.map(({ name, label }) => [
      label,
      ...study.measures.map((measure) => {
        const found = estimate(samples[name][measure.name]);
        const share = found.count < seeds.length ? `, ${found.count} of ${seeds.length}` : "";
        return `${plusMinus(found, measure)}${found.count === 0 ? "" : share}`;
      }),
    ]),
  };
}

/** Every arm less the first one, seed by seed. A star says that the interval leaves no room for "no difference". */
export function compareArms(study: Study, { samples }: StudySamples): StudyTable {
  const [control, ...treated] = study.arms;
  return {
    title: `Against ${control.label}, paired by seed, with ${PERCENT} intervals (* where it does not hold 0)`,
    head: headOf(study),
    rows: treated.map(({ name, label }) => [
      label,
      ...study.measures.map((measure) => {
        const found = pairedDifference(samples[name][measure.name], samples[control.name][measure.name]);
        return `${plusMinus(found, measure)}${sideOf(found) === "open" ? " " : "*"}`;
      }),
    ]),
  };
}

function headOf({ measures }: Study): string[] {
  return [
    "with",
    ...measures.map(({ label, heading = label, unit }) => (unit === "" ? heading : `${heading}, ${unit}`)),
  ];
}

function plusMinus(found: Estimate, measure: Measure): string {
  if (found.count === 0) return "-";
  return `${fixed(found.mean, measure)} ± ${fixed(found.high - found.mean, measure)}`;
}
