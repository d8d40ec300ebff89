import type { RandomStream } from "../../src/core/random.ts";
import type { Nanos } from "../../src/core/units.ts";
import { logUniform } from "./draws.ts";

export const FAULT_KINDS = [
  "crash",
  "torn write",
  "bounce",
  "blackout",
  "corruption",
  "pause",
  "slow down",
  "clock skew",
  "split",
  "isolate",
  "depose",
  "one-way cut",
  "flapping link",
  "loss",
  "duplicate",
  "reorder",
  "slow network",
  "membership",
  "transfer",
  "forgery",
  "freeze",
  "hold-up",
  "black hole",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One thing that goes wrong, drawn before the life begins, so that a smaller case can leave it out. */
export interface Fault {
  readonly kind: FaultKind;
  readonly atNs: Nanos;
  readonly durationNs: Nanos;
  /** A replica, or whoever leads by then. */
  readonly target: number | "leader";
  /** How bad it is, above 0 to 1. */
  readonly amount: number;
  /** What else is chance in it follows from this. */
  readonly seed: number;
}

export interface FaultPlan {
  /** What was drawn for each kind that this life has: faults a minute, mean duration. */
  readonly mix: readonly { readonly kind: FaultKind; readonly perMinute: number; readonly meanMs: number }[];
  readonly faults: readonly Fault[];
}

export interface FaultDraw {
  readonly kinds: readonly FaultKind[];
  /** Of them, what every life has. */
  readonly always?: readonly FaultKind[];
  readonly replicas: number;
  readonly endNs: Nanos;
}

const MINUTE_NS = 60e9;
const FAULTS_OF_A_KIND_MAX = 60;

/**
 * Draws what goes wrong. Each kind has a coin of its own, since a fault that never happens lets others go further
 * (Groce and others 2012, "Swarm testing"); its rate and duration are drawn with each doubling as likely as any other.
 */
export function drawFaults(random: RandomStream, { kinds, always = [], replicas, endNs }: FaultDraw): FaultPlan {
  const mix = kinds
    .filter((kind) => random.chance(0.35) || always.includes(kind))
    .map((kind) => ({
      kind,
      perMinute: kind === "corruption" ? 1 : logUniform(random, 1, 60),
      meanMs: logUniform(random, 5, 10_000),
      // A leader is where most can go wrong.
      atLeader: random.uniform(),
    }));
  const faults = mix.flatMap(({ kind, perMinute, meanMs, atLeader }) => {
    const found: Fault[] = [];
    const meanGapNs = MINUTE_NS / perMinute;
    for (let atNs = random.exponential(meanGapNs); atNs < endNs; atNs += random.exponential(meanGapNs)) {
      if (found.length === FAULTS_OF_A_KIND_MAX) break;
      found.push({
        kind,
        atNs: Math.round(atNs),
        durationNs: Math.ceil(random.exponential(meanMs * 1e6)),
        target: random.chance(atLeader) ? "leader" : random.integer(0, replicas - 1),
        amount: logUniform(random, 0.02, 1),
        seed: random.integer(0, 2 ** 31 - 1),
      });
    }
    return found;
  });
  const drawn = mix.map(({ kind, perMinute, meanMs }) => ({
    kind,
    perMinute: Number(perMinute.toPrecision(3)),
    meanMs: Number(meanMs.toPrecision(3)),
  }));
  return { mix: drawn, faults: faults.toSorted((a, b) => a.atNs - b.atNs) };
}

export function faultText({ kind, atNs, durationNs, target, amount }: Fault): string {
  const at = (atNs / 1e9).toFixed(3);
  return `${kind} at ${at} s for ${(durationNs / 1e6).toFixed(1)} ms, target ${target}, amount ${amount.toPrecision(2)}`;
}
