/** Why a packet does not arrive. */
export const DROP_CAUSES = [
  "lost",
  "overflowed",
  "thinned",
  "cutOff",
  "unroutable",
  "damaged",
  "unreachable",
  "forged",
] as const;
export type DropCause = (typeof DROP_CAUSES)[number];

/** What a network has done so far. Everything that does not arrive is counted under its cause. */
export class NetworkCounts {
  /** Messages that actors sent, and deliveries of messages to actors, a second one of the same message included. */
  offered = 0;
  delivered = 0;
  /** Of streams: messages that did not fit into the sender's buffer, and those that it gave up on. */
  refused = 0;
  abandoned = 0;
  /** By gossip: messages that were never passed on to somebody who was to hear them. */
  missed = 0;
  /** And those that were delivered as somebody had forged them. */
  believed = 0;
  /** Packets that set out, acknowledgements and repetitions included, and second copies that a link made. */
  packets = 0;
  repeated = 0;
  duplicated = 0;
  /** Packets that did not arrive: lost on a wire, no room in a queue, dropped by CoDel, caught by a cut, … */
  lost = 0;
  overflowed = 0;
  thinned = 0;
  cutOff = 0;
  /** … without a way to go, discarded by the receiver's checksum, or for somebody who is down or cut off. */
  unroutable = 0;
  damaged = 0;
  unreachable = 0;
  /** … or with a signature that is not the source's. */
  forged = 0;

  /** Packets that did not arrive, whatever the cause. */
  get dropped(): number {
    return DROP_CAUSES.reduce((sum, cause) => sum + this[cause], 0);
  }
}
