import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { digestOfBody } from "../block-body.ts";
import { RandomStream } from "../../core/random.ts";
import {
  bytesOfId,
  genesisBlock,
  HEADER_WORDS,
  HeaderHasher,
  hashHeader,
  meetsDifficulty,
  writeHeader,
} from "./block.ts";

test("a block's id is the SHA-256 of its header's words, least significant byte first", () => {
  const header = { ...genesisBlock(77), height: 3, timeNs: 2 ** 40 + 5, miner: 12, nonce: -9 };
  const words = new Int32Array(HEADER_WORDS);
  writeHeader(header, words, 0);
  const bytes = Buffer.alloc(4 * HEADER_WORDS);
  for (const [i, word] of words.entries()) bytes.writeInt32LE(word, 4 * i);
  expect(hashHeader(header)).toBe(createHash("sha256").update(bytes).digest("hex"));
});

test("no transactions hash to the SHA-256 of nothing (FIPS 180-4)", () => {
  expect(digestOfBody([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("the genesis block is pinned: another one is another chain", () => {
  expect(genesisBlock(1_000).id).toBe("90f50eca29891edc71a3a1588ce8efa0b4149f8fc6ec1d48795f42c2abfeab85");
});

test.each`
  leading             | difficulty | expected
  ${"ffffffffffffff"} | ${1}       | ${true}
  ${"7fffffffffffff"} | ${2}       | ${true}
  ${"80000000000000"} | ${2}       | ${false}
  ${"00ffffffffffff"} | ${256}     | ${true}
  ${"01000000000000"} | ${256}     | ${false}
  ${"00000001ffffff"} | ${2 ** 31} | ${true}
  ${"00000002000000"} | ${2 ** 31} | ${false}
`("a hash that begins with $leading meets difficulty $difficulty: $expected", ({ leading, difficulty, expected }) => {
  expect(meetsDifficulty(bytesOfId(String(leading).padEnd(64, "0")), Number(difficulty))).toBe(expected);
});

test("one hash in as many as the difficulty says meets it", () => {
  const random = RandomStream.named(5, "block", "hashes");
  const hasher = new HeaderHasher(genesisBlock(1));
  const [hashes, difficulty] = [100_000, 37];
  let found = 0;
  for (let i = 0; i < hashes; i++) if (meetsDifficulty(hasher.hash(random.int32()), difficulty)) found++;
  const sigma = Math.sqrt((hashes / difficulty) * (1 - 1 / difficulty));
  expect(Math.abs(found - hashes / difficulty)).toBeLessThan(5 * sigma);
});
