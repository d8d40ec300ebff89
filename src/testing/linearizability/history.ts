import { assert } from "../../core/assert.ts";
import { UNKNOWN } from "./model.ts";

/**
 * One call of one client. Positions count the events of a history, from 1 up; no two events share one. Whatever clock
 * a run has, only this order matters: a call comes before another if it returned before the other was made.
 */
export interface Call<Input, Output> {
  readonly process: number;
  readonly input: Input;
  readonly output: Output | typeof UNKNOWN;
  readonly calledAt: number;
  /** Infinity where the outcome is unknown: such a call may take effect at any later time, or never. */
  readonly returnedAt: number;
}

/** The calls in the order in which they were made. */
export type History<Input, Output> = readonly Call<Input, Output>[];

/**
 * Takes down a history as it happens. A process has one call under way at a time; once a call has timed out, its process
 * may make the next one, although the old one may still take effect.
 */
export class HistoryRecorder<Input, Output> {
  readonly #calls: (Call<Input, Output> | undefined)[] = [];
  /** Index of the call that a process has under way. */
  readonly #underWay = new Map<number, number>();
  #events = 0;

  /** What the process has asked and not been answered yet. */
  inputUnderWay(process: number): Input | undefined {
    const index = this.#underWay.get(process);
    return index === undefined ? undefined : this.#calls[index]?.input;
  }

  called(process: number, input: Input): void {
    assert(!this.#underWay.has(process), () => `process ${process} calls while a call of its own is under way`);
    this.#underWay.set(process, this.#calls.length);
    const calledAt = ++this.#events;
    this.#calls.push({ process, input, output: UNKNOWN, calledAt, returnedAt: Infinity });
  }

  returned(process: number, output: Output): void {
    const index = this.#end(process);
    const call = this.#calls[index];
    assert(call !== undefined, "a call under way is in the history");
    this.#calls[index] = { ...call, output, returnedAt: this.#events };
  }

  /** The call ended without an answer. It stays in the history, because it may have taken effect. */
  timedOut(process: number): void {
    this.#end(process);
  }

  /** The call certainly had no effect and never will, so it is no part of the history. */
  failed(process: number): void {
    this.#calls[this.#end(process)] = undefined;
  }

  /** What was taken down so far; calls that are under way have unknown outcomes. */
  history(): History<Input, Output> {
    return this.#calls.filter((call) => call !== undefined);
  }

  #end(process: number): number {
    const index = this.#underWay.get(process);
    assert(index !== undefined, () => `process ${process} has no call under way`);
    this.#underWay.delete(process);
    this.#events++;
    return index;
  }
}

/**
 * Checks what the checkers take for granted.
 * @throws {InvariantError} when positions repeat, calls are not in order, or an outcome does not fit its return
 */
export function assertWellFormed<Input, Output>(history: History<Input, Output>): void {
  const positions = new Set<number>();
  let previous = 0;
  for (const { calledAt, returnedAt, output } of history) {
    assert(Number.isSafeInteger(calledAt) && calledAt > previous, "calls stand in order of their positions, from 1 up");
    assert(returnedAt > calledAt, "a call returns after it was made");
    assert((output === UNKNOWN) === (returnedAt === Infinity), "a call has an output exactly if it returned");
    positions.add(calledAt);
    if (returnedAt !== Infinity) positions.add(returnedAt);
    previous = calledAt;
  }
  const events = history.reduce((sum, { returnedAt }) => sum + (returnedAt === Infinity ? 1 : 2), 0);
  assert(positions.size === events, "no two events of a history share a position");
}
