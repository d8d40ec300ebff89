import type { Nanos } from "../src/core/units.ts";

/** How a case is made smaller than the seed drew it. */
export interface Limits {
  readonly replicas?: number;
  readonly clients?: number;
  /** Of the phase under faults. */
  readonly seconds?: number;
  /** Places in the drawn list of the faults that are to happen. */
  readonly faults?: readonly number[];
}

/** What happened in a life in which nothing was wrong: so that a test can say that something did. */
export interface LifeReport {
  readonly seed: number;
  /** Simulated time. */
  readonly durationNs: Nanos;
  readonly events: number;
  /** What the protocol made of it, by name: blocks, terms, transactions … */
  readonly counts: Readonly<Record<string, number>>;
}

/** A life of a protocol, drawn from a seed. */
export interface Life {
  /** All that was drawn, by name, for people to read. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What was to go wrong, in words, in the order of the list. */
  readonly faults: readonly string[];
  /** Sizes that a smaller case can make smaller. */
  readonly size: {
    readonly replicas: number;
    readonly replicasMin: number;
    readonly clients: number;
    readonly seconds: number;
  };
  /** @throws {Violation} when a property is broken; anything else that is thrown is a broken property, too */
  play(): LifeReport;
  /** The last that happened, the newest last. */
  trail(): string[];
}

/** Something that the soak tests: a protocol, the journal, the network. */
export interface Subject {
  readonly name: string;
  /** Makes the life of a seed. Nothing happens before `play`. */
  draw(seed: number, limits: Limits): Life;
}
