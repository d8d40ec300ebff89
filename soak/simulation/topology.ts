import type { RandomStream } from "../../src/core/random.ts";
import { logUniform, oneOf } from "./draws.ts";

const SHAPES = ["mesh", "star", "line", "two sites", "plane"] as const;

/** Who is how far from whom. */
export interface Topology {
  readonly shape: (typeof SHAPES)[number];
  /** The delay between neighbours, in milliseconds. */
  readonly meanMs: number;
  /** The part of each delay that is chance. */
  readonly jitter: number;
  /** From seat `a` to seat `b` at `a * seats + b`. */
  readonly latencyNs: Float64Array;
}

/** Draws where the seats are. Clients stand behind the replicas, each beside one of them. */
export function drawTopology(random: RandomStream, seats: number, meanMsMax: number): Topology {
  const shape = oneOf(random, SHAPES);
  const meanMs = logUniform(random, 0.5, meanMsMax);
  const jitter = random.chance(0.2) ? 0 : logUniform(random, 0.05, 4);
  const places = Array.from({ length: seats }, () => ({ x: random.uniform(), y: random.uniform() }));
  const distance = (a: number, b: number): number => {
    const [one, other] = [places[a], places[b]];
    if (shape === "mesh") return 1;
    // Everything goes through the hub.
    if (shape === "star") return one.x + other.x;
    if (shape === "line") return 3 * Math.abs(one.x - other.x);
    if (shape === "two sites") return one.x < 0.5 === other.x < 0.5 ? 0.1 : 1.5;
    return 2 * Math.sqrt((one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y));
  };
  const latencyNs = new Float64Array(seats * seats);
  for (let a = 0; a < seats; a++) {
    for (let b = 0; b < seats; b++) latencyNs[a * seats + b] = Math.ceil(meanMs * 1e6 * Math.max(0.02, distance(a, b)));
  }
  return { shape, meanMs, jitter, latencyNs };
}
