import { expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { washTrading } from "./study.ts";

const RESULT = await studyResult(washTrading, { seeds: [1, 2], set: ["simulatedSeconds=60"] });
const FINDINGS = new StudyFindings(washTrading, RESULT);

test("profit is rewards less fees less what others take, seed by seed", () => {
  for (const arm of Object.values(RESULT.samples)) {
    for (const seed of RESULT.seeds.keys()) {
      const [profit, rewards, fees, losses] = ["profit", "rewards", "fees", "losses"].map(
        (measure) => arm[measure][seed] ?? Number.NaN,
      );
      expect(profit).toBeCloseTo(rewards - fees - losses, 6);
    }
  }
});

test("a fee as high as the reward takes all of it, and a lower one its share", () => {
  const of = (measure: string, arm: string): number => FINDINGS.estimate({ measure, arm }).mean;
  expect(of("rewards", "fee-2bp")).toBeGreaterThan(0);
  // The venue rounds each fee to whole cents.
  expect(of("fees", "fee-2bp") / of("rewards", "fee-2bp")).toBeCloseTo(1, 3);
  expect(of("fees", "fee-0.5bp") / of("rewards", "fee-0.5bp")).toBeCloseTo(0.25, 3);
});

test("without a fee farming pays, with a high one it loses, and the words say between which two it turns", () => {
  expect(FINDINGS.difference({ measure: "profit", arm: "fee-3bp", against: "fee-0bp" }).high).toBeLessThan(0);
  const words = washTrading.find(new StudyFindings(washTrading, withProfits([9, 7, 5, 3, 1, 0, -2, -5])));
  expect(words[1]).toBe(
    "Farming surely pays up to a fee of 1.8 bp and surely loses from a fee of 2.5 bp on: it breaks even between the two.",
  );
});

test.each([
  [[-1, -2, -3, -4, -5, -6, -7, -8], "Farming surely pays at none of these fees."],
  [[8, 7, 6, 5, 4, 3, 2, 1], /^Farming surely pays up to a fee of 3 bp, and surely loses at none/],
  [[8, 7, -6, 5, 4, -3, -2, -1], /^Farming pays and loses in turn/],
])("profits %j are put into words", (profits, words) => {
  expect(washTrading.find(new StudyFindings(washTrading, withProfits(profits)))[1]).toMatch(words);
});

/** The result with other profits: by arm, the same in every seed. */
function withProfits(profits: readonly number[]): typeof RESULT {
  const samples = Object.entries(RESULT.samples).map(([arm, measures], place) => [
    arm,
    { ...measures, profit: RESULT.seeds.map(() => profits[place] ?? 0) },
  ]);
  return { ...RESULT, samples: Object.fromEntries(samples) as typeof RESULT.samples };
}

test("a least fee and a surcharge within one owner turn a profit into a loss", () => {
  expect(FINDINGS.estimate({ measure: "profit", arm: "fee-1bp" }).mean).toBeGreaterThan(0);
  for (const arm of ["minimum", "surcharge"]) {
    expect(FINDINGS.difference({ measure: "profit", arm, against: "fee-1bp" })).toMatchObject({ lower: 2 });
    expect(FINDINGS.estimate({ measure: "profit", arm }).mean).toBeLessThan(0);
  }
});
