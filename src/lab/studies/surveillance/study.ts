import type { DetectorName } from "../../../market/surveillance/alert.ts";
import { DETECTOR_KINDS } from "../../../market/surveillance/detector-kinds.ts";
import type { Measure } from "../../study/study.ts";
import { defineStudy } from "../../study/study.ts";
import { OFFENCES } from "./offences.ts";
import { scoreText, scoresOf, wrongBy } from "./scores.ts";
import { tryOffence } from "./trial.ts";

type WrongMeasure = Measure & { readonly name: ReturnType<typeof wrongBy> };

const WRONG = DETECTOR_KINDS.map(({ name }): WrongMeasure => {
  return { name: wrongBy(name), label: `accounts that ${name} names wrongly`, heading: name, unit: "", digits: 2 };
});

export const surveillance = defineStudy({
  name: "surveillance",
  question: "Whom does surveillance find, and whom does it accuse wrongly?",
  design:
    "One rogue, or one ring of them, among 67 honest agents, with all detectors on. Caught are the culprits that the detector names which is made for them; wrong is every other name, of innocents and of culprits of something else.",
  seedCount: 50,
  parameters: { minutes: { preset: 10, low: 1, high: 600, means: "length of each run, in simulated minutes" } },
  arms: OFFENCES,
  measures: [
    { name: "caught", label: "the number of culprits that are caught", heading: "caught", unit: "", digits: 2 },
    { name: "innocents", label: "the number of innocents that are accused", heading: "innocents", unit: "", digits: 2 },
    ...WRONG,
  ],
  charts: [
    { kind: "intervals", title: "Culprits caught, a run", measure: "caught" },
    { kind: "intervals", title: "Innocents accused, a run", measure: "innocents" },
  ],
  runArm: async ({ treatment, seed, parameters }) => {
    const { caught, wrong, innocents } = await tryOffence(treatment, { seed, minutes: parameters.minutes });
    const counts = DETECTOR_KINDS.map(({ name }) => [wrongBy(name), wrong[name]] as const);
    return { caught, innocents, ...(Object.fromEntries(counts) as Record<`wrong-${DetectorName}`, number>) };
  },
  find: (findings) => {
    const runs = findings.estimate({ measure: "caught", arm: OFFENCES[0].name }).count;
    const totalOf = (place: { measure: string; arm: string }): number =>
      Math.round(findings.estimate(place).mean * runs);
    return scoresOf(totalOf, runs).map(scoreText);
  },
});
