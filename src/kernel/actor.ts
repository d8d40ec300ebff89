import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";

/**
 * Anything that takes part in a run: a venue, an agent, a recorder. An actor is a state machine: it is called with one
 * event at a time and acts through its context. It has no other way to see time, chance or the world.
 */
export interface Actor {
  /** Called once, at the run's first moment. */
  onStart?(context: ActorContext): void;
  /** A message of one or more 16-word records that begin at `words[at]`. They are valid during the call only. */
  onMessage(context: ActorContext, words: Int32Array, at: number): void;
  /** A timer that the actor set has come due. */
  onTimer?(context: ActorContext, tag: number): void;
}

/** A timer, for canceling it. */
export type TimerHandle = number & { readonly unit?: "timer" };

/** How an actor acts. Each actor has its own. */
export interface ActorContext {
  readonly self: number;
  readonly name: string;
  /** Kernel time of the event at hand. */
  readonly nowNs: Nanos;
  /** Who sent the message at hand; -1 when it came from outside, and for timers and starts. */
  readonly sender: number;
  /** The memory of messages: write a message here between `compose` and `send`. Read anew after each `compose`. */
  readonly words: Int32Array;
  readonly doubles: Float64Array;

  /** Makes room for a message of that many records, all words 0. @returns the message; it begins at `words[message << 4]` */
  compose(records?: number): number;
  /** The same for one record that you write in full: its words are stale. Spares busy senders the zeros. */
  composeStale(): number;
  /**
   * Sends a message composed during this event; it leaves when the actor's computing is done. It may be sent to several
   * in turn. What is composed and never sent is forgotten.
   */
  send(to: number, message: number): void;
  /** Calls `onTimer(tag)` at `atNs`, or when the actor is free after that; a time that is past means now. */
  setTimer(atNs: Nanos, tag: number): TimerHandle;
  /** @returns false when the timer has come due already, also when it still waits for the actor to be free */
  cancelTimer(timer: TimerHandle): boolean;
  /** Makes the event at hand take longer: what is sent leaves later, and the next event waits. */
  spend(durationNs: Nanos): void;
  /**
   * The actor's own stream of random numbers for a purpose, the same at each run with the same seed. A second call with
   * the same purpose goes on where the first one's draws ended.
   */
  random(purpose: string): RandomStream;
  /** Finds an actor by name. @returns its number, or -1 */
  find(name: string): number;
}
