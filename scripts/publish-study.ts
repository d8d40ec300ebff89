import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { format } from "oxfmt";

import type { StudyResult } from "../src/lab/study/study-result.ts";
import { publishedPath } from "./study-docs.ts";
import type { PublishedStudy } from "./study-docs.ts";

// Makes a study's result the one that the docs show: node scripts/publish-study.ts runs/studies/<name>/<utc>/result.json

/** Digits that a published value keeps: more than any table or chart shows. */
const DIGITS = 7;

const result = JSON.parse(readFileSync(process.argv[2], "utf8")) as StudyResult;
const { study, command, parameters, seeds, samples, versions, commit } = result;
const published: PublishedStudy = { study, command, parameters, seeds, samples, versions, commit };
const text = JSON.stringify(published, (_key, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value,
);
const path = join(import.meta.dirname, "..", publishedPath(study));
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, (await format(path, text, { printWidth: 120 })).code);
process.stderr.write(`wrote ${publishedPath(study)}; now npm run docs\n`);
