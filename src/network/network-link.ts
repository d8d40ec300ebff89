import { assert } from "../core/assert.ts";
import type { Nanos } from "../core/units.ts";
import { ControlledDelay } from "./controlled-delay.ts";
import { quantileNs, scoredNs } from "./delay-law.ts";
import { Purpose, componentKey, keyedNormal, keyedUniform } from "./keyed-draw.ts";
import { SpikeTrain, loadAt } from "./link-load.ts";
import { LinkQueue } from "./link-queue.ts";
import type { LinkSpec } from "./link-spec.ts";
import type { PacketPool } from "./packet-pool.ts";
import { PacketWord } from "./packet-pool.ts";

const { bytes: BYTES, key: KEY, isDamaged: IS_DAMAGED } = PacketWord;
const On = { ...Purpose };

/** What a link has done so far. */
export interface LinkCounts {
  /** Packets that went onto the wire, and their bytes. */
  packets: number;
  bytes: number;
  /** How long it was busy putting them there, and how long they had waited for that. */
  busyNs: number;
  waitedNs: number;
  /** Lost on the wire. */
  lost: number;
  /** Dropped because the queue was full, because CoDel said so, and because the link was cut. */
  overflowed: number;
  thinned: number;
  cutOff: number;
}

/** Where a link leads: to a place, or by an actor's access to the actor, or back to the place where it began. */
export type LinkRole = "core" | "up" | "down" | "local";

/** One direction of a link: its queue, its wire, and what is wrong with it at the moment. */
export class NetworkLink {
  readonly name: string;
  readonly spec: LinkSpec;
  readonly role: LinkRole;
  /** The place that it leads to; for an access, the place of the actor. */
  readonly place: number;
  readonly counts: LinkCounts;
  readonly queue: LinkQueue;
  /** Bits a second at the moment, without other people's load; 0 where packets leave at once. */
  bandwidthBps: number;
  /** Faults that cut it and that clog it at the moment, and how often it was cut. */
  cuts = 0;
  clogs = 0;
  epoch = 0;
  /** A fault by which old packets come again. */
  replay: { readonly probability: number; readonly afterNs: Nanos } | undefined = undefined;
  /** Whether a step will come that takes the next packet out of the queue. */
  isWaking = false;
  busyUntilNs: Nanos = 0;
  readonly #packets: PacketPool;
  readonly #key: number;
  readonly #codel: ControlledDelay | undefined;
  readonly #spikes: SpikeTrain | undefined;
  /** Whether a Gilbert-Elliott link is in its bad state. */
  #isBad = false;
  /** The normal score of the last jitter; NaN before the first. */
  #score = Number.NaN;
  #lastArrivalNs: Nanos = 0;

  constructor(options: {
    readonly name: string;
    readonly spec: LinkSpec;
    readonly role: LinkRole;
    readonly place: number;
    readonly seed: number;
    readonly packets: PacketPool;
  }) {
    const { name, spec, role, place, seed, packets } = options;
    assert(spec.delayNs >= 0 && Number.isSafeInteger(spec.delayNs), "a link's delay is 0 or more whole nanoseconds");
    assert(spec.bandwidthBps === undefined || spec.bandwidthBps > 0, "a bandwidth is above 0");
    this.name = name;
    this.spec = spec;
    this.role = role;
    this.place = place;
    this.bandwidthBps = spec.bandwidthBps ?? 0;
    this.queue = new LinkQueue(packets);
    this.counts = { packets: 0, bytes: 0, busyNs: 0, waitedNs: 0, lost: 0, overflowed: 0, thinned: 0, cutOff: 0 };
    this.#packets = packets;
    this.#key = componentKey(seed, name, "packets");
    this.#codel = spec.codel === undefined ? undefined : new ControlledDelay(spec.codel);
    this.#spikes = spec.spikes === undefined ? undefined : new SpikeTrain(spec.spikes, seed, name);
  }

  /** Whether a packet can go onto the wire now. */
  isFree(timeNs: Nanos): boolean {
    return this.clogs === 0 && this.busyUntilNs <= timeNs && this.queue.length === 0;
  }

  /** Has a packet wait. @returns false when it does not fit any more */
  enqueue(packet: number, timeNs: Nanos): boolean {
    if (this.queue.bytes + this.#packets.get(packet, BYTES) > this.spec.queueBytesMax) {
      this.counts.overflowed++;
      return false;
    }
    this.queue.put(packet, timeNs);
    return true;
  }

  /** Begins to take packets out of the queue, until one is sent. */
  beginRound(): void {
    this.#codel?.begin();
  }

  /** Whether a packet just taken out of the queue is dropped rather than sent. */
  thinsOut(packet: number, timeNs: Nanos): boolean {
    const waitedNs = timeNs - this.#packets.queuedAtNs(packet);
    if (this.#codel?.shouldDrop(timeNs, waitedNs, this.queue.bytes) === true) {
      this.counts.thinned++;
      return true;
    }
    this.counts.waitedNs += waitedNs;
    return false;
  }

  /** Puts a packet onto the wire. @returns when it arrives, or -1 where it is lost */
  send(packet: number, timeNs: Nanos): Nanos {
    const { spec, counts } = this;
    const bytes = this.#packets.get(packet, BYTES);
    const key = this.#packets.get(packet, KEY);
    const sentAtNs = timeNs + this.#serialisationNs(bytes, timeNs);
    this.busyUntilNs = sentAtNs;
    counts.packets++;
    counts.bytes += bytes;
    counts.busyNs += sentAtNs - timeNs;
    if (spec.loss !== undefined && this.#loses(key)) {
      counts.lost++;
      return -1;
    }
    if (spec.corrupt > 0 && this.happens(key, On.corrupt, spec.corrupt)) this.#packets.set(packet, IS_DAMAGED, 1);
    const spikeNs = this.#spikes === undefined ? 0 : this.#spikes.delayNs(timeNs);
    const delayNs = Math.round(Math.max(0, spec.delayNs + this.#jitterNs(key)));
    const arrivalNs = sentAtNs + delayNs + spikeNs;
    if (spec.reorder !== undefined && this.happens(key, On.reorder, spec.reorder.probability)) {
      return Math.max(arrivalNs, this.#lastArrivalNs) + spec.reorder.holdBackNs;
    }
    // A wire is a queue too: who would overtake arrives together with whom it would have overtaken.
    this.#lastArrivalNs = Math.max(arrivalNs, this.#lastArrivalNs);
    return this.#lastArrivalNs;
  }

  /** Whether something of this probability happens to the packet with this key. */
  happens(key: number, purpose: number, probability: number): boolean {
    return keyedUniform(key, this.#key, purpose) < probability;
  }

  #serialisationNs(bytes: number, timeNs: Nanos): Nanos {
    if (this.bandwidthBps === 0) return 0;
    const { load } = this.spec;
    const free = load === undefined ? 1 : 1 - loadAt(load, timeNs);
    return Math.ceil((bytes * 8e9) / (this.bandwidthBps * free));
  }

  #loses(key: number): boolean {
    const { loss } = this.spec;
    if (loss === undefined) return false;
    if (loss.kind === "bernoulli") return this.happens(key, On.loss, loss.probability);
    if (this.happens(key, On.lossState, this.#isBad ? loss.r : loss.p)) this.#isBad = !this.#isBad;
    return this.happens(key, On.loss, this.#isBad ? 1 - loss.h : 1 - loss.k);
  }

  #jitterNs(key: number): number {
    const { jitter } = this.spec;
    if (jitter === undefined) return 0;
    const { kind, correlation } = jitter;
    if (correlation === 0 && kind !== "normal" && kind !== "logNormal") {
      return quantileNs(jitter, keyedUniform(key, this.#key, On.jitter));
    }
    const fresh = keyedNormal(key, this.#key, On.jitter);
    const last = this.#score;
    this.#score = last === last ? correlation * last + Math.sqrt(1 - correlation * correlation) * fresh : fresh;
    return scoredNs(jitter, this.#score);
  }
}
