import { assert } from "../core/assert.ts";
import { RECORD_WORDS } from "../core/hash.ts";
import type { RollingHash } from "../core/hash.ts";
import type { Nanos } from "../core/units.ts";
import type { Actor, TimerHandle } from "./actor.ts";
import { ActorFact, EventKind, TAKES_TURNS } from "./actor-facts.ts";
import { ActorFailure } from "./actor-failure.ts";
import type { Carrier, CarrierHost } from "./carrier.ts";
import { isCarrier } from "./carrier.ts";
import { Context } from "./context.ts";
import type { ContextHost } from "./context.ts";
import type { DeliveryWitness } from "./delivery-witness.ts";
import { EventQueue } from "./event-queue.ts";
import type { JournalPort } from "./journal-port.ts";
import { CHECKPOINT_EVENTS, discardingJournal } from "./journal-port.ts";
import { describeReturned } from "./handler-result.ts";
import type { Link } from "./link.ts";
import { ConstantLink } from "./links.ts";
import { Mailboxes } from "./mailboxes.ts";
import { MessagePool } from "./message-pool.ts";
import { Outages } from "./outages.ts";
import { Tapes } from "./tapes.ts";

// V8 folds a module's own constants.
const { start: START, message: MESSAGE, timer: TIMER, ready: READY, step: STEP } = EventKind;

const NOBODY = -1;

const { freeAtNs: FREE_AT_NS, computeDelayNs: COMPUTE_DELAY_NS, slowness: SLOWNESS } = ActorFact;

export interface KernelOptions {
  readonly seed: number;
  /** How long messages travel, or the network that carries them. */
  readonly link: Link | Carrier;
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
export class Kernel implements ContextHost, CarrierHost {
  readonly seed: number;
  readonly pool = new MessagePool();
  readonly journal: JournalPort;
  /** What can happen to actors themselves. */
  readonly outages: Outages;
  /** Time of the event at hand, or of the last one. */
  nowNs: Nanos = 0;
  /** Events delivered to actors so far. */
  events = 0;
  /** Messages among them. */
  messages = 0;
  /** Who sent the message at hand; -1 when it came from outside, and for timers and starts. */
  sender = NOBODY;
  witness: DeliveryWitness | undefined = undefined;

  readonly #link: Link;
  readonly #carrier: Carrier | undefined;
  readonly #queue = new EventQueue();
  readonly #mailboxes: Mailboxes;
  readonly #actors: Actor[] = [];
  readonly #contexts: Context[] = [];
  readonly #names = new Map<string, number>();
  readonly #tapes: Tapes;
  readonly #describeKind: (kind: number) => string;
  /** By actor, four facts each: they stand together because every event needs them. */
  #facts = new Float64Array(4 * 64);
  /** Whose event is at hand, and how long it takes. */
  #acting = NOBODY;
  #durationNs = 0;
  /** Messages composed during the event at hand. */
  #composed = new Int32Array(64);
  #composedCount = 0;

  constructor(options: KernelOptions) {
    this.seed = options.seed;
    this.journal = options.journal ?? discardingJournal;
    this.#mailboxes = new Mailboxes(options);
    this.#tapes = new Tapes(this.pool, options.tapes ?? "of the run");
    this.#describeKind = options.describeKind ?? String;
    this.#carrier = isCarrier(options.link) ? options.link : undefined;
    // Under a carrier nobody asks the link.
    this.#link = isCarrier(options.link) ? new ConstantLink(0) : options.link;
    const start = (actor: number, timeNs: Nanos): void => {
      this.nowNs = timeNs;
      this.#arrive(actor, START, 0);
    };
    const host = { queue: this.#queue, mailboxes: this.#mailboxes, pool: this.pool, contexts: this.#contexts, start };
    this.outages = new Outages(host, this.#facts);
    this.#carrier?.attach(this);
  }

  /** The hash of everything delivered so far. */
  get tape(): RollingHash {
    return this.#tapes.run;
  }

  /** Time of what happened last, steps of the carrier included, which no actor sees. */
  get reachedNs(): Nanos {
    return Math.max(this.nowNs, this.#queue.timeNs);
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
    this.#tapes.join(name);
    if (4 * id === this.#facts.length) this.#grow();
    this.#facts[4 * id + COMPUTE_DELAY_NS] = computeDelayNs;
    this.#mailboxes.join(id);
    (this.#carrier ?? this.#link).join(id, name);
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
    return this.#tapes.digestOf(actor);
  }

  /**
   * Delivers events until the next one would be later than `untilNs`, `eventsMax` have been delivered, or none is left.
   * Time stands at the last event afterwards. One step of a carrier may deliver several.
   */
  run(untilNs: Nanos, eventsMax = Infinity): void {
    const queue = this.#queue;
    while (this.events < eventsMax && queue.nextTimeNs <= untilNs && queue.pop()) {
      if (queue.kind === STEP) {
        // Time is what actors see, so a step that delivers nothing leaves it as it was.
        this.#carrier?.onStep(queue.payload, queue.timeNs);
        continue;
      }
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

  /** Hands something to the carrier from outside. Everything before `timeNs` has happened, and nothing later. */
  direct(directive: unknown, timeNs: Nanos): void {
    assert(this.#carrier?.onDirective !== undefined, "a directive needs a carrier that takes it");
    this.journal.directive(timeNs, directive);
    this.#carrier.onDirective(directive, timeNs);
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
    if (this.#carrier !== undefined) {
      this.pool.hold(message);
      this.#carrier.carry(from, to, message, departureNs);
      return;
    }
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
    const slowness = this.#facts[4 * actor + SLOWNESS];
    this.#durationNs += slowness === 0 ? durationNs : Math.round(durationNs * slowness);
  }

  /** For carriers. */
  schedule(atNs: Nanos, step: number): void {
    assert(Number.isSafeInteger(atNs), "a step happens at a whole nanosecond");
    this.#queue.push(atNs, STEP, NOBODY, step);
  }

  /** For carriers. */
  deliver(to: number, message: number, timeNs: Nanos): void {
    assert(this.#acting === NOBODY, "a carrier delivers during its own steps only");
    this.nowNs = timeNs;
    this.#arrive(to, MESSAGE, message);
  }

  #arrive(actor: number, kind: number, payload: number): void {
    const freeAtNs = this.#facts[4 * actor + FREE_AT_NS];
    if (freeAtNs <= this.nowNs) {
      this.#handle(actor, kind, payload);
      return;
    }
    if (this.outages.isCrashed(actor)) {
      if (kind === MESSAGE) this.pool.release(payload);
      return;
    }
    if (!this.#mailboxes.put(actor, kind, payload)) {
      const cause = `its mailbox is full (${this.#mailboxes.eventsMax} events): it cannot keep up`;
      throw this.#failure(actor, kind, payload, cause);
    }
    if (freeAtNs !== TAKES_TURNS) this.#giveTurn(actor);
  }

  #handleNext(actor: number): void {
    const pausedUntilNs = this.outages.takePause(actor);
    if (pausedUntilNs > this.nowNs) {
      this.#queue.push(pausedUntilNs, READY, actor, 0);
      return;
    }
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
    this.#tapes.record(this.nowNs, this.sender, actor, kind, payload);
    if (kind === MESSAGE && this.witness !== undefined) this.witness.delivered(this.sender, actor, payload);
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
    const other = kind === TIMER ? `timer ${payload}` : "start";
    const event = kind === MESSAGE ? `message ${this.#describeKind(this.pool.words[payload << 4])}` : other;
    return new ActorFailure({ actor: this.nameOf(actor), event, timeNs: this.nowNs, sequence: this.events, cause });
  }

  #grow(): void {
    const facts = new Float64Array(this.#facts.length * 2);
    facts.set(this.#facts);
    this.#facts = facts;
    this.outages.facts = facts;
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
