import { ILLEGAL } from "./model.ts";
import type { Model } from "./model.ts";

/**
 * The same object without its parts: one state that holds the state of each part, to test that parts are enough. A part
 * in its initial state is left out, so that one which nobody touched does not make two states differ.
 */
export function wholeObject<State, Input, Output>(
  part: Model<State, Input, Output>,
): Model<ReadonlyMap<string, State>, Input, Output> {
  const stateOf = (states: ReadonlyMap<string, State>, name: string): State => states.get(name) ?? part.initial;
  return {
    initial: new Map(),
    step(states, input, output) {
      const name = part.partitionOf?.(input) ?? "";
      const next = part.step(stateOf(states, name), input, output);
      if (next === ILLEGAL) return ILLEGAL;
      const changed = new Map(states);
      if (part.equal(next, part.initial)) changed.delete(name);
      else changed.set(name, next);
      return changed;
    },
    readsOnly: (input, output) => part.readsOnly(input, output),
    equal: (a, b) => a.size === b.size && [...a].every(([name, state]) => part.equal(state, stateOf(b, name))),
    // A sum, because parts are touched in any order.
    hash: (states) => [...states.values()].reduce((sum, state) => (sum + part.hash(state)) | 0, 0),
    describeCall: (input, output) => part.describeCall(input, output),
    describeState: (states) =>
      [...states]
        .map(([name, state]) => `${name}: ${part.describeState(state)}`)
        .toSorted()
        .join(", "),
  };
}
