import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";

/** A message from outside: whole 16-word records for one actor, at a kernel time. */
export interface ExternalInput {
  readonly timeNs: Nanos;
  readonly to: number;
  readonly records: Int32Array;
}

/** Where a driver finds the inputs of a run, in order of time. */
export interface InputSource {
  /** Time of the next input; Infinity when none is there. */
  readonly nextTimeNs: Nanos;
  /** Whether more may still come. */
  readonly isOpen: boolean;
  take(): ExternalInput;
}

/** Inputs that are known beforehand, as in a replay. */
export class RecordedInputs implements InputSource {
  readonly isOpen = false;
  readonly #rest: Iterator<ExternalInput>;
  #next: ExternalInput | undefined;

  constructor(inputs: Iterable<ExternalInput>) {
    this.#rest = inputs[Symbol.iterator]();
    this.#next = this.#read();
  }

  get nextTimeNs(): Nanos {
    return this.#next?.timeNs ?? Infinity;
  }

  take(): ExternalInput {
    const taken = this.#next;
    assert(taken !== undefined, "all inputs were taken");
    this.#next = this.#read();
    assert(this.nextTimeNs >= taken.timeNs, "recorded inputs are in order of time");
    return taken;
  }

  #read(): ExternalInput | undefined {
    const step = this.#rest.next();
    return step.done === true ? undefined : step.value;
  }
}

/** Inputs that were handed in while the run goes on and have not entered the kernel yet. */
export class HandedInputs implements InputSource {
  isOpen = true;
  readonly #waiting: ExternalInput[] = [];
  #taken = 0;

  get length(): number {
    return this.#waiting.length - this.#taken;
  }

  get nextTimeNs(): Nanos {
    return this.length === 0 ? Infinity : this.#waiting[this.#taken].timeNs;
  }

  add(input: ExternalInput): void {
    this.#waiting.push(input);
  }

  take(): ExternalInput {
    assert(this.length > 0, "no input waits");
    const input = this.#waiting[this.#taken++];
    // Half of the list at a time, so that taking stays O(1) and what was taken does not pile up.
    if (2 * this.#taken >= this.#waiting.length) {
      this.#waiting.splice(0, this.#taken);
      this.#taken = 0;
    }
    return input;
  }
}
