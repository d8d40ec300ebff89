import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

import type { Nanos } from "../../core/units.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import { writeSafeInteger } from "./transaction.ts";

/** The SHA-256 of a block's header, in hexadecimal digits. */
export type BlockId = string;

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
  /** Records of 16 words, one after the other. They are never written to. */
  readonly transactions: Int32Array;
}

export const ID_WORDS = 8;

/** Transactions of a block, so that a block and its header fit into one message of 64 records. */
export const BLOCK_TRANSACTIONS_MAX = 60;

/** Words of a header: height, parent, body, difficulty, time, miner, nonce. */
export const HEADER_WORDS = 2 * ID_WORDS + 6;
/** The nonce comes last, so that a miner writes the rest once. */
const NONCE_WORD = HEADER_WORDS - 1;

/** A header's words, as they are hashed and sent. */
export function writeHeader(header: BlockHeader, words: Int32Array, at: number): void {
  words[at] = header.height;
  writeId(header.parent, words, at + 1);
  writeId(header.body, words, at + 1 + ID_WORDS);
  words[at + 1 + 2 * ID_WORDS] = header.difficulty;
  writeSafeInteger(header.timeNs, words, at + 2 + 2 * ID_WORDS);
  words[at + 4 + 2 * ID_WORDS] = header.miner;
  words[at + NONCE_WORD] = header.nonce;
}

export function makeBlock(header: BlockHeader, transactions: Int32Array): Block {
  return { ...header, id: hashHeader(header), transactions };
}

export function hashHeader(header: BlockHeader): BlockId {
  return bytesToHex(new HeaderHasher(header).hash(header.nonce));
}

export function hashTransactions(transactions: Int32Array): BlockId {
  return bytesToHex(sha256(bytesOf(transactions)));
}

export function transactionCount(block: Block): number {
  return block.transactions.length / TRANSACTION_WORDS;
}

/** The first block of every chain. Its parent is no block. */
export function genesisBlock(difficulty: number): Block {
  const transactions = new Int32Array(0);
  const body = hashTransactions(transactions);
  const parent = "0".repeat(8 * ID_WORDS);
  return makeBlock({ height: 0, parent, body, difficulty, timeNs: 0, miner: 0, nonce: 0 }, transactions);
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
    this.#view.setInt32(4 * NONCE_WORD, nonce);
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

export function writeId(id: BlockId, words: Int32Array, at: number): void {
  for (let i = 0; i < ID_WORDS; i++) words[at + i] = Number.parseInt(id.slice(8 * i, 8 * i + 8), 16) | 0;
}

export function readId(words: Int32Array, at: number): BlockId {
  return bytesToHex(bytesOf(words.subarray(at, at + ID_WORDS)));
}

/** Most significant byte first on every machine. */
function bytesOf(words: Int32Array): Uint8Array {
  const bytes = new Uint8Array(4 * words.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < words.length; i++) view.setInt32(4 * i, words[i]);
  return bytes;
}
