import type { RandomStream } from "../../core/random.ts";
import { RandomStream as Stream } from "../../core/random.ts";
import { MESSAGE_WORDS_MAX } from "../../consensus/replica-actor.ts";
import type { Replica, ReplicaContext } from "../../consensus/replica.ts";
import type { RaftMessage } from "../../consensus/raft/messages.ts";
import { raftCodec } from "../../consensus/raft/raft-codec.ts";
import { DiskCrash, MemoryDisk } from "../memory-disk.ts";
import { RaftCheckError } from "./raft-check-error.ts";

type Context = ReplicaContext<RaftMessage>;

/** By so much longer than any other message the second of a double may take. */
const LATENESS_MAX = 30;

/** How the network treats messages at the moment. */
export interface Weather {
  /** Of a message that is sent. */
  lossProbability: number;
  doubleProbability: number;
  delayMin: number;
  delayMax: number;
}

interface Happening {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

interface Seat {
  readonly number: number;
  readonly disk: MemoryDisk;
  readonly create: (disk: MemoryDisk) => Replica<RaftMessage>;
  readonly streams: Map<string, RandomStream>;
  replica: Replica<RaftMessage> | undefined;
  /** Timers of an earlier life do not ring. */
  life: number;
}

/** Replicas and clients in one thread, under a network and disks that fail as the test tells them to. */
export class RaftCluster {
  readonly weather: Weather = { lossProbability: 0, doubleProbability: 0, delayMin: 1, delayMax: 1 };
  now = 0;
  events = 0;
  readonly #seed: number;
  readonly #random: RandomStream;
  readonly #seats: Seat[] = [];
  readonly #queue: Happening[] = [];
  #orders = 0;
  #timers = 0;
  readonly #cancelled = new Set<number>();
  readonly #words = new Int32Array(MESSAGE_WORDS_MAX);
  /** Pairs between which nothing arrives, as `from * 1000 + to`. */
  readonly #cuts = new Set<number>();
  readonly #afterEvent: (seat: number, context: Context) => void;
  readonly #onCrash: (seat: number) => void;

  constructor(options: {
    readonly seed: number;
    readonly afterEvent: (seat: number, context: Context) => void;
    readonly onCrash: (seat: number) => void;
  }) {
    this.#seed = options.seed;
    this.#random = Stream.named(options.seed, "cluster", "network");
    this.#afterEvent = options.afterEvent;
    this.#onCrash = options.onCrash;
  }

  /** @returns the number of the new seat */
  add(create: (disk: MemoryDisk) => Replica<RaftMessage>): number {
    const number = this.#seats.length;
    this.#seats.push({ number, disk: new MemoryDisk(), create, streams: new Map(), replica: undefined, life: 0 });
    return number;
  }

  isUp(seat: number): boolean {
    return this.#seats[seat].replica !== undefined;
  }

  diskOf(seat: number): MemoryDisk {
    return this.#seats[seat].disk;
  }

  /** Starts a replica from its disk. */
  start(number: number): void {
    const seat = this.#seats[number];
    seat.replica = seat.create(seat.disk);
    seat.life++;
    this.#act(seat, (replica, context) => replica.onStart(context));
  }

  /** The power fails. */
  crash(number: number): void {
    const seat = this.#seats[number];
    if (seat.replica === undefined) return;
    seat.replica = undefined;
    seat.disk.crash(this.#random);
    this.#onCrash(number);
  }

  /** Nothing from `from` arrives at `to` any more, what is under way included. */
  cut(from: number, to: number): void {
    this.#cuts.add(from * 1000 + to);
  }

  healAll(): void {
    this.#cuts.clear();
  }

  at(time: number, run: () => void): void {
    this.#push({ at: time, order: this.#orders++, run });
  }

  /** Runs what happens up to a time. */
  runUntil(time: number): void {
    while (this.#queue.length > 0 && this.#queue[0].at <= time) {
      const next = this.#pop();
      this.now = next.at;
      next.run();
    }
    this.now = time;
  }

  /** Lets a seat act as if it had been called. */
  act(number: number, run: (context: Context) => void): void {
    this.#act(this.#seats[number], (_, context) => run(context));
  }

  #act(seat: Seat, run: (replica: Replica<RaftMessage>, context: Context) => void): void {
    if (seat.replica === undefined) return;
    this.events++;
    const context = this.#contextOf(seat);
    try {
      run(seat.replica, context);
    } catch (error) {
      if (!(error instanceof DiskCrash)) throw error;
      this.crash(seat.number);
      return;
    }
    this.#afterEvent(seat.number, context);
  }

  #contextOf(seat: Seat): Context {
    return {
      self: seat.number,
      nowNs: this.now,
      disk: seat.disk,
      send: (to, message) => this.#send(seat.number, to, message),
      setTimer: (delayNs, tag) => {
        const timer = ++this.#timers;
        const { life } = seat;
        this.at(this.now + delayNs, () => {
          if (this.#cancelled.delete(timer) || seat.life !== life) return;
          this.#act(seat, (replica, context) => replica.onTimer(context, tag));
        });
        return timer;
      },
      cancelTimer: (timer) => {
        this.#cancelled.add(timer);
        return true;
      },
      random: (purpose) => {
        const stream = seat.streams.get(purpose) ?? Stream.named(this.#seed, `seat ${seat.number}`, purpose);
        seat.streams.set(purpose, stream);
        return stream;
      },
    };
  }

  /** Each message goes through its words, as it does in the kernel. */
  #send(from: number, to: number, message: RaftMessage): void {
    const length = raftCodec.encode(message, this.#words, 0);
    if (length > MESSAGE_WORDS_MAX) throw new RaftCheckError(`a message of ${length} words`);
    const words = this.#words.slice(0, length);
    this.#words.fill(0, 0, length);
    const { lossProbability, doubleProbability } = this.weather;
    if (this.#cuts.has(from * 1000 + to) || this.#random.chance(lossProbability)) return;
    const { delayMin, delayMax } = this.weather;
    this.#deliverAfter(this.#random.integer(delayMin, delayMax), from, to, words);
    // The second of a double may come when the world has changed.
    if (!this.#random.chance(doubleProbability)) return;
    this.#deliverAfter(this.#random.integer(delayMin, LATENESS_MAX * delayMax), from, to, words);
  }

  #deliverAfter(delay: number, from: number, to: number, words: Int32Array): void {
    this.at(this.now + delay, () => {
      if (this.#cuts.has(from * 1000 + to)) return;
      const message = raftCodec.decode(words, 0);
      if (message === undefined) throw new RaftCheckError("a message that was sent cannot be read");
      if (this.#seats[to] !== undefined) {
        this.#act(this.#seats[to], (replica, context) => replica.onMessage(context, from, message));
      }
    });
  }

  #push(happening: Happening): void {
    let at = this.#queue.length;
    this.#queue.push(happening);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (isBefore(this.#queue[parent], happening)) break;
      this.#queue[at] = this.#queue[parent];
      at = parent;
    }
    this.#queue[at] = happening;
  }

  #pop(): Happening {
    const queue = this.#queue;
    const first = queue[0];
    const last = queue[queue.length - 1];
    queue.length--;
    if (queue.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < queue.length && isBefore(queue[child + 1], queue[child])) child++;
      if (child >= queue.length || isBefore(last, queue[child])) break;
      queue[at] = queue[child];
      at = child;
    }
    queue[at] = last;
    return first;
  }
}

function isBefore(a: Happening, b: Happening): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
