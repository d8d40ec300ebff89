import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import type { Nanos } from "../../core/units.ts";
import type { BlockBody } from "../block-body.ts";
import { digestOfBody } from "../block-body.ts";
import type { Digest } from "../digest.ts";
import { bytesOf, DIGEST_WORDS, writeDigest } from "../digest.ts";
import { writeSafeInteger } from "../safe-integer.ts";

/** The SHA-256 of a block's header. */
export type BlockId = Digest;

export interface BlockHeader {
  /** Blocks between this one and the genesis block, which has height 0. */
  readonly height: number;
  readonly parent: BlockId;
  /** The SHA-256 of the block's transactions. */
  readonly body: BlockId;
  /** Hashes that it takes on average to find such a block: its weight in the choice between branches. */
  readonly difficulty: number;
  readonly timeNs: Nanos;
  /** The account that gets reward and fees. */
  readonly miner: number;
  /** What a miner varies until the header's hash is small enough. An int32. */
  readonly nonce: number;
}

export interface Block extends BlockHeader {
  readonly id: BlockId;
  readonly transactions: BlockBody;
}

/** Words of a header: height, parent, body, difficulty, time, miner, nonce. */
export const HEADER_WORDS = 2 * DIGEST_WORDS + 6;
/** The nonce comes last, so that a miner writes the rest once. */
const NONCE_WORD = HEADER_WORDS - 1;

/** A header's words, as they are hashed and sent. */
export function writeHeader(header: BlockHeader, words: Int32Array, at: number): void {
  words[at] = header.height;
  writeDigest(header.parent, words, at + 1);
  writeDigest(header.body, words, at + 1 + DIGEST_WORDS);
  words[at + 1 + 2 * DIGEST_WORDS] = header.difficulty;
  writeSafeInteger(header.timeNs, words, at + 2 + 2 * DIGEST_WORDS);
  words[at + 4 + 2 * DIGEST_WORDS] = header.miner;
  words[at + NONCE_WORD] = header.nonce;
}

export function makeBlock(header: BlockHeader, transactions: BlockBody): Block {
  return { ...header, id: hashHeader(header), transactions };
}

export function hashHeader(header: BlockHeader): BlockId {
  return bytesToHex(new HeaderHasher(header).hash(header.nonce));
}

/** The first block of every chain. Its parent is no block. */
export function genesisBlock(difficulty: number): Block {
  const body = digestOfBody([]);
  const parent = "0".repeat(8 * DIGEST_WORDS);
  return makeBlock({ height: 0, parent, body, difficulty, timeNs: 0, miner: 0, nonce: 0 }, []);
}

/** Hashes one header with many nonces. */
export class HeaderHasher {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(header: BlockHeader) {
    const words = new Int32Array(HEADER_WORDS);
    writeHeader(header, words, 0);
    this.#bytes = bytesOf(words);
    this.#view = new DataView(this.#bytes.buffer);
  }

  hash(nonce: number): Uint8Array {
    // The lowest byte first, as `bytesOf` has it.
    this.#view.setInt32(4 * NONCE_WORD, nonce, true);
    return sha256(this.#bytes);
  }
}

const LEADING_RANGE = 0x10_0000_0000_0000;

/**
 * Says whether a hash is rare enough: one of `difficulty` hashes is. Its first 52 bits decide, which a double holds
 * exactly; at the low difficulties of a simulation the others would decide one case in millions.
 */
export function meetsDifficulty(hash: Uint8Array, difficulty: number): boolean {
  const view = new DataView(hash.buffer, hash.byteOffset);
  const leading = view.getUint32(0) * 0x10_0000 + (view.getUint32(4) >>> 12);
  return leading * difficulty < LEADING_RANGE;
}

export function bytesOfId(id: BlockId): Uint8Array {
  return hexToBytes(id);
}
