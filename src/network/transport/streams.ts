import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { CarrierHost } from "../../kernel/carrier.ts";
import type { NetworkCounts } from "../network-counts.ts";
import type { PacketPool } from "../packet-pool.ts";
import { PacketKind, PacketWord } from "../packet-pool.ts";
import { StepKind, stepOf } from "../step.ts";
import { SegmentPool } from "./segment-pool.ts";
import type { StreamHost } from "./stream-host.ts";
import { StreamReceiver } from "./stream-receiver.ts";
import { StreamSender } from "./stream-sender.ts";
import { wireBytes } from "./wire-size.ts";

const Word = { ...PacketWord };
const NONE = -1;

interface Stream {
  readonly from: number;
  readonly to: number;
  readonly sender: StreamSender;
  readonly receiver: StreamReceiver;
}

/** The streams between actors, one for each ordered pair, by the pair's number. */
export class Streams implements StreamHost {
  readonly #host: CarrierHost;
  readonly #counts: NetworkCounts;
  readonly #packets: PacketPool;
  readonly #send: (pair: number, packet: number, timeNs: Nanos) => void;
  readonly #segments = new SegmentPool();
  readonly #streams: (Stream | undefined)[] = [];

  constructor(options: {
    readonly host: CarrierHost;
    readonly counts: NetworkCounts;
    readonly packets: PacketPool;
    readonly send: (pair: number, packet: number, timeNs: Nanos) => void;
  }) {
    this.#host = options.host;
    this.#counts = options.counts;
    this.#packets = options.packets;
    this.#send = options.send;
  }

  isOpen(pair: number): boolean {
    return this.#streams[pair] !== undefined;
  }

  open(pair: number, from: number, to: number): void {
    const sender = new StreamSender(pair, this, this.#segments);
    const receiver = new StreamReceiver(pair, this, this.#segments);
    this.#streams[pair] = { from, to, sender, receiver };
  }

  /** Takes over a message with its hold. `bytes` are those on the wire. */
  offer(pair: number, message: number, bytes: number, timeNs: Nanos): void {
    if (this.#at(pair).sender.offer(message, bytes, timeNs)) return;
    this.#counts.refused++;
    this.#host.pool.release(message);
  }

  /** A packet with a message has come to the stream's far end. */
  receive(packet: number, timeNs: Nanos): void {
    const packets = this.#packets;
    const { receiver } = this.#streamOf(packet);
    const sequence = packets.sequence(packet);
    const oldestKept = packets.oldestKept(packet);
    const message = packets.get(packet, Word.message);
    packets.free(packet);
    receiver.receive(sequence, message, oldestKept, timeNs);
  }

  /** An acknowledgement has come to the stream's near end. */
  acknowledge(packet: number, timeNs: Nanos): void {
    const { sender } = this.#streamOf(packet);
    const expected = this.#packets.sequence(packet);
    this.#packets.free(packet);
    sender.acknowledge(expected, timeNs);
  }

  onTimer(pair: number, timeNs: Nanos): void {
    this.#at(pair).sender.onTimer(timeNs);
  }

  isSettled(pair: number): boolean {
    const stream = this.#streams[pair];
    return stream === undefined || stream.sender.oldest === stream.sender.end;
  }

  sendData(pair: number, segment: number, timeNs: Nanos): void {
    const message = this.#segments.message(segment);
    const { from, to, sender } = this.#at(pair);
    const packet = this.#packet(pair, from, to);
    this.#host.pool.hold(message);
    this.#packets.set(packet, Word.message, message);
    this.#packets.set(packet, Word.kind, PacketKind.data);
    this.#packets.set(packet, Word.bytes, this.#segments.bytes(segment));
    this.#packets.setSequence(packet, this.#segments.sequence(segment), sender.oldest);
    this.#send(pair, packet, timeNs);
  }

  sendAcknowledgement(pair: number, expected: number, timeNs: Nanos): void {
    const { from, to } = this.#at(pair);
    const packet = this.#packet(pair, to, from);
    this.#packets.set(packet, Word.message, NONE);
    this.#packets.set(packet, Word.kind, PacketKind.acknowledgement);
    this.#packets.set(packet, Word.bytes, wireBytes(0, "reliable"));
    this.#packets.setSequence(packet, expected, 0);
    this.#send(pair, packet, timeNs);
  }

  deliverInOrder(pair: number, message: number, timeNs: Nanos): void {
    this.#counts.delivered++;
    this.#host.deliver(this.#at(pair).to, message, timeNs);
  }

  setStreamTimer(pair: number, atNs: Nanos): void {
    this.#host.schedule(atNs, stepOf(StepKind.timer, pair));
  }

  release(message: number): void {
    this.#host.pool.release(message);
  }

  countAbandoned(messages: number): void {
    this.#counts.abandoned += messages;
  }

  countRepeated(): void {
    this.#counts.repeated++;
  }

  #packet(pair: number, from: number, to: number): number {
    const packet = this.#packets.allocate();
    this.#packets.set(packet, Word.from, from);
    this.#packets.set(packet, Word.to, to);
    this.#packets.set(packet, Word.stream, pair);
    return packet;
  }

  #streamOf(packet: number): Stream {
    return this.#at(this.#packets.get(packet, Word.stream));
  }

  #at(pair: number): Stream {
    const stream = this.#streams[pair];
    assert(stream !== undefined, "a packet of a stream belongs to one that exists");
    return stream;
  }
}
