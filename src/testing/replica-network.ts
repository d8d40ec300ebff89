import type { Codec, Replica, ReplicaContext } from "../consensus/replica.ts";
import { MESSAGE_WORDS_MAX } from "../consensus/replica-actor.ts";
import { assert } from "../core/assert.ts";
import { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import { DiskCrash, MemoryDisk } from "./memory-disk.ts";

export interface ReplicaNetworkOptions<Message> {
  readonly seed: number;
  readonly replicas: number;
  readonly create: (number: number, disk: MemoryDisk) => Replica<Message>;
  readonly delayNs: (from: number, to: number, random: RandomStream) => Nanos;
  /** With it, every message travels as words, as in the kernel; without it, as the object that it is. */
  readonly codec?: Codec<Message>;
}

interface Event {
  readonly atNs: Nanos;
  readonly sequence: number;
  readonly to: number;
  /** A timer belongs to the replica that set it, and not to the one that comes after a crash. */
  readonly life: number | undefined;
  readonly happen: () => void;
}

/** Replicas in memory, and between them a network that delays, loses and cuts. Anything may crash. */
export class ReplicaNetwork<Message> {
  nowNs: Nanos = 0;
  lossProbability = 0;
  readonly disks: readonly MemoryDisk[];
  /** Called after each event, with the replica that had it. */
  onEvent: (replica: number) => void = () => {};
  onSend: (from: number, to: number, message: Message) => void = () => {};
  readonly #options: ReplicaNetworkOptions<Message>;
  readonly #random: RandomStream;
  readonly #replicas: (Replica<Message> | undefined)[];
  readonly #lives: number[];
  readonly #contexts: readonly ReplicaContext<Message>[];
  readonly #streams = new Map<string, RandomStream>();
  readonly #events: Event[] = [];
  readonly #canceled = new Set<number>();
  readonly #words = new Int32Array(MESSAGE_WORDS_MAX);
  #sequence = 0;
  /** By replica, the part of the network in which it is. */
  #parts: number[];

  constructor(options: ReplicaNetworkOptions<Message>) {
    const numbers = Array.from({ length: options.replicas }, (_, number) => number);
    this.#options = options;
    this.#random = RandomStream.named(options.seed, "network", "chance");
    this.disks = numbers.map(() => new MemoryDisk());
    this.#contexts = numbers.map((number) => this.#makeContext(number));
    this.#replicas = numbers.map(() => undefined);
    this.#lives = numbers.map(() => 0);
    this.#parts = numbers.map(() => 0);
    for (const number of numbers) this.start(number);
  }

  isUp(number: number): boolean {
    return this.#replicas[number] !== undefined;
  }

  /** Makes the replica of what its disk holds. */
  start(number: number): void {
    assert(!this.isUp(number), "a replica is started once");
    const replica = this.#options.create(number, this.disks[number]);
    this.#replicas[number] = replica;
    this.#act(number, () => replica.onStart(this.#contexts[number]));
  }

  /** The replica and all that was not safe on its disk are gone. */
  crash(number: number): void {
    this.#replicas[number] = undefined;
    this.#lives[number]++;
    this.disks[number].crash(this.#random);
  }

  /** From now on, messages pass only between replicas of the same part. */
  partition(parts: readonly number[]): void {
    this.#parts = [...parts];
  }

  heal(): void {
    this.#parts = this.#parts.map(() => 0);
  }

  /** A message from outside, for example of a client. */
  inject(to: number, from: number, message: Message): void {
    this.#deliver(from, to, message);
  }

  /** Ends when nothing is left before `untilNs`, or when `isDone`. */
  run(untilNs: Nanos, isDone: () => boolean = () => false): void {
    while (!isDone()) {
      const event = this.#events[0];
      if (event === undefined || event.atNs > untilNs) break;
      popEvent(this.#events);
      this.nowNs = event.atNs;
      if (this.#canceled.delete(event.sequence)) continue;
      const isDue = event.life === undefined || event.life === this.#lives[event.to];
      if (isDue && this.isUp(event.to)) this.#act(event.to, event.happen);
    }
    if (!isDone()) this.nowNs = untilNs;
  }

  #act(number: number, happen: () => void): void {
    try {
      happen();
    } catch (error) {
      if (!(error instanceof DiskCrash)) throw error;
      this.crash(number);
    }
    this.onEvent(number);
  }

  #schedule(to: number, life: number | undefined, delayNs: Nanos, happen: () => void): number {
    assert(Number.isSafeInteger(delayNs) && delayNs >= 0, "a delay is a whole number of nanoseconds");
    const sequence = ++this.#sequence;
    pushEvent(this.#events, { atNs: this.nowNs + delayNs, sequence, to, life, happen });
    return sequence;
  }

  #deliver(from: number, to: number, message: Message): void {
    this.#replicas[to]?.onMessage(this.#contexts[to], from, message);
  }

  #send(from: number, to: number, message: Message): void {
    assert(to !== from, "a message goes to another");
    this.onSend(from, to, message);
    // Clients are outside: what they are told shows in `onSend`.
    if (to >= this.#replicas.length) return;
    const carried = this.#carry(message);
    if (this.lossProbability > 0 && this.#random.chance(this.lossProbability)) return;
    this.#schedule(to, undefined, this.#options.delayNs(from, to, this.#random), () => {
      // A cut takes what is under way, too.
      if (this.#parts[from] === this.#parts[to]) this.#deliver(from, to, carried);
    });
  }

  #carry(message: Message): Message {
    const { codec } = this.#options;
    if (codec === undefined) return message;
    const length = codec.encode(message, this.#words, 0);
    assert(length <= MESSAGE_WORDS_MAX, "a message is too large");
    const arrived = codec.decode(this.#words, 0);
    this.#words.fill(0, 0, length);
    assert(arrived !== undefined, "what was encoded can be decoded");
    return arrived;
  }

  #makeContext(number: number): ReplicaContext<Message> {
    const clock = (): Nanos => this.nowNs;
    return {
      self: number,
      get nowNs() {
        return clock();
      },
      disk: this.disks[number],
      send: (to, message) => this.#send(number, to, message),
      setTimer: (delayNs, tag) =>
        this.#schedule(number, this.#lives[number], delayNs, () =>
          this.#replicas[number]?.onTimer(this.#contexts[number], tag),
        ),
      cancelTimer: (timer) => this.#cancel(timer),
      random: (purpose) => this.#stream(number, purpose),
    };
  }

  #cancel(timer: number): boolean {
    const waits = this.#events.some(({ sequence }) => sequence === timer) && !this.#canceled.has(timer);
    if (waits) this.#canceled.add(timer);
    return waits;
  }

  #stream(number: number, purpose: string): RandomStream {
    const name = `${number} ${purpose}`;
    const stream = this.#streams.get(name) ?? RandomStream.named(this.#options.seed, `replica-${number}`, purpose);
    this.#streams.set(name, stream);
    return stream;
  }
}

/** A binary heap by time, then by sequence. */
function pushEvent(heap: Event[], event: Event): void {
  let at = heap.push(event) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (isBefore(heap[above], event)) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = event;
}

function popEvent(heap: Event[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below + 1 < heap.length && isBefore(heap[below + 1], heap[below])) below++;
    if (below >= heap.length || isBefore(last, heap[below])) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = last;
}

function isBefore(one: Event, other: Event): boolean {
  return one.atNs < other.atNs || (one.atNs === other.atNs && one.sequence < other.sequence);
}
