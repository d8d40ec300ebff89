import type { StateTable } from "./state-table.ts";

/**
 * The order that the search is in, as a stack of calls with the state behind each, and a copy of the furthest one. The
 * copy shares all below the lowest point since it was made, so that keeping a longer one costs only what has changed.
 */
export class OrderStack {
  readonly #calls: Int32Array;
  /** One longer than the calls: the state before any of them comes first. */
  readonly #states: Int32Array;
  readonly #furthestCalls: Int32Array;
  #furthestLength = 0;
  #furthestState: number;
  #shared = 0;
  #length = 0;

  constructor(callsMax: number, initialState: number) {
    this.#calls = new Int32Array(callsMax);
    this.#states = new Int32Array(callsMax + 1);
    this.#furthestCalls = new Int32Array(callsMax);
    this.#states[0] = initialState;
    this.#furthestState = initialState;
  }

  get length(): number {
    return this.#length;
  }

  /** The number of the state behind the last call. */
  get state(): number {
    return this.#states[this.#length];
  }

  push(call: number, state: number): void {
    this.#calls[this.#length] = call;
    this.#length++;
    this.#states[this.#length] = state;
  }

  /** Takes the last call off. */
  pop(): number {
    this.#length--;
    if (this.#length < this.#shared) this.#shared = this.#length;
    return this.#calls[this.#length];
  }

  keepAsFurthest(): void {
    this.#furthestCalls.set(this.#calls.subarray(this.#shared, this.#length), this.#shared);
    this.#furthestLength = this.#length;
    this.#furthestState = this.state;
    this.#shared = this.#length;
  }

  current<State>(states: StateTable<State>): { order: number[]; state: State } {
    return { order: Array.from(this.#calls.subarray(0, this.#length)), state: states.state(this.state) };
  }

  furthest<State>(states: StateTable<State>): { order: number[]; state: State } {
    const order = Array.from(this.#furthestCalls.subarray(0, this.#furthestLength));
    return { order, state: states.state(this.#furthestState) };
  }
}
