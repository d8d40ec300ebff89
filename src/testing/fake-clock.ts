import { assert } from "../core/assert.ts";
import type { Clock } from "../kernel/clock.ts";

interface Appointment {
  readonly atMs: number;
  readonly action: () => void;
}

/**
 * A clock that waits for nobody: sleeping moves its hands. What a test wants to happen at a moment is an appointment,
 * kept when a sleep or a yield passes that moment.
 */
export class FakeClock implements Clock {
  /** Milliseconds that pass at each yield, as if the slice before it had taken them. */
  yieldMs: () => number;
  sleeps = 0;
  yields = 0;
  #nowMs: number;
  #appointments: Appointment[] = [];

  constructor(options: { startMs?: number; yieldMs?: () => number } = {}) {
    this.#nowMs = options.startMs ?? 5_000;
    this.yieldMs = options.yieldMs ?? (() => 0);
  }

  nowMs(): number {
    return this.#nowMs;
  }

  at(atMs: number, action: () => void): void {
    assert(atMs >= this.#nowMs, "an appointment lies ahead");
    this.#appointments.push({ atMs, action });
    // A stable sort: two appointments at one moment are kept in the order in which they were made.
    this.#appointments.sort((a, b) => a.atMs - b.atMs);
  }

  /** Moves the hands, as a computation that takes so long would. Appointments wait for the next sleep or yield. */
  spend(ms: number): void {
    this.#nowMs += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    assert(ms >= 0, "a sleep is not negative");
    this.sleeps++;
    const endMs = this.#nowMs + ms;
    for (;;) {
      if (signal?.aborted === true) return;
      if (this.#appointments.length === 0 || this.#appointments[0].atMs > endMs) break;
      this.#keepNext();
    }
    this.#nowMs = endMs;
  }

  async yield(): Promise<void> {
    this.yields++;
    this.#nowMs += this.yieldMs();
    while (this.#appointments.length > 0 && this.#appointments[0].atMs <= this.#nowMs) this.#keepNext();
  }

  #keepNext(): void {
    const appointment = this.#appointments.shift();
    assert(appointment !== undefined, "an appointment");
    this.#nowMs = Math.max(this.#nowMs, appointment.atMs);
    appointment.action();
  }
}
