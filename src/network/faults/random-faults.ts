import { assert } from "../../core/assert.ts";
import { RandomStream } from "../../core/random.ts";
import type { Nanos } from "../../core/units.ts";
import { NS_PER_MILLISECOND } from "../../core/units.ts";
import { FAULTS_MAX } from "../network-limits.ts";
import type { Graph } from "../graph.ts";
import type { NetworkFault, PlacePair } from "./fault.ts";

/** Faults that come at random moments, each for a random time, on a random link, place or actor. */
export interface RandomFaultSpec {
  /** Mean time between two of them, and mean time that one lasts. */
  readonly everyNs: Nanos;
  readonly lastsNs: Nanos;
  readonly what:
    | { readonly kind: "cut" }
    /** One direction of a link. */
    | { readonly kind: "oneWay" }
    | { readonly kind: "flap"; readonly downNs: Nanos; readonly upNs: Nanos }
    /** The places fall into two parts. */
    | { readonly kind: "split" }
    | { readonly kind: "clog" }
    | { readonly kind: "isolate" }
    | { readonly kind: "replay"; readonly probability: number; readonly afterNs: Nanos }
    | { readonly kind: "collapse"; readonly bandwidthBps: number }
    | { readonly kind: "crash"; readonly actors: readonly string[] }
    | { readonly kind: "pause"; readonly actors: readonly string[] }
    | { readonly kind: "slowDown"; readonly actors: readonly string[]; readonly factor: number }
    /** Off by as much, ahead or behind. */
    | {
        readonly kind: "skew";
        readonly actors: readonly string[];
        readonly offsetNs: Nanos;
        readonly driftPpm: number;
      };
}

/** No fault is shorter: below this it would hit no packet. */
const LASTS_NS_MIN = NS_PER_MILLISECOND;

/**
 * Draws the faults of a run. Each entry of the list has a stream of its own, so that another one changes none of its
 * draws.
 */
export function drawFaults(
  specs: readonly RandomFaultSpec[],
  options: { readonly graph: Graph; readonly seed: number; readonly endNs: Nanos },
): NetworkFault[] {
  const pairs = pairsOf(options.graph);
  return specs.flatMap((spec, index) => {
    const random = RandomStream.named(options.seed, "network", `faults ${index}`);
    const faults: NetworkFault[] = [];
    let atNs = Math.ceil(random.exponential(spec.everyNs));
    while (atNs < options.endNs) {
      const forNs = Math.max(LASTS_NS_MIN, Math.round(random.exponential(spec.lastsNs)));
      const fault = drawTarget(spec, { random, pairs, graph: options.graph });
      if (fault !== undefined) faults.push({ ...fault, atNs, forNs });
      assert(faults.length <= FAULTS_MAX, "too many random faults for one run");
      atNs += Math.ceil(random.exponential(spec.everyNs));
    }
    return faults;
  });
}

type Target = NetworkFault extends infer Fault
  ? Fault extends NetworkFault
    ? Omit<Fault, "atNs" | "forNs">
    : never
  : never;

/** Undefined where there is nothing of that sort to hit. */
function drawTarget(
  { what }: RandomFaultSpec,
  { random, pairs, graph }: { random: RandomStream; pairs: readonly PlacePair[]; graph: Graph },
): Target | undefined {
  if ("actors" in what) {
    if (what.actors.length === 0) return undefined;
    const actors = [pick(what.actors, random)];
    if (what.kind !== "skew") return { ...what, actors };
    return { ...what, actors, offsetNs: what.offsetNs * (random.chance(0.5) ? 1 : -1) };
  }
  if (what.kind === "isolate") {
    return { kind: "isolate", places: [pick(graph.places, random).name], actors: [] };
  }
  if (what.kind === "split") return drawSplit(graph, random);
  if (pairs.length === 0) return undefined;
  const pair = pick(pairs, random);
  if (what.kind !== "oneWay") return { ...what, links: [pair] };
  const [from, to] = random.chance(0.5) ? pair : [pair[1], pair[0]];
  return { kind: "oneWay", from: [from], to: [to] };
}

/** Each place is on either side with the same chance; undefined where all came to be on one. */
function drawSplit({ places }: Graph, random: RandomStream): Target | undefined {
  const sides: [string[], string[]] = [[], []];
  for (const { name } of places) sides[random.integer(0, 1)].push(name);
  return sides.some((side) => side.length === 0) ? undefined : { kind: "split", sides };
}

function pick<T>(list: readonly T[], random: RandomStream): T {
  return list[random.integer(0, list.length - 1)];
}

/** Each pair of places with a link in either direction, once. */
function pairsOf({ places, edges }: Graph): PlacePair[] {
  const seen = new Set<number>();
  return edges.flatMap(({ from, to }): PlacePair[] => {
    const key = Math.min(from, to) * places.length + Math.max(from, to);
    if (seen.has(key)) return [];
    seen.add(key);
    return [[places[from].name, places[to].name]];
  });
}
