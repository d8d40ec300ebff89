import { expect, test } from "vitest";

import { elect, exchange, nodeWith, settle } from "../../testing/raft/raft-nodes.ts";
import { textTable } from "../../testing/text-table.ts";
import { CHANGES_MAX } from "./conf-change.ts";
import { MEMBERS_MAX } from "./configuration.ts";
import { OUTBOX_MAX, READS_MAX, UNCOMMITTED_ENTRIES_MAX } from "./limits.ts";
import type { PeerMessage } from "./messages.ts";
import type { RaftNode } from "./raft-node.ts";
import type { RaftOptions } from "./raft-state.ts";

const VOTERS = [0, 1, 2];

function leader(options: Partial<RaftOptions> = {}): RaftNode {
  const node = nodeWith({ self: 0, voters: VOTERS }, { term: 1, terms: [1] }, options);
  elect(node, [1]);
  expect(node.state.role).toBe("leader");
  return node;
}

function agree(node: RaftNode, from: number, index: number): { to: number; message: PeerMessage }[] {
  node.step(from, { kind: "append-response", term: node.state.term, index, rejected: undefined });
  return settle(node);
}

test.each(
  textTable(
    ["voted", "hears", "last", "term", "answer"],
    // The voter is in term 2 with a log that ends at 2/2.
    `voted | hears | last | term | answer
     -     | -     | 2/2  | 2    | yes
     -     | -     | 3/2  | 2    | yes
     -     | -     | 1/2  | 2    | no
     -     | -     | 9/1  | 2    | no
     1     | -     | 2/2  | 2    | yes
     2     | -     | 9/2  | 2    | no
     2     | -     | 2/2  | 3    | yes
     -     | 2     | 2/2  | 2    | no
     -     | 2     | 2/2  | 3    | silence
     -     | -     | 2/2  | 1    | silence`,
  ),
)("a voter that voted for $voted and hears $hears answers a candidate of term $term, $last: $answer", (row) => {
  const node = nodeWith({ self: 0, voters: VOTERS }, { term: 2, terms: [1, 2] });
  const ask = (from: number, term: number, index: number, of: number): void => {
    const last = { index, term: of };
    node.step(from, { kind: "vote-request", term, ballot: "vote", cause: "timeout", last });
  };
  if (row.voted !== "-") ask(Number(row.voted), 2, 2, 2);
  if (row.hears !== "-") node.step(Number(row.hears), { kind: "heartbeat", term: 2, commit: 0, round: 0 });
  settle(node);
  const [index, of] = row.last.split("/").map(Number);
  ask(1, Number(row.term), index, of);
  const answers = settle(node).map(({ message }) =>
    message.kind === "vote-response" && message.granted ? "yes" : "no",
  );
  expect(answers.join() || "silence").toBe(row.answer);
});

test("a follower vouches for what agrees with the leader, and not for the rest of its log", () => {
  const node = nodeWith({ self: 1, voters: VOTERS }, { term: 2, terms: [1, 1, 2, 2] });
  const entries = [{ term: 1, index: 2, command: { kind: "empty" } }] as const;
  node.step(0, { kind: "append", term: 3, previous: { index: 1, term: 1 }, commit: 4, entries });
  expect(node.state.log.committed).toBe(2);
  const rejected = undefined;
  expect(settle(node)).toEqual([{ to: 0, message: { kind: "append-response", term: 3, index: 2, rejected } }]);
});

test("an answer from an earlier term says nothing about the log of today", () => {
  const node = leader();
  node.step(1, { kind: "append-response", term: 1, index: 2, rejected: undefined });
  node.step(1, { kind: "heartbeat-response", term: 1, round: 99 });
  settle(node);
  expect([node.state.log.committed, node.state.progressOf(1)?.match]).toEqual([0, 0]);
});

test("a read is answered when a majority has answered a heartbeat that left after it", () => {
  const node = leader();
  expect(node.askRead(1)).toBe(true);
  // Nothing of its own term is committed: there may be more than it knows.
  expect(settle(node).filter(({ message }) => message.kind === "heartbeat")).toEqual([]);
  agree(node, 1, 2);
  const { round } = node.state.reads;
  expect(node.takeReads()).toEqual([]);
  node.step(1, { kind: "heartbeat-response", term: 2, round: round - 1 });
  expect(node.takeReads()).toEqual([]);
  node.step(1, { kind: "heartbeat-response", term: 2, round });
  expect(node.takeReads()).toMatchObject([{ ticket: 1, index: 2 }]);
  expect(node.takeReads()).toEqual([]);
});

test("reads that come in while a round is under way wait for the next", () => {
  const node = leader();
  agree(node, 1, 2);
  for (const ticket of [1, 2, 3]) node.askRead(ticket);
  const heartbeats = settle(node).filter(({ message }) => message.kind === "heartbeat");
  expect(heartbeats).toHaveLength(2);
  node.step(1, { kind: "heartbeat-response", term: 2, round: node.state.reads.round });
  expect(node.takeReads().map(({ ticket }) => ticket)).toEqual([1]);
  node.tick();
  node.step(2, { kind: "heartbeat-response", term: 2, round: node.state.reads.round });
  expect(node.takeReads().map(({ ticket }) => ticket)).toEqual([2, 3]);
});

test("queues of a leader have an end", () => {
  const node = leader();
  for (let ticket = 0; ticket < READS_MAX; ticket++) expect(node.askRead(ticket)).toBe(true);
  expect(node.askRead(READS_MAX)).toBe(false);
  while (node.state.log.lastIndex - node.state.log.committed < UNCOMMITTED_ENTRIES_MAX) {
    expect(node.propose({ kind: "empty" })).toBeDefined();
    node.takeOutbox();
  }
  expect(node.propose({ kind: "empty" })).toBeUndefined();
  expect(node.proposeMembership({ transition: "auto", changes: [] })).toBeUndefined();
});

test("a follower takes neither commands nor reads", () => {
  const node = nodeWith({ self: 0, voters: VOTERS }, { term: 1, terms: [1] });
  expect([node.propose({ kind: "empty" }), node.askRead(1), node.transferLeadership(1)]).toEqual([
    undefined,
    false,
    false,
  ]);
});

test("leadership goes to one that has the whole log, and nothing is added meanwhile", () => {
  const nodes = new Map(VOTERS.map((self) => [self, nodeWith({ self, voters: VOTERS }, { term: 1, terms: [1] })]));
  nodes.get(0)!.campaign();
  exchange(nodes);
  expect(nodes.get(0)!.transferLeadership(1)).toBe(true);
  expect(nodes.get(0)!.propose({ kind: "empty" })).toBeUndefined();
  exchange(nodes);
  expect([...nodes.values()].map(({ state }) => `${state.role} ${state.term}`)).toEqual([
    "follower 3",
    "leader 3",
    "follower 3",
  ]);
});

test("a transfer that does not come about is given up after an election timeout", () => {
  const node = leader({ checkQuorum: "off" });
  expect([node.transferLeadership(0), node.transferLeadership(9), node.transferLeadership(2)]).toEqual([
    false,
    false,
    true,
  ]);
  for (let tick = 0; tick < 2; tick++) node.tick();
  expect(node.takesCommands).toBe(false);
  node.tick();
  expect(node.takesCommands).toBe(true);
});

test("a leader that no majority answers steps down", () => {
  const node = leader();
  for (let tick = 0; tick < 3; tick++) node.tick();
  expect(node.state.role).toBe("follower");
  const alone = leader({ checkQuorum: "off" });
  for (let tick = 0; tick < 9; tick++) alone.tick();
  expect(alone.state.role).toBe("leader");
});

test.each(
  textTable(
    ["setting", "change", "problem"],
    `setting          | change             | problem
     nothing pending  | add 3              | none
     nothing pending  | remove 0, 1, and 2 | the change leads to no configuration
     nothing pending  | none               | there is no joint configuration to leave
     nothing pending  | too many           | the change is too large
     one pending      | add 3              | another change may not be applied yet
     joint            | add 3              | must leave the joint configuration first
     joint            | none               | none
     new leader       | add 3              | another change may not be applied yet`,
  ),
)("with $setting, a change of $change: $problem", (row) => {
  const node = leader();
  if (row.setting !== "new leader") agree(node, 1, 2);
  if (row.setting === "one pending" || row.setting === "joint") {
    node.proposeMembership({ transition: "joint-explicit", changes: [{ kind: "add-learner", replica: 4 }] });
    settle(node);
    if (row.setting === "joint") agree(node, 1, 3);
  }
  const ofChange: Record<string, number[]> = { "add 3": [3], none: [], "remove 0, 1, and 2": VOTERS, "too many": [] };
  const kind = row.change.startsWith("remove") ? ("remove" as const) : ("add-voter" as const);
  const replicas =
    row.change === "too many" ? Array.from({ length: CHANGES_MAX + 1 }, (_, i) => i) : ofChange[row.change];
  const found = node.proposeMembership({ transition: "auto", changes: replicas.map((replica) => ({ kind, replica })) });
  expect(typeof found === "string" ? found : "none").toBe(row.problem);
});

test("a cluster has so many members, and no more", () => {
  const voters = Array.from({ length: MEMBERS_MAX - 1 }, (_, i) => i);
  const node = nodeWith({ self: 0, voters }, { term: 1, terms: [1] });
  elect(node, voters.slice(1));
  for (const voter of voters.slice(1)) agree(node, voter, 2);
  const adding = (replica: number) => ({ transition: "auto", changes: [{ kind: "add-learner", replica }] }) as const;
  expect(node.proposeMembership(adding(MEMBERS_MAX - 1))).toBe(3);
  settle(node);
  for (const voter of voters.slice(1)) agree(node, voter, 3);
  expect(node.proposeMembership(adding(MEMBERS_MAX))).toBe("the change is too large");
});

test("one event sends so many messages, and no more", () => {
  const { state } = leader();
  const message = { kind: "timeout-now", term: 2 } as const;
  for (let i = 0; i < OUTBOX_MAX; i++) state.send(1, message);
  expect(() => state.send(1, message)).toThrow("too many messages");
});

test("a leader whose removal is applied steps down, and its answer to a vote frees those who did not hear of it", () => {
  const nodes = new Map([0, 1].map((self) => [self, nodeWith({ self, voters: [0, 1] }, { term: 1, terms: [1] })]));
  const [first, second] = [...nodes.values()];
  first.campaign();
  exchange(nodes);
  first.proposeMembership({ transition: "auto", changes: [{ kind: "remove", replica: 0 }] });
  first.propose({ kind: "empty" });
  // The other one gets the entry of the removal alone, and never hears that it is committed.
  const removal = settle(first).filter(({ message }) => message.kind === "append" && message.entries[0].index === 3);
  for (const { message } of removal) second.step(0, message);
  for (const { message } of settle(second)) first.step(1, message);
  settle(first);
  expect([first.state.role, first.state.configuration.incoming, second.state.log.committed]).toEqual([
    "follower",
    [1],
    2,
  ]);
  for (let campaigns = 0; campaigns < 2; campaigns++) {
    second.campaign();
    exchange(nodes);
  }
  expect([second.state.role, second.state.configuration.incoming]).toEqual(["leader", [1]]);
});
