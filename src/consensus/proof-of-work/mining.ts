import { assert } from "../../core/assert.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import type { Nanos } from "../../core/units.ts";
import type { TimerHandle } from "../../kernel/actor.ts";
import type { ReplicaContext } from "../replica.ts";
import type { BlockHeader } from "./block.ts";
import { HeaderHasher, meetsDifficulty } from "./block.ts";
import type { Proof } from "./block-rules.ts";

/** What mining needs of a replica's context. */
export type MiningContext = Pick<ReplicaContext<never>, "setTimer" | "cancelTimer" | "random">;

/** Tag of the timer by which a miner works. */
export const MINING_TIMER = 1;

/** How a node finds blocks. It keeps at most one timer. */
export interface Mining {
  readonly proof: Proof;
  /** Works from now on a block of this difficulty, and no longer on the one before. */
  work(context: MiningContext, difficulty: number): void;
  /** The timer came due. @returns the nonce of the block that was found, if one was */
  onTimer(context: MiningContext, header: BlockHeader): number | undefined;
}

/**
 * Mining power without hashing: the waiting time for a block is exponential, with the mean that so many hashes take.
 * It has no memory, so that work on a block that nobody wants any more is lost without a trace, as in hashing.
 */
export class SimulatedMining implements Mining {
  readonly proof = "simulated";
  #hashesPerSecond: number;
  #timer: TimerHandle | undefined;

  constructor(hashesPerSecond: number) {
    this.#hashesPerSecond = hashesPerSecond;
    this.setPower(hashesPerSecond);
  }

  /** It counts from the next block that is worked on. With 0, the miner rests. */
  setPower(hashesPerSecond: number): void {
    assert(hashesPerSecond >= 0, "mining power is not negative");
    this.#hashesPerSecond = hashesPerSecond;
  }

  work(context: MiningContext, difficulty: number): void {
    if (this.#timer !== undefined) context.cancelTimer(this.#timer);
    this.#timer = undefined;
    if (this.#hashesPerSecond === 0) return;
    const meanNs = (difficulty / this.#hashesPerSecond) * NS_PER_SECOND;
    const waitNs = Math.max(1, Math.round(context.random("mining").exponential(meanNs)));
    this.#timer = context.setTimer(waitNs, MINING_TIMER);
  }

  onTimer(context: MiningContext): number | undefined {
    this.#timer = undefined;
    // Power may have been taken away since.
    return this.#hashesPerSecond === 0 ? undefined : context.random("nonce").int32();
  }
}

export interface HashMiningOptions {
  readonly hashesPerStep: number;
  readonly stepNs: Nanos;
}

/** Real hashing: a number of nonces at each step. */
export class HashMining implements Mining {
  readonly proof = "hashed";
  readonly #options: HashMiningOptions;
  #working = false;

  constructor(options: HashMiningOptions) {
    assert(options.hashesPerStep >= 1 && options.stepNs >= 1, "a miner's step has hashes and takes time");
    this.#options = options;
  }

  work(context: MiningContext): void {
    // The next step hashes whatever header it is given, so a new block to work on needs no new timer.
    if (!this.#working) context.setTimer(this.#options.stepNs, MINING_TIMER);
    this.#working = true;
  }

  onTimer(context: MiningContext, header: BlockHeader): number | undefined {
    this.#working = false;
    const hasher = new HeaderHasher(header);
    let nonce = context.random("nonce").int32();
    for (let i = 0; i < this.#options.hashesPerStep; i++) {
      nonce = (nonce + 1) | 0;
      if (meetsDifficulty(hasher.hash(nonce), header.difficulty)) return nonce;
    }
    return undefined;
  }
}
