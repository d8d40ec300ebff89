import type { Nanos } from "../../core/units.ts";
import type { ActorContext, TimerHandle } from "../../kernel/actor.ts";

/** Timers of everybody on a desk: the kernel knows them by a number, and the desk what is to be done then. */
export class DeskTimers {
  readonly #context: () => ActorContext;
  readonly #pending = new Map<number, { readonly handle: TimerHandle; readonly run: () => void }>();
  #next = 0;

  constructor(context: () => ActorContext) {
    this.#context = context;
  }

  /** @returns a number by which it is canceled */
  after(delayNs: Nanos, run: () => void): number {
    const context = this.#context();
    // Numbers are int32 to the kernel; those that come round again are long over.
    const number = this.#next;
    this.#next = (this.#next + 1) & 0x3fff_ffff;
    const handle = context.setTimer(Math.ceil(context.nowNs + delayNs), number);
    this.#pending.set(number, { handle, run });
    return number;
  }

  /** One that has come due already, and waits for the desk to be free, is forgotten nevertheless. */
  cancel(number: number): void {
    const timer = this.#pending.get(number);
    if (timer === undefined) return;
    this.#context().cancelTimer(timer.handle);
    this.#pending.delete(number);
  }

  onTimer(number: number): void {
    const timer = this.#pending.get(number);
    this.#pending.delete(number);
    timer?.run();
  }
}
