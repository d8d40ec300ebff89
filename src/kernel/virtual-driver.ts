import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import type { Clock } from "./clock.ts";
import { Waiting, drive } from "./drive.ts";
import type { Driver, RunEnd, RunOptions } from "./driver.ts";
import { RecordedInputs } from "./external-input.ts";
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
  readonly #options: VirtualDriverOptions;
  readonly #inputs: RecordedInputs;

  constructor(kernel: Kernel, options: VirtualDriverOptions) {
    const { pace = Infinity, inputs = [] } = options;
    assert(pace > 0, "a pace is above 0");
    this.#kernel = kernel;
    this.#options = { ...options, pace };
    this.#inputs = new RecordedInputs(inputs);
  }

  run(options: RunOptions = {}): Promise<RunEnd> {
    const { clock, pace = Infinity } = this.#options;
    const startMs = clock.nowMs();
    const startNs = this.#kernel.nowNs;
    const horizonNs = (): Nanos =>
      pace === Infinity ? Infinity : startNs + Math.floor((clock.nowMs() - startMs) * 1e6 * pace);
    const course = { clock, pace, inputs: this.#inputs, waiting: new Waiting(), horizonNs };
    return drive(this.#kernel, course, options);
  }
}
