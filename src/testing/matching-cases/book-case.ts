import type { BookRules } from "../../market/order-book.ts";

/** One test of a book as a script (see book-script.ts) that shows every report that the book must make. */
export interface BookCase {
  readonly title: string;
  /** What differs from `CASE_RULES`. */
  readonly rules?: Partial<BookRules>;
  /** The script shows the changes of the public book too. */
  readonly showDeltas?: true;
  readonly script: string;
}

export const CASE_RULES: BookRules = {
  instrument: 3,
  priceTicksMin: 1,
  priceTicksMax: 100_000,
  qtyLotsMin: 1,
  qtyLotsMax: 1_000,
  tickLotUnits: 1,
  notionalUnitsMin: 0,
  bandMillionths: 0,
  referencePriceTicks: 0,
};
