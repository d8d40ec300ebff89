import { describe, expect, test } from "vitest";

import { checkLinearizability, DEFAULT_LIMITS } from "./check-linearizability.ts";
import { registerHistory } from "./register-history.ts";
import { HistoryRecorder } from "./history.ts";
import type { History } from "./history.ts";
import { KEY_VALUE_MODEL } from "./key-value-model.ts";
import type { KeyValueInput, KeyValueOutput } from "./key-value-model.ts";
import { orderFault } from "./order-fault.ts";
import { REGISTER_MODEL } from "./register-model.ts";
import type { RegisterInput, RegisterOutput } from "./register-model.ts";

interface RegisterCase {
  readonly name: string;
  readonly lines: readonly string[];
  readonly verdict: "linearizable" | "not-linearizable";
}

const WRITE_1 = ["0 :invoke :write 1", "0 :ok :write 1"];
const READ_NIL = ["1 :invoke :read nil", "1 :ok :read nil"];
const READ_1 = ["1 :invoke :read nil", "1 :ok :read 1"];
const READ_2 = ["1 :invoke :read nil", "1 :ok :read 2"];
const WRITE_2_TIMES_OUT = ["2 :invoke :write 2", "2 :info :write :timed-out"];

const CASES: readonly RegisterCase[] = [
  { name: "nothing happened", lines: [], verdict: "linearizable" },
  { name: "a read of nothing before a write", lines: [...READ_NIL, ...WRITE_1], verdict: "linearizable" },
  { name: "a read of nothing after a write", lines: [...WRITE_1, ...READ_NIL], verdict: "not-linearizable" },
  { name: "a read before the write that it sees", lines: [...READ_1, ...WRITE_1], verdict: "not-linearizable" },
  {
    name: "a read inside a write sees it",
    lines: ["0 :invoke :write 1", ...READ_1, "0 :ok :write 1"],
    verdict: "linearizable",
  },
  {
    name: "a read inside a write does not see it",
    lines: ["0 :invoke :write 1", ...READ_NIL, "0 :ok :write 1"],
    verdict: "linearizable",
  },
  {
    name: "a later read inside a write unsees it",
    lines: ["0 :invoke :write 1", ...READ_1, ...READ_NIL, "0 :ok :write 1"],
    verdict: "not-linearizable",
  },
  { name: "the last call cannot be", lines: [...WRITE_1, ...READ_1, ...READ_2], verdict: "not-linearizable" },
  { name: "a write timed out and is seen", lines: [...WRITE_2_TIMES_OUT, ...READ_2], verdict: "linearizable" },
  { name: "a write timed out and is not seen", lines: [...WRITE_2_TIMES_OUT, ...READ_NIL], verdict: "linearizable" },
  {
    name: "a write timed out and takes effect after a later one",
    lines: [...WRITE_2_TIMES_OUT, ...WRITE_1, ...READ_1, ...READ_2],
    verdict: "linearizable",
  },
  {
    name: "a write timed out and would have to take effect twice",
    lines: [...WRITE_2_TIMES_OUT, ...READ_2, ...WRITE_1, ...READ_2],
    verdict: "not-linearizable",
  },
  {
    name: "a write times out after it was seen to be needed",
    lines: [...READ_2, ...WRITE_2_TIMES_OUT],
    verdict: "not-linearizable",
  },
  { name: "a write is never answered", lines: ["2 :invoke :write 2", ...READ_2], verdict: "linearizable" },
  {
    name: "a compare-and-set fits between two writes",
    lines: [...WRITE_1, "0 :invoke :cas [1 2]", "0 :ok :cas [1 2]", ...READ_2],
    verdict: "linearizable",
  },
  {
    name: "a compare-and-set fails although the value was there all the time",
    lines: [...WRITE_1, "0 :invoke :cas [1 2]", "0 :fail :cas [1 2]"],
    verdict: "not-linearizable",
  },
  {
    name: "two compare-and-sets from one value both win",
    lines: [...WRITE_1, "0 :invoke :cas [1 2]", "1 :invoke :cas [1 2]", "0 :ok :cas [1 2]", "1 :ok :cas [1 2]"],
    verdict: "not-linearizable",
  },
  {
    name: "a write of the value that is there must come later, where it changes something",
    lines: [...WRITE_1, "0 :invoke :write 1", "2 :invoke :write 2", "2 :ok :write 2", ...READ_1, "0 :ok :write 1"],
    verdict: "linearizable",
  },
];

describe("a register", () => {
  test.each(CASES)("$name: $verdict", ({ lines, verdict }) => {
    expect(checkLinearizability(REGISTER_MODEL, registerHistory(lines)).kind).toBe(verdict);
  });
});

describe("a key-value store", () => {
  const get = (key: string): KeyValueInput => ({ kind: "get", key });
  const append = (key: string, value: string): KeyValueInput => ({ kind: "append", key, value });

  test("the key that fails earliest is shown, with its own calls only", () => {
    const history = oneByOne<KeyValueInput, KeyValueOutput>([
      [append("late", "x"), "done"],
      [append("fine", "x"), "done"],
      [append("early", "x"), "done"],
      [get("early"), { text: "" }],
      [get("late"), { text: "" }],
      [get("fine"), { text: "x" }],
    ]);
    const verdict = checkLinearizability(KEY_VALUE_MODEL, history);
    expect(verdict).toMatchObject({
      kind: "not-linearizable",
      longest: { partition: "early", order: [history[2]], state: "x", blocked: history[3] },
    });
  });

  test("orders of keys become one order that keeps real time across them", () => {
    const recorder = new HistoryRecorder<KeyValueInput, KeyValueOutput>();
    // The append to "a" spans everything and is seen last; what happens to "b" lies inside it.
    recorder.called(0, append("a", "x"));
    for (const value of ["1", "2", "3"]) {
      recorder.called(1, append("b", value));
      recorder.returned(1, "done");
      recorder.called(2, get("a"));
      recorder.returned(2, { text: "" });
    }
    recorder.called(1, get("b"));
    recorder.returned(1, { text: "123" });
    recorder.returned(0, "done");
    recorder.called(2, get("a"));
    recorder.returned(2, { text: "x" });
    const calls = recorder.history();
    const verdict = checkLinearizability(KEY_VALUE_MODEL, calls);
    if (verdict.kind !== "linearizable") expect.fail(verdict.kind);
    expect(verdict.order).toHaveLength(9);
    expect(orderFault(KEY_VALUE_MODEL, { calls, order: verdict.order, until: Infinity })).toBeUndefined();
  });

  test("an easy part that fails decides, whatever stands before it", () => {
    const hard = hardWrites(18).map((call) => ({
      ...call,
      input: append("hard", String(call.process)),
      output: "done" as const,
    }));
    const end = Math.max(...hard.map(({ returnedAt }) => returnedAt));
    const impossible = { process: 0, output: { text: "never" }, calledAt: end + 1, returnedAt: end + 2 };
    const history = [
      ...hard,
      { ...impossible, input: get("hard") },
      { ...impossible, input: get("easy"), calledAt: end + 3, returnedAt: end + 4 },
    ];
    const verdict = checkLinearizability(KEY_VALUE_MODEL, history, { ...DEFAULT_LIMITS, stepsMax: 200_000 });
    expect(verdict).toMatchObject({ kind: "not-linearizable", longest: { partition: "easy" } });
  });
});

describe("limits", () => {
  const possible = [...hardWrites(8), readAfter(hardWrites(8), 3)];
  const impossible = [...hardWrites(8), readAfter(hardWrites(8), 99)];

  test.each([
    { name: "possible", history: possible, kind: "linearizable" },
    { name: "impossible", history: impossible, kind: "not-linearizable" },
  ])("as many steps as the $name history needs are enough, one less is not", ({ history, kind }) => {
    const { steps } = checkLinearizability(REGISTER_MODEL, history);
    expect(steps).toBeGreaterThan(8);
    const enough = checkLinearizability(REGISTER_MODEL, history, { ...DEFAULT_LIMITS, stepsMax: steps });
    expect([enough.kind, enough.steps]).toEqual([kind, steps]);
    const short = checkLinearizability(REGISTER_MODEL, history, { ...DEFAULT_LIMITS, stepsMax: steps - 1 });
    expect(short).toMatchObject({ kind: "unknown", limit: "stepsMax", steps: steps - 1 });
  });

  test("as much memory as the impossible history needs is enough, one word less is not", () => {
    const kindWith = (cacheWordsMax: number): string =>
      checkLinearizability(REGISTER_MODEL, impossible, { ...DEFAULT_LIMITS, cacheWordsMax }).kind;
    // Of eight writes, each set that is not empty is reached with each of its members last: 8 * 2^7 configurations.
    // Each has the state, the length, and a set of one word behind the number of its first word.
    const words = 8 * 2 ** 7 * 4;
    expect(kindWith(words)).toBe("not-linearizable");
    expect(kindWith(words - 1)).toBe("unknown");
  });

  test("a search that gives up shows how far it came", () => {
    const verdict = checkLinearizability(REGISTER_MODEL, impossible, { ...DEFAULT_LIMITS, stepsMax: 100 });
    expect(verdict).toMatchObject({ kind: "unknown", longest: { blocked: impossible[8], order: { length: 8 } } });
  });

  test("a search that gives up before any obstacle has nothing to show", () => {
    const verdict = checkLinearizability(REGISTER_MODEL, possible, { ...DEFAULT_LIMITS, stepsMax: 3 });
    expect(verdict).toEqual({ kind: "unknown", limit: "stepsMax", longest: undefined, steps: 3 });
  });

  test("a long history of few clients needs a few steps for each call", () => {
    const calls = 20_000;
    const recorder = new HistoryRecorder<RegisterInput, RegisterOutput>();
    recorder.called(9, { kind: "write", value: -1 });
    recorder.timedOut(9);
    for (let value = 0; value < calls / 4; value++) {
      recorder.called(0, { kind: "write", value });
      recorder.called(1, { kind: "cas", expected: value, value: -value });
      recorder.called(2, { kind: "read" });
      recorder.returned(2, -value);
      recorder.returned(0, "done");
      recorder.returned(1, "done");
      recorder.called(1, { kind: "read" });
      recorder.returned(1, -value);
    }
    const verdict = checkLinearizability(REGISTER_MODEL, recorder.history());
    expect(verdict.kind).toBe("linearizable");
    expect(verdict.steps).toBeLessThan(3 * calls);
  });
});

/** Writes of 0, 1, 2 … by as many processes, all under way at the same time. */
function hardWrites(count: number): History<RegisterInput, RegisterOutput> {
  return Array.from({ length: count }, (_, process) => ({
    process,
    input: { kind: "write", value: process },
    output: "done",
    calledAt: 1 + process,
    returnedAt: 1 + count + process,
  }));
}

function readAfter(writes: History<RegisterInput, RegisterOutput>, output: number): (typeof writes)[number] {
  const calledAt = 2 * writes.length + 1;
  return { process: 0, input: { kind: "read" }, output, calledAt, returnedAt: calledAt + 1 };
}

function oneByOne<Input, Output>(calls: readonly (readonly [Input, Output])[]): History<Input, Output> {
  const recorder = new HistoryRecorder<Input, Output>();
  for (const [input, output] of calls) {
    recorder.called(0, input);
    recorder.returned(0, output);
  }
  return recorder.history();
}
