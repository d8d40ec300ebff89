import fc from "fast-check";

import type { Call, History } from "./history.ts";
import type { KeyValueOutput } from "./key-value-model.ts";
import { UNKNOWN } from "./model.ts";
import { NAIVE_CALLS_MAX } from "./naive-check.ts";
import type { RegisterOutput } from "./register-model.ts";
import { SIMULATED_REGISTER, SIMULATED_STORE, simulatedHistories } from "./simulated-history.ts";

/** A small change that may make a history impossible. */
type Mutation<Output> =
  /** A call that returned gets another answer; calls are counted around, so that any number names one. */
  | { readonly kind: "answer"; readonly call: number; readonly output: Output }
  /** Two events that follow each other, of different calls, trade places. */
  | { readonly kind: "swap"; readonly position: number };

const SMALL = { callsMax: NAIVE_CALLS_MAX, ticksMax: 40, processes: 4 };

/** Histories of a register, small enough for all orders to be tried. */
export const MUTATED_REGISTER_HISTORY = mutatedHistories(
  simulatedHistories(SIMULATED_REGISTER, SMALL),
  fc.constantFrom<RegisterOutput[]>(null, 0, 1, 2, "done", "mismatch"),
);

/** Histories of a key-value store, small enough for all orders to be tried. */
export const MUTATED_STORE_HISTORY = mutatedHistories(
  simulatedHistories(SIMULATED_STORE, SMALL),
  fc.constantFrom<KeyValueOutput[]>("done", ...["", "a", "b", "ab", "ba"].map((text) => ({ text }))),
);

/** Histories with some changes. */
function mutatedHistories<Input, Output>(
  histories: fc.Arbitrary<History<Input, Output>>,
  outputs: fc.Arbitrary<Output>,
): fc.Arbitrary<History<Input, Output>> {
  const mutation: fc.Arbitrary<Mutation<Output>> = fc.oneof(
    fc.record({ kind: fc.constant("answer" as const), call: fc.nat(), output: outputs }),
    fc.record({ kind: fc.constant("swap" as const), position: fc.integer({ min: 1, max: 20 }) }),
  );
  return fc
    .tuple(histories, fc.array(mutation, { maxLength: 4 }))
    .map(([history, mutations]) => mutations.reduce((changed, next) => mutate(changed, next), history));
}

function mutate<Input, Output>(history: History<Input, Output>, mutation: Mutation<Output>): History<Input, Output> {
  if (mutation.kind === "swap") return swapEvents(history, mutation.position);
  const returned = history.filter(({ output }) => output !== UNKNOWN);
  const changed = returned.length === 0 ? undefined : returned[mutation.call % returned.length];
  return history.map((call) => (call === changed ? { ...call, output: mutation.output } : call));
}

function swapEvents<Input, Output>(history: History<Input, Output>, position: number): History<Input, Output> {
  const next = position + 1;
  const moved = (at: number): number => (at === position ? next : at === next ? position : at);
  // A call that would return before it is made stays as it is, and so does everything.
  if (history.some(({ calledAt, returnedAt }) => calledAt === position && returnedAt === next)) return history;
  return history
    .map((call): Call<Input, Output> => ({
      ...call,
      calledAt: moved(call.calledAt),
      returnedAt: moved(call.returnedAt),
    }))
    .toSorted((a, b) => a.calledAt - b.calledAt);
}
