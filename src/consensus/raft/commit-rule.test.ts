import { expect, test } from "vitest";

import { elect, exchange, nodeWith, settle } from "../../testing/raft/raft-nodes.ts";
import { textTable } from "../../testing/text-table.ts";

// The servers of figure 8 in Ongaro and Ousterhout 2014 are numbered from 0 here.
const VOTERS = [0, 1, 2, 3, 4];

test("a majority commits an entry of an earlier term only together with one of the leader's own (figure 8)", () => {
  // (c): server 0 leads again, in term 4, with an entry of term 2 at index 2; its own empty entry stands at 3.
  const leader = nodeWith({ self: 0, voters: VOTERS }, { term: 3, terms: [1, 2], commit: 1 });
  elect(leader, [1, 2]);
  expect([leader.state.role, leader.state.term, leader.state.log.lastIndex]).toEqual(["leader", 4, 3]);
  const answers = textTable(
    ["from", "agrees to", "committed"],
    `from | agrees to | committed
     1    | 2         | 1
     2    | 2         | 1
     3    | 2         | 1
     4    | 2         | 1
     1    | 3         | 1
     2    | 3         | 3`,
  );
  for (const row of answers) {
    const index = Number(row["agrees to"]);
    leader.step(Number(row.from), { kind: "append-response", term: 4, index, rejected: undefined });
    settle(leader);
    expect({ ...row, committed: String(leader.state.log.committed) }).toEqual(row);
  }
});

test("what a majority holds of an earlier term can be replaced, and then nobody has applied it (figure 8 d)", () => {
  const terms = [[1, 2], [1, 2], [1, 2], [1], [1, 3]];
  const nodes = new Map(terms.map((log, self) => [self, nodeWith({ self, voters: VOTERS }, { term: 3, terms: log })]));
  for (const node of nodes.values()) settle(node);
  const others = new Map([...nodes].filter(([self]) => self !== 0));
  nodes.get(4)!.campaign();
  exchange(others);
  expect(nodes.get(4)!.state.role).toBe("leader");
  for (const node of others.values()) {
    expect([1, 2, 3].map((index) => node.state.log.termAt(index))).toEqual([1, 3, 4]);
    expect(node.state.log.committed).toBe(3);
  }
});

test("figure 8 e: once an entry of its own term is committed, the leader's log can no longer be replaced", () => {
  const terms = [[1, 2], [1, 2], [1, 2], [1], [1, 3]];
  const nodes = new Map(terms.map((log, self) => [self, nodeWith({ self, voters: VOTERS }, { term: 3, terms: log })]));
  const majority = new Map([...nodes].filter(([self]) => self < 3));
  nodes.get(0)!.campaign();
  exchange(majority);
  expect(nodes.get(0)!.state.log.committed).toBe(3);
  for (let i = 0; i < 6; i++) nodes.get(4)!.tick();
  exchange(new Map([...nodes].filter(([self]) => self !== 0)));
  expect(nodes.get(4)!.state.role).not.toBe("leader");
});
