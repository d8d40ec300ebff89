import { expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { MemoryDisk } from "../../testing/memory-disk.ts";
import { nodeWith, settle } from "../../testing/raft/raft-nodes.ts";
import { configurationOf, NO_REPLICA } from "./configuration.ts";
import type { Command, Entry } from "./entry.ts";
import { RaftDisk, readDisk } from "./raft-disk.ts";
import type { RaftNode } from "./raft-node.ts";

const CONFIGURATION = configurationOf([0, 1]);

function entry(index: number, term: number, command: Command = { kind: "empty" }): Entry {
  return { index, term, command };
}

function follower(): { disk: MemoryDisk; node: RaftNode; save: () => void } {
  const disk = new MemoryDisk();
  const node = nodeWith({ self: 0, voters: [0, 1] }, { term: 0, terms: [] });
  const raftDisk = new RaftDisk(disk, readDisk(disk, CONFIGURATION));
  const save = (): void => {
    raftDisk.save(node);
    settle(node);
  };
  return { disk, node, save };
}

function append(node: RaftNode, term: number, previous: [number, number], entries: Entry[], commit = 0): void {
  const [index, of] = previous;
  node.step(1, { kind: "append", term, previous: { index, term: of }, commit, entries });
}

test("an empty disk is that of a replica that has never run", () => {
  const { start, ...durable } = readDisk(new MemoryDisk(), CONFIGURATION);
  expect(start).toMatchObject({ index: 0, term: 0 });
  const snapshot = { index: 0, term: 0, configuration: CONFIGURATION, state: new Int32Array(0) };
  expect(durable).toEqual({ term: 0, vote: NO_REPLICA, commit: 0, snapshot, entries: [] });
});

test("term, vote and log come back, with what replaced other entries", () => {
  const { disk, node, save } = follower();
  const last = { index: 0, term: 0 };
  node.step(1, { kind: "vote-request", term: 2, ballot: "vote", cause: "timeout", last });
  save();
  expect(readDisk(disk, CONFIGURATION)).toMatchObject({ term: 2, vote: 1, entries: [] });
  append(node, 2, [0, 0], [entry(1, 2), entry(2, 2), entry(3, 2)]);
  save();
  const change = { transition: "auto", changes: [{ kind: "add-voter", replica: 2 }] } as const;
  const words = Int32Array.from({ length: 16 }, (_, i) => -i);
  const commands = [
    { kind: "membership", change },
    { kind: "transaction", session: 1, sequence: 2, words },
  ] as const;
  const replacing = commands.map((command, at) => entry(2 + at, 3, command));
  append(node, 3, [1, 2], replacing.slice(0, 1));
  save();
  expect(readDisk(disk, CONFIGURATION).entries).toEqual([entry(1, 2), replacing[0]]);
  append(node, 3, [2, 3], replacing.slice(1), 1);
  save();
  expect(readDisk(disk, CONFIGURATION)).toMatchObject({ term: 3, vote: NO_REPLICA, commit: 1 });
  expect(readDisk(disk, CONFIGURATION).entries).toEqual([entry(1, 2), ...replacing]);
});

test("a crash between any two writes leaves a log that was, or is to be, and never commits what was replaced", () => {
  const random = RandomStream.named(1, "raft disk", "crash");
  const seen = new Set<string>();
  for (let writes = 0; writes < 8; writes++) {
    for (let round = 0; round < 20; round++) {
      const { disk, node, save } = follower();
      append(node, 1, [0, 0], [entry(1, 1), entry(2, 1), entry(3, 1)]);
      save();
      disk.writesLeft = disk.writes + writes;
      append(node, 2, [1, 1], [entry(2, 2), entry(3, 2)], 3);
      try {
        save();
      } catch {
        disk.crash(random);
      }
      const { term, commit, entries } = readDisk(disk, CONFIGURATION);
      seen.add(`term ${term}: ${entries.map((found) => found.term).join(" ")}, committed ${commit}`);
    }
  }
  expect([...seen].sort((a, b) => (a < b ? -1 : 1))).toEqual([
    "term 1: 1 1 1, committed 0",
    "term 2: 1 1 1, committed 0",
    "term 2: 1 2 2, committed 3",
    "term 2: 1 2, committed 2",
  ]);
});

test("compaction puts a snapshot in the place of what it covers", () => {
  const { disk, node, save } = follower();
  append(node, 1, [0, 0], [entry(1, 1), entry(2, 1), entry(3, 1), entry(4, 1)], 3);
  save();
  const snapshot = { index: 3, term: 1, configuration: CONFIGURATION, state: Int32Array.of(7, 8, 9) };
  node.compact(snapshot, 1);
  new RaftDisk(disk, readDisk(disk, CONFIGURATION)).compact(node, snapshot);
  const start = { index: 2, term: 1 };
  const entries = [entry(3, 1), entry(4, 1)];
  expect(readDisk(disk, configurationOf([9]))).toEqual({
    term: 1,
    vote: NO_REPLICA,
    commit: 3,
    snapshot,
    start,
    entries,
  });
});
