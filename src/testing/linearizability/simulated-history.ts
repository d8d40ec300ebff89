import fc from "fast-check";

import { HistoryRecorder } from "./history.ts";
import type { History } from "./history.ts";
import type { KeyValueInput, KeyValueOutput } from "./key-value-model.ts";
import type { RegisterInput, RegisterOutput, RegisterValue } from "./register-model.ts";

/** An object that takes effect at once: histories of it are linearizable by construction. */
export interface SimulatedObject<Input, Output> {
  readonly inputs: fc.Arbitrary<Input>;
  /** @returns a fresh object. */
  readonly make: () => (input: Input) => Output;
}

const smallNumber = fc.nat({ max: 2 });

export const SIMULATED_REGISTER: SimulatedObject<RegisterInput, RegisterOutput> = {
  inputs: fc.oneof(
    fc.constant({ kind: "read" as const }),
    fc.record({ kind: fc.constant("write" as const), value: smallNumber }),
    fc.record({ kind: fc.constant("cas" as const), expected: smallNumber, value: smallNumber }),
  ),
  make: () => {
    let held: RegisterValue = null;
    return (input) => {
      if (input.kind === "read") return held;
      if (input.kind === "cas" && held !== input.expected) return "mismatch";
      held = input.value;
      return "done";
    };
  },
};

const key = fc.constantFrom("k", "m");
const text = fc.constantFrom("a", "b");

export const SIMULATED_STORE: SimulatedObject<KeyValueInput, KeyValueOutput> = {
  inputs: fc.oneof(
    fc.record({ kind: fc.constant("get" as const), key }),
    fc.record({ kind: fc.constantFrom("put" as const, "append" as const), key, value: text }),
  ),
  make: () => {
    const texts = new Map<string, string>();
    return (input) => {
      const before = texts.get(input.key) ?? "";
      if (input.kind === "get") return { text: before };
      texts.set(input.key, input.kind === "put" ? input.value : before + input.value);
      return "done";
    };
  },
};

/** What happens next, and to whom. */
interface Tick<Input> {
  readonly process: number;
  /** What the process asks for, if it has nothing under way. */
  readonly input: Input;
  /** Otherwise its call takes effect or returns, or it waits no longer. */
  readonly fate: "goes-on" | "times-out";
  /** Whether a call that timed out before it took effect does so now. */
  readonly late: "late-effect" | "nothing-late";
}

/** Histories in which each call takes effect at one moment between call and return, or after its client gave up. */
export function simulatedHistories<Input, Output>(
  { inputs, make }: SimulatedObject<Input, Output>,
  {
    callsMax,
    ticksMax,
    processes,
  }: { readonly callsMax: number; readonly ticksMax: number; readonly processes: number },
): fc.Arbitrary<History<Input, Output>> {
  const tick: fc.Arbitrary<Tick<Input>> = fc.record({
    process: fc.nat({ max: processes - 1 }),
    input: inputs,
    fate: oneIn(8, "times-out" as const, "goes-on" as const),
    late: oneIn(8, "late-effect" as const, "nothing-late" as const),
  });
  return fc.array(tick, { maxLength: ticksMax, size: "max" }).map((ticks) => play(ticks, make(), callsMax));
}

function oneIn<A, B>(count: number, rare: A, usual: B): fc.Arbitrary<A | B> {
  return fc.nat({ max: count - 1 }).map((n) => (n === count - 1 ? rare : usual));
}

function play<Input, Output>(
  ticks: readonly Tick<Input>[],
  object: (input: Input) => Output,
  callsMax: number,
): History<Input, Output> {
  const recorder = new HistoryRecorder<Input, Output>();
  const answers = new Map<number, { readonly output: Output }>();
  const late: Input[] = [];
  let calls = 0;
  for (const { process, input, fate, late: lateFate } of ticks) {
    const effect = lateFate === "late-effect" ? late.shift() : undefined;
    if (effect !== undefined) object(effect);
    const underWay = recorder.inputUnderWay(process);
    const answer = answers.get(process);
    if (underWay === undefined) {
      if (calls++ < callsMax) recorder.called(process, input);
    } else if (fate === "times-out") {
      recorder.timedOut(process);
      if (answer === undefined) late.push(underWay);
      answers.delete(process);
    } else if (answer === undefined) {
      answers.set(process, { output: object(underWay) });
    } else {
      recorder.returned(process, answer.output);
      answers.delete(process);
    }
  }
  return recorder.history();
}
