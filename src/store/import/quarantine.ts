import { rmSync } from "node:fs";

import type { DecimalErrorCode } from "../../core/decimal.ts";
import { PartialFile } from "../columnar/partial-file.ts";

/** Most quarantined lines that are kept in the file; the count goes on. A wholly wrong file would fill the disk. */
export const QUARANTINE_LINES_MAX = 10_000;
/** Characters of a quarantined line that are kept: enough to see what it is, little enough to mail the file around. */
export const QUARANTINE_TEXT_CHARS_MAX = 500;

/**
 * Why a line was not imported.
 *
 * | code | meaning |
 * |---|---|
 * | line-too-long | longer than `LINE_BYTES_MAX` |
 * | no-frame | no time and JSON, or not the fields of a LOBSTER row |
 * | bad-json | the JSON behind the time is none |
 * | bad-time | a time that is none, or lies more than 50 days from the recording's first |
 * | bad-field | a field is missing or of the wrong type |
 * | bad-number | a price or quantity is no decimal number |
 * | off-grid | a price or quantity is between two steps of the instrument's grid |
 * | out-of-range | a price, quantity or id is negative or larger than a column can hold |
 * | no-instrument | a snapshot that names no symbol, in a recording of several; a symbol with next to no frames |
 */
export const QUARANTINE_CODES = [
  "line-too-long",
  "no-frame",
  "bad-json",
  "bad-time",
  "bad-field",
  "bad-number",
  "off-grid",
  "out-of-range",
  "no-instrument",
] as const;
export type QuarantineCode = (typeof QUARANTINE_CODES)[number];

/** What is wrong with a line: an expected failure, hence a value. */
export interface LineFault {
  readonly code: QuarantineCode;
  /** What was expected and what was found. */
  readonly reason: string;
}

/** What a number that could not be read on its grid is quarantined for. */
export const NUMBER_FAULTS: Readonly<Record<DecimalErrorCode, QuarantineCode>> = {
  "not-a-decimal": "bad-number",
  "not-a-grid": "bad-number",
  "off-grid": "off-grid",
  "too-large": "out-of-range",
};

/** Lines that could not be imported, on their way to `<out>.quarantine.ndjson`. */
export class Quarantine {
  readonly path: string;
  readonly #linesMax: number;
  readonly #counts = new Map<QuarantineCode, number>();
  #file: PartialFile | undefined;
  #lines = 0;

  constructor(path: string, options: { linesMax?: number } = {}) {
    this.path = path;
    this.#linesMax = options.linesMax ?? QUARANTINE_LINES_MAX;
  }

  /** Lines quarantined, kept or not. */
  get lines(): number {
    return this.#lines;
  }

  /** Lines by code. */
  get counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What was refused and why, in a few words. */
  describe(): string {
    if (this.#lines === 0) return "it holds no rows";
    const codes = Object.entries(this.counts).map(([code, lines]) => `${code} ${lines}`);
    return `${this.#lines} lines were refused: ${codes.join(", ")}`;
  }

  add(fault: LineFault & { readonly line: number; readonly text: string; readonly file?: string }): void {
    const { file, line, code, reason, text } = fault;
    this.#lines++;
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    if (this.#lines > this.#linesMax) return;
    this.#file ??= new PartialFile(this.path);
    const kept = text.slice(0, QUARANTINE_TEXT_CHARS_MAX);
    this.#file.write(
      Buffer.from(`${JSON.stringify({ ...(file !== undefined && { file }), line, code, reason, text: kept })}\n`),
    );
  }

  /** Gives the file its name; without a quarantined line, removes the file that an earlier import may have left. */
  commit(): void {
    if (this.#file === undefined) rmSync(this.path, { force: true });
    else this.#file.commit();
  }

  discard(): void {
    this.#file?.discard();
  }
}
