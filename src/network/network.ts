import { assert } from "../core/assert.ts";
import { hashParts } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { Carrier, CarrierHost } from "../kernel/carrier.ts";
import type { FaultDirective, NetworkFault } from "./faults/fault.ts";
import { FaultEffects } from "./faults/fault-effects.ts";
import { FaultTimeline } from "./faults/fault-timeline.ts";
import type { Graph } from "./graph.ts";
import type { Forgery } from "./gossip/gossip.ts";
import { Gossip } from "./gossip/gossip.ts";
import { Rumours } from "./gossip/rumours.ts";
import { Hosts } from "./hosts.ts";
import type { Location } from "./hosts.ts";
import { packetKey } from "./keyed-draw.ts";
import { NetworkCounts } from "./network-counts.ts";
import { HOPS_MAX } from "./network-limits.ts";
import { NetworkLink } from "./network-link.ts";
import { PacketKind, PacketPool, PacketWord } from "./packet-pool.ts";
import { PairIndex } from "./pair-index.ts";
import type { Route, RouteMetric } from "./routes.ts";
import { findRoute } from "./route-finder.ts";
import { Routes } from "./routes.ts";
import { StepKind, stepOf } from "./step.ts";
import { Streams } from "./transport/streams.ts";
import type { Transport } from "./transport/wire-size.ts";
import { wireBytes } from "./transport/wire-size.ts";
import { Wires } from "./wires.ts";

const Word = { ...PacketWord };
const { datagram: DATAGRAM, data: DATA, acknowledgement: ACKNOWLEDGEMENT, rumour: HEARSAY } = PacketKind;
const { enter: ENTER, arrive: ARRIVE, wake: WAKE, timer: TIMER, fault: FAULT, learn: LEARN, rumour: RUMOUR } = StepKind;
const NONE = -1;

/** Receivers that a rumour is passed on to each time. */
const FAN_OUT = 4;

export interface NetworkOptions {
  readonly graph: Graph;
  readonly seed: number;
  /** Where an actor stands, by its name. */
  readonly locate: (name: string) => Location;
  /** How a message that begins at `words[at]` travels; reliably where nothing is said. */
  readonly transportOf?: (words: Int32Array, at: number) => Transport;
  /** Bytes of a message, headers not counted; 64 for each of its records where nothing is said. */
  readonly bytesOf?: (words: Int32Array, at: number, records: number) => number;
  /** Receivers that somebody who hears a message by gossip passes it on to; 4 where nothing is said. */
  readonly fanOut?: number;
  /** Who forges what it passes on by gossip. */
  readonly forgery?: Forgery | undefined;
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
    const rumours = new Rumours(host.pool, this.counts, this.#options.fanOut ?? FAN_OUT);
    const wires = new Wires({ host, packets, counts: this.counts, rumours });
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
    const gossip = new Gossip({
      host,
      packets,
      rumours,
      hosts,
      counts: this.counts,
      send: (from, to, packet, timeNs) => this.#send(this.#pairOf(from, to), packet, timeNs),
      drawKey: (source, actor) => this.#nextKey(this.#pairOf(source, actor)),
      bytesOf: (message) => wireBytes(this.#payloadOf(message), "gossip"),
      forgery: this.#options.forgery,
    });
    const effects = new FaultEffects({ host, graph, wires, hosts, onCut: (timeNs) => this.#learnLater(timeNs) });
    const timeline = new FaultTimeline(faults, effects, (atNs) => host.schedule(atNs, stepOf(FAULT, 0)));
    this.#parts = { host, wires, rumours, gossip, routes, hosts, streams, timeline, local };
  }

  join(actor: number, name: string): void {
    this.#with.hosts.join(actor, name);
  }

  carry(from: number, to: number, message: number, departureNs: Nanos): void {
    this.counts.offered++;
    const { host } = this.#with;
    if (this.#transportOf(message) === "gossip") {
      const rumour = this.#with.rumours.gather(message, from, to);
      if (rumour >= 0) host.schedule(departureNs, stepOf(RUMOUR, rumour));
      return;
    }
    const packet = this.#packets.allocate();
    this.#packets.set(packet, Word.message, message);
    this.#packets.set(packet, Word.from, from);
    this.#packets.set(packet, Word.to, to);
    // Also what leaves at once enters by a step: links see packets in order of time, and no handler runs meanwhile.
    host.schedule(departureNs, stepOf(ENTER, packet));
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
      case FAULT:
        this.#with.timeline.advance(timeNs);
        break;
      case LEARN:
        this.#with.routes.learn();
        break;
      case RUMOUR:
        this.#with.gossip.spread(subject, timeNs);
        break;
      default:
        assert(false, "every step is of a known kind");
    }
  }

  /** A fault that was thought of while the run goes on, or the end of all. */
  onDirective(directive: unknown, timeNs: Nanos): void {
    // Who hands it in has checked it, and the journal's checksums vouch for what was written of it.
    this.#with.timeline.take(directive as FaultDirective, timeNs);
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

  /** The way that packets between two actors take at the moment, or undefined where none is known. */
  route(from: number, to: number): Route | undefined {
    return findRoute({ ...this.#with, graph: this.#options.graph }, from, to);
  }

  get #with(): Parts {
    assert(this.#parts !== undefined, "a network is attached to a kernel before it is used");
    return this.#parts;
  }

  /** A message leaves its sender: as a datagram, or at the end of a stream. */
  #enter(packet: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { hosts, streams, wires } = this.#with;
    const from = packets.get(packet, Word.from);
    const to = packets.get(packet, Word.to);
    if (hosts.isCut(from)) {
      this.counts.unreachable++;
      wires.drop(packet);
      return;
    }
    const message = packets.get(packet, Word.message);
    const pair = this.#pairOf(from, to);
    if (this.#transportOf(message) === "reliable") {
      packets.free(packet);
      if (!streams.isOpen(pair)) streams.open(pair, from, to);
      streams.offer(pair, message, wireBytes(this.#payloadOf(message), "reliable"), timeNs);
      return;
    }
    packets.set(packet, Word.kind, DATAGRAM);
    packets.set(packet, Word.bytes, wireBytes(this.#payloadOf(message), "datagram"));
    packets.set(packet, Word.stream, NONE);
    this.#send(pair, packet, timeNs);
  }

  /** A packet whose ends, kind and size are known sets out. */
  #send(pair: number, packet: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { hosts, wires } = this.#with;
    this.counts.packets++;
    const isAnswer = packets.get(packet, Word.kind) === ACKNOWLEDGEMENT;
    // What goes back draws apart from what goes there.
    packets.set(packet, Word.key, isAnswer ? ~this.#nextKey(pair) : this.#nextKey(pair));
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
    const { hosts, wires, host, streams, gossip } = this.#with;
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
    } else if (packets.get(packet, Word.kind) === HEARSAY) {
      gossip.hear(packet, timeNs);
    } else {
      streams.acknowledge(packet, timeNs);
    }
  }

  #transportOf(message: number): Transport {
    const { transportOf } = this.#options;
    return transportOf === undefined ? "reliable" : transportOf(this.#with.host.pool.words, message << 4);
  }

  /** Bytes of a message without its headers. */
  #payloadOf(message: number): number {
    const { bytesOf } = this.#options;
    const { pool } = this.#with.host;
    const records = pool.recordsOf(message);
    return bytesOf === undefined ? 64 * records : bytesOf(pool.words, message << 4, records);
  }

  /** What the chance of the pair's next packet follows from. */
  #nextKey(pair: number): number {
    return packetKey(this.#pairs.key(pair), this.#pairs.count(pair));
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
  readonly rumours: Rumours;
  readonly gossip: Gossip;
  readonly routes: Routes;
  readonly hosts: Hosts;
  readonly streams: Streams;
  readonly timeline: FaultTimeline;
  /** By place: the number of the link within it, or -1. */
  readonly local: readonly number[];
}
