import { assert } from "../core/assert.ts";
import { hashParts } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { Link } from "./link.ts";
import { PairTable } from "./pair-table.ts";

/** Every message takes the same time. */
export class ConstantLink implements Link {
  readonly #delayNs: Nanos;

  constructor(delayNs: Nanos) {
    assert(delayNs >= 0, "a delay is not negative");
    this.#delayNs = delayNs;
  }

  join(): void {}

  delayNs(): Nanos {
    return this.#delayNs;
  }
}

/**
 * Each message takes a time drawn uniformly from [lowNs, highNs]. The draw depends on the seed, the two actors' names
 * and how many messages went between them before, so that other actors' messages change nothing. A message that would
 * overtake an earlier one of the same pair arrives together with it.
 */
export class UniformLink implements Link {
  readonly #lowNs: Nanos;
  readonly #spanNs: Nanos;
  readonly #seed: number;
  readonly #names: number[] = [];
  readonly #pairs = new PairTable();

  constructor(options: { seed: number; lowNs: Nanos; highNs: Nanos }) {
    assert(options.lowNs >= 0 && options.highNs >= options.lowNs, "delays are 0 <= low <= high");
    this.#lowNs = options.lowNs;
    this.#spanNs = options.highNs - options.lowNs;
    this.#seed = hashParts([String(options.seed), "link"])[0];
  }

  join(actor: number, name: string): void {
    this.#names[actor] = hashParts([name])[0];
  }

  delayNs(from: number, to: number, departureNs: Nanos): Nanos {
    const pair = this.#pairs.reach(from, to);
    const count = this.#pairs.count(pair);
    const key = this.#seed ^ Math.imul(this.#names[from], 0x9e3779b1) ^ Math.imul(this.#names[to], 0x85ebca77);
    const drawNs = this.#lowNs + Math.floor(uniformOf(key, count) * (this.#spanNs + 1));
    return this.#pairs.keepOrder(pair, departureNs + drawNs) - departureNs;
  }
}

/** A delay for each pair of places; each actor is at one place. */
export class MatrixLink implements Link {
  readonly #delaysNs: readonly (readonly Nanos[])[];
  readonly #placeOf: (name: string) => number;
  readonly #places: number[] = [];

  /** @param options `delaysNs[from][to]` by place, and the place of each actor by its name */
  constructor(options: { delaysNs: readonly (readonly Nanos[])[]; placeOf: (name: string) => number }) {
    this.#delaysNs = options.delaysNs;
    this.#placeOf = options.placeOf;
  }

  join(actor: number, name: string): void {
    const place = this.#placeOf(name);
    assert(place >= 0 && place < this.#delaysNs.length, () => `${name} is at place ${place}, which the matrix lacks`);
    this.#places[actor] = place;
  }

  delayNs(from: number, to: number): Nanos {
    return this.#delaysNs[this.#places[from]][this.#places[to]];
  }
}

/** Metres that light covers in a nanosecond, in a vacuum. */
const METRES_PER_NS = 0.299_792_458;

/**
 * Actors stand on a line and signals travel at the speed of light, as in ABIDES' rmsc04: each actor's place is drawn
 * uniformly from the line's length, from the seed and its name.
 */
export class LineLink implements Link {
  readonly #lengthMetres: number;
  readonly #seed: number;
  readonly #placesMetres: number[] = [];

  constructor(options: { seed: number; lengthMetres: number }) {
    this.#lengthMetres = options.lengthMetres;
    this.#seed = hashParts([String(options.seed), "line"])[0];
  }

  join(actor: number, name: string): void {
    this.#placesMetres[actor] = this.#lengthMetres * uniformOf(this.#seed ^ hashParts([name])[0], 0);
  }

  /** An actor's distance from the line's beginning. */
  placeMetresOf(actor: number): number {
    return this.#placesMetres[actor];
  }

  delayNs(from: number, to: number): Nanos {
    return Math.round(Math.abs(this.#placesMetres[from] - this.#placesMetres[to]) / METRES_PER_NS);
  }
}

/** A number in [0, 1) that depends on nothing but its key and count (32 bits of it are random). */
function uniformOf(key: number, count: number): number {
  let h = Math.imul(key ^ (key >>> 16), 0x7feb352d) + Math.imul(count, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x21f0aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a2d97);
  return ((h ^ (h >>> 15)) >>> 0) / 0x1_0000_0000;
}
