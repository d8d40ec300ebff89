import type { Nanos } from "../core/units.ts";
import type { Clock } from "./clock.ts";
import type { RunEnd, RunOptions } from "./driver.ts";
import type { ExternalInput, InputSource } from "./external-input.ts";
import type { Kernel } from "./kernel.ts";

/** What the drivers differ in. */
export interface Course {
  readonly clock: Clock;
  readonly inputs: InputSource;
  readonly waiting: Waiting;
  /** The last kernel time whose events may happen by now. */
  horizonNs(): Nanos;
  /** Kernel nanoseconds per wall nanosecond. */
  readonly pace: number;
}

/** A slice of events should take about this long: short enough for Ctrl-C, long enough to cost nothing. */
const SLICE_MS = 10;
const SLICE_EVENTS_AT_START = 16;
const SLICE_EVENTS_MAX = 1 << 20;
/** No sleep is longer, because timers of more than 24 days do not exist. */
const SLEEP_MS_MAX = 1_000;
const PROGRESS_MS = 250;
const NS_PER_MS = 1_000_000;

/** A driver's sleep, which whoever has news can end. */
export class Waiting {
  #sleep: AbortController | undefined;

  async begin(clock: Clock, ms: number): Promise<void> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    await clock.sleep(ms, sleep.signal);
    this.#sleep = undefined;
  }

  end(): void {
    this.#sleep?.abort();
  }
}

/** Runs a kernel in slices until there is a reason to stop. */
export async function drive(kernel: Kernel, course: Course, options: RunOptions): Promise<RunEnd> {
  const { untilNs = Infinity, eventsMax = Infinity, signal, onProgress, progressMs = PROGRESS_MS } = options;
  const { clock, inputs, waiting } = course;
  const sleepMsMax = onProgress === undefined ? SLEEP_MS_MAX : Math.min(SLEEP_MS_MAX, progressMs);
  const wake = (): void => waiting.end();
  let progressAtMs = clock.nowMs() + progressMs;
  let sliceEvents = SLICE_EVENTS_AT_START;
  signal?.addEventListener("abort", wake);
  try {
    for (;;) {
      if (signal?.aborted === true) return "stopped";
      if (kernel.events >= eventsMax) return "events";
      const nextNs = Math.min(kernel.nextTimeNs, inputs.nextTimeNs);
      if (nextNs === Infinity && !inputs.isOpen) return "idle";
      const horizonNs = course.horizonNs();
      if (nextNs > untilNs && (!inputs.isOpen || horizonNs >= untilNs)) return "time";

      if (nextNs <= horizonNs && nextNs <= untilNs) {
        const sliceEnd = Math.min(eventsMax, kernel.events + sliceEvents);
        const startMs = clock.nowMs();
        advance(kernel, course, { untilNs: Math.min(horizonNs, untilNs), eventsMax: sliceEnd });
        const tookMs = clock.nowMs() - startMs;
        if (tookMs > 2 * SLICE_MS) sliceEvents = Math.max(1, sliceEvents >>> 1);
        else if (tookMs < SLICE_MS && kernel.events >= sliceEnd)
          sliceEvents = Math.min(SLICE_EVENTS_MAX, sliceEvents * 2);
        await clock.yield();
      } else {
        const aheadNs = Math.min(nextNs, untilNs) - horizonNs;
        await waiting.begin(clock, Math.min(sleepMsMax, aheadNs / (course.pace * NS_PER_MS)));
      }
      if (onProgress !== undefined && clock.nowMs() >= progressAtMs) {
        onProgress({ timeNs: kernel.nowNs, events: kernel.events, messages: kernel.messages });
        progressAtMs = clock.nowMs() + progressMs;
      }
    }
  } finally {
    signal?.removeEventListener("abort", wake);
  }
}

/**
 * Runs the kernel up to a time and lets in the inputs on the way. An input enters when every event before its time has
 * happened, and none at its time or later: so it has the same place among the events wherever the slices are cut, in
 * the run itself as in its replay.
 */
function advance(kernel: Kernel, { inputs }: Course, stop: { untilNs: Nanos; eventsMax: number }): void {
  while (inputs.nextTimeNs <= stop.untilNs && inputs.nextTimeNs < Infinity) {
    kernel.run(inputs.nextTimeNs - 1, stop.eventsMax);
    if (kernel.events >= stop.eventsMax) return;
    enter(kernel, inputs.take());
  }
  kernel.run(stop.untilNs, stop.eventsMax);
}

function enter(kernel: Kernel, input: ExternalInput): void {
  if ("directive" in input) kernel.direct(input.directive, input.timeNs);
  else kernel.inject(input.to, input.records, input.timeNs);
}
