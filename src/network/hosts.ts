import { assert } from "../core/assert.ts";
import type { Access, Graph } from "./graph.ts";
import { NetworkLink } from "./network-link.ts";
import type { PacketPool } from "./packet-pool.ts";
import type { Wires } from "./wires.ts";

/** Where an actor stands, and what it has between itself and its place. */
export interface Location {
  readonly place: number;
  /** Instead of what the place gives to everyone. */
  readonly access?: Access | undefined;
}

const NONE = -1;

/** The actors of a network: where each stands, and its links up and down. */
export class Hosts {
  /** By actor: place, link up, link down (-1 for none), and how many faults keep it from the network. */
  #facts = new Int32Array(4 * 64);
  readonly #names: string[] = [];
  readonly #graph: Graph;
  readonly #wires: Wires;
  readonly #packets: PacketPool;
  readonly #seed: number;
  readonly #locate: (name: string) => Location;

  constructor(options: {
    readonly graph: Graph;
    readonly wires: Wires;
    readonly packets: PacketPool;
    readonly seed: number;
    readonly locate: (name: string) => Location;
  }) {
    this.#graph = options.graph;
    this.#wires = options.wires;
    this.#packets = options.packets;
    this.#seed = options.seed;
    this.#locate = options.locate;
  }

  join(actor: number, name: string): void {
    const { place, access = this.#graph.places[place]?.access } = this.#locate(name);
    assert(place >= 0 && place < this.#graph.places.length, () => `${name} stands at place ${place}, which is none`);
    if (4 * actor >= this.#facts.length) this.#grow(actor);
    const up = access === undefined ? NONE : this.#addAccess(name, "up", place, access);
    const down = access === undefined ? NONE : this.#addAccess(name, "down", place, access);
    this.#facts.set([place, up, down, 0], 4 * actor);
    this.#names[actor] = name;
  }

  nameOf(actor: number): string {
    return this.#names[actor];
  }

  placeOf(actor: number): number {
    return this.#facts[4 * actor];
  }

  /** The number of the actor's link away, or -1. */
  upOf(actor: number): number {
    return this.#facts[4 * actor + 1];
  }

  downOf(actor: number): number {
    return this.#facts[4 * actor + 2];
  }

  /** Whether a fault keeps the actor from the network. */
  isCut(actor: number): boolean {
    return this.#facts[4 * actor + 3] > 0;
  }

  cut(actor: number): void {
    this.#facts[4 * actor + 3]++;
  }

  heal(actor: number): void {
    this.#facts[4 * actor + 3]--;
  }

  #addAccess(name: string, role: "up" | "down", place: number, access: Access): number {
    const options = { role, place, seed: this.#seed, packets: this.#packets, spec: access[role] };
    return this.#wires.add(new NetworkLink({ ...options, name: `${name} ${role}` }));
  }

  #grow(actor: number): void {
    const facts = new Int32Array(Math.max(4 * actor + 4, 2 * this.#facts.length));
    facts.set(this.#facts);
    this.#facts = facts;
  }
}
