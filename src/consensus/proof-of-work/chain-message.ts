import { unreachable } from "../../core/assert.ts";
import type { Codec } from "../replica.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import type { Block, BlockId } from "./block.ts";
import { ID_WORDS, readId, writeId } from "./block.ts";
import { readBlock, writeBlock } from "./block-codec.ts";

/** What nodes of a chain say to each other. */
export type ChainMessage =
  | { readonly kind: "transaction"; readonly words: Int32Array }
  | { readonly kind: "block"; readonly block: Block }
  /** The last block of the sender's chain. Who does not know it asks. */
  | { readonly kind: "tip"; readonly id: BlockId }
  /** Asks for the blocks behind the highest of these that the receiver has on its chain: what the sender knows, in any order. */
  | { readonly kind: "locate"; readonly ids: readonly BlockId[] };

/** As many as fit into a message, and an even number: they are of two branches. */
export const LOCATOR_IDS_MAX = 126;

const KindWord = { transaction: 1, block: 2, tip: 3, locate: 4 } as const;

export const chainCodec: Codec<ChainMessage> = {
  encode(message, words, at) {
    words[at] = KindWord[message.kind];
    switch (message.kind) {
      case "transaction":
        words.set(message.words, at + 1);
        return 1 + TRANSACTION_WORDS;
      case "block":
        return 1 + writeBlock(message.block, words, at + 1);
      case "tip":
        writeId(message.id, words, at + 1);
        return 1 + ID_WORDS;
      case "locate":
        words[at + 1] = message.ids.length;
        for (const [i, id] of message.ids.entries()) writeId(id, words, at + 2 + i * ID_WORDS);
        return 2 + message.ids.length * ID_WORDS;
      default:
        return unreachable(message, "message of a chain");
    }
  },

  decode(words, at) {
    switch (words[at]) {
      case KindWord.transaction:
        return hasRoom(words, at, 1 + TRANSACTION_WORDS)
          ? { kind: "transaction", words: words.slice(at + 1, at + 1 + TRANSACTION_WORDS) }
          : undefined;
      case KindWord.block: {
        const block = readBlock(words, at + 1);
        return block === undefined ? undefined : { kind: "block", block };
      }
      case KindWord.tip:
        return hasRoom(words, at, 1 + ID_WORDS) ? { kind: "tip", id: readId(words, at + 1) } : undefined;
      case KindWord.locate: {
        const count = words[at + 1];
        if (!(count >= 0 && count <= LOCATOR_IDS_MAX) || !hasRoom(words, at, 2 + count * ID_WORDS)) return undefined;
        return { kind: "locate", ids: Array.from({ length: count }, (_, i) => readId(words, at + 2 + i * ID_WORDS)) };
      }
      default:
        return undefined;
    }
  },
};

function hasRoom(words: Int32Array, at: number, length: number): boolean {
  return at + length <= words.length;
}
