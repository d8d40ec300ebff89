import { hashParts } from "../core/hash.ts";
import { ln } from "../core/portable-math.ts";

/**
 * Chance on links. A draw is a function of the packet, the link and the purpose, and of nothing else: a packet's key
 * comes from the seed, the names of its two ends and how many packets went between them before. So nobody's draws move
 * when somebody else talks more, and paired runs stay paired. No stream is kept, and nothing is allocated.
 */

/** What a draw is for. Two purposes of one packet on one link are independent. */
export const Purpose = { jitter: 1, loss: 2, lossState: 3, duplicate: 4, corrupt: 5, reorder: 6, replay: 7 } as const;

const UNIT_53 = 1 / 0x20_0000_0000_0000;

/** Uniform in (0, 1), of 53 random bits; never 0, so that its logarithm is finite. */
export function keyedUniform(key: number, link: number, purpose: number): number {
  const salt = Math.imul(purpose, 0x9e3779b1) ^ link;
  const high = scramble(key ^ salt) >>> 5;
  const low = scramble(Math.imul(key, 0x2c1b3c6d) ^ (salt + 0x5851f42d)) >>> 6;
  return (high * 0x400_0000 + low + 0.5) * UNIT_53;
}

/** A standard normal number, by Marsaglia's polar method. */
export function keyedNormal(key: number, link: number, purpose: number): number {
  for (let attempt = 0; ; attempt++) {
    // A pair lies in the circle with probability pi/4, so this ends soon.
    const own = Math.imul(attempt, 0x632b_e59b) ^ key;
    const u = 2 * keyedUniform(own, link, purpose) - 1;
    const v = 2 * keyedUniform(own, link, purpose + 64) - 1;
    const square = u * u + v * v;
    if (square < 1 && square > 0) return u * Math.sqrt((-2 * ln(square)) / square);
  }
}

/** The key of the `count`-th packet of a pair. */
export function packetKey(pairKey: number, count: number): number {
  return scramble(pairKey ^ Math.imul(count + 1, 0x9e37_79b1));
}

/** 32 bits that stand for a component of a run. */
export function componentKey(seed: number, component: string, purpose: string): number {
  return hashParts([String(seed), component, purpose])[0];
}

/** Every bit of the result depends on every bit of the argument (the finisher of Mulvey's hash prospector, lowbias32). */
function scramble(bits: number): number {
  let h = bits;
  h = Math.imul(h ^ (h >>> 16), 0x21f0_aaad);
  h = Math.imul(h ^ (h >>> 15), 0x735a_2d97);
  return h ^ (h >>> 15);
}
