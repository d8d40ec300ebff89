import type { Nanos } from "../core/units.ts";
import { expectedDelayNs } from "./link-spec.ts";
import type { NetworkLink } from "./network-link.ts";

/** By what routes are chosen. `hops` takes the fewest links, and among those the fastest. */
export type RouteMetric = "latency" | "hops";

/** Bytes of a packet with one record: what expected delays are reckoned with. */
export const TYPICAL_BYTES = 130;

/** More than any path takes, so that one hop less always wins. It keeps whole nanoseconds exact up to 8,000 hops. */
const HOP_NS = 1e12;

/** A link between two places, as routing sees it. */
export interface RoutedLink {
  readonly from: number;
  readonly to: number;
  readonly link: NetworkLink;
}

/**
 * Which link leads from each place towards each goal: Dijkstra's algorithm, backwards from a goal, when somebody first
 * asks for it. Routes are those of the links that were known to be whole when they were last learnt.
 */
export class Routes {
  readonly #links: readonly RoutedLink[];
  readonly #weights: Float64Array;
  /** By place: numbers of the links that lead to it. */
  readonly #inwards: readonly number[][];
  /** By goal, then by place. */
  readonly #next: (Int32Array | undefined)[];
  #isWhole: Uint8Array;

  constructor(places: number, links: readonly RoutedLink[], metric: RouteMetric) {
    this.#links = links;
    const hopNs = metric === "hops" ? HOP_NS : 0;
    this.#weights = Float64Array.from(links, ({ link }) => expectedDelayNs(link.spec, TYPICAL_BYTES) + hopNs);
    this.#inwards = Array.from({ length: places }, () => []);
    for (const [number, { to }] of links.entries()) this.#inwards[to].push(number);
    this.#next = Array.from({ length: places }, () => undefined);
    this.#isWhole = new Uint8Array(links.length).fill(1);
  }

  /** The link to take, by its number, or -1 where no way is known. */
  next(place: number, goal: number): number {
    return (this.#next[goal] ??= this.#towards(goal))[place];
  }

  /** Takes the present state of all links for what is known. */
  learn(): void {
    const isWhole = Uint8Array.from(this.#links, ({ link }) => Number(link.cuts === 0));
    if (isWhole.every((whole, number) => whole === this.#isWhole[number])) return;
    this.#isWhole = isWhole;
    this.#next.fill(undefined);
  }

  /** The links of the way from place to place, or undefined where none is known. */
  path(from: number, to: number): readonly RoutedLink[] | undefined {
    const path: RoutedLink[] = [];
    for (let place = from; place !== to; place = path[path.length - 1].to) {
      const number = this.next(place, to);
      if (number < 0) return undefined;
      path.push(this.#links[number]);
    }
    return path;
  }

  #towards(goal: number): Int32Array {
    const size = this.#inwards.length;
    const next = new Int32Array(size).fill(-1);
    const costs = new Float64Array(size).fill(Infinity);
    const isDone = new Uint8Array(size);
    costs[goal] = 0;
    for (;;) {
      let nearest = -1;
      for (let place = 0; place < size; place++) {
        if (isDone[place] === 0 && costs[place] < (nearest < 0 ? Infinity : costs[nearest])) nearest = place;
      }
      if (nearest < 0) return next;
      isDone[nearest] = 1;
      for (const number of this.#inwards[nearest]) {
        const { from } = this.#links[number];
        const cost = costs[nearest] + this.#weights[number];
        // Of equal ways the first one found stays, so that the order of the links decides and nothing else.
        if (this.#isWhole[number] === 0 || cost >= costs[from]) continue;
        costs[from] = cost;
        next[from] = number;
      }
    }
  }
}

/** A way between two actors or places, and what a small message takes over it when nothing is in its way. */
export interface Route {
  /** Names of the places, from the first to the last. */
  readonly places: readonly string[];
  /** Names of the links, accesses included. */
  readonly links: readonly string[];
  readonly expectedDelayNs: Nanos;
}
