import type { RandomStream } from "../../src/core/random.ts";
import type { Nanos } from "../../src/core/units.ts";
import { logUniform } from "./draws.ts";

/** What a spell does to messages while it lasts. */
export interface Spell {
  readonly kind: "loss" | "duplicate" | "reorder" | "slow network" | "hold-up" | "black hole";
  /** A chance, or for a slow network the factor of all delays. A black hole swallows all that is long. */
  readonly amount: number;
  /** The replica whose messages it concerns, both ways; -1 for all. */
  readonly of: number;
}

/** By how many mean delays a message that is overtaken is late, at most. */
const LATENESS_MAX = 20;
/** So late is a message that was held up: it comes into another epoch, or another leader's term. */
const HELD_NS_MIN = 50e6;
const HELD_NS_MAX = 10e9;

/** Where messages are lost, doubled and late at the moment, and which ways are cut. */
export class Weather {
  readonly #seats: number;
  readonly #random: RandomStream;
  /** From seat `a` to seat `b` at `a * seats + b`: the usual delay. */
  readonly #latencyNs: Float64Array;
  /** How many faults cut a way; it is open at 0. */
  readonly #cuts: Uint8Array;
  readonly #jitter: number;
  readonly #spells = new Set<Spell>();

  constructor(options: {
    readonly seats: number;
    readonly latencyNs: Float64Array;
    /** The part of a delay that is drawn anew for each message. */
    readonly jitter: number;
    readonly random: RandomStream;
  }) {
    this.#seats = options.seats;
    this.#latencyNs = options.latencyNs;
    this.#jitter = options.jitter;
    this.#random = options.random;
    this.#cuts = new Uint8Array(options.seats * options.seats);
  }

  isCut(from: number, to: number): boolean {
    return this.#cuts[from * this.#seats + to] > 0;
  }

  cut(from: number, to: number): void {
    this.#cuts[from * this.#seats + to]++;
  }

  mend(from: number, to: number): void {
    this.#cuts[from * this.#seats + to]--;
  }

  begin(spell: Spell): void {
    this.#spells.add(spell);
  }

  end(spell: Spell): void {
    this.#spells.delete(spell);
  }

  clear(): void {
    this.#cuts.fill(0);
    this.#spells.clear();
  }

  /** @returns after how long a message arrives, -1 if it is lost */
  delayNs(from: number, to: number, isLong: boolean): Nanos {
    const random = this.#random;
    let delayNs = this.#latencyNs[from * this.#seats + to] * (1 + this.#jitter * random.uniform());
    if (this.#spells.size > 0) {
      for (const { kind, amount, of } of this.#spells) {
        if (of >= 0 && of !== from && of !== to) continue;
        if (kind === "loss" && random.chance(amount)) return -1;
        if (kind === "reorder" && random.chance(amount)) delayNs *= 1 + LATENESS_MAX * random.uniform();
        if (kind === "slow network") delayNs *= amount;
        if (kind === "hold-up" && random.chance(amount)) delayNs += logUniform(random, HELD_NS_MIN, HELD_NS_MAX);
        if (kind === "black hole" && isLong) return -1;
      }
    }
    return Math.ceil(delayNs);
  }

  /** Whether a message arrives a second time. */
  isDoubled(from: number, to: number): boolean {
    if (this.#spells.size === 0) return false;
    for (const { kind, amount, of } of this.#spells) {
      if (kind !== "duplicate" || (of >= 0 && of !== from && of !== to)) continue;
      if (this.#random.chance(amount)) return true;
    }
    return false;
  }
}
