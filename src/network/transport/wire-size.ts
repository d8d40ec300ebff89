/**
 * How messages travel: in a stream that repeats what is lost and keeps the order, as datagrams, which may be lost, or by
 * gossip from one receiver to the next, as datagrams too.
 */
export type Transport = "reliable" | "datagram" | "gossip";

/** Ethernet: preamble 8, header 14, check sequence 4, gap 12. */
const ETHERNET_BYTES = 38;
const IPV4_BYTES = 20;
const UDP_BYTES = 8;
const TCP_BYTES = 20;
/** The shortest frame on the wire, preamble and gap included. */
const FRAME_BYTES_MIN = 84;

/** What a payload takes on the wire. A message is one packet; longer ones stand for what a network card would split. */
export function wireBytes(payloadBytes: number, transport: Transport): number {
  const header = ETHERNET_BYTES + IPV4_BYTES + (transport === "reliable" ? TCP_BYTES : UDP_BYTES);
  return Math.max(FRAME_BYTES_MIN, header + payloadBytes);
}
