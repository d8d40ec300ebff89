import type { Topics } from "../agents/topics.ts";
import type { Kernel } from "../kernel/kernel.ts";

const NOBODY: readonly number[] = [];

/**
 * The topics of a run. It only says who is to get a note: the note itself travels as every message does, so that nobody
 * hears of anything before the network lets them.
 */
export class TopicRegistry implements Topics {
  readonly #kernel: Pick<Kernel, "nameOf">;
  /** By topic, the actors in ascending order. */
  readonly #listeners = new Map<number, readonly number[]>();

  constructor(kernel: Pick<Kernel, "nameOf">) {
    this.#kernel = kernel;
  }

  listen(topic: number, actor: number): void {
    const listeners = this.listenersOf(topic);
    if (listeners.includes(actor)) return;
    this.#listeners.set(
      topic,
      [...listeners, actor].toSorted((a, b) => a - b),
    );
  }

  listenersOf(topic: number): readonly number[] {
    return this.#listeners.get(topic) ?? NOBODY;
  }

  nameOf(actor: number): string {
    return this.#kernel.nameOf(actor);
  }
}
