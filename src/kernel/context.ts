import { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { ActorContext, TimerHandle } from "./actor.ts";
import type { ClockSkew } from "./clock-skew.ts";
import type { MessagePool } from "./message-pool.ts";

/** What a context needs of the kernel. */
export interface ContextHost {
  readonly seed: number;
  readonly nowNs: Nanos;
  readonly sender: number;
  readonly pool: MessagePool;
  compose(actor: number, records: number): number;
  composeStale(actor: number): number;
  dispatch(from: number, to: number, message: number): void;
  setTimer(actor: number, atNs: Nanos, tag: number): TimerHandle;
  cancelTimer(timer: TimerHandle): boolean;
  spend(actor: number, durationNs: Nanos): void;
  find(name: string): number;
}

/** One actor's view of the kernel. */
export class Context implements ActorContext {
  readonly self: number;
  readonly name: string;
  readonly #kernel: ContextHost;
  /** Most actors draw nothing, so the map is made when it is needed. */
  #streams: Map<string, RandomStream> | undefined;
  /** Where the actor's clock is off. */
  clockSkew: ClockSkew | undefined = undefined;

  constructor(kernel: ContextHost, self: number, name: string) {
    this.#kernel = kernel;
    this.self = self;
    this.name = name;
  }

  get nowNs(): Nanos {
    const { nowNs } = this.#kernel;
    return this.clockSkew === undefined ? nowNs : this.clockSkew.read(nowNs);
  }

  get sender(): number {
    return this.#kernel.sender;
  }

  get words(): Int32Array {
    return this.#kernel.pool.words;
  }

  get doubles(): Float64Array {
    return this.#kernel.pool.doubles;
  }

  compose(records = 1): number {
    return this.#kernel.compose(this.self, records);
  }

  composeStale(): number {
    return this.#kernel.composeStale(this.self);
  }

  send(to: number, message: number): void {
    this.#kernel.dispatch(this.self, to, message);
  }

  setTimer(atNs: Nanos, tag: number): TimerHandle {
    const kernelNs = this.clockSkew === undefined ? atNs : this.clockSkew.kernelTime(atNs);
    return this.#kernel.setTimer(this.self, kernelNs, tag);
  }

  cancelTimer(timer: TimerHandle): boolean {
    return this.#kernel.cancelTimer(timer);
  }

  spend(durationNs: Nanos): void {
    this.#kernel.spend(this.self, durationNs);
  }

  random(purpose: string): RandomStream {
    let stream = this.#streams?.get(purpose);
    if (stream === undefined) {
      stream = RandomStream.named(this.#kernel.seed, this.name, purpose);
      this.#streams ??= new Map();
      this.#streams.set(purpose, stream);
    }
    return stream;
  }

  find(name: string): number {
    return this.#kernel.find(name);
  }
}
