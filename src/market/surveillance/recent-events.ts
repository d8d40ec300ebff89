import type { Nanos } from "../../core/units.ts";

/** The newest events of a kind, up to a number: when they were and which ones, with a number of the owner's choice. */
export class RecentEvents {
  readonly #size: number;
  readonly #times: Float64Array;
  readonly #sequences: Float64Array;
  readonly #values: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#size = size;
    this.#times = new Float64Array(size);
    this.#sequences = new Float64Array(size);
    this.#values = new Float64Array(size);
  }

  /** How many there are, at most the size. */
  get length(): number {
    return Math.min(this.#count, this.#size);
  }

  get isFull(): boolean {
    return this.#count >= this.#size;
  }

  add(timeNs: Nanos, sequence: number, value = 0): void {
    const place = this.#count % this.#size;
    this.#times[place] = timeNs;
    this.#sequences[place] = sequence;
    this.#values[place] = value;
    this.#count++;
  }

  clear(): void {
    this.#count = 0;
  }

  /** 0 is the newest one. */
  timeNs(back: number): Nanos {
    return this.#times[this.#placeOf(back)];
  }

  sequence(back: number): number {
    return this.#sequences[this.#placeOf(back)];
  }

  value(back: number): number {
    return this.#values[this.#placeOf(back)];
  }

  /** Numbers of the newest ones, newest first. */
  newest(count: number): number[] {
    return Array.from({ length: Math.min(count, this.length) }, (_, back) => this.sequence(back));
  }

  #placeOf(back: number): number {
    return (this.#count - 1 - back + this.#size) % this.#size;
  }
}
