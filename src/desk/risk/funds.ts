import { assert } from "../../core/assert.ts";
import type { Units } from "../../core/units.ts";

/**
 * What the desk's account at each venue can pay with: what it holds, what the venue lends, and less what is set aside
 * for working orders. One number of units per venue and asset.
 */
export class Funds {
  readonly #assets: number;
  readonly #held: Float64Array;
  readonly #credit: Float64Array;
  readonly #reserved: Float64Array;

  constructor(venues: number, assets: number) {
    this.#assets = assets;
    this.#held = new Float64Array(venues * assets);
    this.#credit = new Float64Array(venues * assets);
    this.#reserved = new Float64Array(venues * assets);
  }

  /** What the account holds now, as the portfolio has it. */
  setHeld(venue: number, asset: number, units: Units): void {
    this.#held[venue * this.#assets + asset] = units;
  }

  /** How far below 0 the venue lets the account go. */
  setCredit(venue: number, asset: number, units: Units): void {
    this.#credit[venue * this.#assets + asset] = units;
  }

  free(venue: number, asset: number): Units {
    const cell = venue * this.#assets + asset;
    return this.#held[cell] + this.#credit[cell] - this.#reserved[cell];
  }

  reserved(venue: number, asset: number): Units {
    return this.#reserved[venue * this.#assets + asset];
  }

  reserve(venue: number, asset: number, units: Units): void {
    this.#reserved[venue * this.#assets + asset] += units;
  }

  release(venue: number, asset: number, units: Units): void {
    const cell = venue * this.#assets + asset;
    assert(this.#reserved[cell] >= units, "no more can be released than was reserved");
    this.#reserved[cell] -= units;
  }
}
