import { describe, expect, test } from "vitest";

import { hashParts, RECORD_WORDS, RollingHash } from "./hash.ts";
import { RandomStream } from "./random.ts";

const LANES = [0, 1, 2, 3] as const;

/** Records of random words. */
function randomRecords(count: number, random: RandomStream): Int32Array {
  return Int32Array.from({ length: count * RECORD_WORDS }, () => random.int32());
}

function hashOf(words: Int32Array): RollingHash {
  const hash = new RollingHash();
  for (let at = 0; at < words.length; at += RECORD_WORDS) hash.record(words, at);
  return hash;
}

function bitsThatDiffer(a: RollingHash, b: RollingHash): number[] {
  return LANES.flatMap((lane) => {
    const difference = a.word(lane) ^ b.word(lane);
    return Array.from({ length: 32 }, (_, bit) => (difference >>> bit) & 1);
  });
}

describe("RollingHash", () => {
  test("gives the same digests for ever: journals hold them", () => {
    const counting = Int32Array.from({ length: 4 * RECORD_WORDS }, (_, i) => i);
    const text = new RollingHash();
    text.text("market-maker-1 ü 🐝");
    expect([new RollingHash(), hashOf(counting), text].map((hash) => hash.digest())).toMatchInlineSnapshot(`
      [
        "2e882d6170d3fcb78f8878944e139e04",
        "de6be1d40d79fda2b279a7571b11ff9f",
        "fb1cba097af2b74217906a63f11dd4a9",
      ]
    `);
    expect(hashParts(["42", "market-maker-1", "size"])).toMatchInlineSnapshot(`
      [
        -766339721,
        -2034458745,
        1322095098,
        -1101776334,
      ]
    `);
  });

  test("takes a record as four times four words", () => {
    const words = randomRecords(20, RandomStream.named(1, "test", "hash"));
    const bySteps = new RollingHash();
    for (let i = 0; i < words.length; i += 4) bySteps.four(words[i], words[i + 1], words[i + 2], words[i + 3]);
    expect(hashOf(words).digest()).toBe(bySteps.digest());
  });

  test("reads a record where it stands and nothing around it", () => {
    const random = RandomStream.named(2, "test", "hash");
    const record = randomRecords(1, random);
    const surrounded = randomRecords(3, random);
    surrounded.set(record, 9);
    const hash = new RollingHash();
    hash.record(surrounded, 9);
    expect(hash.digest()).toBe(hashOf(record).digest());
  });

  test("can be read in between and then goes on as if it had not been", () => {
    const words = randomRecords(8, RandomStream.named(3, "test", "hash"));
    const readOften = new RollingHash();
    for (let at = 0; at < words.length; at += RECORD_WORDS) {
      readOften.record(words, at);
      readOften.digest();
    }
    expect(readOften.digest()).toBe(hashOf(words).digest());
  });

  test("prints its four words", () => {
    const hash = hashOf(randomRecords(1, RandomStream.named(4, "test", "hash")));
    const words = LANES.map((lane) => (hash.word(lane) >>> 0).toString(16).padStart(8, "0"));
    expect(hash.digest()).toBe(words.join(""));
    expect(hash.digest()).toMatch(/^[0-9a-f]{32}$/);
  });

  test("depends on the order of records and on the place of each word", () => {
    const words = randomRecords(3, RandomStream.named(5, "test", "hash"));
    const digests = new Set([hashOf(words).digest()]);
    const [a, b, c] = [0, 1, 2].map((i) => words.slice(i * RECORD_WORDS, (i + 1) * RECORD_WORDS));
    for (const order of [
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ]) {
      digests.add(hashOf(Int32Array.from(order.flatMap((record) => [...record]))).digest());
    }
    for (let i = 0; i < RECORD_WORDS; i++) {
      for (let j = i + 1; j < RECORD_WORDS; j++) {
        const swapped = words.slice();
        [swapped[i], swapped[j]] = [swapped[j], swapped[i]];
        digests.add(hashOf(swapped).digest());
      }
    }
    expect(digests.size).toBe(6 + (RECORD_WORDS * (RECORD_WORDS - 1)) / 2);
  });

  test("notices how many records of zeros there were", () => {
    const digests = new Set(Array.from({ length: 50 }, (_, n) => hashOf(new Int32Array(n * RECORD_WORDS)).digest()));
    expect(digests.size).toBe(50);
  });

  test("keeps texts apart from their neighbours and from other texts", () => {
    const parts = [
      ["ab", "c"],
      ["a", "bc"],
      ["abc"],
      ["abc", ""],
      ["", "abc"],
      [],
      [""],
      ["", ""],
      ["\u0000"],
      ["abC"],
    ];
    const words = parts.map((texts) => hashParts(texts).join(" "));
    expect(new Set(words).size).toBe(parts.length);
  });

  test("a flipped bit of the last record turns each bit of the digest over half of the time", () => {
    const random = RandomStream.named(6, "test", "hash");
    const rounds = 40;
    const byInput = new Float64Array(RECORD_WORDS * 32);
    const byOutput = new Float64Array(128);
    for (let round = 0; round < rounds; round++) {
      const words = randomRecords(2, random);
      const before = hashOf(words);
      for (let input = 0; input < byInput.length; input++) {
        const at = RECORD_WORDS + (input >> 5);
        words[at] ^= 1 << (input & 31);
        const after = hashOf(words);
        words[at] ^= 1 << (input & 31);
        const unchanged = LANES.filter((lane) => before.word(lane) === after.word(lane));
        expect(unchanged, `words of the digest that bit ${input} does not reach`).toEqual([]);
        for (const [output, differs] of bitsThatDiffer(before, after).entries()) {
          byInput[input] += differs;
          byOutput[output] += differs;
        }
      }
    }
    // Seven standard deviations of a fair coin each: a good hash fails one of the 640 once in 10^9 choices of seed.
    const inputSamples = rounds * byOutput.length;
    for (const [input, flips] of byInput.entries()) {
      expect(Math.abs(flips / inputSamples - 0.5), `bit ${input} in`).toBeLessThan(3.5 / Math.sqrt(inputSamples));
    }
    const outputSamples = rounds * byInput.length;
    for (const [output, flips] of byOutput.entries()) {
      expect(Math.abs(flips / outputSamples - 0.5), `bit ${output} out`).toBeLessThan(3.5 / Math.sqrt(outputSamples));
    }
  });

  test("100,000 orders that differ a little have 100,000 digests, and 32-bit words that repeat by chance only", () => {
    const count = 100_000;
    const digests = new Set<string>();
    const words = LANES.map(() => new Set<number>());
    const record = Int32Array.from([1, 0, 7, 0, 0, 100_000, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (let i = 0; i < count; i++) {
      record[4] = i % 100;
      record[5] = 100_000 + (Math.floor(i / 100) % 100);
      record[6] = 10 + Math.floor(i / 10_000);
      const hash = hashOf(record);
      digests.add(hash.digest());
      for (const lane of LANES) words[lane].add(hash.word(lane));
    }
    expect(digests.size).toBe(count);
    // Of n random 32-bit words n^2 / 2^33 = 1.16 repeat on average; more than 10 have a probability of 10^-7.
    for (const lane of LANES) expect(count - words[lane].size).toBeLessThanOrEqual(10);
  });
});
