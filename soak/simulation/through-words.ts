import type { Codec } from "../../src/consensus/replica.ts";
import { MESSAGE_WORDS_MAX } from "../../src/consensus/replica-actor.ts";
import { violated } from "./violation.ts";

/** Carries messages as the kernel does: written to words, and read from them. */
export function throughWords<Message>(codec: Codec<Message>): (message: Message) => Message {
  const words = new Int32Array(MESSAGE_WORDS_MAX);
  return (message) => {
    const length = codec.encode(message, words, 0);
    if (length > MESSAGE_WORDS_MAX) violated("codec", `a message has ${length} words`);
    const read = codec.decode(words, 0);
    words.fill(0, 0, length);
    if (read === undefined) violated("codec", "a message that was sent cannot be read");
    return read;
  };
}
