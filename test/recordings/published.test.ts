import { readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { AMZN, BINANCE } from "./published.ts";

const PAGE = readFileSync(new URL("../../docs/proofs-on-recordings.md", import.meta.url), "utf8");

test("every number that the proofs pin stands on their page", () => {
  const published = new Set(PAGE.match(/\d+(?:,\d{3})*/g));
  const missing = numbersIn({ AMZN, BINANCE }).filter(([, number]) => !published.has(number.toLocaleString("en-US")));
  expect(missing).toEqual([]);
});

/** Every number of a value, with its path. */
function numbersIn(value: unknown, path = ""): [path: string, number: number][] {
  if (typeof value === "number") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}/${key}`));
}
