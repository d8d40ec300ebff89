import type { Nanos } from "../../core/units.ts";

/** What the two ends of a stream need of the network. */
export interface StreamHost {
  /** Sends a packet with the message of a segment. */
  sendData(stream: number, segment: number, timeNs: Nanos): void;
  sendAcknowledgement(stream: number, expected: number, timeNs: Nanos): void;
  /** Hands a message to the stream's receiver, with the hold that came with it. */
  deliverInOrder(stream: number, message: number, timeNs: Nanos): void;
  /** Calls `onTimer` of the stream's sender at `atNs`. */
  setStreamTimer(stream: number, atNs: Nanos): void;
  /** Ends the hold of a message. */
  release(message: number): void;
  countRepeated(): void;
  /** A stream gave up on so many messages. */
  countAbandoned(messages: number): void;
}
