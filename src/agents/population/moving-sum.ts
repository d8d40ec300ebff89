/** The sum of the last `length` numbers, exact as long as they are whole. */
export class MovingSum {
  readonly length: number;
  /** Numbers taken so far. */
  count = 0;
  sum = 0;
  readonly #last: Float64Array;

  constructor(length: number) {
    this.length = length;
    this.#last = new Float64Array(length);
  }

  get isFull(): boolean {
    return this.count >= this.length;
  }

  add(value: number): void {
    const place = this.count % this.length;
    this.sum += value - this.#last[place];
    this.#last[place] = value;
    this.count++;
  }
}
