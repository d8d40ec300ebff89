import { expect, test } from "vitest";

import { CountingMachine, transactionName } from "./counting-machine.ts";
import { runRaft } from "./raft-run.ts";

const SEEDS = 200;

test(`every property holds after every event under faults, and all clients are answered once healed: ${SEEDS} seeds`, () => {
  let [transactions, terms, events] = [0, 0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const report = runRaft(seed);
    transactions += report.transactions;
    terms += report.terms;
    events += report.events;
  }
  // A cluster that did nothing would break nothing.
  expect(transactions / SEEDS).toBeGreaterThan(30);
  expect(terms / SEEDS).toBeGreaterThan(3);
  expect(events / SEEDS).toBeGreaterThan(1_000);
});

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
