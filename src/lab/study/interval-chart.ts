import { escapeHtml } from "../html.ts";
import type { Axis } from "./axis.ts";
import { axisOf } from "./axis.ts";
import { CHART_WIDTH, LINE_COLOURS, px, svgOf } from "./chart-style.ts";
import type { Estimate } from "./estimate.ts";

export interface IntervalRow {
  readonly label: string;
  readonly found: Estimate;
}

const ROW = 26;
const TOP = 8;
const BOTTOM = 44;
const LETTER = 7.2;
const RIGHT = CHART_WIDTH - 24;

/** Arms below each other, each a mean with its interval; a line where 0 is. @returns SVG */
export function drawIntervals(
  rows: readonly IntervalRow[],
  options: { readonly title: string; readonly unit: string },
): string {
  const left = Math.min(CHART_WIDTH / 2, 24 + LETTER * Math.max(...rows.map(({ label }) => label.length)));
  const shown = rows.map(({ found }) => found).filter(({ count }) => count > 0);
  const ends = shown.flatMap(({ mean, low, high }) => [mean, low, high]).filter(Number.isFinite);
  const axis = axisOf({ low: Math.min(0, ...ends), high: Math.max(0, ...ends), from: left, to: RIGHT });
  const bottom = TOP + ROW * rows.length;
  const grid = axis.ticks.map(({ value, text }) => {
    const x = px(axis.place(value));
    const line = `<line class="${value === 0 ? "zero" : "grid"}" x1="${x}" x2="${x}" y1="${TOP}" y2="${bottom}"/>`;
    return `${line}<text x="${x}" y="${bottom + 16}" text-anchor="middle">${text}</text>`;
  });
  const unit = `<text x="${RIGHT}" y="${bottom + 36}" text-anchor="end">${escapeHtml(options.unit)}</text>`;
  const marks = rows.map((row, index) => rowMark(row, { axis, left, y: TOP + ROW * (index + 0.5) }));
  return svgOf(bottom + BOTTOM, escapeHtml(options.title), [...grid, unit, ...marks]);
}

function rowMark(
  { label, found }: IntervalRow,
  at: { readonly axis: Axis; readonly left: number; readonly y: number },
): string {
  const { axis, left, y } = at;
  const name = `<text x="${px(left - 10)}" y="${px(y + 4)}" text-anchor="end">${escapeHtml(label)}</text>`;
  if (found.count === 0) return `${name}<text x="${px(left + 6)}" y="${px(y + 4)}">-</text>`;
  const colour = LINE_COLOURS[0];
  const line = Number.isFinite(found.low)
    ? `<line x1="${px(axis.place(found.low))}" x2="${px(axis.place(found.high))}" y1="${px(y)}" y2="${px(y)}" stroke="${colour}" stroke-width="2"/>`
    : "";
  return `${name}${line}<circle cx="${px(axis.place(found.mean))}" cy="${px(y)}" r="4.5" fill="${colour}"/>`;
}
