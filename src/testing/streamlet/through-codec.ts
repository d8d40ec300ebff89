import { MESSAGE_WORDS_MAX } from "../../consensus/replica-actor.ts";
import { streamletCodec } from "../../consensus/streamlet/codec.ts";
import type { StreamletMessage } from "../../consensus/streamlet/message.ts";

const carrier = new Int32Array(MESSAGE_WORDS_MAX);

/** A message as its receiver reads it from words. */
export function throughCodec(message: StreamletMessage): StreamletMessage {
  const length = streamletCodec.encode(message, carrier, 0);
  const decoded = streamletCodec.decode(carrier, 0);
  carrier.fill(0, 0, length);
  if (decoded === undefined) throw new Error(`a ${message.kind} does not survive the codec`);
  return decoded;
}
