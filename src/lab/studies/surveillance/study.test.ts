import { expect, test } from "vitest";

import { DETECTOR_KINDS } from "../../../market/surveillance/detector-kinds.ts";
import { runStudy } from "../../study/run-study.ts";
import { scoresOf } from "./scores.ts";
import { surveillance } from "./study.ts";

/** Of a short trial on seeds that no threshold was chosen on. The study itself, with fifty seeds, does better. */
const RECALL_FLOOR = 0.6;
const PRECISION_FLOOR = 0.9;
const SEEDS = [1, 2];

test("every detector finds its culprits, and accuses hardly anybody else", { timeout: 60_000 }, async () => {
  const { samples } = await runStudy(surveillance, {
    seeds: SEEDS,
    parameters: { minutes: 5 },
    lanes: 1,
    run: ({ arm, ...run }) => surveillance.runArm({ treatment: surveillance.arms[arm].treatment, ...run }),
  });
  const totalOf = ({ measure, arm }: { measure: string; arm: string }): number =>
    samples[arm][measure].reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const scores = scoresOf(totalOf, SEEDS.length);
  expect(scores.map(({ detector }) => detector)).toEqual(DETECTOR_KINDS.map(({ name }) => name));
  const below = scores.filter(({ recall, precision }) => recall < RECALL_FLOOR || precision < PRECISION_FLOOR);
  expect(below).toEqual([]);
  expect(totalOf({ measure: "innocents", arm: "clean" })).toBe(0);
});
