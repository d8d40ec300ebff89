import { RandomStream } from "../../src/core/random.ts";
import type { RaftReplicaOptions } from "../../src/consensus/raft/raft-replica.ts";
import type { Limits } from "../life.ts";
import { logUniform, oneOf } from "../simulation/draws.ts";
import type { DiskHabits } from "../simulation/faulty-disk.ts";
import type { Fault, FaultKind } from "../simulation/fault.ts";
import { drawFaults, FAULT_KINDS } from "../simulation/fault.ts";
import type { Topology } from "../simulation/topology.ts";
import { drawTopology } from "../simulation/topology.ts";
import type { Habits } from "./raft-clients.ts";

const SECOND = 1e9;
const SECONDS_UNDER_FAULTS = 50;
const MILLISECOND = 1e6;
const LATENCY_MS_MAX = 120;
const ROUNDS_OF_AN_ELECTION = 3;

export interface RaftPlan {
  readonly replicas: number;
  /** Of them, the first are the voters at the start. */
  readonly voters: number;
  readonly clients: number;
  readonly seconds: number;
  readonly options: Omit<RaftReplicaOptions, "configuration" | "machine">;
  readonly topology: Topology;
  readonly habits: Habits;
  readonly disks: DiskHabits;
  /** Of the machine's state. */
  readonly ballastWords: number;
  /** Messages go through the codec. */
  readonly coded: boolean;
  readonly hasBareCore: boolean;
  readonly rottenMax: number;
  readonly faults: readonly Fault[];
  /** Those of them that are to happen. */
  readonly keptFaults: readonly Fault[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Draws a cluster, what its clients do and what goes wrong. */
export function drawRaftPlan(seed: number, limits: Limits): RaftPlan {
  const random = RandomStream.named(seed, "raft", "plan");
  const votersDrawn = random.integer(3, 7);
  const changesMembers = random.chance(0.5);
  const spares = changesMembers ? random.integer(1, 3) : 0;
  const replicas = Math.min(votersDrawn + spares, limits.replicas ?? Infinity);
  const voters = Math.min(votersDrawn, replicas);
  const clientsDrawn = random.integer(1, 4);
  const clients = Math.min(clientsDrawn, limits.clients ?? Infinity);
  const seconds = Math.min(SECONDS_UNDER_FAULTS, limits.seconds ?? Infinity);
  const topology = drawTopology(RandomStream.named(seed, "raft", "topology"), replicas + clients + 1, LATENCY_MS_MAX);
  // An election must take longer than a message and its answer, or it is over before the votes are in (Ongaro and
  // Ousterhout 2014, section 5.6).
  const slowestNs = topology.latencyNs.reduce((most, each) => Math.max(most, each), 0) * (1 + topology.jitter);
  const electionTicks = random.integer(4, 12);
  const tickMs = Math.max(
    random.integer(60, 140),
    Math.ceil((ROUNDS_OF_AN_ELECTION * slowestNs) / electionTicks / MILLISECOND),
  );
  const options = {
    tickNs: tickMs * MILLISECOND,
    electionTicks,
    heartbeatTicks: random.integer(1, 3),
    preVote: random.chance(0.5) ? ("on" as const) : ("off" as const),
    checkQuorum: random.chance(0.5) ? ("on" as const) : ("off" as const),
    inflightMax: random.integer(1, 8),
    // A small one lets entries of several terms arrive one by one, as in figure 8 of Ongaro and Ousterhout.
    appendWordsMax: random.chance(0.5) ? 1 : 1000,
    sessionsMax: random.chance(0.6) ? 64 : random.integer(1, 2),
    compactEntries: random.integer(2, 60),
    retainEntries: random.integer(0, 10),
  };
  const habits = {
    clients,
    thinkNs: logUniform(random, 0.05, 2) * SECOND,
    retryNs: Math.ceil(logUniform(random, 0.3, 3) * SECOND),
    // Somebody who only reads stays with a leader that was replaced, if that still answers.
    reads: Array.from({ length: clientsDrawn }, () => oneOf(random, [0, 0.5, 0.5, 1])),
    transfers: random.chance(0.5) ? 0 : random.uniform(),
  };
  const disks = { torn: random.chance(0.5) ? random.uniform() : 0 };
  const ballastWords = random.chance(0.8) ? 0 : random.integer(1_500, 4_000);
  // What is to go wrong for certain: what this life is for.
  const always: FaultKind[] = changesMembers ? ["membership"] : [];
  if (random.chance(0.4)) always.push("depose");
  if (ballastWords > 0) always.push("duplicate", "crash");
  const coded = random.chance(0.2);
  const hasBareCore = !changesMembers && random.chance(0.4);
  const { mix, faults } = drawFaults(RandomStream.named(seed, "raft", "faults"), {
    // A member whose disk is lost can never be replaced by less than all, so the two do not go together.
    kinds: FAULT_KINDS.filter((kind) => kind !== "forgery" && kind !== (changesMembers ? "corruption" : "membership")),
    always,
    replicas: votersDrawn + spares,
    endNs: SECONDS_UNDER_FAULTS * SECOND,
  });
  const kept = limits.faults === undefined ? faults : limits.faults.map((place) => faults[place]);
  const { latencyNs: _, ...where } = topology;
  return {
    replicas,
    voters,
    clients,
    seconds,
    options,
    topology,
    habits,
    disks,
    ballastWords,
    coded,
    hasBareCore,
    rottenMax: Math.floor((voters - 1) / 2),
    faults,
    keptFaults: kept.filter(({ atNs }) => atNs < seconds * SECOND),
    parameters: {
      replicas,
      voters,
      ...options,
      ...habits,
      ...disks,
      ballastWords,
      coded,
      hasBareCore,
      seconds,
      ...where,
      faults: mix,
    },
  };
}
