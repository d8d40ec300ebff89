import type { Nanos } from "../core/units.ts";

/** Runs a kernel against real time, in slices, so that the program around it stays awake. */
export interface Driver {
  /**
   * Runs until there is a reason to stop, always between two events. It may be called again and goes on from there.
   * @throws {ActorFailure} as `Kernel.run`
   */
  run(options?: RunOptions): Promise<RunEnd>;
}

export interface RunOptions {
  /** The last kernel time whose events may happen. */
  readonly untilNs?: Nanos;
  /** Events in all, those of earlier runs of the kernel included. */
  readonly eventsMax?: number;
  /** Stops the run. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Least wall time between two calls of `onProgress`, in milliseconds. */
  readonly progressMs?: number;
}

export interface Progress {
  /** Kernel time of the last event. */
  readonly timeNs: Nanos;
  /** Delivered so far. */
  readonly events: number;
  /** Messages among them. */
  readonly messages: number;
}

/**
 * Why a run ended: what comes next lies after `untilNs`; `eventsMax` were delivered; nothing will happen any more; the
 * signal stopped it.
 */
export type RunEnd = "time" | "events" | "idle" | "stopped";
