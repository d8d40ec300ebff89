import { ILLEGAL, UNKNOWN } from "./model.ts";
import type { Model } from "./model.ts";

/** Null is a register that nobody has written yet. */
export type RegisterValue = number | null;

export type RegisterInput =
  | { readonly kind: "read" }
  | { readonly kind: "write"; readonly value: number }
  /** Compare and set: writes `value` if the register holds `expected`. */
  | { readonly kind: "cas"; readonly expected: number; readonly value: number };

/** A read gives the value, a write "done", a compare-and-set "done" or, where the value was another, "mismatch". */
export type RegisterOutput = RegisterValue | "done" | "mismatch";

/** One register that is read, written, and compared and set, such as a key of etcd. */
export const REGISTER_MODEL: Model<RegisterValue, RegisterInput, RegisterOutput> = {
  initial: null,
  step(state, input, output) {
    const answer = answerOf(state, input);
    if (output !== UNKNOWN && output !== answer) return ILLEGAL;
    return input.kind !== "read" && answer === "done" ? input.value : state;
  },
  readsOnly: ({ kind }, output) => kind === "read" || output === "mismatch",
  equal: (a, b) => a === b,
  hash: (state) => (state === null ? -1 : state | 0),
  describeCall(input, output) {
    const answer = output === UNKNOWN ? "outcome unknown" : `answer ${textOf(output)}`;
    if (input.kind === "read") return `read, ${answer}`;
    if (input.kind === "write") return `write ${input.value}, ${answer}`;
    return `compare with ${input.expected} and set ${input.value}, ${answer}`;
  },
  describeState: textOf,
};

function answerOf(state: RegisterValue, input: RegisterInput): RegisterOutput {
  if (input.kind === "read") return state;
  return input.kind === "write" || input.expected === state ? "done" : "mismatch";
}

function textOf(value: RegisterOutput): string {
  return value === null ? "nothing" : String(value);
}
