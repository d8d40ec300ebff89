import { expect, test } from "vitest";

import { studyResult } from "../../testing/study-result.ts";
import { toyStudy } from "../../testing/toy-study.ts";
import { StudyFindings, fixed } from "./findings.ts";

test("sentences say what the numbers say, and how sure that is", async () => {
  // Sums 11 to 14: deviation 1.29, standard error 0.645, reach 3.182 of them. Differences are all 10.
  const { found } = await studyResult(toyStudy(), { seeds: [1, 2, 3, 4] });
  expect(found).toEqual([
    "With ten, the sum is 12.5 USD (10.4 to 14.6).",
    "With ten, the sum is 10.0 USD higher than with nothing (10.0 to 10.0; in 4 of 4 seeds).",
    "With nothing, the sum is 10.0 USD lower than with ten (10.0 to 10.0; in 4 of 4 seeds).",
    // 10, 20, 30 and 40 less: mean 25, deviation 12.91, standard error 6.455.
    "With ten, the rest is 25.00 points lower than with nothing (4.46 to 45.54; in 4 of 4 seeds).",
    "With ten, the alternation cannot be told from that with nothing: the difference is 0 (-2 to 2).",
    "With ten, the alternation is 0 (-2 to 2).",
    "With ten, the odd sum is 12 (-1 to 25), in the 2 of 4 seeds that have it, which cannot be told from 0.",
  ]);
});

test("what no seed has is not spoken of as a number", async () => {
  const { found } = await studyResult(toyStudy(), { seeds: [2, 4], set: ["factor=2"] });
  expect(found.at(-1)).toBe("With ten, the odd sum did not come about in any seed.");
});

test("a study that asks for what it does not have is found out", async () => {
  const study = toyStudy();
  const findings = new StudyFindings(study, await studyResult(study, { seeds: [1, 2] }));
  expect(() => findings.level({ measure: "product", arm: "ten" })).toThrow("the study toy has no measure product");
  expect(() => findings.level({ measure: "sum", arm: "two" })).toThrow("the study toy has no arm two");
});

test("a number for people has its digits, and no minus before nothing", () => {
  const measure = { name: "m", label: "m", unit: "", digits: 2 };
  expect([1.005, -0.001, -1.239, Number.NaN, Infinity].map((value) => fixed(value, measure))).toEqual([
    "1.00",
    "0.00",
    "-1.24",
    "-",
    "-",
  ]);
});
