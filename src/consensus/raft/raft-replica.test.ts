import { expect, test } from "vitest";

import { Kernel } from "../../kernel/kernel.ts";
import { UniformLink } from "../../kernel/links.ts";
import { MemoryDisk } from "../../testing/memory-disk.ts";
import { CountingMachine } from "../../testing/raft/counting-machine.ts";
import { ReplicaActor } from "../replica-actor.ts";
import { configurationOf } from "./configuration.ts";
import type { RaftMessage } from "./messages.ts";
import { CLIENT_TASKS_MAX, RaftClient } from "./raft-client.ts";
import { raftCodec } from "./raft-codec.ts";
import { RaftReplica } from "./raft-replica.ts";

const NAMES = ["oslo", "rome", "bonn", "client"];
const CLIENT = 3;

/** Three replicas and a client as actors of the kernel, which carries their words. */
function swarm(tasks: number) {
  const kernel = new Kernel({
    seed: 5,
    link: new UniformLink({ seed: 5, lowNs: 1_000_000, highNs: 4_000_000 }),
    tapes: "of each actor",
  });
  const machines = [0, 1, 2].map(() => new CountingMachine(() => {}, 0));
  const replicas: RaftReplica[] = [];
  const done: string[] = [];
  for (const number of [0, 1, 2]) {
    const create = (disk: MemoryDisk): RaftReplica =>
      (replicas[number] = new RaftReplica(
        {
          configuration: configurationOf([0, 1, 2]),
          machine: machines[number],
          tickNs: 10_000_000,
          electionTicks: 10,
          heartbeatTicks: 2,
          compactEntries: 10,
          retainEntries: 5,
        },
        disk,
      ));
    const disk = new MemoryDisk();
    const actor = new ReplicaActor<RaftMessage>({
      number,
      names: NAMES,
      codec: raftCodec,
      disk,
      create: () => create(disk),
    });
    kernel.add(NAMES[number], actor);
  }
  const client = new RaftClient({
    replicas: [0, 1, 2],
    retryNs: 300_000_000,
    onDone: (_, task, outcome, value) => done.push(`${task.kind} ${outcome} ${value}`),
  });
  const disk = new MemoryDisk();
  const actor = new ReplicaActor<RaftMessage>({
    number: CLIENT,
    names: NAMES,
    codec: raftCodec,
    disk,
    create: () => ({
      onStart: (context) => {
        for (let task = 1; task <= tasks; task++) {
          const words = Int32Array.of(CLIENT, task, ...new Int32Array(14));
          expect(client.submit(context, { kind: "transaction", words })).toBe(true);
          client.submit(context, { kind: "query", words });
        }
      },
      onMessage: (context, from, message) => client.onMessage(context, from, message),
      onTimer: (context, tag) => client.onTimer(context, tag),
    }),
  });
  kernel.add("client", actor);
  return { kernel, machines, replicas, done, client };
}

test("actors of the kernel agree, and a client's tasks are done in order", () => {
  const { kernel, machines, replicas, done } = swarm(40);
  kernel.run(5e9);
  const expected = Array.from({ length: 40 }, (_, i) => [`transaction done ${i + 1}`, `query done ${i + 1}`]).flat();
  expect(done).toEqual(expected);
  expect(new Set(machines.map((machine) => machine.hash())).size).toBe(1);
  expect(replicas.filter(({ node }) => node.state.isLeader)).toHaveLength(1);
  expect(Math.max(...replicas.map(({ node }) => node.state.snapshot.index))).toBeGreaterThan(20);
});

test("the same seed gives the same tape", () => {
  const hashes = [1, 2].map(() => {
    const { kernel } = swarm(5);
    kernel.run(2e9);
    return NAMES.map((_, actor) => kernel.tapeOf(actor));
  });
  expect(hashes[0]).toEqual(hashes[1]);
  expect(new Set(hashes[0]).size).toBe(NAMES.length);
});

test("a client takes so many tasks, and no more", () => {
  const client = new RaftClient({ replicas: [0], retryNs: 1, onDone: () => {} });
  const sent: RaftMessage[] = [];
  const context = { send: (_: number, message: RaftMessage) => sent.push(message), setTimer: () => 0 } as never;
  const task = { kind: "query", words: new Int32Array(16) } as const;
  for (let i = 0; i < CLIENT_TASKS_MAX; i++) expect(client.submit(context, task)).toBe(true);
  expect(client.submit(context, task)).toBe(false);
  expect([client.pending, sent.length]).toEqual([CLIENT_TASKS_MAX, 1]);
});
