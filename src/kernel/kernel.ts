import { assert } from "../core/assert.ts";
import { RECORD_WORDS, RollingHash, hashParts } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { Actor, TimerHandle } from "./actor.ts";
import { ActorFailure } from "./actor-failure.ts";
import { Context } from "./context.ts";
import type { ContextHost } from "./context.ts";
import { EventQueue } from "./event-queue.ts";
import type { JournalPort } from "./journal-port.ts";
import { CHECKPOINT_EVENTS, discardingJournal } from "./journal-port.ts";
import type { Link } from "./link.ts";
import { Mailboxes } from "./mailboxes.ts";
import { MessagePool } from "./message-pool.ts";

const START = 0;
const MESSAGE = 1;
const TIMER = 2;
/** A busy actor is free again and takes the next event of its mailbox. */
const READY = 3;

const NOBODY = -1;

/** Facts of an actor: since when it is free, how long an event takes it, and a number that stands for its name. */
const FREE_AT_NS = 0;
const COMPUTE_DELAY_NS = 1;
const NAME_HASH = 2;
/** Instead of the time since when an actor is free: a READY event says when. */
const TAKES_TURNS = Infinity;

export interface KernelOptions {
  readonly seed: number;
  readonly link: Link;
  readonly journal?: JournalPort;
  /** Keeps a hash for each actor of what was delivered to it, besides the run's. */
  readonly tapes?: "of the run" | "of each actor";
  /** Events that may wait for one busy actor; `MAILBOX_EVENTS_MAX` where nothing is said. */
  readonly mailboxEventsMax?: number;
  /** Names the kind of a message in errors. */
  readonly describeKind?: (kind: number) => string;
}

/**
 * The deterministic runtime: it owns time, chance, scheduling and delivery. Events happen in order of (time, sequence);
 * the same actors with the same seed and inputs live through the same events on every machine.
 */
export class Kernel implements ContextHost {
  readonly seed: number;
  readonly pool = new MessagePool();
  readonly journal: JournalPort;
  /** The hash of everything delivered so far. */
  readonly tape = new RollingHash();
  /** Time of the event at hand, or of the last one. */
  nowNs: Nanos = 0;
  /** Events delivered to actors so far. */
  events = 0;
  /** Messages among them. */
  messages = 0;
  /** Who sent the message at hand; -1 when it came from outside, and for timers and starts. */
  sender = NOBODY;

  readonly #link: Link;
  readonly #queue = new EventQueue();
  readonly #mailboxes: Mailboxes;
  readonly #actors: Actor[] = [];
  readonly #contexts: Context[] = [];
  readonly #names = new Map<string, number>();
  readonly #tapes: RollingHash[] | undefined;
  readonly #describeKind: (kind: number) => string;
  /** By actor, four facts each: they stand together because every event needs them. */
  #facts = new Float64Array(4 * 64);
  /** Whose event is at hand, and how long it takes. */
  #acting = NOBODY;
  #durationNs = 0;
  /** Messages composed during the event at hand. */
  #composed = new Int32Array(64);
  #composedCount = 0;
  #timeBits = new Float64Array(1);
  #timeWords = new Int32Array(this.#timeBits.buffer);

  constructor(options: KernelOptions) {
    this.seed = options.seed;
    this.journal = options.journal ?? discardingJournal;
    this.#link = options.link;
    this.#mailboxes = new Mailboxes(options);
    this.#tapes = options.tapes === "of each actor" ? [] : undefined;
    this.#describeKind = options.describeKind ?? String;
  }

  get actorCount(): number {
    return this.#actors.length;
  }

  /** Time of the next event; Infinity when nothing will happen any more. */
  get nextTimeNs(): Nanos {
    return this.#queue.nextTimeNs;
  }

  /** Adds an actor; names are unique. It starts at the present time. @returns its number */
  add(name: string, actor: Actor, options: { computeDelayNs?: Nanos } = {}): number {
    const computeDelayNs = options.computeDelayNs ?? 0;
    assert(!this.#names.has(name), () => `two actors are called ${name}`);
    assert(isDuration(computeDelayNs), () => `${name} computes for ${computeDelayNs} ns, which is no duration`);
    const id = this.#actors.length;
    this.#actors.push(actor);
    this.#contexts.push(new Context(this, id, name));
    this.#names.set(name, id);
    this.#tapes?.push(new RollingHash());
    if (4 * id === this.#facts.length) this.#grow();
    this.#facts[4 * id + COMPUTE_DELAY_NS] = computeDelayNs;
    this.#facts[4 * id + NAME_HASH] = hashParts([name])[0];
    this.#mailboxes.join(id);
    this.#link.join(id, name);
    this.#queue.push(this.nowNs, START, id, 0);
    return id;
  }

  nameOf(actor: number): string {
    return this.#contexts[actor].name;
  }

  /** An actor's number, or -1. */
  find(name: string): number {
    return this.#names.get(name) ?? -1;
  }

  /** With `tapes: "of each actor"`: the hash of what was delivered to it. */
  tapeOf(actor: number): string {
    assert(this.#tapes !== undefined, "the kernel keeps no tape of each actor");
    return this.#tapes[actor].digest();
  }

  /**
   * Delivers events until the next one would be later than `untilNs`, or `eventsMax` have been delivered in all, or
   * nothing is left. Time stands at the last event afterwards.
   */
  run(untilNs: Nanos, eventsMax = Infinity): void {
    const queue = this.#queue;
    while (this.events < eventsMax && queue.nextTimeNs <= untilNs && queue.pop()) {
      this.nowNs = queue.timeNs;
      if (queue.kind === READY) this.#handleNext(queue.target);
      else this.#arrive(queue.target, queue.kind, queue.payload);
    }
  }

  /** Hands a message of 16-word records to an actor from outside, at `timeNs`, which is not in the past. */
  inject(to: number, records: Int32Array, timeNs: Nanos): void {
    assert(timeNs >= this.nowNs, "an input cannot arrive in the past");
    assert(to >= 0 && to < this.#actors.length, "an input needs a receiver");
    assert(records.length % RECORD_WORDS === 0, "an input consists of whole records");
    const message = this.pool.allocate(records.length / RECORD_WORDS, NOBODY, this.events);
    this.pool.words.set(records, message << 4);
    this.pool.hold(message);
    this.#queue.push(timeNs, MESSAGE, to, message);
    this.journal.input(timeNs, to, records);
  }

  /** For contexts: makes room for a message. */
  compose(actor: number, records: number): number {
    assert(actor === this.#acting, "an actor composes only while it handles an event");
    return this.#note(this.pool.allocate(records, actor, this.events));
  }

  /** For contexts: makes room for a message of one record whose words are stale. */
  composeStale(actor: number): number {
    assert(actor === this.#acting, "an actor composes only while it handles an event");
    return this.#note(this.pool.allocateStale(actor, this.events));
  }

  /** For contexts: sends a composed message on its way. */
  dispatch(from: number, to: number, message: number): void {
    assert(from === this.#acting, "an actor sends only while it handles an event");
    assert(to >= 0 && to < this.#actors.length, "a message needs a receiver");
    assert(this.pool.isComposedBy(message, from, this.events), "an actor sends only what it composed in this event");
    const departureNs = this.nowNs + this.#durationNs;
    const delayNs = this.#link.delayNs(from, to, departureNs);
    assert(delayNs >= 0 && delayNs === Math.floor(delayNs), "a link's delay is 0 or more whole nanoseconds");
    this.pool.hold(message);
    this.#queue.push(departureNs + delayNs, MESSAGE, to, message);
  }

  /** For contexts. */
  setTimer(actor: number, atNs: Nanos, tag: number): TimerHandle {
    assert(actor === this.#acting, "an actor sets a timer only while it handles an event");
    assert(Number.isSafeInteger(atNs) && tag === (tag | 0), "a timer needs whole nanoseconds and an int32 as tag");
    return this.#queue.push(atNs > this.nowNs ? atNs : this.nowNs, TIMER, actor, tag);
  }

  /** For contexts. */
  cancelTimer(timer: TimerHandle): boolean {
    return this.#queue.cancel(timer);
  }

  /** For contexts. */
  spend(actor: number, durationNs: Nanos): void {
    assert(actor === this.#acting, "an actor spends time only while it handles an event");
    assert(isDuration(durationNs), "computing takes 0 or more whole nanoseconds");
    this.#durationNs += durationNs;
  }

  #arrive(actor: number, kind: number, payload: number): void {
    const freeAtNs = this.#facts[4 * actor + FREE_AT_NS];
    if (freeAtNs <= this.nowNs) {
      this.#handle(actor, kind, payload);
      return;
    }
    if (!this.#mailboxes.put(actor, kind, payload)) {
      const cause = `its mailbox is full (${this.#mailboxes.eventsMax} events): it cannot keep up`;
      throw this.#failure(actor, kind, payload, cause);
    }
    if (freeAtNs !== TAKES_TURNS) this.#giveTurn(actor);
  }

  #handleNext(actor: number): void {
    this.#mailboxes.take(actor);
    this.#handle(actor, this.#mailboxes.kind, this.#mailboxes.payload);
    if (this.#mailboxes.count(actor) > 0) this.#giveTurn(actor);
  }

  /** Has the actor take the oldest event of its mailbox when it is free. Until then everything else waits behind it. */
  #giveTurn(actor: number): void {
    this.#queue.push(this.#facts[4 * actor + FREE_AT_NS], READY, actor, 0);
    this.#facts[4 * actor + FREE_AT_NS] = TAKES_TURNS;
  }

  #handle(actor: number, kind: number, payload: number): void {
    this.events++;
    this.#acting = actor;
    this.#durationNs = this.#facts[4 * actor + COMPUTE_DELAY_NS];
    this.sender = kind === MESSAGE ? this.pool.senderOf(payload) : NOBODY;
    this.#record(actor, kind, payload);
    let returned: unknown;
    try {
      const target = this.#actors[actor];
      const context = this.#contexts[actor];
      if (kind === MESSAGE) {
        this.messages++;
        returned = target.onMessage(context, this.pool.words, payload << 4);
      } else if (kind === TIMER) {
        returned = target.onTimer?.(context, payload);
      } else {
        returned = target.onStart?.(context);
      }
    } catch (cause) {
      throw cause instanceof ActorFailure ? cause : this.#failure(actor, kind, payload, cause);
    }
    if (returned !== undefined) throw this.#failure(actor, kind, payload, describeReturned(returned));
    this.#acting = NOBODY;
    if (this.#composedCount > 0) this.#freeUnsent();
    if (kind === MESSAGE) this.pool.release(payload);
    this.#facts[4 * actor + FREE_AT_NS] = this.nowNs + this.#durationNs;
    if (this.events % CHECKPOINT_EVENTS === 0) this.journal.checkpoint(this.nowNs, this.events, this.tape);
  }

  /** Takes the event into the run's hash: when, from whom, to whom, what. */
  #record(actor: number, kind: number, payload: number): void {
    this.#timeBits[0] = this.nowNs;
    const low = this.#timeWords[0];
    const high = this.#timeWords[1];
    const own = this.#tapes?.[actor];
    const sender = this.sender === NOBODY ? 0 : this.#facts[4 * this.sender + NAME_HASH];
    this.tape.four(low, high, this.#facts[4 * actor + NAME_HASH], sender);
    own?.four(low, high, 0, sender);
    if (kind !== MESSAGE) {
      this.tape.four(kind, payload, 0, 0);
      own?.four(kind, payload, 0, 0);
      return;
    }
    const records = this.pool.recordsOf(payload);
    for (let record = payload; record < payload + records; record++) {
      this.tape.record(this.pool.words, record << 4);
      own?.record(this.pool.words, record << 4);
    }
  }

  /** Keeps in mind what was composed in this event, so that what is not sent can be freed. */
  #note(message: number): number {
    if (this.#composedCount === this.#composed.length) this.#growComposed();
    this.#composed[this.#composedCount++] = message;
    return message;
  }

  #freeUnsent(): void {
    for (let i = 0; i < this.#composedCount; i++) {
      if (!this.pool.isHeld(this.#composed[i])) this.pool.discard(this.#composed[i]);
    }
    this.#composedCount = 0;
  }

  #failure(actor: number, kind: number, payload: number, cause: unknown): ActorFailure {
    const event =
      kind === MESSAGE
        ? `message ${this.#describeKind(this.pool.words[payload << 4])}`
        : kind === TIMER
          ? `timer ${payload}`
          : "start";
    return new ActorFailure({ actor: this.nameOf(actor), event, timeNs: this.nowNs, sequence: this.events, cause });
  }

  #grow(): void {
    const facts = new Float64Array(this.#facts.length * 2);
    facts.set(this.#facts);
    this.#facts = facts;
  }

  #growComposed(): void {
    const composed = new Int32Array(this.#composed.length * 2);
    composed.set(this.#composed);
    this.#composed = composed;
  }
}

function isDuration(ns: number): boolean {
  return ns >= 0 && Number.isSafeInteger(ns);
}

function describeReturned(returned: unknown): string {
  if (!isThenable(returned)) return `it returned ${String(returned)}; a handler returns nothing`;
  // The run stops here, so nobody would be left to hear that the promise failed.
  returned.then(undefined, () => undefined);
  return "it returned a promise; a handler is synchronous and returns nothing";
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value instanceof Object && "then" in value && typeof value.then === "function";
}
