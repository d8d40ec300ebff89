/** Colours of a chart's lines, told apart by most eyes (Okabe and Ito 2008). */
export const LINE_COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

export const CHART_WIDTH = 860;

/** Beside each chart, because a chart in a page of docs is a file of its own: readable on light and on dark paper. */
const CHART_STYLE = `text{font:13px system-ui,sans-serif;fill:#4a5562}.grid{stroke:#8a94a033}.zero{stroke:#8a94a0}
@media (prefers-color-scheme: dark){text{fill:#b6c0ca}}`;

/** A drawing that stands by itself. */
export function svgOf(height: number, label: string, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${label}"><style>${CHART_STYLE}</style>
${parts.join("\n")}
</svg>`;
}

/** A length in pixels, short. */
export function px(value: number): string {
  return String(Number(value.toFixed(1)));
}
