import {
  DECIMAL_CHARS_MAX,
  type DecimalGrid,
  DecimalError,
  decimalGrid,
  parseDecimal,
  parseOnGrid,
} from "../../core/decimal.ts";

/** The coarsest grid that every number seen so far stands on: the greatest common divisor of all of them, exactly. */
export class ObservedGrid {
  #grid: DecimalGrid | undefined;

  /** Undefined until a number other than 0 was seen. */
  get grid(): DecimalGrid | undefined {
    return this.#grid;
  }

  /**
   * @returns false where the text is no decimal number or has more digits than any grid can hold; then it changes nothing.
   */
  observe(text: string): boolean {
    try {
      if (this.#grid !== undefined) {
        parseOnGrid(text, this.#grid);
        return true;
      }
    } catch (error) {
      if (!(error instanceof DecimalError)) throw error;
      if (error.code !== "off-grid") return false;
    }
    return this.#refine(text);
  }

  /** Takes in every number that another grid has seen. */
  merge(other: ObservedGrid): void {
    if (other.grid !== undefined) this.observe(other.grid.text);
  }

  /** Comes here a few times per recording: whenever a number is off all grids so far. */
  #refine(text: string): boolean {
    try {
      const number = parseDecimal(text);
      if (number.units === 0n) return true;
      const step = this.#grid === undefined ? number : parseDecimal(this.#grid.text);
      const scale = Math.max(number.scale, step.scale);
      let a = number.units * 10n ** BigInt(scale - number.scale);
      let b = step.units * 10n ** BigInt(scale - step.scale);
      if (a < 0n) a = -a;
      while (b !== 0n) [a, b] = [b, a % b];
      const digits = String(a < 0n ? -a : a).padStart(scale + 1, "0");
      const refined = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
      if (refined.length > DECIMAL_CHARS_MAX) return false;
      this.#grid = decimalGrid(refined);
      return true;
    } catch (error) {
      if (error instanceof DecimalError) return false;
      throw error;
    }
  }
}
