import { assert } from "../core/assert.ts";
import { RollingHash, hashParts } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import { EventKind } from "./actor-facts.ts";
import type { MessagePool } from "./message-pool.ts";

const MESSAGE = EventKind.message;

/** Hashes of what was delivered, when, from whom and to whom: of the run, and of each actor where that is wanted. */
export class Tapes {
  readonly run = new RollingHash();
  readonly #pool: MessagePool;
  readonly #ofActors: RollingHash[] | undefined;
  /** By actor: a number that stands for its name. */
  #nameHashes = new Int32Array(64);
  #actors = 0;
  #timeBits = new Float64Array(1);
  #timeWords = new Int32Array(this.#timeBits.buffer);

  constructor(pool: MessagePool, tapes: "of the run" | "of each actor") {
    this.#pool = pool;
    this.#ofActors = tapes === "of each actor" ? [] : undefined;
  }

  /** Introduces the next actor. */
  join(name: string): void {
    if (this.#actors === this.#nameHashes.length) {
      const larger = new Int32Array(2 * this.#actors);
      larger.set(this.#nameHashes);
      this.#nameHashes = larger;
    }
    this.#nameHashes[this.#actors++] = hashParts([name])[0];
    this.#ofActors?.push(new RollingHash());
  }

  digestOf(actor: number): string {
    assert(this.#ofActors !== undefined, "the kernel keeps no tape of each actor");
    return this.#ofActors[actor].digest();
  }

  /** Takes in an event. @param sender an actor, or -1 */
  record(timeNs: Nanos, sender: number, actor: number, kind: number, payload: number): void {
    this.#timeBits[0] = timeNs;
    const low = this.#timeWords[0];
    const high = this.#timeWords[1];
    const { run } = this;
    const own = this.#ofActors?.[actor];
    const senderHash = sender < 0 ? 0 : this.#nameHashes[sender];
    run.four(low, high, this.#nameHashes[actor], senderHash);
    own?.four(low, high, 0, senderHash);
    if (kind !== MESSAGE) {
      run.four(kind, payload, 0, 0);
      own?.four(kind, payload, 0, 0);
      return;
    }
    const { words } = this.#pool;
    const end = payload + this.#pool.recordsOf(payload);
    for (let record = payload; record < end; record++) {
      run.record(words, record << 4);
      own?.record(words, record << 4);
    }
  }
}
