import { assert } from "../core/assert.ts";
import { hashParts } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { Carrier, CarrierHost } from "../kernel/carrier.ts";
import type { NetworkFault } from "./faults/fault.ts";
import { FaultEffects } from "./faults/fault-effects.ts";
import { FaultTimeline } from "./faults/fault-timeline.ts";
import type { Graph } from "./graph.ts";
import { Hosts } from "./hosts.ts";
import type { Location } from "./hosts.ts";
import { packetKey } from "./keyed-draw.ts";
import { expectedDelayNs } from "./link-spec.ts";
import { NetworkCounts } from "./network-counts.ts";
import { HOPS_MAX } from "./network-limits.ts";
import { NetworkLink } from "./network-link.ts";
import { PacketKind, PacketPool, PacketWord } from "./packet-pool.ts";
import { PairIndex } from "./pair-index.ts";
import type { Route, RouteMetric } from "./routes.ts";
import { Routes, TYPICAL_BYTES } from "./routes.ts";
import { StepKind, stepOf } from "./step.ts";
import { Streams } from "./transport/streams.ts";
import type { Transport } from "./transport/wire-size.ts";
import { wireBytes } from "./transport/wire-size.ts";
import { Wires } from "./wires.ts";

const Word = { ...PacketWord };
const { datagram: DATAGRAM, data: DATA, acknowledgement: ACKNOWLEDGEMENT } = PacketKind;
const { enter: ENTER, arrive: ARRIVE, wake: WAKE, timer: TIMER, fault: FAULT, learn: LEARN } = StepKind;
const NONE = -1;

export interface NetworkOptions {
  readonly graph: Graph;
  readonly seed: number;
  /** Where an actor stands, by its name. */
  readonly locate: (name: string) => Location;
  /** How messages of a kind travel; reliably where nothing is said. */
  readonly transportOf?: (kind: number) => Transport;
  /** Bytes of a message, headers not counted; 64 for each of its records where nothing is said. */
  readonly bytesOf?: (words: Int32Array, at: number, records: number) => number;
  readonly metric?: RouteMetric;
  /** How long routing takes to learn that a link failed or came back. */
  readonly convergenceNs?: Nanos;
  readonly faults?: readonly NetworkFault[];
}

/** A network of places and links under the kernel. */
export class Network implements Carrier {
  readonly counts = new NetworkCounts();
  readonly #options: NetworkOptions;
  readonly #packets = new PacketPool();
  readonly #pairs = new PairIndex();
  #parts: Parts | undefined;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  attach(host: CarrierHost): void {
    assert(this.#parts === undefined, "a network serves one kernel");
    const { graph, seed, locate, metric = "latency", faults = [] } = this.#options;
    const packets = this.#packets;
    const wires = new Wires(host, packets, this.counts);
    const routed = graph.edges.map(({ from, to, spec }) => {
      const name = `${graph.places[from].name} to ${graph.places[to].name}`;
      const link = new NetworkLink({ name, spec, role: "core", place: to, seed, packets });
      wires.add(link);
      return { from, to, link };
    });
    const local = graph.places.map(({ name, local: spec }, place) => {
      if (spec === undefined) return NONE;
      return wires.add(new NetworkLink({ name: `within ${name}`, spec, role: "local", place, seed, packets }));
    });
    const routes = new Routes(graph.places.length, routed, metric);
    const hosts = new Hosts({ graph, wires, packets, seed, locate });
    const streams = new Streams({
      host,
      counts: this.counts,
      send: (pair, packet, timeNs) => this.#send(pair, packet, timeNs),
      packets,
    });
    const effects = new FaultEffects({ host, graph, wires, hosts, onCut: (timeNs) => this.#learnLater(timeNs) });
    const timeline = new FaultTimeline(faults, effects);
    this.#parts = { host, wires, routes, hosts, streams, timeline, local };
    if (timeline.nextTimeNs < Infinity) host.schedule(timeline.nextTimeNs, stepOf(FAULT, 0));
  }

  join(actor: number, name: string): void {
    this.#with.hosts.join(actor, name);
  }

  carry(from: number, to: number, message: number, departureNs: Nanos): void {
    this.counts.offered++;
    const packet = this.#packets.allocate();
    this.#packets.set(packet, Word.message, message);
    this.#packets.set(packet, Word.from, from);
    this.#packets.set(packet, Word.to, to);
    // Also what leaves at once enters by a step: links see packets in order of time, and no handler runs meanwhile.
    this.#with.host.schedule(departureNs, stepOf(ENTER, packet));
  }

  onStep(step: number, timeNs: Nanos): void {
    const subject = step >> 3;
    switch (step & 7) {
      case ENTER:
        this.#enter(subject, timeNs);
        break;
      case ARRIVE:
        this.#arrive(subject, timeNs);
        break;
      case WAKE:
        this.#with.wires.wake(subject, timeNs);
        break;
      case TIMER:
        this.#with.streams.onTimer(subject, timeNs);
        break;
      case FAULT: {
        const { timeline, host } = this.#with;
        timeline.advance(timeNs);
        if (timeline.nextTimeNs < Infinity) host.schedule(timeline.nextTimeNs, stepOf(FAULT, 0));
        break;
      }
      case LEARN:
        this.#with.routes.learn();
        break;
      default:
        assert(false, "every step is of a known kind");
    }
  }

  /** Packets under way. */
  get inFlight(): number {
    return this.#packets.count;
  }

  /** The links, first those of the graph in its order, then those within places, then actors' accesses. */
  get links(): readonly NetworkLink[] {
    return this.#with.wires.links;
  }

  /** Whether each of a stream's messages has arrived or was given up on; also true where the two never talked reliably. */
  isSettled(from: number, to: number): boolean {
    return this.#with.streams.isSettled(this.#pairs.find(from, to));
  }

  /** The way that packets between two actors take at the moment, or undefined where there is none. */
  route(from: number, to: number): Route | undefined {
    const { hosts, routes, wires, local } = this.#with;
    const { places } = this.#options.graph;
    const [start, goal] = [hosts.placeOf(from), hosts.placeOf(to)];
    const path = routes.path(start, goal);
    if (path === undefined) return undefined;
    const within = start === goal ? [local[start]] : [];
    const own = [hosts.upOf(from), ...within].filter((number) => number >= 0).map((number) => wires.links[number]);
    const last = [hosts.downOf(to)].filter((number) => number >= 0).map((number) => wires.links[number]);
    const links = [...own, ...path.map(({ link }) => link), ...last];
    return {
      places: [places[start].name, ...path.map((hop) => places[hop.to].name)],
      links: links.map(({ name }) => name),
      expectedDelayNs: links.reduce((sum, { spec }) => sum + expectedDelayNs(spec, TYPICAL_BYTES), 0),
    };
  }

  get #with(): Parts {
    assert(this.#parts !== undefined, "a network is attached to a kernel before it is used");
    return this.#parts;
  }

  /** A message leaves its sender: as a datagram, or at the end of a stream. */
  #enter(packet: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { hosts, streams, host, wires } = this.#with;
    const from = packets.get(packet, Word.from);
    const to = packets.get(packet, Word.to);
    if (hosts.isCut(from)) {
      this.counts.unreachable++;
      wires.drop(packet);
      return;
    }
    const message = packets.get(packet, Word.message);
    const { transportOf, bytesOf } = this.#options;
    const { pool } = host;
    const at = message << 4;
    const records = pool.recordsOf(message);
    const payload = bytesOf === undefined ? 64 * records : bytesOf(pool.words, at, records);
    const pair = this.#pairOf(from, to);
    if (transportOf === undefined || transportOf(pool.words[at]) === "reliable") {
      packets.free(packet);
      if (!streams.isOpen(pair)) streams.open(pair, from, to);
      streams.offer(pair, message, wireBytes(payload, "reliable"), timeNs);
      return;
    }
    packets.set(packet, Word.kind, DATAGRAM);
    packets.set(packet, Word.bytes, wireBytes(payload, "datagram"));
    packets.set(packet, Word.stream, NONE);
    this.#send(pair, packet, timeNs);
  }

  /** A packet whose ends, kind and size are known sets out. */
  #send(pair: number, packet: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { hosts, wires } = this.#with;
    this.counts.packets++;
    const isAnswer = packets.get(packet, Word.kind) === ACKNOWLEDGEMENT;
    const key = isAnswer ? ~this.#pairs.key(pair) : this.#pairs.key(pair);
    packets.set(packet, Word.key, packetKey(key, this.#pairs.count(pair)));
    packets.set(packet, Word.hops, 0);
    packets.set(packet, Word.isDamaged, 0);
    const from = packets.get(packet, Word.from);
    if (from === packets.get(packet, Word.to)) {
      this.#reach(packet, timeNs);
      return;
    }
    const up = hosts.upOf(from);
    if (up >= 0) wires.transmit(up, packet, timeNs);
    else this.#forward(packet, hosts.placeOf(from), timeNs);
  }

  #arrive(packet: number, timeNs: Nanos): void {
    const link = this.#with.wires.arrive(packet);
    if (link === undefined) return;
    if (link.role === "down") this.#reach(packet, timeNs);
    else if (link.role === "local") this.#descend(packet, timeNs);
    else this.#forward(packet, link.place, timeNs);
  }

  /** A packet is at a place: sends it on towards its goal. */
  #forward(packet: number, place: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { hosts, routes, wires, local } = this.#with;
    const goal = hosts.placeOf(packets.get(packet, Word.to));
    const hops = packets.get(packet, Word.hops);
    if (place === goal) {
      if (hops === 0 && local[place] >= 0) wires.transmit(local[place], packet, timeNs);
      else this.#descend(packet, timeNs);
      return;
    }
    const next = routes.next(place, goal);
    if (next < 0 || hops === HOPS_MAX) {
      this.counts.unroutable++;
      wires.drop(packet);
      return;
    }
    packets.set(packet, Word.hops, hops + 1);
    wires.transmit(next, packet, timeNs);
  }

  /** A packet is at its goal: goes down to the actor. */
  #descend(packet: number, timeNs: Nanos): void {
    const { hosts, wires } = this.#with;
    const down = hosts.downOf(this.#packets.get(packet, Word.to));
    if (down >= 0) wires.transmit(down, packet, timeNs);
    else this.#reach(packet, timeNs);
  }

  /** A packet has come to its actor. */
  #reach(packet: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { hosts, wires, host, streams } = this.#with;
    const to = packets.get(packet, Word.to);
    if (hosts.isCut(to)) {
      this.counts.unreachable++;
      wires.drop(packet);
    } else if (packets.get(packet, Word.isDamaged) === 1) {
      this.counts.damaged++;
      wires.drop(packet);
    } else if (packets.get(packet, Word.kind) === DATAGRAM) {
      const message = packets.get(packet, Word.message);
      packets.free(packet);
      this.counts.delivered++;
      host.deliver(to, message, timeNs);
    } else if (packets.get(packet, Word.kind) === DATA) {
      streams.receive(packet, timeNs);
    } else {
      streams.acknowledge(packet, timeNs);
    }
  }

  #pairOf(from: number, to: number): number {
    const known = this.#pairs.find(from, to);
    if (known >= 0) return known;
    const { hosts } = this.#with;
    const parts = [String(this.#options.seed), "packets", hosts.nameOf(from), hosts.nameOf(to)];
    return this.#pairs.add(from, to, hashParts(parts)[0]);
  }

  #learnLater(timeNs: Nanos): void {
    this.#with.host.schedule(timeNs + (this.#options.convergenceNs ?? 0), stepOf(LEARN, 0));
  }
}

/** What there is once a kernel is attached. */
interface Parts {
  readonly host: CarrierHost;
  readonly wires: Wires;
  readonly routes: Routes;
  readonly hosts: Hosts;
  readonly streams: Streams;
  readonly timeline: FaultTimeline;
  /** By place: the number of the link within it, or -1. */
  readonly local: readonly number[];
}
