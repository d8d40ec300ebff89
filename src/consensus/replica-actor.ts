import { assert } from "../core/assert.ts";
import { RECORD_WORDS } from "../core/hash.ts";
import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { Actor, ActorContext, TimerHandle } from "../kernel/actor.ts";
import { MESSAGE_RECORDS_MAX } from "../kernel/message-pool.ts";
import type { Codec, Replica, ReplicaContext } from "./replica.ts";
import type { SimulatedDisk } from "./simulated-disk.ts";

/** The largest message: what one of the kernel's holds. */
export const MESSAGE_WORDS_MAX = MESSAGE_RECORDS_MAX * RECORD_WORDS;

export interface ReplicaActorOptions<Message> {
  /** The replica's number. */
  readonly number: number;
  /** Names of the actors of all replicas and clients, by their numbers. */
  readonly names: readonly string[];
  readonly codec: Codec<Message>;
  readonly disk: SimulatedDisk;
  /** Makes the replica of what its disk holds. */
  readonly create: (disk: SimulatedDisk) => Replica<Message>;
}

/**
 * Carries a replica in the kernel: its messages travel as records over the kernel's links, and enter the run's hash. When
 * the kernel crashes the actor, its timers and what waited for it are gone; when it starts it again, the disk has lost
 * what was not safe, and the replica is made anew of the rest. Its clock is the actor's, which may be off.
 */
export class ReplicaActor<Message> implements Actor, ReplicaContext<Message> {
  readonly self: number;
  readonly disk: SimulatedDisk;
  /** Times that it was started again. */
  restarts = -1;
  /** Messages that were no message of the protocol. */
  undecodable = 0;
  replica: Replica<Message>;
  readonly #options: ReplicaActorOptions<Message>;
  readonly #words = new Int32Array(MESSAGE_WORDS_MAX);
  #context: ActorContext | undefined;
  /** By actor of the kernel: its number here. */
  readonly #numbers = new Map<number, number>();

  constructor(options: ReplicaActorOptions<Message>) {
    this.#options = options;
    this.self = options.number;
    this.disk = options.disk;
    this.replica = options.create(options.disk);
  }

  onStart(context: ActorContext): void {
    this.#context = context;
    if (++this.restarts > 0) {
      this.disk.crash(context.random("disk"));
      this.replica = this.#options.create(this.disk);
    }
    this.replica.onStart(this);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    this.#context = context;
    const from = this.#numberOf(context);
    const message = this.#options.codec.decode(words, at);
    if (from === undefined || message === undefined) this.undecodable++;
    else this.replica.onMessage(this, from, message);
  }

  onTimer(context: ActorContext, tag: number): void {
    this.#context = context;
    this.replica.onTimer(this, tag);
  }

  get nowNs(): Nanos {
    return this.#acting.nowNs;
  }

  send(to: number, message: Message): void {
    const context = this.#acting;
    const name = this.#options.names[to];
    assert(name !== undefined, "a message needs a receiver");
    const length = this.#options.codec.encode(message, this.#words, 0);
    assert(length >= 1 && length <= MESSAGE_WORDS_MAX, "a message of the protocol is too large");
    const composed = context.compose(Math.ceil(length / RECORD_WORDS));
    context.words.set(this.#words.subarray(0, length), composed * RECORD_WORDS);
    this.#words.fill(0, 0, length);
    context.send(context.find(name), composed);
  }

  setTimer(delayNs: Nanos, tag: number): TimerHandle {
    return this.#acting.setTimer(this.#acting.nowNs + delayNs, tag);
  }

  cancelTimer(timer: TimerHandle): boolean {
    return this.#acting.cancelTimer(timer);
  }

  random(purpose: string): RandomStream {
    return this.#acting.random(purpose);
  }

  get #acting(): ActorContext {
    assert(this.#context !== undefined, "a replica acts only while it handles an event");
    return this.#context;
  }

  #numberOf(context: ActorContext): number | undefined {
    if (this.#numbers.size === 0) {
      for (const [number, name] of this.#options.names.entries()) this.#numbers.set(context.find(name), number);
    }
    return this.#numbers.get(context.sender);
  }
}
