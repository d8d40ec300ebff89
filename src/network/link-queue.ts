import type { Nanos } from "../core/units.ts";
import { PacketWord } from "./packet-pool.ts";
import type { PacketPool } from "./packet-pool.ts";

const { bytes: BYTES, next: NEXT } = PacketWord;
const NONE = -1;

/** Packets that wait for a link, first in, first out. All queues share the packets' own records. */
export class LinkQueue {
  bytes = 0;
  length = 0;
  /** Length times nanoseconds so far: the mean length over a time is what this grew by, through that time. */
  lengthNs = 0;
  readonly #packets: PacketPool;
  #head = NONE;
  #tail = NONE;
  #changedAtNs: Nanos = 0;

  constructor(packets: PacketPool) {
    this.#packets = packets;
  }

  put(packet: number, timeNs: Nanos): void {
    this.#count(timeNs);
    this.#packets.set(packet, NEXT, NONE);
    this.#packets.setQueuedAtNs(packet, timeNs);
    if (this.#tail === NONE) this.#head = packet;
    else this.#packets.set(this.#tail, NEXT, packet);
    this.#tail = packet;
    this.length++;
    this.bytes += this.#packets.get(packet, BYTES);
  }

  /** @returns the packet that has waited longest, or -1 */
  take(timeNs: Nanos): number {
    const packet = this.#head;
    if (packet === NONE) return NONE;
    this.#count(timeNs);
    this.#head = this.#packets.get(packet, NEXT);
    if (this.#head === NONE) this.#tail = NONE;
    this.length--;
    this.bytes -= this.#packets.get(packet, BYTES);
    return packet;
  }

  #count(timeNs: Nanos): void {
    this.lengthNs += this.length * (timeNs - this.#changedAtNs);
    this.#changedAtNs = timeNs;
  }
}
