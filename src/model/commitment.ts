import { sha256 } from "@noble/hashes/sha2.js";
import type { Nanos } from "../core/units.ts";
import type { SubmitOrder } from "./command.ts";
import { CommandWord, writeSubmit } from "./command.ts";
import { RecordKind } from "./record.ts";

/**
 * `commitOrder`: an order that nobody may read yet, as the hash of its reveal. `batchEndNs` (float64) says for which
 * batch, so that a copy of the command is good for no other one.
 */
export const CommitWord = { kind: 0, instrument: 1, owner: 2, orderId: 3, hash: 4, batchEndNs: 12 } as const;

/** `revealOrder`: the order, laid out as `submitOrder`, and behind it the salt that went into its hash. */
export const RevealWord = { ...CommandWord, salt: 12 } as const;

/**
 * A commit's collateral, set aside (`collateralLocked`) and given back (`collateralReleased`), as its owner alone is told.
 * `units`, of the quote asset, is a float64. A penalty is a `charge` behind the release.
 */
export const CollateralWord = { kind: 0, instrument: 1, owner: 2, orderId: 3, reason: 9, units: 12 } as const;

/** Words of a hash, and of a salt: 256 and 128 bits. */
export const HASH_WORDS = 8;
export const SALT_WORDS = 4;

const DOMAIN = "tradeswarm commitment 1";
const FIRST_HASHED = CommandWord.orderId;
const RECORD_END = 16;

/**
 * The hash of a reveal: SHA-256 over the venue's and the owner's names, the instrument, the order and the salt. The names
 * are in it so that nobody can commit to what somebody else has committed to, not even by copying the commit: the hash
 * would not be his. The salt is in it because there are so few sensible orders that one could try them all.
 */
export function commitmentOf(
  { venue, owner }: { readonly venue: string; readonly owner: string },
  reveal: Int32Array,
  at: number,
): Int32Array {
  const hash = sha256.create();
  // Names hold no line breaks, so no two pairs of them make one text.
  hash.update(new TextEncoder().encode(`${DOMAIN}\n${venue}\n${owner}\n`));
  const bytes = new DataView(new ArrayBuffer(4 * (1 + RECORD_END - FIRST_HASHED)));
  bytes.setInt32(0, reveal[at + CommandWord.instrument], true);
  for (let word = FIRST_HASHED; word < RECORD_END; word++)
    bytes.setInt32(4 * (1 + word - FIRST_HASHED), reveal[at + word], true);
  hash.update(new Uint8Array(bytes.buffer));
  const digest = new DataView(hash.digest().buffer);
  return Int32Array.from({ length: HASH_WORDS }, (_, word) => digest.getInt32(4 * word, true));
}

export function writeReveal(
  words: Int32Array,
  doubles: Float64Array,
  at: number,
  { order, salt }: { readonly order: SubmitOrder; readonly salt: ArrayLike<number> },
): void {
  writeSubmit(words, doubles, at, order);
  words[at] = RecordKind.revealOrder;
  for (let word = 0; word < SALT_WORDS; word++) words[at + RevealWord.salt + word] = salt[word];
}

export function writeCommit(
  words: Int32Array,
  doubles: Float64Array,
  at: number,
  commit: {
    readonly instrument: number;
    readonly owner: number;
    readonly orderId: number;
    readonly hash: ArrayLike<number>;
    readonly batchEndNs: Nanos;
  },
): void {
  words.fill(0, at, at + RECORD_END);
  words[at] = RecordKind.commitOrder;
  words[at + CommitWord.instrument] = commit.instrument;
  words[at + CommitWord.owner] = commit.owner;
  words[at + CommitWord.orderId] = commit.orderId;
  for (let word = 0; word < HASH_WORDS; word++) words[at + CommitWord.hash + word] = commit.hash[word];
  doubles[(at + CommitWord.batchEndNs) >> 1] = commit.batchEndNs;
}
