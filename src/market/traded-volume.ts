import type { Nanos, Units } from "../core/units.ts";
import { SUPPLY_UNITS_MAX } from "./ledger.ts";
import { OwnerValues } from "./rules/owner-values.ts";

/** Slices that a window of time is counted in. */
export const VOLUME_SLICES = 16;

/** Numbers of an owner: the sum, and where there is a window its last slice and the slices in a circle. */
const SUM = 0;
const SLICE = 1;
const SLICES = 2;

/**
 * What each owner has traded, in units of one asset: since the start, or in the present sixteenth of a window and the
 * fifteen before. A sum stays at 2^53 - 1 once it is there.
 */
export class TradedVolume {
  declare private readonly sliceNs: Nanos;
  declare private readonly owners: OwnerValues;

  constructor(windowNs: Nanos | undefined) {
    this.sliceNs = windowNs === undefined ? Infinity : windowNs / VOLUME_SLICES;
    this.owners = new OwnerValues(windowNs === undefined ? 1 : SLICES + VOLUME_SLICES);
  }

  of(owner: number, nowNs: Nanos): Units {
    const row = this.owners.rowOf(owner);
    if (this.sliceNs !== Infinity) this.turn(row, nowNs);
    return this.owners.numbers[row];
  }

  add(owner: number, units: Units, nowNs: Nanos): void {
    const row = this.owners.rowOf(owner);
    const { numbers } = this.owners;
    if (this.sliceNs !== Infinity) {
      this.turn(row, nowNs);
      const at = row + SLICES + (numbers[row + SLICE] % VOLUME_SLICES);
      numbers[at] = Math.min(SUPPLY_UNITS_MAX, numbers[at] + units);
    }
    numbers[row + SUM] = Math.min(SUPPLY_UNITS_MAX, numbers[row + SUM] + units);
  }

  /** Empties the slices that have gone by since the owner was last looked at. */
  private turn(row: number, nowNs: Nanos): void {
    const { numbers } = this.owners;
    const slice = Math.floor(nowNs / this.sliceNs);
    const gone = slice - numbers[row + SLICE];
    if (gone === 0) return;
    for (let back = 0; back < Math.min(gone, VOLUME_SLICES); back++)
      numbers[row + SLICES + ((slice - back) % VOLUME_SLICES)] = 0;
    numbers[row + SLICE] = slice;
    let sum = 0;
    for (let place = 0; place < VOLUME_SLICES; place++) sum += numbers[row + SLICES + place];
    numbers[row + SUM] = Math.min(SUPPLY_UNITS_MAX, sum);
  }
}
