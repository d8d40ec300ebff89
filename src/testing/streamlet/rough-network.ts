import type { RandomStream } from "../../core/random.ts";
import type { ClusterPlan, MessageKind } from "./plan.ts";
import { DELTA_NS } from "./plan.ts";

/** Decides for each message when it arrives, or that it does not. */
export interface ClusterNetwork {
  /** Called at the start of each epoch. */
  beginEpoch(epoch: number): void;
  /** @returns after how long the message arrives, once for each copy */
  delaysNs(from: number, to: number, kind: MessageKind): readonly number[];
}

/** Anything may happen until the global stabilisation time; then every message arrives within Delta. */
export class RoughNetwork implements ClusterNetwork {
  readonly #plan: ClusterPlan;
  readonly #random: RandomStream;
  #isWell = false;
  #sides: readonly number[] | undefined;
  #cutsOneWay = false;
  #partitionEnds = 0;

  constructor(plan: ClusterPlan, random: RandomStream) {
    this.#plan = plan;
    this.#random = random;
  }

  beginEpoch(epoch: number): void {
    const { partition, oneWay, partitionEpochsMean, replicas, gstEpoch } = this.#plan;
    this.#isWell = epoch >= gstEpoch;
    if (epoch >= this.#partitionEnds) this.#sides = undefined;
    if (this.#isWell || !this.#random.chance(partition)) return;
    this.#sides = Array.from({ length: replicas }, () => this.#random.integer(0, 1));
    this.#cutsOneWay = this.#random.chance(oneWay);
    this.#partitionEnds = epoch + Math.ceil(this.#random.exponential(partitionEpochsMean));
  }

  delaysNs(from: number, to: number, kind: MessageKind): readonly number[] {
    const random = this.#random;
    if (this.#isWell) return [random.integer(1, DELTA_NS - 1)];
    if (this.#isCut(from, to) || random.chance(this.#plan.loss.get(kind) ?? 0)) return [];
    const first = this.#roughDelayNs();
    return random.chance(this.#plan.duplicate) ? [first, this.#roughDelayNs()] : [first];
  }

  #roughDelayNs(): number {
    return 1 + Math.floor(this.#random.exponential(this.#plan.delayNsMean));
  }

  /** Liars have connections of their own, and clients reach everyone. */
  #isCut(from: number, to: number): boolean {
    const { liars, replicas } = this.#plan;
    if (this.#sides === undefined || liars.has(from) || liars.has(to) || Math.max(from, to) >= replicas) return false;
    const [ours, theirs] = [this.#sides[from], this.#sides[to]];
    return this.#cutsOneWay ? ours < theirs : ours !== theirs;
  }
}
