import { expect, test } from "vitest";

import { checkLinearizability, DEFAULT_LIMITS } from "./check-linearizability.ts";
import { describeVerdict } from "./describe-verdict.ts";
import { registerHistory } from "./register-history.ts";
import { HistoryRecorder } from "./history.ts";
import { KEY_VALUE_MODEL } from "./key-value-model.ts";
import type { KeyValueInput, KeyValueOutput } from "./key-value-model.ts";
import { REGISTER_MODEL } from "./register-model.ts";

const IMPOSSIBLE = registerHistory([
  "0 :invoke :write 1",
  "0 :ok :write 1",
  "1 :invoke :cas [1 2]",
  "4 :invoke :write 3",
  "4 :info :write :timed-out",
  "2 :invoke :read nil",
  "2 :ok :read 7",
  "1 :fail :cas [1 2]",
]);

const STALE = registerHistory([
  "0 :invoke :write 1",
  "0 :ok :write 1",
  "1 :invoke :cas [2 3]",
  "4 :invoke :write 1",
  "4 :info :write :timed-out",
  "2 :invoke :read nil",
  "5 :invoke :write 4",
  "6 :invoke :write 5",
  "2 :ok :read nil",
  "5 :ok :write 4",
  "6 :ok :write 5",
  "1 :ok :cas [2 3]",
]);

test("a history that has an order is told by its last calls", () => {
  const history = registerHistory(Array.from({ length: 12 }, () => ["0 :invoke :read nil", "0 :ok :read nil"]).flat());
  const verdict = checkLinearizability(REGISTER_MODEL, history);
  expect(describeVerdict(REGISTER_MODEL, verdict).split("\n").slice(0, 3)).toEqual([
    "linearizable, found in 12 steps, in this order:",
    "  … 2 calls before these",
    "  process 0: read, answer nothing (events 5 to 6)",
  ]);
});

test("a history without an order is told by the call that has no place, and what could be placed", () => {
  const verdict = checkLinearizability(REGISTER_MODEL, IMPOSSIBLE);
  expect(describeVerdict(REGISTER_MODEL, verdict)).toBe(
    [
      `not linearizable, found in ${verdict.steps} steps`,
      "no place was found for process 2: read, answer 7 (events 6 to 7)",
      "3 of the calls before its return fit in order:",
      "  process 0: write 1, answer done (events 1 to 2)",
      "  process 4: write 3, outcome unknown (events 4 and on)",
      "  process 1: compare with 1 and set 2, answer mismatch (events 3 to 8)",
      "the state is then 3",
    ].join("\n"),
  );
});

test("calls that were under way are told, too", () => {
  const verdict = checkLinearizability(REGISTER_MODEL, STALE);
  expect(describeVerdict(REGISTER_MODEL, verdict).split("\n").slice(1)).toEqual([
    "no place was found for process 2: read, answer nothing (events 6 to 9)",
    "4 of the calls before its return fit in order:",
    "  process 0: write 1, answer done (events 1 to 2)",
    "  process 5: write 4, answer done (events 7 to 10)",
    "  process 6: write 5, answer done (events 8 to 11)",
    "  process 4: write 1, outcome unknown (events 4 and on)",
    "the state is then 1",
    "also under way at its return, but not in that order:",
    "  process 1: compare with 2 and set 3, answer done (events 3 to 12)",
  ]);
});

test("a search that gave up says which limit it hit and how far it had come", () => {
  const { steps } = checkLinearizability(REGISTER_MODEL, STALE);
  const verdict = checkLinearizability(REGISTER_MODEL, STALE, { ...DEFAULT_LIMITS, stepsMax: steps - 1 });
  expect(describeVerdict(REGISTER_MODEL, verdict).split("\n").slice(0, 2)).toEqual([
    `unknown: the limit on the number of steps was hit after ${steps - 1} steps; so far`,
    "no place was found for process 2: read, answer nothing (events 6 to 9)",
  ]);
  const atOnce = checkLinearizability(REGISTER_MODEL, IMPOSSIBLE, { ...DEFAULT_LIMITS, cacheWordsMax: 0 });
  expect(describeVerdict(REGISTER_MODEL, atOnce)).toBe(
    "unknown: the limit on the memory was hit after 1 step, before any obstacle",
  );
});

test("the part of the object is named", () => {
  const recorder = new HistoryRecorder<KeyValueInput, KeyValueOutput>();
  recorder.called(3, { kind: "get", key: "a\nb" });
  recorder.returned(3, { text: "ghost" });
  const verdict = checkLinearizability(KEY_VALUE_MODEL, recorder.history());
  expect(describeVerdict(KEY_VALUE_MODEL, verdict)).toBe(
    [
      "not linearizable, found in 1 step",
      String.raw`no place was found for process 3: get "a\nb", answer "ghost" (events 1 to 2), in part "a\nb"`,
      "no call comes before it",
      'the state is then ""',
    ].join("\n"),
  );
});
