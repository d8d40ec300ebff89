import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import type { Clock } from "./clock.ts";
import { Waiting, drive } from "./drive.ts";
import type { Driver, RunEnd, RunOptions } from "./driver.ts";
import { HandedInputs, JoinedInputs, RecordedInputs } from "./external-input.ts";
import type { ExternalInput } from "./external-input.ts";
import type { Kernel } from "./kernel.ts";

export interface VirtualDriverOptions {
  readonly clock: Clock;
  /** Kernel time per wall time: 1 is real time, 60 a minute a second. As fast as possible where nothing is said. */
  readonly pace?: number;
  /** What came in from outside in the run that is replayed, in order of time. */
  readonly inputs?: Iterable<ExternalInput>;
}

/** Kernel time goes from event to event, as fast as possible or held back to a pace. */
export class VirtualDriver implements Driver {
  readonly #kernel: Kernel;
  readonly #clock: Clock;
  readonly #pace: number;
  readonly #handed = new HandedInputs();
  readonly #inputs: JoinedInputs;
  readonly #waiting = new Waiting();
  /** Up to when events may happen, by the pace. */
  #horizonNs: () => Nanos;
  #lastStampNs: Nanos = 0;

  constructor(kernel: Kernel, options: VirtualDriverOptions) {
    const { clock, pace = Infinity, inputs = [] } = options;
    assert(pace > 0, "a pace is above 0");
    this.#kernel = kernel;
    this.#clock = clock;
    this.#pace = pace;
    // Whoever may hand something in does not keep a run awake in which nothing will happen any more.
    this.#handed.isOpen = false;
    this.#inputs = new JoinedInputs(new RecordedInputs(inputs), this.#handed);
    this.#horizonNs = () => kernel.nowNs;
  }

  run(options: RunOptions = {}): Promise<RunEnd> {
    const clock = this.#clock;
    const pace = this.#pace;
    const startMs = clock.nowMs();
    const startNs = this.#kernel.nowNs;
    const pacedNs = (): Nanos => startNs + Math.floor((clock.nowMs() - startMs) * 1e6 * pace);
    this.#horizonNs = pace === Infinity ? () => this.#kernel.nowNs : pacedNs;
    const horizonNs = pace === Infinity ? () => Infinity : pacedNs;
    return drive(this.#kernel, { clock, pace, inputs: this.#inputs, waiting: this.#waiting, horizonNs }, options);
  }

  /** The time at which something would enter that is handed in now: later than everything that has happened. */
  get entryNs(): Nanos {
    return Math.max(this.#horizonNs(), this.#kernel.reachedNs + 1, this.#lastStampNs);
  }

  /** Hands a directive to the carrier, at a moment between two slices; it enters at `timeNs`, the `entryNs` of just now. */
  direct(timeNs: Nanos, directive: unknown): void {
    assert(
      timeNs > this.#kernel.reachedNs && timeNs >= this.#lastStampNs,
      "a directive enters later than what happened",
    );
    this.#lastStampNs = timeNs;
    this.#handed.add({ timeNs, directive });
    this.#waiting.end();
  }
}
