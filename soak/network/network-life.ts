import { RandomStream } from "../../src/core/random.ts";
import { wireBytes } from "../../src/network/transport/wire-size.ts";
import { NetworkStage } from "../../src/testing/network-stage.ts";
import type { Arrival } from "../../src/testing/network-stage.ts";
import type { Life, LifeReport, Limits, Subject } from "../life.ts";
import { violated } from "../simulation/violation.ts";
import { leastDelaysNs } from "./least-delays.ts";
import type { NetworkPlan } from "./network-plan.ts";
import { drawNetworkPlan, NETWORK_END_NS } from "./network-plan.ts";
import { arrivalsNs } from "./queue-oracle.ts";

const PAYLOAD_BYTES = 64;
/** Nanoseconds by which a way of a few links may be rounded. */
const ROUNDING_NS = 16;

export const networkSubject: Subject = {
  name: "network",
  draw: (seed, limits) => new NetworkLife(seed, limits),
};

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly departuresNs: readonly number[];
}

/** A network of places and links, rough or plain, over which each place sends to another. */
class NetworkLife implements Life {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  readonly size: Life["size"] = { replicas: 1, replicasMin: 1, clients: 1, seconds: NETWORK_END_NS / 1e9 };
  readonly #seed: number;
  readonly #plan: NetworkPlan;
  readonly #flows: readonly Flow[];
  #arrivals: readonly Arrival[] = [];

  constructor(seed: number, limits: Limits) {
    const plan = drawNetworkPlan(seed);
    const faults = limits.faults === undefined ? plan.faults : limits.faults.map((place) => plan.faults[place]);
    this.#seed = seed;
    this.#plan = { ...plan, faults };
    this.faults = plan.faults.map(
      ({ kind, atNs, forNs = Infinity }) => `${kind} at ${atNs / 1e9} s for ${forNs / 1e9} s`,
    );
    const { transport, isPlain, messagesEach, gapNs, graph } = plan;
    this.parameters = { transport, isPlain, messagesEach, gapNs, places: graph.places.length, links: graph.edges };
    this.#flows = drawFlows(seed, plan);
  }

  play(): LifeReport {
    const { graph, transport, faults } = this.#plan;
    const stage = new NetworkStage({
      graph,
      seed: this.#seed,
      faults,
      transportOf: () => transport,
      convergenceNs: 250e6,
    });
    this.#arrivals = stage.arrivals;
    for (const { from, to, departuresNs } of this.#flows) stage.send(from, to, departuresNs);
    stage.kernel.run(0);
    if (faults.length === 0) this.#checkRoutes(stage);
    stage.run();
    const { counts, inFlight } = stage.network;
    if (inFlight !== 0 || stage.kernel.pool.held !== 0) {
      violated(
        "nothing is left over",
        `${inFlight} packets and ${stage.kernel.pool.held} messages are held at the end`,
      );
    }
    if (counts.delivered !== stage.arrivals.length) {
      violated("counts tell the truth", `${counts.delivered} were delivered, and ${stage.arrivals.length} arrived`);
    }
    for (const flow of this.#flows) this.#checkFlow(flow, stage);
    if (transport === "datagram" && counts.delivered + counts.dropped !== counts.offered + counts.duplicated) {
      violated(
        "counts tell the truth",
        `of ${counts.offered} datagrams ${counts.delivered} arrived and ${counts.dropped} did not`,
      );
    }
    const { events } = stage.kernel;
    const told = { delivered: counts.delivered, dropped: counts.dropped, repeated: counts.repeated };
    return { seed: this.#seed, durationNs: NETWORK_END_NS, events, counts: told };
  }

  trail(): string[] {
    return this.#arrivals
      .slice(-40)
      .map(({ number, from, to, timeNs }) => `${timeNs} ns  ${to} hears number ${number} of ${from}`);
  }

  #checkFlow({ from, to, departuresNs }: Flow, stage: NetworkStage): void {
    const { graph, transport, isPlain, faults } = this.#plan;
    const bytes = wireBytes(PAYLOAD_BYTES, transport);
    const [start, goal] = [from, to].map((name) => graph.places.findIndex((place) => place.name === name));
    const leastNs = leastDelaysNs(graph, bytes)[start][goal];
    const arrivals = stage.arrivals.filter((arrival) => arrival.from === from && arrival.to === to);
    for (const { number, timeNs } of arrivals) {
      if (timeNs + ROUNDING_NS < departuresNs[number] + leastNs) {
        violated(
          "never early",
          `number ${number} of ${from} to ${to} took ${timeNs - departuresNs[number]} ns, not ${leastNs}`,
        );
      }
    }
    const isOrdered = arrivals.every(({ number }, place) => place === 0 || number > arrivals[place - 1].number);
    const isCalm = isPlain && faults.length === 0;
    if (transport === "reliable") {
      if (!isOrdered) violated("a stream keeps its order", `from ${from} to ${to} it did not`);
      const { abandoned, unreachable, refused } = stage.network.counts;
      if (abandoned + unreachable + refused === 0 && arrivals.length !== departuresNs.length) {
        violated("a stream loses nothing", `${arrivals.length} of ${departuresNs.length} came from ${from} to ${to}`);
      }
    } else if (isCalm && !isOrdered) {
      violated("a plain way keeps the order", `from ${from} to ${to} it did not`);
    }
    if (isCalm && transport === "datagram" && graph.places.length === 2)
      this.#checkQueue({ from, to, departuresNs }, arrivals);
  }

  /** With two places each link carries one flow, so that every arrival is known to the nanosecond. */
  #checkQueue({ from, departuresNs }: Flow, arrivals: readonly Arrival[]): void {
    const { graph, transport } = this.#plan;
    const start = graph.places.findIndex(({ name }) => name === from);
    const edge = graph.edges.find((candidate) => candidate.from === start);
    if (edge === undefined) throw new Error("two places are joined");
    const expected = arrivalsNs(edge.spec, wireBytes(PAYLOAD_BYTES, transport), departuresNs);
    const wanted = expected.flatMap((timeNs, number) => (timeNs === undefined ? [] : [`${number} at ${timeNs}`]));
    const found = arrivals.map(({ number, timeNs }) => `${number} at ${timeNs}`);
    const place = wanted.findIndex((text, i) => text !== found[i]);
    if (place >= 0 || found.length !== wanted.length) {
      violated("first in, first out at the link's rate", `expected ${wanted[place]}, found ${found[place]}`);
    }
  }

  #checkRoutes(stage: NetworkStage): void {
    const { graph } = this.#plan;
    const typicalBytes = wireBytes(PAYLOAD_BYTES, "datagram");
    const least = leastDelaysNs({ ...graph, edges: graph.edges.map(withMeanJitter) }, typicalBytes);
    for (const [a, { name: from }] of graph.places.entries()) {
      for (const [b, { name: to }] of graph.places.entries()) {
        const route = stage.network.route(stage.kernel.find(from), stage.kernel.find(to));
        const foundNs = route?.expectedDelayNs ?? Infinity;
        if (a !== b && Math.abs(foundNs - least[a][b]) > ROUNDING_NS) {
          violated(
            "routes are the fastest ways",
            `from ${from} to ${to}: ${foundNs} ns, and ${least[a][b]} is possible`,
          );
        }
      }
    }
  }
}

type Edge = NetworkPlan["graph"]["edges"][number];

function withMeanJitter(edge: Edge): Edge {
  const { jitter } = edge.spec;
  if (jitter?.kind !== "uniform") return edge;
  return { ...edge, spec: { ...edge.spec, delayNs: edge.spec.delayNs + (jitter.low + jitter.high) / 2 } };
}

/** Each place sends to one other, so that numbers tell the order. */
function drawFlows(seed: number, { graph, messagesEach, gapNs }: NetworkPlan): Flow[] {
  const random = RandomStream.named(seed, "network", "flows");
  const names = graph.places.map(({ name }) => name);
  return names.map((from, i) => {
    const to = names[(i + random.integer(1, names.length - 1)) % names.length];
    let atNs = 0;
    const departuresNs = Array.from({ length: messagesEach }, () => {
      atNs += 1 + Math.floor(random.exponential(gapNs));
      return atNs;
    });
    return { from, to, departuresNs };
  });
}
