import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";

/** What enters a run from outside, at a kernel time: a message, or a directive. */
export type ExternalInput = MessageInput | DirectiveInput;

/** Whole 16-word records for one actor. */
export interface MessageInput {
  readonly timeNs: Nanos;
  readonly to: number;
  readonly records: Int32Array;
}

/** Something for the carrier itself, such as a fault: a value that JSON can hold, whose meaning is the carrier's affair. */
export interface DirectiveInput {
  readonly timeNs: Nanos;
  readonly directive: unknown;
}

/** Where a driver finds the inputs of a run, in order of time. */
export interface InputSource {
  /** Time of the next input; Infinity when none is there. */
  readonly nextTimeNs: Nanos;
  /** Whether more may still come. */
  readonly isOpen: boolean;
  take(): ExternalInput;
}

/** Two sources as one. At the same time the first one's come first. */
export class JoinedInputs implements InputSource {
  readonly #first: InputSource;
  readonly #second: InputSource;

  constructor(first: InputSource, second: InputSource) {
    this.#first = first;
    this.#second = second;
  }

  get nextTimeNs(): Nanos {
    return Math.min(this.#first.nextTimeNs, this.#second.nextTimeNs);
  }

  get isOpen(): boolean {
    return this.#first.isOpen || this.#second.isOpen;
  }

  take(): ExternalInput {
    return this.#first.nextTimeNs <= this.#second.nextTimeNs ? this.#first.take() : this.#second.take();
  }
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
