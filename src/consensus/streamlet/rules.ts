import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { Digest } from "../digest.ts";
import { DIGEST_WORDS, digestOf, writeDigest } from "../digest.ts";

/*
 * The numbers of Streamlet: Chan and Shi, "Streamlet: Textbook Streamlined Blockchains", AFT 2020,
 * https://eprint.iacr.org/2020/088.
 */

/** So that the votes of all fit into one message beside the block that they are for. */
export const REPLICAS_MAX = 49;

/** @throws {InvariantError} when n replicas do not tolerate a whole number of liars: n = 3f + 1, at most `REPLICAS_MAX`. */
export function assertReplicas(replicas: number): void {
  assert(replicas >= 1 && replicas % 3 === 1, "Streamlet needs n = 3f + 1 replicas");
  assert(replicas <= REPLICAS_MAX, "Streamlet has too many replicas");
}

/** Votes that notarise a block: two thirds of all replicas. */
export function quorumOf(replicas: number): number {
  return Math.ceil((2 * replicas) / 3);
}

/** The liars that cannot make n replicas disagree: the most that are less than a third. */
export function toleratedBy(replicas: number): number {
  return Math.ceil(replicas / 3) - 1;
}

/** Epochs last 2 Delta, and are counted from 1. */
export function epochAt(nowNs: Nanos, deltaNs: Nanos): number {
  return Math.floor(nowNs / (2 * deltaNs)) + 1;
}

export function epochStartNs(epoch: number, deltaNs: Nanos): Nanos {
  return (epoch - 1) * 2 * deltaNs;
}

/** The replica that proposes in an epoch: a hash of the chain's genesis and the epoch, which all know and none chose. */
export function leaderOf(epoch: number, genesis: Digest, replicas: number): number {
  assert(epoch >= 1 && epoch <= INT32_MAX, "an epoch is counted from 1");
  const words = new Int32Array(DIGEST_WORDS + 1);
  writeDigest(genesis, words, 0);
  words[DIGEST_WORDS] = epoch;
  return Number.parseInt(digestOf(words).slice(0, 8), 16) % replicas;
}

/** Three adjacent blocks of consecutive epochs make the middle one final, and all before it. */
export function finalises(epochs: { readonly first: number; readonly middle: number; readonly last: number }): boolean {
  return epochs.middle === epochs.first + 1 && epochs.last === epochs.middle + 1;
}
