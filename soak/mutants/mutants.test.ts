import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";

import { expect, test } from "vitest";

import { runMutant } from "../run/mutant-run.ts";
import { SUBJECTS } from "../subjects.ts";
import { mutated } from "./mutant.ts";
import { MUTANTS } from "./mutants.ts";

const ROOT = new URL("../../", import.meta.url);

test("every planted bug has a name of its own and a protocol that may find it", () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  const known = SUBJECTS.map(({ name }) => name);
  const unknown = MUTANTS.flatMap(({ foundBy }) => foundBy).filter((protocol) => !known.includes(protocol));
  expect(unknown).toEqual([]);
});

test("every planted bug has its place in today's sources, and leaves a module", () => {
  const problems = MUTANTS.flatMap((mutant) => {
    try {
      stripTypeScriptTypes(mutated(readFileSync(new URL(mutant.file, ROOT), "utf8"), mutant));
      return mutant.text === mutant.replacement ? [`${mutant.name} changes nothing`] : [];
    } catch (error) {
      return [`${mutant.name}: ${String(error)}`];
    }
  });
  expect(problems).toEqual([]);
});

// Bugs that few seeds find: should one be missed, the soak has become weaker.
test.each([
  ["vote not saved", "durable votes"],
  ["retried transaction executed again", "exactly once"],
])("the soak finds: %s", async (name, property) => {
  const mutant = MUTANTS.find((candidate) => candidate.name === name);
  if (mutant === undefined) throw new Error(`no planted bug is called ${name}`);
  const { failure } = await runMutant(mutant, 40);
  expect(failure?.property).toBe(property);
});
