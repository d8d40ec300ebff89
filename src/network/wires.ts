import type { CarrierHost } from "../kernel/carrier.ts";
import type { Nanos } from "../core/units.ts";
import type { Rumours } from "./gossip/rumours.ts";
import { Purpose, packetKey } from "./keyed-draw.ts";
import type { NetworkCounts } from "./network-counts.ts";
import type { NetworkLink } from "./network-link.ts";
import type { PacketPool } from "./packet-pool.ts";
import { PacketKind, PacketWord } from "./packet-pool.ts";
import { StepKind, stepOf } from "./step.ts";

const Word = { ...PacketWord };
const { arrive: ARRIVE, wake: WAKE } = StepKind;
const { rumour: RUMOUR } = PacketKind;
const On = { ...Purpose };
const NONE = -1;

/** Moves packets over links: queues, wires, cuts and clogs. Where a packet goes after a link is not its business. */
export class Wires {
  readonly links: NetworkLink[] = [];
  readonly #host: CarrierHost;
  readonly #packets: PacketPool;
  readonly #counts: NetworkCounts;
  readonly #rumours: Rumours;

  constructor(options: {
    readonly host: CarrierHost;
    readonly packets: PacketPool;
    readonly counts: NetworkCounts;
    readonly rumours: Rumours;
  }) {
    this.#host = options.host;
    this.#packets = options.packets;
    this.#counts = options.counts;
    this.#rumours = options.rumours;
  }

  /** @returns the link's number */
  add(link: NetworkLink): number {
    return this.links.push(link) - 1;
  }

  /** Sends a packet over a link, at once or when its turn comes. */
  transmit(number: number, packet: number, timeNs: Nanos): void {
    const link = this.links[number];
    if (link.cuts > 0) {
      this.#cutOff(link, packet);
    } else if (link.isFree(timeNs)) {
      this.#launch(number, packet, timeNs);
    } else if (link.enqueue(packet, timeNs)) {
      this.#wakeLater(number, timeNs);
    } else {
      this.#counts.overflowed++;
      this.drop(packet);
    }
  }

  /** The link is free: sends what waits, until it is busy again. */
  wake(number: number, timeNs: Nanos): void {
    const link = this.links[number];
    link.isWaking = false;
    if (link.clogs > 0) return;
    if (link.busyUntilNs <= timeNs) this.#sendWaiting(number, timeNs);
    if (link.queue.length > 0) this.#wakeLater(number, timeNs);
  }

  /** A packet has come to the end of its link. @returns the link, or undefined where the packet was lost on the way */
  arrive(packet: number): NetworkLink | undefined {
    const link = this.links[this.#packets.get(packet, Word.link)];
    if (link.epoch === this.#packets.get(packet, Word.epoch)) return link;
    this.#cutOff(link, packet);
    return undefined;
  }

  /** Cuts a link once more. What is on it or waits for it is lost. */
  cut(number: number, timeNs: Nanos): void {
    const link = this.links[number];
    if (link.cuts++ > 0) return;
    link.epoch++;
    for (let packet = link.queue.take(timeNs); packet !== NONE; packet = link.queue.take(timeNs)) {
      this.#cutOff(link, packet);
    }
  }

  heal(number: number): void {
    this.links[number].cuts--;
  }

  /** Stops a link's queue from moving. What is on the wire goes on. */
  clog(number: number): void {
    this.links[number].clogs++;
  }

  unclog(number: number, timeNs: Nanos): void {
    const link = this.links[number];
    if (--link.clogs === 0 && link.queue.length > 0) this.#wakeLater(number, timeNs);
  }

  /** Ends a packet, and the hold of what it carries. */
  drop(packet: number): void {
    const message = this.#packets.get(packet, Word.message);
    if (message !== NONE) this.#host.pool.release(message);
    else if (this.#isRumour(packet)) this.#rumours.release(this.#packets.get(packet, Word.stream));
    this.#packets.free(packet);
  }

  #sendWaiting(number: number, timeNs: Nanos): void {
    const link = this.links[number];
    link.beginRound();
    for (let packet = link.queue.take(timeNs); packet !== NONE; packet = link.queue.take(timeNs)) {
      if (link.thinsOut(packet, timeNs)) {
        this.#counts.thinned++;
        this.drop(packet);
        continue;
      }
      this.#launch(number, packet, timeNs);
      if (link.busyUntilNs > timeNs) return;
      link.beginRound();
    }
  }

  #launch(number: number, packet: number, timeNs: Nanos): void {
    const link = this.links[number];
    this.#packets.set(packet, Word.link, number);
    this.#packets.set(packet, Word.epoch, link.epoch);
    const arrivalNs = link.send(packet, timeNs);
    if (arrivalNs < 0) {
      this.#counts.lost++;
      this.drop(packet);
      return;
    }
    this.#host.schedule(arrivalNs, stepOf(ARRIVE, packet));
    const key = this.#packets.get(packet, Word.key);
    const { duplicate } = link.spec;
    if (duplicate > 0 && link.happens(key, On.duplicate, duplicate)) this.#twin(packet, arrivalNs);
    const { replay } = link;
    if (replay !== undefined && link.happens(key, On.replay, replay.probability)) {
      this.#twin(packet, arrivalNs + replay.afterNs);
    }
  }

  /** A second copy of a packet, which has a luck of its own from here on. */
  #twin(packet: number, arrivalNs: Nanos): void {
    const twin = this.#packets.copy(packet);
    this.#packets.set(twin, Word.key, packetKey(this.#packets.get(packet, Word.key), 1));
    const message = this.#packets.get(twin, Word.message);
    if (message !== NONE) this.#host.pool.hold(message);
    else if (this.#isRumour(twin)) this.#rumours.hold(this.#packets.get(twin, Word.stream));
    this.#counts.duplicated++;
    this.#host.schedule(arrivalNs, stepOf(ARRIVE, twin));
  }

  #isRumour(packet: number): boolean {
    return this.#packets.get(packet, Word.kind) === RUMOUR;
  }

  #wakeLater(number: number, timeNs: Nanos): void {
    const link = this.links[number];
    if (link.isWaking || link.clogs > 0) return;
    link.isWaking = true;
    this.#host.schedule(Math.max(timeNs, link.busyUntilNs), stepOf(WAKE, number));
  }

  #cutOff(link: NetworkLink, packet: number): void {
    link.counts.cutOff++;
    this.#counts.cutOff++;
    this.drop(packet);
  }
}
