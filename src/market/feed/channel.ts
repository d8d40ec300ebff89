import type { Nanos } from "../../core/units.ts";
import type { ActorContext, TimerHandle } from "../../kernel/actor.ts";
import { Depth, FeedMode } from "../../model/market-data.ts";

/** What a channel carries: one instrument, one depth, one way. Everyone who asks for the same shares it. */
export interface ChannelKey {
  readonly instrument: number;
  readonly depth: Depth;
  readonly mode: FeedMode;
  /** Levels a side in snapshots of levels; 0 elsewhere. */
  readonly levels: number;
  /** 0 for each change. */
  readonly intervalNs: Nanos;
}

/** Subscribers that one channel takes. */
export const SUBSCRIBERS_MAX = 1 << 20;

/** Numbers in a quote: bid, ask, lots of both, lots traded; in an indication price, phase, surplus, auctions, volume. */
const NUMBERS = 5;

/**
 * Subscribers of a channel who know the same: one message serves them all. Who joins while others wait for changes that
 * they have not been told of knows more than they do, and makes a cohort of its own until the next message brings all
 * of them to the same state.
 */
export class Cohort {
  /** Number of the last change that they have been told of. */
  declare lastSequence: number;
  /** The numbers of the quote or indication that they were sent last. */
  private readonly sent = new Float64Array(NUMBERS);
  /** Conflated levels that have changed since the last message: price and side in one number, in order of change. */
  readonly changed = new Set<number>();
  private readonly members = new Set<number>();
  /** The members as an array, which is quicker to go through at each message; undefined after they have changed. */
  private list: readonly number[] | undefined = [];

  constructor(lastSequence: number) {
    this.lastSequence = lastSequence;
  }

  get size(): number {
    return this.members.size;
  }

  /** In order of joining, which is the order of sending. */
  get subscribers(): readonly number[] {
    return this.list ?? this.listMembers();
  }

  add(subscriber: number): void {
    this.members.add(subscriber);
    this.list = undefined;
  }

  remove(subscriber: number): void {
    this.members.delete(subscriber);
    this.list = undefined;
  }

  /** Remembers the numbers that they are sent. @returns whether they differ from the last ones */
  noteNumbers(first: number, second: number, third: number, fourth: number, fifth: number): boolean {
    const { sent } = this;
    const isSame =
      sent[0] === first && sent[1] === second && sent[2] === third && sent[3] === fourth && sent[4] === fifth;
    if (isSame) return false;
    sent[0] = first;
    sent[1] = second;
    sent[2] = third;
    sent[3] = fourth;
    sent[4] = fifth;
    return true;
  }

  private listMembers(): readonly number[] {
    this.list = [...this.members];
    return this.list;
  }
}

/** What a channel does at a change of the book. */
export const Telling = {
  /** Nothing: it looks at its intervals or at quotes. */
  nothing: 0,
  levels: 1,
  orders: 2,
  trades: 3,
  /** It remembers the level for the end of the interval. */
  changedLevels: 4,
  phases: 5,
} as const;
export type Telling = (typeof Telling)[keyof typeof Telling];

/** A feed and who gets it. */
export class Channel {
  declare readonly key: ChannelKey;
  declare readonly telling: Telling;
  /** At least one while there are subscribers, and almost always exactly one. */
  readonly cohorts: Cohort[] = [];
  /** Channels with an interval: tag and handle of the timer, and when it comes due. */
  tag = -1;
  timer: TimerHandle = -1;
  dueNs: Nanos = 0;
  readonly #cohortOf = new Map<number, Cohort>();

  constructor(key: ChannelKey) {
    this.key = key;
    this.telling = tellingOf(key);
  }

  /** Sets the timer, in the place of one that there may be. */
  awaitDue(context: ActorContext): void {
    if (this.timer >= 0) context.cancelTimer(this.timer);
    this.timer = context.setTimer(this.dueNs, this.tag);
  }

  get subscriberCount(): number {
    return this.#cohortOf.size;
  }

  is(key: ChannelKey): boolean {
    const own = this.key;
    return (
      own.instrument === key.instrument &&
      own.depth === key.depth &&
      own.mode === key.mode &&
      own.levels === key.levels &&
      own.intervalNs === key.intervalNs
    );
  }

  has(subscriber: number): boolean {
    return this.#cohortOf.has(subscriber);
  }

  /** Lets a subscriber in who has been told of all changes up to `lastSequence`. @returns its cohort */
  join(subscriber: number, lastSequence: number): Cohort {
    this.leave(subscriber);
    let cohort = this.cohorts.find((candidate) => candidate.lastSequence === lastSequence);
    if (cohort === undefined) {
      cohort = new Cohort(lastSequence);
      this.cohorts.push(cohort);
    }
    cohort.add(subscriber);
    this.#cohortOf.set(subscriber, cohort);
    return cohort;
  }

  /** @returns false when the subscriber was not in */
  leave(subscriber: number): boolean {
    const cohort = this.#cohortOf.get(subscriber);
    if (cohort === undefined) return false;
    this.#cohortOf.delete(subscriber);
    cohort.remove(subscriber);
    if (cohort.size === 0) this.cohorts.splice(this.cohorts.indexOf(cohort), 1);
    return true;
  }

  /** Makes one cohort of those that have come to know the same. */
  unite(): void {
    for (let i = 1; i < this.cohorts.length;) {
      const cohort = this.cohorts[i];
      const place = this.cohorts.findIndex((earlier) => earlier.lastSequence === cohort.lastSequence);
      if (place < i) {
        for (const subscriber of cohort.subscribers) {
          this.cohorts[place].add(subscriber);
          this.#cohortOf.set(subscriber, this.cohorts[place]);
        }
        this.cohorts.splice(i, 1);
      } else {
        i++;
      }
    }
  }
}

function tellingOf({ depth, mode }: ChannelKey): Telling {
  if (mode === FeedMode.snapshots || depth === Depth.quotes) return Telling.nothing;
  if (depth === Depth.auctions) return mode === FeedMode.everyChange ? Telling.phases : Telling.nothing;
  if (mode === FeedMode.conflated) return Telling.changedLevels;
  if (depth === Depth.levels) return Telling.levels;
  return depth === Depth.orders ? Telling.orders : Telling.trades;
}
