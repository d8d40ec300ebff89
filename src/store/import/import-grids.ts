import { type DecimalGrid, decimalGrid } from "../../core/decimal.ts";
import type { ImportOptions } from "./import-types.ts";

/** Reads the grids that were given. @throws {DecimalError} where one is no step of a grid. */
export function givenGrids(options: Pick<ImportOptions, "tick" | "lot">): { tick?: DecimalGrid; lot?: DecimalGrid } {
  return {
    ...(options.tick !== undefined && { tick: decimalGrid(options.tick) }),
    ...(options.lot !== undefined && { lot: decimalGrid(options.lot) }),
  };
}
