import type { BlockBody } from "./block-body.ts";
import { bodyWords, readBody, writeBody } from "./block-body.ts";
import { DIGEST_WORDS, digestOf, readDigest, writeDigest } from "./digest.ts";
import type { Digest } from "./digest.ts";

/** Transactions that replicas have agreed to execute after those of the parent block. */
export interface Block {
  readonly parent: Digest;
  /** Blocks between this one and the genesis block, itself included. */
  readonly height: number;
  /** The protocol's time in which it was proposed; higher than the parent's. */
  readonly epoch: number;
  /** The replica that proposed it. */
  readonly proposer: number;
  readonly transactions: BlockBody;
}

/** A block and its hash, which is taken once. */
export interface NamedBlock {
  readonly id: Digest;
  readonly block: Block;
}

const HEIGHT = 0;
const EPOCH = 1;
const PROPOSER = 2;
const TRANSACTIONS = 3;
const PARENT = 4;
const HEADER_WORDS = PARENT + DIGEST_WORDS;

const NOBODY = -1;

/** A block is never changed, and replicas of one process hand the same one around: it is hashed once. */
const names = new WeakMap<Block, NamedBlock>();

/** The block from which a chain starts. Chains with different numbers have no block in common. */
export function genesisOf(chain: number): NamedBlock {
  const parent = digestOf(Int32Array.of(chain));
  return named({ parent, height: 0, epoch: 0, proposer: NOBODY, transactions: [] });
}

/** A block with its id: the SHA-256 of all of it, signatures included, so that nobody can change it under its id. */
export function named(block: Block): NamedBlock {
  const known = names.get(block);
  if (known !== undefined) return known;
  const words = new Int32Array(blockWords(block));
  writeBlock(block, words, 0);
  const name = { id: digestOf(words), block };
  names.set(block, name);
  return name;
}

export function blockWords(block: Block): number {
  return HEADER_WORDS + bodyWords(block.transactions);
}

/** @returns the words written */
export function writeBlock(block: Block, words: Int32Array, at: number): number {
  words[at + HEIGHT] = block.height;
  words[at + EPOCH] = block.epoch;
  words[at + PROPOSER] = block.proposer;
  words[at + TRANSACTIONS] = block.transactions.length;
  writeDigest(block.parent, words, at + PARENT);
  return HEADER_WORDS + writeBody(block.transactions, words, at + HEADER_WORDS);
}

/** Reads what `writeBlock` wrote. @returns undefined when it cannot be a block */
export function readBlock(words: Int32Array, at: number): Block | undefined {
  const transactions = readBody(words[at + TRANSACTIONS], words, at + HEADER_WORDS);
  if (transactions === undefined) return undefined;
  return {
    parent: readDigest(words, at + PARENT),
    height: words[at + HEIGHT],
    epoch: words[at + EPOCH],
    proposer: words[at + PROPOSER],
    transactions,
  };
}
