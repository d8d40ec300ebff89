import fc from "fast-check";
import { expect, test } from "vitest";

import { KEY_VALUE_MODEL } from "./key-value-model.ts";
import { ILLEGAL, UNKNOWN } from "./model.ts";
import type { Model } from "./model.ts";
import { REGISTER_MODEL } from "./register-model.ts";
import { SIMULATED_REGISTER, SIMULATED_STORE } from "./simulated-history.ts";
import type { SimulatedObject } from "./simulated-history.ts";
import { wholeObject } from "./whole-object.ts";

test("the register's model allows what a register answers, and nothing else", () => {
  expectModelOf(REGISTER_MODEL, SIMULATED_REGISTER, [null, 0, 1, 2, "done", "mismatch"]);
});

test("the store's model allows what a store answers, and nothing else", () => {
  const outputs = ["done" as const, ...["", "a", "b", "aa", "ab", "ba", "bb"].map((text) => ({ text }))];
  expectModelOf(wholeObject(KEY_VALUE_MODEL), SIMULATED_STORE, outputs);
});

test("no model takes a wrong kind of answer", () => {
  expect(REGISTER_MODEL.step(1, { kind: "write", value: 2 }, "mismatch")).toBe(ILLEGAL);
  expect(REGISTER_MODEL.step(1, { kind: "write", value: 2 }, 1)).toBe(ILLEGAL);
  expect(REGISTER_MODEL.step(null, { kind: "cas", expected: 1, value: 2 }, null)).toBe(ILLEGAL);
  expect(KEY_VALUE_MODEL.step("", { kind: "get", key: "k" }, "done")).toBe(ILLEGAL);
  expect(KEY_VALUE_MODEL.step("", { kind: "append", key: "k", value: "" }, { text: "" })).toBe(ILLEGAL);
});

/** Runs the model beside the object and tries each output at each call. */
function expectModelOf<State, Input, Output>(
  model: Model<State, Input, Output>,
  { inputs, make }: SimulatedObject<Input, Output>,
  outputs: readonly Output[],
): void {
  fc.assert(
    fc.property(fc.array(inputs, { maxLength: 12 }), fc.array(inputs, { maxLength: 12 }), (script, other) => {
      const object = make();
      let state = model.initial;
      for (const input of script) {
        const answer = object(input);
        for (const output of outputs) {
          const isAnswer = JSON.stringify(output) === JSON.stringify(answer);
          const next = model.step(state, input, output);
          expect(next !== ILLEGAL).toBe(isAnswer);
          if (next !== ILLEGAL && model.readsOnly(input, output)) expect(model.equal(next, state)).toBe(true);
        }
        const next = stateOf(model.step(state, input, answer));
        expect(model.equal(stateOf(model.step(state, input, UNKNOWN)), next)).toBe(true);
        if (model.readsOnly(input, UNKNOWN)) expect(model.equal(next, state)).toBe(true);
        state = next;
      }
      const unrelated = other.reduce((at, input) => stateOf(model.step(at, input, UNKNOWN)), model.initial);
      expect(model.equal(state, unrelated)).toBe(model.describeState(state) === model.describeState(unrelated));
      if (model.equal(state, unrelated)) expect(model.hash(state)).toBe(model.hash(unrelated));
    }),
    { numRuns: 1_000 },
  );
}

function stateOf<State>(state: State | typeof ILLEGAL): State {
  if (state === ILLEGAL) expect.fail("a call of unknown outcome is legal everywhere");
  return state;
}
