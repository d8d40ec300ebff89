import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { BOOK_PROFILES } from "./book-profiles.ts";
import { BookStepGenerator } from "./book-step-generator.ts";
import { parseStep, renderStep } from "./book-step-text.ts";

test.each(BOOK_PROFILES)("steps of profile $name come back from their text", (profile) => {
  const generator = new BookStepGenerator(RandomStream.named(7, "step text", profile.name), profile);
  for (let i = 0; i < 500; i++) {
    const step = generator.next();
    expect(parseStep(renderStep(step)), renderStep(step)).toEqual(step);
  }
});

test.each([
  "buy 1:1 5",
  "buy 1:1",
  "replace 1:1 5000",
  "buy 1 5@5000",
  "buy 1:1 5@5000 foo",
  "buy 1:1 5@5000 show",
  "sell 1:1 x@5",
  "hold 1",
  "cancel",
])("%s is no step", (line) => {
  expect(() => parseStep(line)).toThrow(/no step|not a number|not a pair|has no/);
});
