import type { Model } from "./model.ts";

/** Gives equal states the same small number, so that the search compares and stores states as int32. */
export class StateTable<State> {
  readonly #model: Pick<Model<State, never, never>, "equal" | "hash">;
  readonly #states: State[] = [];
  /** The latest state with a hash, and for each state the one before it with the same hash, or -1. */
  readonly #latest = new Map<number, number>();
  readonly #before: number[] = [];

  constructor(model: Pick<Model<State, never, never>, "equal" | "hash">) {
    this.#model = model;
  }

  state(id: number): State {
    return this.#states[id];
  }

  idOf(state: State): number {
    const hash = this.#model.hash(state);
    const latest = this.#latest.get(hash) ?? -1;
    for (let id = latest; id >= 0; id = this.#before[id]) if (this.#model.equal(this.#states[id], state)) return id;
    const id = this.#states.length;
    this.#states.push(state);
    this.#before.push(latest);
    this.#latest.set(hash, id);
    return id;
  }
}
