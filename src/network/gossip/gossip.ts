import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { CarrierHost } from "../../kernel/carrier.ts";
import type { Hosts } from "../hosts.ts";
import type { NetworkCounts } from "../network-counts.ts";
import type { PacketPool } from "../packet-pool.ts";
import { PacketKind, PacketWord } from "../packet-pool.ts";
import type { Rumours } from "./rumours.ts";

const Word = { ...PacketWord };
const NONE = -1;

/** Some who pass on what they hear pass on something else. */
export interface Forgery {
  /** Whether an actor, by its name, passes on something else than the message at `words[at]`. */
  readonly isForger: (name: string, words: Int32Array, at: number) => boolean;
  /** Makes a lie of the message at `words[at]`, in place. */
  readonly forge: (words: Int32Array, at: number) => void;
  /** Whether receivers check the source's signature, and so discard a lie. */
  readonly isSigned: boolean;
}

/** What gossip needs of the network. */
export interface GossipOptions {
  readonly host: CarrierHost;
  readonly packets: PacketPool;
  readonly rumours: Rumours;
  readonly hosts: Hosts;
  readonly counts: NetworkCounts;
  /** Sends a packet whose ends, kind and size are known. */
  readonly send: (from: number, to: number, packet: number, timeNs: Nanos) => void;
  /** A key for the draws of an actor on what a source sent. */
  readonly drawKey: (source: number, actor: number) => number;
  /** Bytes of a message on the wire. */
  readonly bytesOf: (message: number) => number;
  readonly forgery?: Forgery | undefined;
}

/** Passes rumours from actor to actor, by packets as all others are. */
export class Gossip {
  readonly #options: GossipOptions;

  constructor(options: GossipOptions) {
    this.#options = options;
  }

  /** A rumour leaves its source. */
  spread(rumour: number, timeNs: Nanos): void {
    const { rumours, hosts } = this.#options;
    const source = rumours.sourceOf(rumour);
    rumours.leave(rumour);
    // As for a packet under way: a rumour that nobody is sent ends at once.
    rumours.hold(rumour);
    if (!hosts.isCut(source)) this.#passOn(rumour, source, timeNs, 0);
    rumours.release(rumour);
  }

  /** A packet with a rumour has come to its actor, who passes on what is new to it. */
  hear(packet: number, timeNs: Nanos): void {
    const { packets, rumours, counts, host, forgery } = this.#options;
    const to = packets.get(packet, Word.to);
    const rumour = packets.get(packet, Word.stream);
    const isForged = packets.get(packet, Word.isForged);
    packets.free(packet);
    if (isForged === 1 && forgery?.isSigned === true) {
      counts.forged++;
    } else if (rumours.hear(rumour, to)) {
      this.#passOn(rumour, to, timeNs, isForged);
      counts.delivered++;
      if (isForged === 1) this.#deliverForged(rumour, to, timeNs);
      else host.deliver(to, rumours.messageOf(rumour), timeNs);
    }
    rumours.release(rumour);
  }

  /** The lie takes the place of the truth, of which the member lets go. */
  #deliverForged(rumour: number, to: number, timeNs: Nanos): void {
    const { rumours, counts, host, forgery } = this.#options;
    assert(forgery !== undefined, "somebody has forged the rumour");
    const forged = rumours.forgedOf(rumour, forgery.forge);
    counts.believed++;
    host.pool.release(rumours.messageOf(rumour));
    host.pool.hold(forged);
    host.deliver(to, forged, timeNs);
  }

  #isForger(actor: number, message: number): boolean {
    const { forgery, hosts, host } = this.#options;
    return forgery !== undefined && forgery.isForger(hosts.nameOf(actor), host.pool.words, message << 4);
  }

  /** @param isForged 1 where the one who passes it on has heard a lie */
  #passOn(rumour: number, from: number, timeNs: Nanos, isForged: number): void {
    const { packets, rumours, send, drawKey, bytesOf } = this.#options;
    const key = drawKey(rumours.sourceOf(rumour), from);
    const message = rumours.messageOf(rumour);
    const told = isForged === 1 || this.#isForger(from, message) ? 1 : 0;
    const bytes = bytesOf(message);
    rumours.passOn(rumour, from, key, (to) => {
      const packet = packets.allocate();
      packets.set(packet, Word.message, NONE);
      packets.set(packet, Word.from, from);
      packets.set(packet, Word.to, to);
      packets.set(packet, Word.kind, PacketKind.rumour);
      packets.set(packet, Word.stream, rumour);
      packets.set(packet, Word.bytes, bytes);
      packets.set(packet, Word.isForged, told);
      rumours.hold(rumour);
      send(from, to, packet, timeNs);
    });
  }
}
