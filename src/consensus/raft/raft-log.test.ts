import { expect, test } from "vitest";

import { entriesOf } from "../../testing/raft/raft-nodes.ts";
import { textTable } from "../../testing/text-table.ts";
import { RaftLog } from "./raft-log.ts";

const START = { index: 0, term: 0 };

function numbers(text: string): number[] {
  return text === "" ? [] : text.split(" ").map(Number);
}

function termsOf(log: RaftLog): string {
  return log
    .between(log.firstIndex, log.lastIndex)
    .map(({ term }) => term)
    .join(" ");
}

test.each(
  textTable(
    ["log", "previous", "entries", "agrees to", "after"],
    // Terms of the entries; `previous` is index/term.
    `log     | previous | entries | agrees to | after
     1 1 2   | 3/2      | 2 2     | 5         | 1 1 2 2 2
     1 1 2   | 3/2      |         | 3         | 1 1 2
     1 1 2   | 3/3      | 3       | no        | 1 1 2
     1 1 2   | 4/2      | 2       | no        | 1 1 2
     1 1 2   | 1/1      | 1 2     | 3         | 1 1 2
     1 1 2   | 1/1      | 1       | 2         | 1 1 2
     1 1 2   | 1/1      | 3       | 2         | 1 3
     1 1 2 2 | 2/1      | 2 3 3   | 5         | 1 1 2 3 3
             | 0/0      | 1       | 1         | 1
             | 1/1      | 1       | no        |`,
  ),
)("a log of $log takes $entries behind $previous", (row) => {
  const log = new RaftLog(START, entriesOf(numbers(row.log)), 0);
  const [index, term] = row.previous.split("/").map(Number);
  const entries = numbers(row.entries).map((of, at) => ({
    term: of,
    index: index + 1 + at,
    command: { kind: "empty" } as const,
  }));
  expect(String(log.appendAfter({ index, term }, entries) ?? "no")).toBe(row["agrees to"]);
  expect(termsOf(log)).toBe(row.after);
  expect(log.saved).toBe(commonLength(numbers(row.log), numbers(row.after)));
});

function commonLength(a: readonly number[], b: readonly number[]): number {
  const differs = a.findIndex((term, at) => term !== b[at]);
  return differs < 0 ? a.length : differs;
}

test.each(
  textTable(
    ["log", "last", "may lead"],
    `log   | last | may lead
     1 1 2 | 3/2  | yes
     1 1 2 | 4/2  | yes
     1 1 2 | 2/2  | no
     1 1 2 | 1/3  | yes
     1 1 2 | 9/1  | no
           | 0/0  | yes`,
  ),
)("whose log ends with $last may lead one with $log: $may lead", (row) => {
  const [index, term] = row.last.split("/").map(Number);
  const log = new RaftLog(START, entriesOf(numbers(row.log)), 0);
  expect(log.accepts({ index, term }) ? "yes" : "no").toBe(row["may lead"]);
});

test.each(
  textTable(
    ["log", "asked", "agreement"],
    `log         | asked | agreement
     1 1 2 4 4   | 5/4   | 5/4
     1 1 2 4 4   | 5/3   | 3/2
     1 1 2 4 4   | 4/1   | 2/1
     3 3 3       | 3/2   | 0/0
     1 1         | 4/1   | 4/0`,
  ),
)("logs of $log and $asked may agree at $agreement", (row) => {
  const [index, term] = row.asked.split("/").map(Number);
  const found = new RaftLog(START, entriesOf(numbers(row.log)), 0).agreementBefore(index, term);
  expect(`${found.index}/${found.term}`).toBe(row.agreement);
});

test("what is committed is neither replaced nor taken back", () => {
  const log = new RaftLog(START, entriesOf([1, 1, 2]), 0);
  log.commitTo(2);
  log.commitTo(1);
  expect(log.committed).toBe(2);
  const other = { term: 3, index: 2, command: { kind: "empty" } as const };
  expect(() => log.appendAfter({ index: 1, term: 1 }, [other])).toThrow("never taken back");
  expect(() => log.commitTo(4)).toThrow("must be in the log");
});

test("a compacted log knows the term before its first entry, and no earlier one", () => {
  const log = new RaftLog(START, entriesOf([1, 1, 2, 2]), 0);
  log.commitTo(3);
  for (const index of [1, 2, 3]) log.appliedTo(index);
  log.compactTo(2);
  expect([log.firstIndex, log.lastIndex, log.termAt(1), log.termAt(2), log.termAt(3)]).toEqual([3, 4, undefined, 1, 2]);
  expect(() => log.compactTo(4)).toThrow("must be applied");
  log.restartAfter({ index: 9, term: 5 });
  expect([log.firstIndex, log.lastIndex, log.committed, log.applied, log.saved]).toEqual([10, 9, 9, 9, 9]);
  expect(() => log.restartAfter({ index: 9, term: 5 })).toThrow("never takes back");
});

test("entries are given as far as they have room, and one at least", () => {
  const log = new RaftLog(START, entriesOf([1, 1, 1]), 0);
  // An empty entry has two words.
  expect([0, 2, 3, 4, 100].map((words) => log.entriesFrom(1, words).length)).toEqual([1, 1, 1, 2, 3]);
  expect(log.entriesFrom(4, 100)).toEqual([]);
});
