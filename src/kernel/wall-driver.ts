import { assert } from "../core/assert.ts";
import { RECORD_WORDS } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { Clock } from "./clock.ts";
import { Waiting, drive } from "./drive.ts";
import type { Driver, RunEnd, RunOptions } from "./driver.ts";
import { HandedInputs } from "./external-input.ts";
import type { Kernel } from "./kernel.ts";
import { MESSAGE_RECORDS_MAX } from "./message-pool.ts";

/** Inputs that may wait for the kernel. More mean that it cannot keep up, and the one who hands them in is told. */
export const INPUTS_WAITING_MAX = 65_536;

export interface WallDriverOptions {
  readonly clock: Clock;
}

/**
 * Kernel time follows the clock from the first `run` on. Events happen at their own kernel times, late by the clock
 * when the machine is behind, so that a replay of the journal's inputs by the virtual driver gives the same tape.
 */
export class WallDriver implements Driver {
  readonly #kernel: Kernel;
  readonly #options: WallDriverOptions;
  readonly #inputs = new HandedInputs();
  readonly #waiting = new Waiting();
  /** Wall time at kernel time 0. */
  #originMs: number | undefined;
  /** Events up to here may have happened. */
  #horizonNs: Nanos = 0;
  #lastStampNs: Nanos = 0;

  constructor(kernel: Kernel, options: WallDriverOptions) {
    this.#kernel = kernel;
    this.#options = options;
  }

  run(options: RunOptions = {}): Promise<RunEnd> {
    const { clock } = this.#options;
    this.#originMs ??= clock.nowMs() - this.#kernel.nowNs / 1e6;
    const course = {
      clock,
      pace: 1,
      inputs: this.#inputs,
      waiting: this.#waiting,
      horizonNs: (): Nanos => {
        // A stamp may be a nanosecond ahead of the clock.
        this.#horizonNs = Math.max(this.#clockNs(), this.#lastStampNs);
        return this.#horizonNs;
      },
    };
    return drive(this.#kernel, course, options);
  }

  /**
   * Hands a message of whole 16-word records to an actor, at any moment. It is stamped with the clock's time, and later
   * than every event that has happened.
   * @returns its kernel time, or undefined when too many inputs wait and this one was not taken
   */
  hand(to: number, records: Int32Array): Nanos | undefined {
    const count = records.length / RECORD_WORDS;
    assert(Number.isInteger(count) && count >= 1 && count <= MESSAGE_RECORDS_MAX, "an input has 1 to 64 records");
    assert(to >= 0 && to < this.#kernel.actorCount, "an input needs a receiver");
    assert(this.#inputs.isOpen, "nothing is handed in after the inputs were closed");
    if (this.#inputs.length >= INPUTS_WAITING_MAX) return undefined;
    const timeNs = Math.max(this.#clockNs(), this.#kernel.nowNs + 1, this.#horizonNs + 1, this.#lastStampNs);
    this.#lastStampNs = timeNs;
    this.#inputs.add({ timeNs, to, records: records.slice() });
    this.#waiting.end();
    return timeNs;
  }

  /** Says that no more inputs will come: the run ends when nothing is left to happen. */
  close(): void {
    this.#inputs.isOpen = false;
    this.#waiting.end();
  }

  #clockNs(): Nanos {
    return this.#originMs === undefined ? 0 : Math.floor((this.#options.clock.nowMs() - this.#originMs) * 1e6);
  }
}
