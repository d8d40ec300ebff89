import { createHash } from "node:crypto";

import { expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { bytesOf, digestOf, readDigest, wordsOf, writeDigest } from "./digest.ts";

test.each([
  ["no words", [], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["the bytes of abcd", [0x64636261], "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589"],
])("is the SHA-256 of %s", (_what, words, digest) => {
  expect(digestOf(Int32Array.from(words))).toBe(digest);
});

test("agrees with Node about random words", () => {
  const random = RandomStream.named(1, "digest", "words");
  for (let length = 0; length < 80; length++) {
    const words = Int32Array.from({ length }, () => random.int32());
    expect(digestOf(words)).toBe(createHash("sha256").update(bytesOf(words)).digest("hex"));
  }
});

test("a digest and bytes survive being words", () => {
  const random = RandomStream.named(2, "digest", "words");
  for (let round = 0; round < 100; round++) {
    const digest = digestOf(Int32Array.of(random.int32()));
    const words = new Int32Array(10);
    writeDigest(digest, words, 1);
    expect(readDigest(words, 1)).toBe(digest);
    expect([words[0], words[9]]).toEqual([0, 0]);
    expect(wordsOf(bytesOf(words))).toEqual(words);
  }
});
