import fc from "fast-check";
import { expect, test } from "vitest";

import { CallSet } from "./call-set.ts";
import { ConfigurationCache } from "./configuration-cache.ts";
import type { Call } from "./history.ts";
import { UNKNOWN } from "./model.ts";

const CALLS = 150;
/** Two words' worth of calls of unknown outcome between the others. */
const isUnknown = (call: number): boolean => call % 4 === 1;

const history: readonly Call<null, null>[] = Array.from({ length: CALLS }, (_, call) => ({
  process: call,
  input: null,
  output: isUnknown(call) ? UNKNOWN : null,
  calledAt: 2 * call + 1,
  returnedAt: isUnknown(call) ? Infinity : 2 * call + 2,
}));

/** Runs of neighbours, often from the first on, so that words become full and empty again; within 4 states. */
const change = fc.record({
  first: fc.oneof(fc.constant(0), fc.nat({ max: CALLS - 1 })),
  length: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: CALLS })),
  state: fc.nat({ max: 3 }),
});

test("the cache knows exactly what a list of plain sets knows", () => {
  const answers = { new: 0, known: 0, full: 0 };
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30, size: "max" }), (changes) => {
      const cache = new ConfigurationCache(1 << 20);
      const set = new CallSet(history);
      const plain = new Set<number>();
      const kept: { readonly state: number; readonly calls: ReadonlySet<number> }[] = [];
      for (const { first, length, state } of changes) {
        for (let call = first; call < Math.min(CALLS, first + length); call++) {
          if (plain.delete(call)) set.remove(call);
          else {
            plain.add(call);
            set.add(call);
          }
          const isKnown = kept.some((old) => old.state === state && offersAllOf(old.calls, plain));
          const answer = cache.add(set, state);
          answers[answer]++;
          expect(answer).toBe(isKnown ? "known" : "new");
          if (!isKnown) kept.push({ state, calls: new Set(plain) });
        }
      }
    }),
    { numRuns: 15 },
  );
  expect(answers.known).toBeGreaterThan(500);
  expect(answers.new).toBeGreaterThan(500);
});

test("sets that look alike but for their first word are told apart, also when the cache grows", () => {
  const calls = Array.from({ length: 4_000 }, (_, call) => ({
    ...history[0],
    calledAt: 2 * call + 1,
    returnedAt: 2 * call + 2,
  }));
  const cache = new ConfigurationCache(1 << 20);
  for (const expected of ["new", "known"]) {
    const set = new CallSet(calls);
    const answers = calls.map((_, call) => {
      set.add(call);
      return cache.add(set, 0);
    });
    expect(new Set(answers)).toEqual(new Set([expected]));
  }
});

test("a full cache says so, and still knows what it holds", () => {
  const set = new CallSet(history.filter((_, call) => !isUnknown(call)));
  const cache = new ConfigurationCache(8);
  set.add(0);
  expect([cache.add(set, 0), cache.add(set, 1), cache.add(set, 2)]).toEqual(["new", "new", "full"]);
  expect([cache.add(set, 0), cache.add(set, 1)]).toEqual(["known", "known"]);
});

/** Whether the old configuration has the same calls that returned, and no call of unknown outcome that the new lacks. */
function offersAllOf(old: ReadonlySet<number>, fresh: ReadonlySet<number>): boolean {
  if (![...old].every((call) => fresh.has(call))) return false;
  return [...fresh].every((call) => old.has(call) || isUnknown(call));
}
