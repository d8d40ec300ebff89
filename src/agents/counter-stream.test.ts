import { describe, expect, test } from "vitest";

import { CounterStream } from "./counter-stream.ts";

/** Five standard deviations; the keys stand here, so each check always passes or always fails. */
const SIGMAS = 5;
const DRAWS = 200_000;

function hex(words: Int32Array): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ");
}

describe("CounterStream", () => {
  // The known answers of Philox4x32-10 in Random123's kat_vectors (Salmon et al. 2011).
  test.each([
    { key: [0, 0], counter: [0, 0, 0, 0], words: "6627e8d5 e169c58d bc57ac4c 9b00dbd8" },
    { key: [-1, -1], counter: [-1, -1, -1, -1], words: "408f276d 41c83b0e a20bc7c6 6d5451fd" },
    {
      key: [0xa4093822, 0x299f31d0],
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      words: "d16cfe09 94fdcceb 5001e420 24126ea1",
    },
  ])("is Philox4x32-10: key $key, counter $counter", ({ key, counter, words }) => {
    const [a, b, c, d] = counter;
    expect(hex(new CounterStream(key[0], key[1]).block(a, b, c, d))).toBe(words);
  });

  test("gives a number's draw whatever was drawn before", () => {
    const forwards = CounterStream.named(1, "test", "order");
    const backwards = CounterStream.named(1, "test", "order");
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const first = numbers.map((i) => forwards.normal(i, 7));
    expect(numbers.toReversed().map((i) => backwards.normal(i, 7))).toEqual(first.toReversed());
  });

  test("draws standard normals: mean, variance, skewness, kurtosis", () => {
    const stream = CounterStream.named(1, "test", "moments");
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < DRAWS; i++) {
      const x = stream.normal(i >> 8, i & 0xff);
      for (let k = 0; k < 4; k++) sums[k] += x ** (k + 1);
    }
    // The variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96.
    const expected = [0, 1, 0, 3];
    const variances = [1, 2, 15, 96];
    for (let k = 0; k < 4; k++) {
      expect(Math.abs(sums[k] / DRAWS - expected[k])).toBeLessThan(SIGMAS * Math.sqrt(variances[k] / DRAWS));
    }
  });

  test("draws of neighbours in either number do not depend on each other", () => {
    const stream = CounterStream.named(1, "test", "neighbours");
    let across = 0;
    let along = 0;
    for (let i = 0; i < DRAWS / 4; i++) {
      const x = stream.normal(i, i & 3);
      across += x * stream.normal(i + 1, i & 3);
      along += x * stream.normal(i, (i & 3) + 1);
    }
    const bound = SIGMAS * Math.sqrt(DRAWS / 4);
    expect(Math.abs(across)).toBeLessThan(bound);
    expect(Math.abs(along)).toBeLessThan(bound);
  });
});
