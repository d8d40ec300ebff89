import { toleratedBy } from "../../src/consensus/streamlet/rules.ts";
import { RandomStream } from "../../src/core/random.ts";
import type { LiarKind } from "../../src/testing/streamlet/plan.ts";
import type { LedgerHabits } from "../ledger/ledger-clients.ts";
import { drawLedgerHabits } from "../ledger/ledger-clients.ts";
import type { Limits } from "../life.ts";
import { logUniform, oneOf } from "../simulation/draws.ts";
import type { Fault } from "../simulation/fault.ts";
import { drawFaults, FAULT_KINDS } from "../simulation/fault.ts";
import type { DiskHabits } from "../simulation/faulty-disk.ts";
import type { Topology } from "../simulation/topology.ts";
import { drawTopology } from "../simulation/topology.ts";

const SECOND = 1e9;
const SECONDS_UNDER_FAULTS = 40;
const LIARS: readonly LiarKind[] = ["silent", "withholds votes", "votes twice", "equivocates", "forges"];
const LATENCY_MS_MAX = 40;

export interface StreamletPlan {
  readonly replicas: number;
  readonly clients: number;
  readonly seconds: number;
  readonly liars: ReadonlyMap<number, LiarKind>;
  /** How long a message takes at most, once nothing is wrong any more. */
  readonly deltaNs: number;
  readonly topology: Topology;
  readonly habits: LedgerHabits;
  readonly disks: DiskHabits;
  readonly coded: boolean;
  readonly hasBareCore: boolean;
  readonly rottenMax: number;
  readonly faults: readonly Fault[];
  readonly keptFaults: readonly Fault[];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Draws a cluster with fewer liars than a third, what its clients do and what goes wrong. */
export function drawStreamletPlan(seed: number, limits: Limits): StreamletPlan {
  const random = RandomStream.named(seed, "streamlet", "plan");
  const replicasDrawn = random.chance(0.75) ? 4 : 7;
  const replicas = replicasDrawn > (limits.replicas ?? Infinity) ? 4 : replicasDrawn;
  const tolerated = toleratedBy(replicas);
  const liars = new Map<number, LiarKind>();
  const count = random.integer(0, toleratedBy(replicasDrawn));
  for (let i = 0; i < count; i++) {
    const [liar, kind] = [random.integer(0, replicas - 1), oneOf(random, LIARS)];
    if (liars.size < tolerated) liars.set(liar, kind);
  }
  const clients = Math.min(random.integer(1, 3), limits.clients ?? Infinity);
  const seconds = Math.min(SECONDS_UNDER_FAULTS, limits.seconds ?? Infinity);
  const topology = drawTopology(RandomStream.named(seed, "streamlet", "topology"), replicas + clients, LATENCY_MS_MAX);
  const slowestNs = topology.latencyNs.reduce((most, each) => Math.max(most, each), 0) * (1 + topology.jitter);
  const deltaNs = Math.ceil(Math.max(1.01 * slowestNs, logUniform(random, 0.2, 1) * SECOND));
  const habits = drawLedgerHabits(random);
  const disks = { torn: random.chance(0.5) ? random.uniform() : 0 };
  const coded = random.chance(0.2);
  const hasBareCore = liars.size === 0 && random.chance(0.4);
  const { mix, faults } = drawFaults(RandomStream.named(seed, "streamlet", "faults"), {
    kinds: FAULT_KINDS.filter(
      (kind) => !["membership", "transfer", "depose", "forgery", "freeze", "black hole"].includes(kind),
    ),
    replicas: replicasDrawn,
    endNs: SECONDS_UNDER_FAULTS * SECOND,
  });
  const kept = limits.faults === undefined ? faults : limits.faults.map((place) => faults[place]);
  const { latencyNs: _, ...where } = topology;
  const drawn = {
    replicas,
    liars: [...liars],
    clients,
    deltaMs: deltaNs / 1e6,
    ...habits,
    ...disks,
    coded,
    hasBareCore,
  };
  return {
    replicas,
    clients,
    seconds,
    liars,
    deltaNs,
    topology,
    habits,
    disks,
    coded,
    hasBareCore,
    rottenMax: tolerated - liars.size,
    faults,
    keptFaults: kept.filter(({ atNs }) => atNs < seconds * SECOND),
    parameters: { ...drawn, seconds, ...where, faults: mix },
  };
}
