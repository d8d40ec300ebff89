import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { CarrierHost } from "../../kernel/carrier.ts";
import { ClockSkew } from "../../kernel/clock-skew.ts";
import type { Graph } from "../graph.ts";
import type { Hosts } from "../hosts.ts";
import type { Wires } from "../wires.ts";
import type { NetworkFault, PlacePair } from "./fault.ts";
import { faultEndNs } from "./fault.ts";
import type { FaultTarget } from "./fault-timeline.ts";

/** What faults do to a network and to the actors on it. Faults may overlap: what several cut is whole when all ended. */
export class FaultEffects implements FaultTarget {
  readonly #host: CarrierHost;
  readonly #graph: Graph;
  readonly #wires: Wires;
  readonly #hosts: Hosts;
  /** Called when links between places were cut or came back. */
  readonly #onCut: (timeNs: Nanos) => void;
  /** Collapses and replays that act at the moment, the latest last, by link. */
  readonly #ofLinks = new Map<number, ActiveFault[]>();
  /** Slow-downs and skews that act at the moment, the latest last, by actor. */
  readonly #ofActors = new Map<number, ActiveFault[]>();
  /** Numbers of the links by the names of their ends. */
  readonly #byEnds = new Map<string, number[]>();
  /** By actor: how many crashes it is in. */
  readonly #crashes = new Map<number, number>();

  constructor(options: {
    readonly host: CarrierHost;
    readonly graph: Graph;
    readonly wires: Wires;
    readonly hosts: Hosts;
    readonly onCut: (timeNs: Nanos) => void;
  }) {
    this.#host = options.host;
    this.#graph = options.graph;
    this.#wires = options.wires;
    this.#hosts = options.hosts;
    this.#onCut = options.onCut;
    const { places, edges } = options.graph;
    for (const [number, { from, to }] of edges.entries()) {
      const ends = `${places[from].name} ${places[to].name}`;
      this.#byEnds.set(ends, [...(this.#byEnds.get(ends) ?? []), number]);
    }
  }

  begin(fault: NetworkFault, timeNs: Nanos): void {
    const { outages } = this.#host;
    switch (fault.kind) {
      case "cut":
      case "split":
      case "oneWay":
      case "isolate":
        for (const link of this.#cutLinks(fault)) this.#wires.cut(link, timeNs);
        if (fault.kind === "isolate") for (const actor of this.#actors(fault.actors)) this.#hosts.cut(actor);
        this.#onCut(timeNs);
        break;
      case "clog":
        for (const link of this.#linksBetween(fault.links)) this.#wires.clog(link);
        break;
      case "collapse":
      case "replay":
        for (const link of this.#linksBetween(fault.links))
          this.#setLink(link, added(this.#ofLinks, link, fault, timeNs));
        break;
      case "crash":
        for (const actor of this.#actors(fault.actors)) this.#crash(actor);
        break;
      case "pause":
        for (const actor of this.#actors(fault.actors)) outages.pause(actor, faultEndNs(fault));
        break;
      case "slowDown":
      case "skew":
        for (const actor of this.#actors(fault.actors)) {
          this.#setActor(actor, added(this.#ofActors, actor, fault, timeNs));
        }
        break;
      case "flap":
        assert(false, "a timeline makes cuts of a fault that flaps");
    }
  }

  end(fault: NetworkFault, timeNs: Nanos): void {
    switch (fault.kind) {
      case "cut":
      case "split":
      case "oneWay":
      case "isolate":
        for (const link of this.#cutLinks(fault)) this.#wires.heal(link);
        if (fault.kind === "isolate") for (const actor of this.#actors(fault.actors)) this.#hosts.heal(actor);
        this.#onCut(timeNs);
        break;
      case "clog":
        for (const link of this.#linksBetween(fault.links)) this.#wires.unclog(link, timeNs);
        break;
      case "collapse":
      case "replay":
        for (const link of this.#linksBetween(fault.links)) this.#setLink(link, removed(this.#ofLinks, link, fault));
        break;
      case "crash":
        for (const actor of this.#actors(fault.actors)) this.#restart(actor, timeNs);
        break;
      case "pause":
        break;
      case "slowDown":
      case "skew":
        for (const actor of this.#actors(fault.actors)) this.#setActor(actor, removed(this.#ofActors, actor, fault));
        break;
      case "flap":
        assert(false, "a timeline makes cuts of a fault that flaps");
    }
  }

  /** Whoever is down is off the network too, so that senders do not take for delivered what nobody keeps. */
  #crash(actor: number): void {
    const crashes = this.#crashes.get(actor) ?? 0;
    this.#crashes.set(actor, crashes + 1);
    if (crashes > 0) return;
    this.#hosts.cut(actor);
    this.#host.outages.crash(actor);
  }

  #restart(actor: number, timeNs: Nanos): void {
    const crashes = (this.#crashes.get(actor) ?? 0) - 1;
    this.#crashes.set(actor, crashes);
    if (crashes > 0) return;
    this.#hosts.heal(actor);
    this.#host.outages.restart(actor, timeNs);
  }

  /** The narrowest collapse and the latest replay count. */
  #setLink(number: number, active: readonly ActiveFault[]): void {
    const link = this.#wires.links[number];
    const own = link.spec.bandwidthBps ?? Infinity;
    const narrowest = active.reduce(
      (bps, { fault }) => (fault.kind === "collapse" ? Math.min(bps, fault.bandwidthBps) : bps),
      own,
    );
    link.bandwidthBps = narrowest === Infinity ? 0 : narrowest;
    link.replay = active.map(({ fault }) => fault).findLast((fault) => fault.kind === "replay");
  }

  /** The worst slow-down and the latest skew count. */
  #setActor(actor: number, active: readonly ActiveFault[]): void {
    const { outages } = this.#host;
    const factor = active.reduce(
      (worst, { fault }) => (fault.kind === "slowDown" ? Math.max(worst, fault.factor) : worst),
      1,
    );
    outages.slowDown(actor, factor);
    let skew: ClockSkew | undefined;
    for (const { fault, sinceNs } of active) {
      if (fault.kind === "skew") skew = new ClockSkew({ offsetNs: fault.offsetNs, driftPpm: fault.driftPpm, sinceNs });
    }
    outages.skewClock(actor, skew);
  }

  #cutLinks(fault: NetworkFault): number[] {
    switch (fault.kind) {
      case "cut":
        return this.#linksBetween(fault.links);
      case "split": {
        const sideOf = (place: number): number =>
          Math.max(
            0,
            fault.sides.findIndex((side) => side.includes(this.#graph.places[place].name)),
          );
        return this.#linksWhere((from, to) => sideOf(from) !== sideOf(to));
      }
      case "oneWay":
        return this.#linksWhere((from, to) => this.#isAmong(fault.from, from) && this.#isAmong(fault.to, to));
      case "isolate":
        return this.#linksWhere((from, to) => this.#isAmong(fault.places, from) || this.#isAmong(fault.places, to));
      default:
        return [];
    }
  }

  #linksBetween(pairs: readonly PlacePair[]): number[] {
    return pairs.flatMap(([a, b]) => {
      const between = [...(this.#byEnds.get(`${a} ${b}`) ?? []), ...(this.#byEnds.get(`${b} ${a}`) ?? [])];
      assert(between.length > 0, () => `there is no link between ${a} and ${b}`);
      return between;
    });
  }

  /** Numbers of the graph's links, which are its edges' numbers. */
  #linksWhere(condition: (from: number, to: number) => boolean): number[] {
    return this.#graph.edges.flatMap(({ from, to }, number) => (condition(from, to) ? [number] : []));
  }

  #isAmong(names: readonly string[], place: number): boolean {
    return names.includes(this.#graph.places[place].name);
  }

  #actors(names: readonly string[]): number[] {
    return names.map((name) => {
      const actor = this.#host.find(name);
      assert(actor >= 0, () => `there is no actor ${name}`);
      return actor;
    });
  }
}

interface ActiveFault {
  readonly fault: NetworkFault;
  readonly sinceNs: Nanos;
}

function added(
  all: Map<number, ActiveFault[]>,
  key: number,
  fault: NetworkFault,
  sinceNs: Nanos,
): readonly ActiveFault[] {
  const active = [...(all.get(key) ?? []), { fault, sinceNs }];
  all.set(key, active);
  return active;
}

function removed(all: Map<number, ActiveFault[]>, key: number, fault: NetworkFault): readonly ActiveFault[] {
  const active = (all.get(key) ?? []).filter((other) => other.fault !== fault);
  all.set(key, active);
  return active;
}
