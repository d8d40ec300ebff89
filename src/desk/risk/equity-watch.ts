import type { Units } from "../../core/units.ts";

/** The equity of one row of `Exposure`, in the reporting asset. */
export interface EquityPoint {
  readonly equity: Units;
  /** Equity when the day began. */
  readonly dayStart: Units;
  /** Highest equity ever. */
  readonly peak: Units;
}

/**
 * Follows the equity of agents, strategies and the portfolio. The monitor tells it at each valuation. The peak is what a
 * drawdown is measured from, so it must outlive the process: whoever makes this one gives it the points that were kept.
 */
export class EquityWatch {
  readonly #equity: Float64Array;
  readonly #dayStart: Float64Array;
  readonly #peak: Float64Array;

  constructor(rows: number, kept: readonly EquityPoint[] = []) {
    this.#equity = Float64Array.from({ length: rows }, (_, row) => kept[row]?.equity ?? 0);
    this.#dayStart = Float64Array.from({ length: rows }, (_, row) => kept[row]?.dayStart ?? 0);
    this.#peak = Float64Array.from({ length: rows }, (_, row) => kept[row]?.peak ?? 0);
  }

  /** The equity with which a row begins, before anything was traded. */
  open(row: number, equity: Units): void {
    this.#equity[row] = equity;
    this.#dayStart[row] = equity;
    this.#peak[row] = equity;
  }

  update(row: number, equity: Units): void {
    this.#equity[row] = equity;
    this.#peak[row] = Math.max(this.#peak[row], equity);
  }

  startDay(): void {
    this.#dayStart.set(this.#equity);
  }

  equity(row: number): Units {
    return this.#equity[row];
  }

  /** What was lost since the day's start; 0 after a gain. */
  dailyLoss(row: number): Units {
    return Math.max(0, this.#dayStart[row] - this.#equity[row]);
  }

  drawdown(row: number): Units {
    return this.#peak[row] - this.#equity[row];
  }

  /** By row, to be kept. */
  points(): readonly EquityPoint[] {
    return Array.from(this.#equity, (equity, row) => ({
      equity,
      dayStart: this.#dayStart[row],
      peak: this.#peak[row],
    }));
  }
}
