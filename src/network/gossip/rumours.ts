import { assert } from "../../core/assert.ts";
import type { MessagePool } from "../../kernel/message-pool.ts";
import type { NetworkCounts } from "../network-counts.ts";
import { keyedUniform, packetKey } from "../keyed-draw.ts";

/** A message on its way to many, from one to the next. */
interface Rumour {
  message: number;
  source: number;
  /** What somebody who passes it on has made of it, or -1. The rumour holds it. */
  forged: number;
  /** Who is to hear it, and by the same places who has. */
  readonly members: number[];
  readonly hasHeard: boolean[];
  /** Packets with it under way. */
  underWay: number;
}

const NONE = -1;

/** What draws of peers are for; links' purposes are smaller numbers. */
const PEERS = 101;

/**
 * Gossip: who hears a message first passes it on to a few others, drawn anew for each message among those who are to
 * hear it (push gossip, Demers et al. 1987). Nobody asks for what it missed: with a fan-out f about a share e^-f does.
 *
 * Each member's hold of the message goes to its delivery, or ends with the rumour. Packets carry the rumour's number.
 */
export class Rumours {
  readonly #pool: MessagePool;
  readonly #counts: NetworkCounts;
  readonly #fanOut: number;
  readonly #rumours: Rumour[] = [];
  readonly #free: number[] = [];
  /** Rumours that have not left yet, by message: more members may join. */
  readonly #gathering = new Map<number, number>();

  constructor(pool: MessagePool, counts: NetworkCounts, fanOut: number) {
    assert(fanOut >= 1 && Number.isInteger(fanOut), "who hears a rumour passes it on to at least one");
    this.#pool = pool;
    this.#counts = counts;
    this.#fanOut = fanOut;
  }

  /** Adds a member with its hold. @returns the rumour's number where it is a new one, else -1 */
  gather(message: number, from: number, to: number): number {
    const known = this.#gathering.get(message);
    if (known !== undefined) {
      this.#addMember(this.#rumours[known], to);
      return -1;
    }
    const number =
      this.#free.pop() ??
      this.#rumours.push({ message, source: from, forged: NONE, members: [], hasHeard: [], underWay: 0 }) - 1;
    const rumour = this.#rumours[number];
    rumour.message = message;
    rumour.source = from;
    rumour.forged = NONE;
    this.#addMember(rumour, to);
    this.#gathering.set(message, number);
    return number;
  }

  sourceOf(number: number): number {
    return this.#rumours[number].source;
  }

  messageOf(number: number): number {
    return this.#rumours[number].message;
  }

  /** The rumour as it is passed on by who forges; all of them tell the same lie. */
  forgedOf(number: number, forge: (words: Int32Array, at: number) => void): number {
    const rumour = this.#rumours[number];
    if (rumour.forged >= 0) return rumour.forged;
    const pool = this.#pool;
    const records = pool.recordsOf(rumour.message);
    const forged = pool.allocate(records, rumour.source, NONE);
    const [from, to] = [rumour.message << 4, forged << 4];
    pool.words.copyWithin(to, from, from + 16 * records);
    forge(pool.words, to);
    pool.hold(forged);
    rumour.forged = forged;
    return forged;
  }

  /** The rumour leaves its source: nobody joins any more. */
  leave(number: number): void {
    this.#gathering.delete(this.#rumours[number].message);
  }

  /**
   * A packet has come to a member.
   * @returns whether it hears the message for the first time: then it is delivered, with the member's hold
   */
  hear(number: number, member: number): boolean {
    const { members, hasHeard } = this.#rumours[number];
    const place = members.indexOf(member);
    if (place < 0 || hasHeard[place]) return false;
    hasHeard[place] = true;
    return true;
  }

  /** Calls `send` for each of the members that somebody passes the rumour on to. */
  passOn(number: number, from: number, key: number, send: (to: number) => void): void {
    const { members } = this.#rumours[number];
    const others = members.length - (members.includes(from) ? 1 : 0);
    const chosen = new Set<number>();
    for (let draw = 0; chosen.size < Math.min(this.#fanOut, others); draw++) {
      const to = members[Math.floor(keyedUniform(packetKey(key, draw), from, PEERS) * members.length)];
      if (to !== from) chosen.add(to);
    }
    for (const to of chosen) send(to);
  }

  /** One more packet with the rumour is under way. */
  hold(number: number): void {
    this.#rumours[number].underWay++;
  }

  /** One packet with it less. The last one ends it. */
  release(number: number): void {
    const rumour = this.#rumours[number];
    assert(rumour.underWay > 0, "a rumour ends once");
    if (--rumour.underWay > 0) return;
    for (const hasHeard of rumour.hasHeard) {
      if (hasHeard) continue;
      this.#counts.missed++;
      this.#pool.release(rumour.message);
    }
    if (rumour.forged >= 0) this.#pool.release(rumour.forged);
    rumour.members.length = 0;
    rumour.hasHeard.length = 0;
    this.#free.push(number);
  }

  #addMember({ members, hasHeard }: Rumour, to: number): void {
    members.push(to);
    hasHeard.push(false);
  }
}
