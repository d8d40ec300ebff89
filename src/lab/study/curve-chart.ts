import { escapeHtml } from "../html.ts";
import type { Axis } from "./axis.ts";
import { axisOf } from "./axis.ts";
import { CHART_WIDTH, LINE_COLOURS, px, svgOf } from "./chart-style.ts";
import type { Estimate } from "./estimate.ts";

export interface Curve {
  readonly label: string;
  /** In order of doses. */
  readonly points: readonly { readonly dose: number; readonly found: Estimate }[];
}

const HEIGHT = 340;
const [LEFT, RIGHT, TOP, BOTTOM] = [76, CHART_WIDTH - 24, 30, HEIGHT - 52];

/** Means over doses, one line for each measure, with intervals as bands; 0 is always in sight. @returns SVG */
export function drawCurves(
  curves: readonly Curve[],
  options: {
    readonly title: string;
    readonly unit: string;
    readonly doseLabel: string;
    readonly scale?: "linear" | "log" | undefined;
  },
): string {
  const points = curves.flatMap((curve) => curve.points);
  const doses = points.map(({ dose }) => dose);
  const ends = points.flatMap(({ found: { mean, low, high } }) => [mean, low, high]).filter(Number.isFinite);
  const [x, y] = [
    axisOf({ low: Math.min(...doses), high: Math.max(...doses), from: LEFT, to: RIGHT, scale: options.scale }),
    axisOf({ low: Math.min(0, ...ends), high: Math.max(0, ...ends), from: BOTTOM, to: TOP }),
  ];
  const rows = y.ticks.map(({ value, text }) => {
    const at = px(y.place(value));
    const line = `<line class="${value === 0 ? "zero" : "grid"}" x1="${LEFT}" x2="${RIGHT}" y1="${at}" y2="${at}"/>`;
    return `${line}<text x="${LEFT - 8}" y="${px(y.place(value) + 4)}" text-anchor="end">${text}</text>`;
  });
  const columns = x.ticks.map(
    ({ value, text }) => `<text x="${px(x.place(value))}" y="${BOTTOM + 18}" text-anchor="middle">${text}</text>`,
  );
  const names = [
    `<text x="${(LEFT + RIGHT) / 2}" y="${BOTTOM + 40}" text-anchor="middle">${escapeHtml(options.doseLabel)}</text>`,
    `<text x="${LEFT}" y="14" text-anchor="end">${escapeHtml(options.unit)}</text>`,
    ...legendOf(curves),
  ];
  const lines = curves.map((curve, index) => curveMark(curve, { x, y, colour: colourOf(index) }));
  return svgOf(HEIGHT, escapeHtml(options.title), [...rows, ...columns, ...names, ...lines]);
}

/** Names in a row above the drawing, from the right. */
function legendOf(curves: readonly Curve[]): string[] {
  let right = RIGHT;
  return curves
    .map(({ label }, index) => {
      const text = `<text x="${px(right)}" y="14" text-anchor="end">${escapeHtml(label)}</text>`;
      right -= 7.4 * label.length + 20;
      const dot = `<circle cx="${px(right + 8)}" cy="10" r="4.5" fill="${colourOf(index)}"/>`;
      right -= 14;
      return text + dot;
    })
    .reverse();
}

function curveMark({ points }: Curve, at: { readonly x: Axis; readonly y: Axis; readonly colour: string }): string {
  const { x, y, colour } = at;
  const there = points.filter(({ found }) => found.count > 0);
  const corner = (dose: number, value: number): string => `${px(x.place(dose))},${px(y.place(value))}`;
  const sure = there.filter(({ found }) => Number.isFinite(found.low));
  const band = [
    ...sure.map(({ dose, found }) => corner(dose, found.high)),
    ...sure.toReversed().map(({ dose, found }) => corner(dose, found.low)),
  ];
  return [
    `<polygon points="${band.join(" ")}" fill="${colour}" fill-opacity="0.18"/>`,
    `<polyline points="${there.map(({ dose, found }) => corner(dose, found.mean)).join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...there.map(
      ({ dose, found }) =>
        `<circle cx="${px(x.place(dose))}" cy="${px(y.place(found.mean))}" r="3.5" fill="${colour}"/>`,
    ),
  ].join("");
}

function colourOf(index: number): string {
  return LINE_COLOURS[index % LINE_COLOURS.length];
}
