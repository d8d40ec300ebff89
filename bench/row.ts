/** One figure of a bench. */
export interface BenchRow {
  /** What was measured: `event queue`, `matching`, `replay`. */
  readonly bench: string;
  /** Under which conditions: `1,000,000 pending`. */
  readonly case: string;
  readonly value: number;
  readonly unit: string;
  /** How many times better than `against` in the same run, where there is something to compare with. */
  readonly ratio?: number;
  readonly against?: string;
  /** What the figure should reach, in words: `>= 1 M/s`. */
  readonly target?: string;
  /** Of the time that one operation takes, in nanoseconds. */
  readonly percentiles?: { readonly p50: number; readonly p99: number; readonly p999: number };
}

/** The rows as a table for a terminal, a line each. */
export function formatRows(rows: readonly BenchRow[]): string {
  const cells = rows.map((row) => [
    row.bench,
    row.case,
    `${significant(row.value)} ${row.unit}`,
    row.ratio === undefined ? "" : `${significant(row.ratio)} x ${row.against ?? ""}`.trim(),
    row.percentiles === undefined
      ? ""
      : `p50/p99/p99.9 ${[row.percentiles.p50, row.percentiles.p99, row.percentiles.p999].map(significant).join("/")} ns`,
    row.target === undefined ? "" : `target ${row.target}`,
  ]);
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((line) => line[column].length))) ?? [];
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Three digits say all that a bench knows. */
function significant(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumFractionDigits: 6 });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
