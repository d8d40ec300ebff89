import { expect, test } from "vitest";

import { studyResult } from "../../testing/study-result.ts";
import { toyStudy } from "../../testing/toy-study.ts";
import { drawChart } from "./study-charts.ts";
import { renderStudyReport } from "./study-report.ts";
import { compareArms, meansOf } from "./study-tables.ts";

const STUDY = toyStudy();
const RESULT = await studyResult(STUDY, { seeds: [1, 2, 3, 4] });

test("tables have a row for each arm, and mark what is told apart", () => {
  expect(meansOf(STUDY, RESULT)).toEqual({
    title: "Means of 4 seeds, with 95 % intervals",
    head: ["with", "the sum, USD", "the odd sum", "the rest, %", "the alternation"],
    rows: [
      ["nothing", "2.5 ± 2.1", "2 ± 13, 2 of 4", "0.00 ± 0.00", "0 ± 0"],
      ["ten", "12.5 ± 2.1", "12 ± 13, 2 of 4", "-25.00 ± 20.54", "0 ± 2"],
    ],
  });
  expect(compareArms(STUDY, RESULT).rows).toEqual([["ten", "10.0 ± 0.0*", "10 ± 0*", "-25.00 ± 20.54*", "0 ± 2 "]]);
});

test("a report needs no other file, and holds charts, tables, the paragraph and the command", () => {
  const page = renderStudyReport(STUDY, RESULT);
  expect(page).not.toMatch(/\b(src|href)=/);
  expect(page.match(/<svg /g)).toHaveLength(2);
  expect(page).toContain("Sums &amp; doses");
  expect(page).toContain(`<p>${RESULT.found.join(" ")}</p>`);
  expect(page).toContain("<td>tradeswarm study toy</td>");
  expect(page).toContain("<td>what the seed is multiplied with</td>");
});

test("a mean stands between the ends of its interval, and a higher one further right", () => {
  const chart = drawChart(STUDY, RESULT, STUDY.charts[0]);
  const circles = [...chart.matchAll(/<circle cx="([\d.]+)"/g)].map(([, x]) => Number(x));
  const lines = [...chart.matchAll(/x1="([\d.]+)" x2="([\d.]+)" y1="[\d.]+" y2="[\d.]+" stroke=/g)];
  expect(circles).toHaveLength(2);
  expect(circles[0]).toBeLessThan(circles[1]);
  for (const [place, [, low, high]] of lines.entries()) {
    expect(circles[place] * 2).toBeCloseTo(Number(low) + Number(high), 0);
  }
});

test("a curve goes through its means in order of doses; more is higher up", () => {
  const chart = drawChart(STUDY, RESULT, STUDY.charts[1]);
  const [, line] = chart.match(/<polyline points="([^"]+)"/) ?? [];
  const [none, ten] = line.split(" ").map((corner) => corner.split(",").map(Number));
  expect(none[0]).toBeLessThan(ten[0]);
  expect(none[1]).toBeGreaterThan(ten[1]);
});

test("a chart of what no seed has is still a chart", async () => {
  const none = await studyResult(STUDY, { seeds: [2, 4], set: ["factor=2"] });
  const chart = drawChart(STUDY, none, { kind: "intervals", title: "odd", measure: "odd" });
  expect(chart).not.toMatch(/NaN|Infinity|<circle/);
});
