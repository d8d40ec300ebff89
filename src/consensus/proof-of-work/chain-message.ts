import { unreachable } from "../../core/assert.ts";
import type { Outcome, Submission } from "../client-messages.ts";
import {
  OUTCOME_WORDS,
  readOutcome,
  readSubmission,
  SUBMISSION_WORDS,
  writeOutcome,
  writeSubmission,
} from "../client-messages.ts";
import { DIGEST_WORDS, readDigest, writeDigest } from "../digest.ts";
import type { Codec } from "../replica.ts";
import type { Block, BlockId } from "./block.ts";
import { readBlock, writeBlock } from "./block-codec.ts";

/** What nodes of a chain say to each other. */
export type ChainMessage =
  | Submission
  | { readonly kind: "block"; readonly block: Block }
  /** The last block of the sender's chain. Who does not know it asks. */
  | { readonly kind: "tip"; readonly id: BlockId }
  /** Asks for the blocks behind the highest of these that the receiver has on its chain: what the sender knows, in any order. */
  | { readonly kind: "locate"; readonly ids: readonly BlockId[] }
  | Outcome;

/** As many as fit into a message, and an even number: they are of two branches. */
export const LOCATOR_IDS_MAX = 126;

/** Word 0 of a message: none that a market's records have. */
const KindWord = { submission: 0x5701, block: 0x5702, tip: 0x5703, locate: 0x5704, outcome: 0x5705 } as const;

export const chainCodec: Codec<ChainMessage> = {
  encode(message, words, at) {
    words[at] = KindWord[message.kind];
    switch (message.kind) {
      case "submission":
        writeSubmission(message, words, at + 1);
        return 1 + SUBMISSION_WORDS;
      case "outcome":
        writeOutcome(message, words, at + 1);
        return 1 + OUTCOME_WORDS;
      case "block":
        return 1 + writeBlock(message.block, words, at + 1);
      case "tip":
        writeDigest(message.id, words, at + 1);
        return 1 + DIGEST_WORDS;
      case "locate":
        words[at + 1] = message.ids.length;
        for (const [i, id] of message.ids.entries()) writeDigest(id, words, at + 2 + i * DIGEST_WORDS);
        return 2 + message.ids.length * DIGEST_WORDS;
      default:
        return unreachable(message, "message of a chain");
    }
  },

  decode(words, at) {
    switch (words[at]) {
      case KindWord.submission:
        return readSubmission(words, at + 1);
      case KindWord.outcome:
        return readOutcome(words, at + 1);
      case KindWord.block: {
        const block = readBlock(words, at + 1);
        return block === undefined ? undefined : { kind: "block", block };
      }
      case KindWord.tip:
        return hasRoom(words, at, 1 + DIGEST_WORDS) ? { kind: "tip", id: readDigest(words, at + 1) } : undefined;
      case KindWord.locate: {
        const count = words[at + 1];
        if (!(count >= 0 && count <= LOCATOR_IDS_MAX) || !hasRoom(words, at, 2 + count * DIGEST_WORDS))
          return undefined;
        return {
          kind: "locate",
          ids: Array.from({ length: count }, (_, i) => readDigest(words, at + 2 + i * DIGEST_WORDS)),
        };
      }
      default:
        return undefined;
    }
  },
};

function hasRoom(words: Int32Array, at: number, length: number): boolean {
  return at + length <= words.length;
}
