import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { TimerHandle } from "../kernel/actor.ts";
import type { Disk } from "./disk.ts";

/**
 * One of the replicas that agree on an order of transactions, as a state machine: it is called with one event at a time
 * and acts through its context. What it must not forget in a crash stands on its disk, from which it is made anew.
 */
export interface Replica<Message> {
  /** Called once, when the replica is made, for the first time or after a crash. */
  onStart(context: ReplicaContext<Message>): void;
  /** A message of another replica, or of a client: lost, late, doubled and out of order are possible. */
  onMessage(context: ReplicaContext<Message>, from: number, message: Message): void;
  onTimer(context: ReplicaContext<Message>, tag: number): void;
}

/** How a replica acts. `Message` is a union of plain objects, told apart by their `kind`. */
export interface ReplicaContext<Message> {
  /** The replica's number; replicas are numbered from 0, clients come behind them. */
  readonly self: number;
  readonly nowNs: Nanos;
  readonly disk: Disk;
  /** Sends a message on its way. What it tells of the replica's state must be on the disk by then. */
  send(to: number, message: Message): void;
  /** Calls `onTimer(tag)` once, that much later, unless the replica has crashed by then: its next life is not called. */
  setTimer(delayNs: Nanos, tag: number): TimerHandle;
  /** @returns false when the timer has come due already */
  cancelTimer(timer: TimerHandle): boolean;
  /** The replica's own stream of random numbers for a purpose. */
  random(purpose: string): RandomStream;
}

/** Words of a transaction: one record, as a command to a venue is. */
export const TRANSACTION_WORDS = 16;

/** What is replicated: takes transactions one by one, in the order on which the replicas have agreed. */
export interface ReplicatedMachine {
  /**
   * Executes the transaction at `words[at…at+15]`. The same transactions give the same state everywhere, refused ones
   * included.
   * @returns what its client is told, an int32
   */
  apply(words: Int32Array, at: number): number;
  /** All of the state, for a replica that has none of it. */
  snapshot(): Int32Array;
  restore(snapshot: Int32Array): void;
  /** A hash of the state: equal for equal states. */
  hash(): string;
}

/** Word 0 of the protocols' messages is at least this; that of a market's records is less. */
export const PROTOCOL_KINDS_FROM = 256;

/** Brings a protocol's messages into records and back. */
export interface Codec<Message> {
  /** Writes a message to `words` from `at` on, which are zero. @returns the words written, at most `MESSAGE_WORDS_MAX` */
  encode(message: Message, words: Int32Array, at: number): number;
  /** Reads what `encode` wrote. @returns undefined for anything else: it may come from a liar */
  decode(words: Int32Array, at: number): Message | undefined;
}
