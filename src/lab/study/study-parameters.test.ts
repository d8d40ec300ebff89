import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { toyStudy } from "../../testing/toy-study.ts";
import { parametersOf } from "./study-parameters.ts";

test("what is not set has its preset", () => {
  expect(parametersOf(toyStudy())).toEqual({ factor: 1 });
  expect(parametersOf(toyStudy(), ["factor=2.5"])).toEqual({ factor: 2.5 });
  expect(parametersOf(toyStudy(), ["factor=10"])).toEqual({ factor: 10 });
});

test("every setting that cannot be is listed", () => {
  const settings = ["facto=1", "factor=11", "factor=x", "factor=", "factor", "toString=1", "factor=NaN"];
  let text = "";
  try {
    parametersOf(toyStudy(), settings);
  } catch (error) {
    if (error instanceof UserError) text = error.describe();
  }
  expect(text.split("\n")).toEqual([
    "--set does not fit the study toy",
    "  facto: there is no such parameter; did you mean factor?",
    "  factor: expected a number from 0 to 10, found 11",
    "  factor: expected a number from 0 to 10, found x",
    "  factor: expected a number from 0 to 10, found ",
    "  factor: expected a number from 0 to 10, found nothing",
    "  toString: there is no such parameter; expected factor",
    "  factor: expected a number from 0 to 10, found NaN",
  ]);
});
