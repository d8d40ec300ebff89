import { assert } from "../../core/assert.ts";
import { OWNERS_MAX } from "../book/owner-table.ts";

const OWNERS_AT_START = 64;

/**
 * Numbers of each owner, all 0 at first: `stride` float64 an owner, side by side. It grows as owners come.
 *
 *     const at = values.rowOf(owner);
 *     values.numbers[at + 1] += lots;
 *
 * `numbers` is replaced when the table grows: read it anew after `rowOf`.
 */
export class OwnerValues {
  declare numbers: Float64Array;
  declare private readonly stride: number;

  constructor(stride: number) {
    assert(stride >= 1, "an owner has at least one number");
    this.stride = stride;
    this.numbers = new Float64Array(OWNERS_AT_START * stride);
  }

  /** Owners that it has numbers of; those behind have none but 0 yet. */
  get owners(): number {
    return this.numbers.length / this.stride;
  }

  /** Where the numbers of an owner begin. */
  rowOf(owner: number): number {
    const at = owner * this.stride;
    if (at >= this.numbers.length) this.grow(owner);
    return at;
  }

  private grow(owner: number): void {
    assert(owner < OWNERS_MAX, "an owner's number is above the limit");
    let owners = this.owners;
    while (owners <= owner) owners *= 2;
    const numbers = new Float64Array(owners * this.stride);
    numbers.set(this.numbers);
    this.numbers = numbers;
  }
}
