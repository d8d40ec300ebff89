import { CheckedDisk, DamagedDisk } from "../../src/consensus/checked-disk.ts";
import type { Disk } from "../../src/consensus/disk.ts";
import type { Replica, ReplicaContext } from "../../src/consensus/replica.ts";
import { assert } from "../../src/core/assert.ts";
import { RandomStream } from "../../src/core/random.ts";
import type { Nanos } from "../../src/core/units.ts";
import { EventQueue } from "../../src/kernel/event-queue.ts";
import { EventTrail } from "./event-trail.ts";
import type { DiskHabits } from "./faulty-disk.ts";
import { DiskCrash, FaultyDisk } from "./faulty-disk.ts";
import { LocalClock } from "./local-clock.ts";
import { violated } from "./violation.ts";
import type { Weather } from "./weather.ts";

const EVENT = { message: 0, timer: 1, action: 2 } as const;
/** A timer's payload is its tag and the life in which it was set. */
const TAG_BITS = 20;
const LIVES_MAX = 2 ** (31 - TAG_BITS) - 1;

export interface ClusterOptions<Message> {
  readonly seed: number;
  /** Seats 0, 1, 2 … hold replicas; those behind them hold clients, which do not crash. */
  readonly replicas: number;
  readonly seats: number;
  readonly weather: Weather;
  readonly diskHabits: DiskHabits;
  readonly create: (seat: number, disk: Disk) => Replica<Message>;
  /** A message as it arrives: through its words, or as it is. */
  readonly carry: (message: Message) => Message;
  /** Whether a message is too long for a way that lets only short ones pass. */
  readonly isLong?: (message: Message) => boolean;
  readonly watch: ClusterWatch<Message>;
}

/** Is told what happens, to check it. */
export interface ClusterWatch<Message> {
  onSend?(from: number, to: number, message: Message): void;
  onDeliver?(from: number, to: number, message: Message): void;
  /** A seat has handled an event. */
  afterEvent(seat: number): void;
  onCrash(seat: number): void;
  /** A replica was made of what its disk holds, and has not acted yet. */
  onRestart?(seat: number): void;
}

interface Seat<Message> {
  readonly number: number;
  readonly disk: FaultyDisk;
  readonly clock: LocalClock;
  readonly streams: Map<string, RandomStream>;
  context: ReplicaContext<Message> | undefined;
  replica: Replica<Message> | undefined;
  life: number;
  /** It handles nothing before this time. */
  busyUntilNs: Nanos;
  /** What arrives before this time is lost. */
  deafUntilNs: Nanos;
  /** How long it is busy with each event. */
  slowNs: Nanos;
  /** Its disk was found damaged: it never comes back. */
  isLost: boolean;
}

/**
 * Replicas and their clients in one thread, one event after the other, on disks and under a network that fail as they are
 * told. Everything follows from the seed.
 */
export class Cluster<Message> {
  nowNs: Nanos = 0;
  events = 0;
  messages = 0;
  crashes = 0;
  readonly trail = new EventTrail();
  readonly weather: Weather;
  readonly replicas: number;
  readonly #options: ClusterOptions<Message>;
  readonly #queue = new EventQueue();
  readonly #seats: Seat<Message>[];
  readonly #random: RandomStream;
  /** Messages under way, by slot, with their senders; and the slots that are free. */
  readonly #underWay: (Message | undefined)[] = [];
  readonly #senders: number[] = [];
  readonly #free: number[] = [];
  readonly #actions: (() => void)[] = [];

  constructor(options: ClusterOptions<Message>) {
    this.#options = options;
    this.weather = options.weather;
    this.replicas = options.replicas;
    this.#random = RandomStream.named(options.seed, "cluster", "disks");
    this.#seats = Array.from({ length: options.seats }, (_, number) => ({
      number,
      disk: new FaultyDisk(options.diskHabits),
      clock: new LocalClock(),
      streams: new Map<string, RandomStream>(),
      context: undefined,
      replica: undefined,
      life: 0,
      busyUntilNs: 0,
      deafUntilNs: 0,
      slowNs: 0,
      isLost: false,
    }));
  }

  isUp(seat: number): boolean {
    return this.#seats[seat].replica !== undefined;
  }

  isLost(seat: number): boolean {
    return this.#seats[seat].isLost;
  }

  diskOf(seat: number): FaultyDisk {
    return this.#seats[seat].disk;
  }

  clockOf(seat: number): LocalClock {
    return this.#seats[seat].clock;
  }

  contextOf(seat: number): ReplicaContext<Message> {
    const { context } = this.#seats[seat];
    assert(context !== undefined, "a seat has a context once it was started");
    return context;
  }

  /** Starts a replica from its disk; one that is up, or whose disk is lost, stays as it is. */
  start(number: number): void {
    const seat = this.#seats[number];
    if (seat.replica !== undefined || seat.isLost) return;
    seat.life++;
    assert(seat.life <= LIVES_MAX, "a replica has too many lives");
    this.trail.note(this.nowNs, number, seat.life === 1 ? "starts" : "starts again", undefined);
    this.#guard(seat, () => {
      const disk = new CheckedDisk(seat.disk);
      const replica = this.#options.create(number, disk);
      if (seat.disk.rotten > 0)
        violated("no start from a damaged disk", `${number} starts from a disk that has rotted`);
      seat.replica = replica;
      seat.context = this.#makeContext(seat, disk);
      this.#options.watch.onRestart?.(number);
      replica.onStart(seat.context);
      this.#after(seat);
    });
  }

  /** The power fails. */
  crash(number: number): void {
    const seat = this.#seats[number];
    if (seat.replica === undefined) return;
    this.#lose(seat);
  }

  /** Whether a pause is not over yet. */
  isPaused(number: number): boolean {
    return this.#seats[number].busyUntilNs > this.nowNs;
  }

  /** Handles nothing for so long. */
  pause(number: number, durationNs: Nanos): void {
    const seat = this.#seats[number];
    seat.busyUntilNs = Math.max(seat.busyUntilNs, this.nowNs + durationNs);
  }

  /** Handles nothing for so long, and never hears what arrives meanwhile: a virtual machine that was stopped. */
  freeze(number: number, durationNs: Nanos): void {
    this.pause(number, durationNs);
    this.#seats[number].deafUntilNs = this.nowNs + durationNs;
  }

  slowDown(number: number, eachNs: Nanos): void {
    this.#seats[number].slowNs = eachNs;
  }

  /** Lets a seat act, if it is up. */
  act(number: number, action: (context: ReplicaContext<Message>) => void): void {
    const seat = this.#seats[number];
    const { context, replica } = seat;
    if (replica === undefined || context === undefined) return;
    this.#guard(seat, () => {
      action(context);
      this.#after(seat);
    });
  }

  /** Does something at a time, whoever is up. */
  at(timeNs: Nanos, action: () => void): void {
    this.#queue.push(Math.max(timeNs, this.nowNs), EVENT.action, 0, this.#actions.push(action) - 1);
  }

  /** Handles everything up to a time, or until it is done. */
  runUntil(untilNs: Nanos, isDone?: () => boolean): void {
    const queue = this.#queue;
    while (queue.nextTimeNs <= untilNs) {
      if (isDone?.() === true) return;
      queue.pop();
      this.nowNs = queue.timeNs;
      this.#handle(queue.kind, queue.target, queue.payload);
    }
    this.nowNs = untilNs;
  }

  #handle(kind: number, target: number, payload: number): void {
    if (kind === EVENT.action) {
      this.#actions[payload]();
      return;
    }
    const seat = this.#seats[target];
    const { replica, context } = seat;
    if (kind === EVENT.message) {
      const message = this.#underWay[payload];
      const from = this.#senders[payload];
      const isHeard = seat.deafUntilNs <= this.nowNs;
      if (replica !== undefined && isHeard && seat.busyUntilNs > this.nowNs) {
        this.#queue.push(seat.busyUntilNs, kind, target, payload);
        return;
      }
      this.#underWay[payload] = undefined;
      this.#free.push(payload);
      // A cut takes what is under way, too.
      if (!isHeard || replica === undefined || context === undefined || message === undefined) return;
      if (this.weather.isCut(from, target)) return;
      this.events++;
      this.trail.note(this.nowNs, target, "hears", message);
      this.#options.watch.onDeliver?.(from, target, message);
      try {
        replica.onMessage(context, from, message);
        this.#after(seat);
      } catch (error) {
        this.#failed(seat, error);
      }
      return;
    }
    const life = payload >>> TAG_BITS;
    if (replica === undefined || context === undefined || life !== seat.life) return;
    if (seat.busyUntilNs > this.nowNs) {
      this.#queue.push(seat.busyUntilNs, kind, target, payload);
      return;
    }
    this.events++;
    try {
      replica.onTimer(context, payload & ((1 << TAG_BITS) - 1));
      this.#after(seat);
    } catch (error) {
      this.#failed(seat, error);
    }
  }

  #after(seat: Seat<Message>): void {
    if (seat.slowNs > 0) seat.busyUntilNs = this.nowNs + seat.slowNs;
    this.#options.watch.afterEvent(seat.number);
  }

  #guard(seat: Seat<Message>, action: () => void): void {
    this.events++;
    try {
      action();
    } catch (error) {
      this.#failed(seat, error);
    }
  }

  #failed(seat: Seat<Message>, error: unknown): void {
    if (error instanceof DiskCrash) {
      this.#lose(seat);
    } else if (error instanceof DamagedDisk && seat.disk.rotten > 0) {
      this.trail.note(this.nowNs, seat.number, "refuses its damaged disk", undefined);
      seat.isLost = true;
    } else {
      throw error;
    }
  }

  #lose(seat: Seat<Message>): void {
    this.trail.note(this.nowNs, seat.number, "crashes", undefined);
    this.crashes++;
    seat.replica = undefined;
    seat.busyUntilNs = 0;
    seat.deafUntilNs = 0;
    seat.disk.crash(this.#random);
    this.#options.watch.onCrash(seat.number);
  }

  #send(from: number, to: number, message: Message): void {
    assert(to !== from && to < this.#seats.length, "a message goes to another seat");
    this.messages++;
    this.#options.watch.onSend?.(from, to, message);
    const { weather } = this;
    if (weather.isCut(from, to)) return;
    const delayNs = weather.delayNs(from, to, this.#options.isLong?.(message) ?? false);
    if (delayNs < 0) return;
    const carried = this.#options.carry(message);
    this.#deliverAfter(delayNs, from, to, carried);
    if (!weather.isDoubled(from, to)) return;
    // The second of a double may come when the world has changed.
    this.#deliverAfter(Math.ceil(delayNs * (1 + this.#random.exponential(10))), from, to, carried);
  }

  #deliverAfter(delayNs: Nanos, from: number, to: number, message: Message): void {
    const slot = this.#free.pop() ?? this.#underWay.length;
    this.#underWay[slot] = message;
    this.#senders[slot] = from;
    this.#queue.push(this.nowNs + delayNs, EVENT.message, to, slot);
  }

  #makeContext(seat: Seat<Message>, disk: Disk): ReplicaContext<Message> {
    const nowNs = (): Nanos => seat.clock.at(this.nowNs);
    const { number, clock, streams } = seat;
    const lifeBits = seat.life << TAG_BITS;
    return {
      self: number,
      get nowNs() {
        return nowNs();
      },
      disk,
      send: (to, message) => this.#send(number, to, message),
      setTimer: (delayNs, tag) => {
        assert(tag >= 0 && tag < 1 << TAG_BITS, "a timer's tag has 20 bits here");
        return this.#queue.push(
          this.nowNs + clock.trueDelayNs(this.nowNs, delayNs),
          EVENT.timer,
          number,
          lifeBits | tag,
        );
      },
      cancelTimer: (timer) => this.#queue.cancel(timer),
      random: (purpose) => {
        const known = streams.get(purpose);
        if (known !== undefined) return known;
        const stream = RandomStream.named(this.#options.seed, `seat ${number}`, purpose);
        streams.set(purpose, stream);
        return stream;
      },
    };
  }
}
