import type { ActorContext } from "../kernel/actor.ts";
import { Kernel } from "../kernel/kernel.ts";
import type { Graph } from "../network/graph.ts";
import { bothWays } from "../network/graph.ts";
import type { LinkSpec } from "../network/link-spec.ts";
import { plainLink } from "../network/link-spec.ts";
import type { NetworkOptions } from "../network/network.ts";
import { Network } from "../network/network.ts";

/** A message that arrived: its number, who sent it, whom it reached, and when. */
export interface Arrival {
  readonly number: number;
  readonly from: string;
  readonly to: string;
  readonly timeNs: number;
}

/** Two places, `a` and `b`, with one link each way. */
export function twoPlaces(there: Partial<LinkSpec>, back: Partial<LinkSpec> = there): Graph {
  const [forth] = bothWays(0, 1, { ...plainLink(0), ...there });
  const [, home] = bothWays(0, 1, { ...plainLink(0), ...back });
  return { places: [{ name: "a" }, { name: "b" }], edges: [forth, home] };
}

/** Places joined in a row, `a` to `b` to `c` and so on, each link both ways. */
export function placesInARow(names: readonly string[], spec: LinkSpec): Graph {
  return {
    places: names.map((name) => ({ name })),
    edges: names.slice(1).flatMap((_, i) => bothWays(i, i + 1, spec)),
  };
}

/**
 * A kernel on a network, with one actor for each place of the same name. What each hears is written down; who is to
 * send something is told when and to whom.
 */
export class NetworkStage {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly arrivals: Arrival[] = [];
  /** By actor: starts so far. */
  readonly starts: string[] = [];
  readonly #plans = new Map<number, { to: number; atNs: number; number: number }[]>();

  constructor(options: Partial<NetworkOptions> & { graph: Graph }, computeDelaysNs: Record<string, number> = {}) {
    const { graph } = options;
    const locate = (name: string): { place: number } => ({ place: graph.places.findIndex((p) => p.name === name) });
    this.network = new Network({ seed: 1, locate, transportOf: () => "datagram", ...options });
    this.kernel = new Kernel({ seed: 1, link: this.network });
    for (const { name } of graph.places) this.#add(name, computeDelaysNs[name] ?? 0);
  }

  /** Has an actor send messages with the numbers 0, 1, 2, … at these times, which rise. */
  send(from: string, to: string, timesNs: readonly number[]): this {
    const actor = this.kernel.find(from);
    const plan = this.#plans.get(actor) ?? [];
    const added = timesNs.map((atNs, number) => ({ to: this.kernel.find(to), atNs, number }));
    this.#plans.set(actor, [...plan, ...added]);
    return this;
  }

  run(untilNs = Infinity): this {
    this.kernel.run(untilNs);
    return this;
  }

  /** When each message arrived at an actor, in order of arrival. */
  timesAt(to: string): number[] {
    return this.arrivals.filter((arrival) => arrival.to === to).map(({ timeNs }) => timeNs);
  }

  numbersAt(to: string): number[] {
    return this.arrivals.filter((arrival) => arrival.to === to).map(({ number }) => number);
  }

  #add(name: string, computeDelayNs: number): void {
    let sent = 0;
    const arm = (context: ActorContext): void => {
      const next = this.#plans.get(context.self)?.[sent];
      if (next !== undefined) context.setTimer(next.atNs, 0);
    };
    this.kernel.add(
      name,
      {
        onStart: (context) => {
          this.starts.push(`${name} ${context.nowNs}`);
          arm(context);
        },
        onTimer: (context) => {
          const plan = this.#plans.get(context.self) ?? [];
          const { to, number } = plan[sent++];
          const message = context.compose();
          context.words[message << 4] = 64;
          context.words[(message << 4) + 1] = number;
          context.send(to, message);
          arm(context);
        },
        onMessage: (context, words, at) => {
          const from = this.kernel.nameOf(context.sender);
          this.arrivals.push({ number: words[at + 1], from, to: name, timeNs: context.nowNs });
        },
      },
      { computeDelayNs },
    );
  }
}
