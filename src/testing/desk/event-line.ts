import type { Nanos } from "../../core/units.ts";

interface Planned {
  readonly atNs: Nanos;
  readonly number: number;
  readonly run: () => void;
}

/** Things that happen at their time and, at one time, in the order in which they were planned. */
export class EventLine {
  nowNs: Nanos = 0;
  #planned: Planned[] = [];
  #next = 1;

  /** @returns a number by which it is called off */
  plan(delayNs: Nanos, run: () => void): number {
    const number = this.#next++;
    this.#planned.push({ atNs: this.nowNs + delayNs, number, run });
    return number;
  }

  callOff(number: number): void {
    this.#planned = this.#planned.filter((planned) => planned.number !== number);
  }

  /** Nothing that was planned happens any more: whoever planned it has crashed. */
  clear(): void {
    this.#planned = [];
  }

  /** Lets everything happen until that time. */
  runUntil(endNs: Nanos): void {
    for (;;) {
      let next: Planned | undefined;
      for (const planned of this.#planned) {
        if (
          next === undefined ||
          planned.atNs < next.atNs ||
          (planned.atNs === next.atNs && planned.number < next.number)
        ) {
          next = planned;
        }
      }
      if (next === undefined || next.atNs > endNs) break;
      this.callOff(next.number);
      this.nowNs = next.atNs;
      next.run();
    }
    this.nowNs = endNs;
  }
}
