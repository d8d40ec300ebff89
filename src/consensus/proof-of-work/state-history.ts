import { assert } from "../../core/assert.ts";

export interface Snapshot {
  readonly height: number;
  readonly words: Int32Array;
}

/** Snapshots of the state at some heights of the main chain, by which it can be rolled back. */
export class StateHistory {
  #snapshots: Snapshot[];

  constructor(first: Snapshot) {
    this.#snapshots = [first];
  }

  get size(): number {
    return this.#snapshots.length;
  }

  record(snapshot: Snapshot): void {
    const last = this.#snapshots.at(-1);
    assert(last !== undefined && last.height < snapshot.height, "snapshots follow the chain upwards");
    this.#snapshots.push(snapshot);
  }

  /** Forgets what is above the height. @returns the last snapshot at or below it */
  rewindTo(height: number): Snapshot {
    this.#snapshots = this.#snapshots.filter((snapshot) => snapshot.height <= height);
    const last = this.#snapshots.at(-1);
    assert(last !== undefined, "a branch left the chain below everything that is kept");
    return last;
  }

  /** The snapshot at a height, and from now on the lowest. */
  dropBelow(height: number): Snapshot {
    this.#snapshots = this.#snapshots.filter((snapshot) => snapshot.height >= height);
    const [first] = this.#snapshots;
    assert(first !== undefined && first.height === height, "the lowest block kept must have a snapshot");
    return first;
  }
}
