import { describe, expect, test } from "vitest";

import { checkLinearizability } from "./check-linearizability.ts";
import { assertWellFormed, HistoryRecorder } from "./history.ts";
import type { Call } from "./history.ts";
import { UNKNOWN } from "./model.ts";
import { REGISTER_MODEL } from "./register-model.ts";

describe("HistoryRecorder", () => {
  test("numbers the events and keeps calls in the order in which they were made", () => {
    const recorder = new HistoryRecorder<string, number>();
    recorder.called(7, "slow");
    recorder.called(3, "quick");
    expect(recorder.inputUnderWay(3)).toBe("quick");
    recorder.returned(3, 30);
    expect(recorder.inputUnderWay(3)).toBeUndefined();
    recorder.returned(7, 70);
    expect(recorder.history()).toEqual([
      { process: 7, input: "slow", output: 70, calledAt: 1, returnedAt: 4 },
      { process: 3, input: "quick", output: 30, calledAt: 2, returnedAt: 3 },
    ]);
  });

  test("keeps what timed out or was never answered as unknown, and leaves out what failed", () => {
    const recorder = new HistoryRecorder<string, number>();
    recorder.called(1, "timed out");
    recorder.timedOut(1);
    recorder.called(1, "failed");
    recorder.failed(1);
    recorder.called(1, "under way");
    expect(recorder.history()).toEqual([
      { process: 1, input: "timed out", output: UNKNOWN, calledAt: 1, returnedAt: Infinity },
      { process: 1, input: "under way", output: UNKNOWN, calledAt: 5, returnedAt: Infinity },
    ]);
  });

  test("refuses a second call of a process, and an answer to nothing", () => {
    const recorder = new HistoryRecorder<string, number>();
    recorder.called(1, "first");
    expect(() => recorder.called(1, "second")).toThrow("process 1 calls while a call of its own is under way");
    expect(() => recorder.returned(2, 0)).toThrow("process 2 has no call under way");
    recorder.failed(1);
    expect(() => recorder.timedOut(1)).toThrow("process 1 has no call under way");
  });
});

describe("assertWellFormed", () => {
  const call = (calledAt: number, returnedAt: number): Call<{ kind: "read" }, null> => ({
    process: 0,
    input: { kind: "read" },
    output: null,
    calledAt,
    returnedAt,
  });

  test.each([
    ["calls out of order", [call(3, 4), call(1, 2)], "calls stand in order of their positions"],
    ["a position before the first", [call(0, 2)], "calls stand in order of their positions"],
    ["a return before its call", [call(2, 1)], "a call returns after it was made"],
    ["an answer without a return", [call(1, Infinity)], "a call has an output exactly if it returned"],
    ["a return without an answer", [{ ...call(1, 2), output: UNKNOWN }], "a call has an output exactly if it returned"],
    ["two events in one position", [call(1, 3), call(2, 3)], "no two events of a history share a position"],
    ["a call where another returned", [call(1, 2), call(2, 3)], "no two events of a history share a position"],
  ] as const)("finds %s, and so does the checker", (_name, history, message) => {
    expect(() => assertWellFormed(history)).toThrow(message);
    expect(() => checkLinearizability(REGISTER_MODEL, history)).toThrow(message);
  });
});
