import { expect, test } from "vitest";

import { CountingMachine, transactionName } from "./counting-machine.ts";
import { runRaft } from "./raft-run.ts";

const SEEDS_OF_A_TEST = 20;
const FIRST_SEEDS = Array.from({ length: 10 }, (_, i) => 1 + i * SEEDS_OF_A_TEST);

test.each(FIRST_SEEDS)(
  "Raft keeps its promises under faults, and answers all once healed: 20 seeds from %i on",
  (first) => {
    let [transactions, terms, events] = [0, 0, 0];
    for (let seed = first; seed < first + SEEDS_OF_A_TEST; seed++) {
      const report = runRaft(seed);
      transactions += report.transactions;
      terms += report.terms;
      events += report.events;
    }
    // A cluster that did nothing would break nothing.
    expect(transactions / SEEDS_OF_A_TEST).toBeGreaterThan(10);
    expect(terms / SEEDS_OF_A_TEST).toBeGreaterThan(3);
    expect(events / SEEDS_OF_A_TEST).toBeGreaterThan(500);
  },
);

test("a seed gives the same run again", () => {
  expect(runRaft(7)).toEqual(runRaft(7));
});

test("the counting machine finds a second execution, and carries its state in a snapshot", () => {
  const executed: [number, number][] = [];
  const machine = new CountingMachine((transaction, place) => executed.push([transaction, place]), 3);
  const words = Int32Array.of(4, 1);
  expect(machine.apply(words, 0)).toBe(1);
  expect(() => machine.apply(words, 0)).toThrow("executed twice");
  expect(executed).toEqual([[transactionName(4, 1), 1]]);
  const other = new CountingMachine(() => {}, 3);
  expect(other.hash()).not.toBe(machine.hash());
  other.restore(machine.snapshot());
  expect(other.hash()).toBe(machine.hash());
  expect(() => other.apply(words, 0)).toThrow("executed twice");
});
