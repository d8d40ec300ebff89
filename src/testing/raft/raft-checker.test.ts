import { expect, test } from "vitest";

import { RaftChecker } from "./raft-checker.ts";
import { elect, nodeWith, settle } from "./raft-nodes.ts";

const VOTERS = [0, 1, 2];

function leaderOf(self: number, log: { term: number; terms: number[]; commit?: number }) {
  const node = nodeWith({ self, voters: VOTERS }, log);
  elect(
    node,
    VOTERS.filter((voter) => voter !== self),
  );
  return node;
}

test("two leaders in a term are found", () => {
  const checker = new RaftChecker();
  checker.check(0, leaderOf(0, { term: 1, terms: [1] }), "", () => []);
  expect(() => checker.check(1, leaderOf(1, { term: 1, terms: [1] }), "", () => [])).toThrow("election safety");
});

test("a leader that lacks what was committed is found, whichever is seen first", () => {
  const committed = nodeWith({ self: 0, voters: VOTERS }, { term: 1, terms: [1, 1], commit: 2 });
  const lacking = leaderOf(1, { term: 1, terms: [1] });
  for (const order of ["leader last", "leader first"]) {
    const checker = new RaftChecker();
    const check = (): void => {
      if (order === "leader first") checker.check(1, lacking, "", () => []);
      checker.check(0, committed, "", () => [committed, lacking]);
      if (order === "leader last") checker.check(1, lacking, "", () => []);
    };
    expect(check).toThrow("leader completeness");
  }
});

test("logs that hold the same entry behind different ones are found", () => {
  const checker = new RaftChecker();
  checker.check(0, nodeWith({ self: 0, voters: VOTERS }, { term: 3, terms: [1, 3] }), "", () => []);
  const other = nodeWith({ self: 1, voters: VOTERS }, { term: 3, terms: [2, 3] });
  expect(() => checker.check(1, other, "", () => [])).toThrow("log matching");
});

test("different committed entries and different states are found", () => {
  const checker = new RaftChecker();
  checker.check(0, nodeWith({ self: 0, voters: VOTERS }, { term: 3, terms: [1], commit: 1 }), "a", () => []);
  const other = nodeWith({ self: 1, voters: VOTERS }, { term: 3, terms: [2], commit: 1 });
  expect(() => checker.check(1, other, "a", () => [])).toThrow("committed at 1 are entries of terms 1 and 2");
  const states = new RaftChecker();
  const same = nodeWith({ self: 0, voters: VOTERS }, { term: 1, terms: [1], commit: 1 });
  settle(same);
  states.check(0, same, "a", () => []);
  expect(() => states.check(1, same, "b", () => [])).toThrow("after entry 1 the states a and b");
});

test("a leader that changes its log, and a term that goes back, are found", () => {
  const checker = new RaftChecker();
  const leader = leaderOf(0, { term: 1, terms: [1] });
  checker.check(0, leader, "", () => []);
  const changed = leaderOf(0, { term: 1, terms: [1] });
  expect(() => checker.check(0, changed, "", () => [])).toThrow("append-only");
  expect(() => checker.check(0, nodeWith({ self: 0, voters: VOTERS }, { term: 1, terms: [1] }), "", () => [])).toThrow(
    "a term went back",
  );
  checker.crashed(0);
});
