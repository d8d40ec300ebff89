import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { publishedPath } from "../../scripts/study-docs.ts";
import type { PublishedStudy } from "../../scripts/study-docs.ts";
import { STUDIES } from "../../src/lab/studies/registry.ts";
import { runHere, runStudy } from "../../src/lab/study/run-study.ts";
import { ROOT } from "../tidy/project-files.ts";

/** Digits that a published value keeps. */
const DIGITS = 7;

const PUBLISHED = STUDIES.filter(({ name }) => existsSync(join(ROOT, publishedPath(name))));

test.each(PUBLISHED.map((study) => [study.name, study]))(
  "%s still comes to what the docs show, on the first of its seeds",
  async (name, study) => {
    const published = JSON.parse(readFileSync(join(ROOT, publishedPath(name)), "utf8")) as PublishedStudy;
    const { parameters, seeds } = published;
    const { samples } = await runStudy(study, { seeds: seeds.slice(0, 1), parameters, lanes: 1, run: runHere(study) });
    const found = Object.entries(samples).map(([arm, measures]) => [
      arm,
      Object.entries(measures).map(([measure, [value]]) => [measure, value && Number(value.toPrecision(DIGITS))]),
    ]);
    const shown = Object.entries(published.samples).map(([arm, measures]) => [
      arm,
      Object.entries(measures).map(([measure, [value]]) => [measure, value]),
    ]);
    expect(found).toEqual(shown);
  },
);
