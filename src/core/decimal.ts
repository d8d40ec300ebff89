import { UserError } from "./errors.ts";

/** Longest decimal text that is read. Venues write at most 20 digits and a point; the rest is room for bad habits. */
export const DECIMAL_CHARS_MAX = 48;
/** Most decimals that a grid may have: 10^-18 is one wei, the finest unit of any currency that we know of. */
export const GRID_SCALE_MAX = 18;

/** Why a text is no number of steps: no decimal number at all, between two steps, or past the safe integers. */
export type DecimalErrorCode = "not-a-decimal" | "off-grid" | "too-large" | "not-a-grid";

/** A decimal text that could not be read exactly. It is never rounded to something near. */
export class DecimalError extends UserError {
  override readonly name = "DecimalError";
  readonly code: DecimalErrorCode;
  readonly text: string;
  readonly grid: string | undefined;

  constructor(options: { code: DecimalErrorCode; text: string; grid?: string | undefined }) {
    const { code, grid } = options;
    const text =
      options.text.length > DECIMAL_CHARS_MAX ? `${options.text.slice(0, DECIMAL_CHARS_MAX)}…` : options.text;
    super(`${JSON.stringify(text)} ${explanation(code, grid)}`);
    this.code = code;
    this.text = text;
    this.grid = grid;
  }
}

function explanation(code: DecimalErrorCode, grid = "1"): string {
  switch (code) {
    case "not-a-decimal":
      return "is no decimal number: expected digits with at most one point between them, as in 0.01 or -25";
    case "off-grid":
      return `is no whole number of steps of ${grid}`;
    case "too-large":
      return `is more steps of ${grid} than can be counted exactly (${Number.MAX_SAFE_INTEGER})`;
    case "not-a-grid":
      return `is no step of a grid: expected a number above 0 with at most ${GRID_SCALE_MAX} decimals, as in 0.01 or 25`;
  }
}

/** A number as written: `units / 10^scale`, so "61837.63000" is 6183763000 with scale 5. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Evenly spaced numbers, `stepUnits / 10^scale` apart: the prices or quantities that an instrument allows. */
export interface DecimalGrid {
  /** The step as text without trailing decimal zeroes: "0.01", "0.5", "25". */
  readonly text: string;
  readonly stepUnits: number;
  readonly scale: number;
}

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const DECIMAL = /^-?[0-9]+(?:\.[0-9]+)?$/;
/** Up to here one more decimal digit keeps a number below 2^53. */
const ROOM_FOR_A_DIGIT_MAX = Math.floor(Number.MAX_SAFE_INTEGER / 10) - 1;

/** Whether a text is an optional minus, digits, and maybe a point and more digits: what `parseDecimal` reads. */
export function isDecimalText(text: string): boolean {
  return text.length <= DECIMAL_CHARS_MAX && DECIMAL.test(text);
}

/** @throws {DecimalError} "not-a-decimal" where the text is anything but an optional minus, digits, and decimals. */
export function parseDecimal(text: string): Decimal {
  if (!isDecimalText(text)) throw new DecimalError({ code: "not-a-decimal", text });
  const point = text.indexOf(".");
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/**
 * @param text the distance between two neighbouring numbers of the grid, such as "0.01", "0.00001", "25" or "0.5".
 * @throws {DecimalError} "not-a-grid".
 */
export function decimalGrid(text: string): DecimalGrid {
  if (!isDecimalText(text)) throw new DecimalError({ code: "not-a-grid", text });
  let { units, scale } = parseDecimal(text);
  for (; scale > 0 && units % 10n === 0n; scale--) units /= 10n;
  if (units <= 0n || units > BigInt(Number.MAX_SAFE_INTEGER) || scale > GRID_SCALE_MAX) {
    throw new DecimalError({ code: "not-a-grid", text });
  }
  return { text: withPoint(String(units), scale), stepUnits: Number(units), scale };
}

/**
 * Reads a price or a quantity as a whole number of grid steps: "61837.63000000" on the grid 0.01 is 6183763.
 *
 * @returns a safe integer.
 * @throws {DecimalError} "not-a-decimal", "off-grid" or "too-large". Nothing is ever rounded.
 */
export function parseOnGrid(text: string, grid: DecimalGrid): number {
  const { scale, stepUnits } = grid;
  const length = text.length;
  const first = length > 0 && text.charCodeAt(0) === MINUS ? 1 : 0;
  let units = 0;
  let decimals = -1;
  for (let i = first; i < length; i++) {
    const code = text.charCodeAt(i);
    const digit = code - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (decimals < scale) {
        if (units > ROOM_FOR_A_DIGIT_MAX) return parseOnGridExactly(text, grid);
        units = units * 10 + digit;
        if (decimals >= 0) decimals++;
      } else if (digit !== 0) {
        return parseOnGridExactly(text, grid);
      }
    } else if (code === POINT && decimals < 0 && i > first && i < length - 1) {
      decimals = 0;
    } else {
      return parseOnGridExactly(text, grid);
    }
  }
  if (length === first || length > DECIMAL_CHARS_MAX) return parseOnGridExactly(text, grid);
  for (let missing = decimals < 0 ? scale : scale - decimals; missing > 0; missing--) {
    if (units > ROOM_FOR_A_DIGIT_MAX) return parseOnGridExactly(text, grid);
    units *= 10;
  }
  if (stepUnits !== 1) {
    if (units % stepUnits !== 0) return parseOnGridExactly(text, grid);
    units /= stepUnits;
  }
  return first === 0 ? units : 0 - units;
}

/**
 * Writes a number of grid steps as decimal text with all the grid's decimals: 3 on the grid 0.50 is "1.5".
 *
 * @param steps a safe integer; anything else is a bug of the caller.
 */
export function formatOnGrid(steps: number, grid: DecimalGrid): string {
  if (!Number.isSafeInteger(steps)) throw new DecimalError({ code: "too-large", text: String(steps), grid: grid.text });
  const magnitude = steps < 0 ? -steps : steps;
  const units = magnitude * grid.stepUnits;
  const digits = Number.isSafeInteger(units) ? String(units) : String(BigInt(magnitude) * BigInt(grid.stepUnits));
  return (steps < 0 ? "-" : "") + withPoint(digits, grid.scale);
}

/** The slow and thorough way: it finds out what was wrong, or reads what was only too long for doubles on the way. */
function parseOnGridExactly(text: string, grid: DecimalGrid): number {
  if (!isDecimalText(text)) {
    throw new DecimalError({ code: "not-a-decimal", text, grid: grid.text });
  }
  const { units, scale } = parseDecimal(text);
  const numerator = units * 10n ** BigInt(grid.scale);
  const denominator = BigInt(grid.stepUnits) * 10n ** BigInt(scale);
  if (numerator % denominator !== 0n) throw new DecimalError({ code: "off-grid", text, grid: grid.text });
  const steps = Number(numerator / denominator);
  if (!Number.isSafeInteger(steps)) throw new DecimalError({ code: "too-large", text, grid: grid.text });
  return steps;
}

function withPoint(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const padded = digits.padStart(scale + 1, "0");
  return `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
