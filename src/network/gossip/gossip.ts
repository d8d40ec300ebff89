import type { Nanos } from "../../core/units.ts";
import type { CarrierHost } from "../../kernel/carrier.ts";
import type { Hosts } from "../hosts.ts";
import type { NetworkCounts } from "../network-counts.ts";
import type { PacketPool } from "../packet-pool.ts";
import { PacketKind, PacketWord } from "../packet-pool.ts";
import type { Rumours } from "./rumours.ts";

const Word = { ...PacketWord };
const NONE = -1;

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
    if (!hosts.isCut(source)) this.#passOn(rumour, source, timeNs);
    rumours.release(rumour);
  }

  /** A packet with a rumour has come to its actor, who passes on what is new to it. */
  hear(packet: number, timeNs: Nanos): void {
    const { packets, rumours, counts, host } = this.#options;
    const to = packets.get(packet, Word.to);
    const rumour = packets.get(packet, Word.stream);
    packets.free(packet);
    if (rumours.hear(rumour, to)) {
      this.#passOn(rumour, to, timeNs);
      counts.delivered++;
      host.deliver(to, rumours.messageOf(rumour), timeNs);
    }
    rumours.release(rumour);
  }

  #passOn(rumour: number, from: number, timeNs: Nanos): void {
    const { packets, rumours, send, drawKey, bytesOf } = this.#options;
    const key = drawKey(rumours.sourceOf(rumour), from);
    const bytes = bytesOf(rumours.messageOf(rumour));
    rumours.passOn(rumour, from, key, (to) => {
      const packet = packets.allocate();
      packets.set(packet, Word.message, NONE);
      packets.set(packet, Word.from, from);
      packets.set(packet, Word.to, to);
      packets.set(packet, Word.kind, PacketKind.rumour);
      packets.set(packet, Word.stream, rumour);
      packets.set(packet, Word.bytes, bytes);
      rumours.hold(rumour);
      send(from, to, packet, timeNs);
    });
  }
}
