import type { Nanos } from "../core/units.ts";
import type { Link } from "./link.ts";

/** Who stands beside whom, by name, and how long a message between the two takes. */
export interface Colocation {
  readonly beside: string;
  readonly delayNs: Nanos;
}

/** A link on which some actors stand right beside another one: between the two messages take a time of their own. */
export class ColocatedLink implements Link {
  readonly #link: Link;
  readonly #colocationOf: (name: string) => Colocation | undefined;
  readonly #actors = new Map<string, number>();
  /** By actor: whom it stands beside, once that one has joined, and the delay. */
  readonly #besides: (Colocation | undefined)[] = [];

  constructor(link: Link, colocationOf: (name: string) => Colocation | undefined) {
    this.#link = link;
    this.#colocationOf = colocationOf;
  }

  join(actor: number, name: string): void {
    this.#actors.set(name, actor);
    this.#besides[actor] = this.#colocationOf(name);
    this.#link.join(actor, name);
  }

  delayNs(from: number, to: number, departureNs: Nanos): Nanos {
    const colocation = this.#between(from, to) ?? this.#between(to, from);
    return colocation === undefined ? this.#link.delayNs(from, to, departureNs) : colocation.delayNs;
  }

  #between(actor: number, other: number): Colocation | undefined {
    const colocation = this.#besides[actor];
    return colocation !== undefined && this.#actors.get(colocation.beside) === other ? colocation : undefined;
  }
}
