import { expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { elect, nodeWith, settle } from "../../testing/raft/raft-nodes.ts";
import { configurationOf } from "./configuration.ts";
import { PIECE_WORDS_MAX, SNAPSHOT_WORDS_MAX } from "./limits.ts";
import type { PeerMessage } from "./messages.ts";
import type { RaftNode } from "./raft-node.ts";
import { decodeSnapshot, encodeSnapshot } from "./snapshot.ts";

const STATE = Int32Array.from({ length: 2 * PIECE_WORDS_MAX + 100 }, (_, i) => i * 7);

/** A leader whose log begins behind a snapshot, and a follower with nothing. */
function pair(): { leader: RaftNode; follower: RaftNode } {
  const leader = nodeWith({ self: 0, voters: [0, 1, 2] }, { term: 1, terms: [1, 1, 1], commit: 3 });
  settle(leader);
  leader.compact({ index: 3, term: 1, configuration: configurationOf([0, 1, 2]), state: STATE }, 0);
  elect(leader, [2]);
  const follower = nodeWith({ self: 1, voters: [0, 1, 2] }, { term: 2, terms: [] });
  // The follower lets the leader know that it has nothing; the answer begins the transfer.
  leader.step(1, { kind: "append-response", term: 2, index: 3, rejected: { index: 0, term: 0 } });
  return { leader, follower };
}

/** Delivers to and fro; `isLost` decides over each message. @returns how many pieces went out */
function play(nodes: { leader: RaftNode; follower: RaftNode }, isLost: (message: PeerMessage) => boolean): number {
  let pieces = 0;
  for (let tick = 0; tick < 60; tick++) {
    for (let busy = true; busy;) {
      busy = false;
      for (const from of [0, 1]) {
        for (const { to, message } of settle(from === 0 ? nodes.leader : nodes.follower)) {
          if (to !== 1 - from) continue;
          busy = true;
          if (message.kind === "snapshot-piece") pieces++;
          if (!isLost(message)) (to === 0 ? nodes.leader : nodes.follower).step(from, message);
        }
      }
    }
    nodes.leader.step(2, { kind: "heartbeat-response", term: 2, round: 0 });
    nodes.leader.tick();
  }
  return pieces;
}

test("a snapshot arrives in pieces, and the log behind it follows", () => {
  const nodes = pair();
  expect(play(nodes, () => false)).toBe(3);
  const { state } = nodes.follower;
  expect(state.snapshot).toEqual({ index: 3, term: 1, configuration: configurationOf([0, 1, 2]), state: STATE });
  expect([state.log.firstIndex, state.log.lastIndex, state.log.committed]).toEqual([4, 4, 4]);
  expect(nodes.leader.state.progressOf(1)).toMatchObject({ state: "replicate", match: 4 });
});

test.each([1, 2, 3, 4])("a third of all messages is lost, and the snapshot arrives: seed %i", (seed) => {
  const nodes = pair();
  const random = RandomStream.named(seed, "snapshots", "loss");
  expect(play(nodes, () => random.chance(1 / 3))).toBeGreaterThan(3);
  expect(nodes.follower.state.snapshot.state).toEqual(STATE);
});

test("a follower that forgets the pieces it had is sent all of them again", () => {
  const nodes = pair();
  let swaps = 0;
  const pieces = play(nodes, (message) => {
    if (message.kind === "snapshot-response" && swaps++ === 0) {
      nodes.follower = nodeWith({ self: 1, voters: [0, 1, 2] }, { term: 2, terms: [] });
    }
    return false;
  });
  expect(pieces).toBeGreaterThan(3);
  expect(nodes.follower.state.snapshot.state).toEqual(STATE);
});

test("a follower whose snapshot has grown old on the way gets a newer one", () => {
  const nodes = pair();
  const { leader } = nodes;
  for (const { to, message } of settle(leader)) if (to === 1) nodes.follower.step(0, message);
  leader.step(2, { kind: "append-response", term: 2, index: 4, rejected: undefined });
  settle(leader);
  leader.compact({ index: 4, term: 2, configuration: configurationOf([0, 1, 2]), state: STATE.slice(1) }, 0);
  expect(play(nodes, () => false)).toBeGreaterThan(3);
  expect(nodes.follower.state.snapshot).toMatchObject({ index: 4, state: STATE.slice(1) });
  expect(leader.state.progressOf(1)).toMatchObject({ state: "replicate", match: 4 });
});

test("a snapshot has a largest size", () => {
  const configuration = configurationOf([0]);
  const state = new Int32Array(SNAPSHOT_WORDS_MAX);
  expect(() => encodeSnapshot({ index: 1, term: 1, configuration, state })).toThrow("too large");
});

test("words that are no snapshot are not read as one", () => {
  const words = encodeSnapshot({ index: 1, term: 1, configuration: configurationOf([0]), state: STATE });
  expect(decodeSnapshot(words.slice(0, -1))).toBeUndefined();
  expect(decodeSnapshot(words.fill(-1, 0, 1))).toBeUndefined();
});
