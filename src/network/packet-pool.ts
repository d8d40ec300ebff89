import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import { PACKETS_MAX } from "./network-limits.ts";

/** Words of a packet. */
export const PacketWord = {
  /** The message that it carries and holds; -1 for an acknowledgement and for a rumour. */
  message: 0,
  from: 1,
  to: 2,
  /** The stream or the rumour that it belongs to; -1 for a datagram. */
  stream: 3,
  kind: 4,
  bytes: 5,
  /** What its chance on links follows from. */
  key: 6,
  /** The link that it is on, and how often that link had been cut when it set out. */
  link: 7,
  epoch: 8,
  hops: 9,
  isDamaged: 10,
  /** Next in the queue of a link, or next free one. */
  next: 11,
  /** Of a rumour: whether somebody on its way has forged it. */
  isForged: 12,
} as const;

export const PacketKind = { datagram: 0, data: 1, acknowledgement: 2, rumour: 3 } as const;

const Word = { ...PacketWord };
const STRIDE = 16;
const AT_START = 1_024;
const NONE = -1;

/** The packets under way, as records of 16 int32 words and two numbers. */
export class PacketPool {
  words = new Int32Array(STRIDE * AT_START);
  /** By packet, three numbers: place in its stream, the stream's oldest one that waits, and when it came to its queue. */
  numbers = new Float64Array(4 * AT_START);
  /** Packets under way. */
  count = 0;
  #capacity = AT_START;
  #unused = 0;
  #free = NONE;

  /** A packet whose words are as some earlier packet left them: the caller writes them all. */
  allocate(): number {
    this.count++;
    const packet = this.#free;
    if (packet !== NONE) {
      this.#free = this.words[STRIDE * packet + Word.next];
      return packet;
    }
    if (this.#unused === this.#capacity) this.#grow();
    return this.#unused++;
  }

  free(packet: number): void {
    this.count--;
    this.words[STRIDE * packet + Word.next] = this.#free;
    this.#free = packet;
  }

  /** A second packet like this one. */
  copy(packet: number): number {
    const twin = this.allocate();
    const { words, numbers } = this;
    for (let word = 0; word < STRIDE; word++) words[STRIDE * twin + word] = words[STRIDE * packet + word];
    for (let number = 0; number < 4; number++) numbers[4 * twin + number] = numbers[4 * packet + number];
    return twin;
  }

  get(packet: number, word: number): number {
    return this.words[STRIDE * packet + word];
  }

  set(packet: number, word: number, value: number): void {
    this.words[STRIDE * packet + word] = value;
  }

  /** Place in its stream of a message, or of the next one that an acknowledgement's sender expects. */
  sequence(packet: number): number {
    return this.numbers[4 * packet];
  }

  /** The stream's oldest message that its sender still keeps. */
  oldestKept(packet: number): number {
    return this.numbers[4 * packet + 1];
  }

  setSequence(packet: number, sequence: number, oldestKept: number): void {
    this.numbers[4 * packet] = sequence;
    this.numbers[4 * packet + 1] = oldestKept;
  }

  queuedAtNs(packet: number): Nanos {
    return this.numbers[4 * packet + 2];
  }

  setQueuedAtNs(packet: number, timeNs: Nanos): void {
    this.numbers[4 * packet + 2] = timeNs;
  }

  #grow(): void {
    const capacity = this.#capacity * 2;
    assert(capacity <= PACKETS_MAX, "too many packets are under way");
    const words = new Int32Array(STRIDE * capacity);
    words.set(this.words);
    const numbers = new Float64Array(4 * capacity);
    numbers.set(this.numbers);
    this.words = words;
    this.numbers = numbers;
    this.#capacity = capacity;
  }
}
