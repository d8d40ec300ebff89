import { describe, expect, test } from "vitest";

import { chiSquareSigmas } from "../testing/chi-square.ts";
import { InvariantError } from "./assert.ts";
import { ln } from "./portable-math.ts";
import { RandomStream } from "./random.ts";

/**
 * Statistical checks allow five standard deviations: a perfect generator fails one for one seed in 1.7 million, and
 * the seeds stand here, so that each of them either always passes or always fails.
 */
const SIGMAS = 5;
const DRAWS = 200_000;

function stream(purpose: string): RandomStream {
  return RandomStream.named(20_260, "test", purpose);
}

function sample(draw: () => number, count = DRAWS): Float64Array {
  return Float64Array.from({ length: count }, draw);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The k-th moment about the mean, by the standard deviation. */
function moment(values: Float64Array, k: number): number {
  const centre = mean(values);
  const raw = (power: number): number => mean(values.map((value) => (value - centre) ** power));
  return raw(k) / raw(2) ** (k / 2);
}

function standardDeviation(values: Float64Array): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function histogram(cells: number, draw: () => number, count = DRAWS): Float64Array {
  const counts = new Float64Array(cells);
  for (let i = 0; i < count; i++) counts[draw()]++;
  return counts;
}

describe("RandomStream", () => {
  test("is xoshiro128++: it gives the reference implementation's numbers", () => {
    // From https://prng.di.unimi.it/xoshiro128plusplus.c with the state 1, 2, 3, 4.
    const reference = new RandomStream([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, () => reference.int32() >>> 0)).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011, 621204420,
    ]);
  });

  test("gives the same draws for ever: these are the ones that recorded runs were made with", () => {
    const named = RandomStream.named(42, "market-maker-1", "size");
    const take = (draw: () => number): number[] => Array.from({ length: 4 }, draw);
    expect({
      int32: take(() => named.int32()),
      uniform: take(() => named.uniform()),
      integer: take(() => named.integer(-5, 1000)),
      exponential: take(() => named.exponential(175)),
      normal: take(() => named.normal(100, 15)),
      logNormal: take(() => named.logNormal(2.9, 1.2)),
      chance: take(() => Number(named.chance(0.5))),
    }).toMatchInlineSnapshot(`
      {
        "chance": [
          0,
          1,
          1,
          0,
        ],
        "exponential": [
          398.24958092984855,
          166.0643967795343,
          145.96902589947499,
          35.9280396530629,
        ],
        "int32": [
          632973887,
          -559450791,
          1525319074,
          -1913244327,
        ],
        "integer": [
          422,
          785,
          821,
          49,
        ],
        "logNormal": [
          26.49910224126709,
          95.29197008082366,
          18.994653059139964,
          17.51963043586884,
        ],
        "normal": [
          56.07970078708556,
          93.29657235369585,
          86.67737107959749,
          104.56254370504053,
        ],
        "uniform": [
          0.8291294688784223,
          0.5229476274355187,
          0.3030231216576805,
          0.810843168800079,
        ],
      }
    `);
  });

  test("cannot start from nothing but zeros, where it would stay", () => {
    expect(() => new RandomStream([0, 0, 0, 0])).toThrow(InvariantError);
  });

  test.each([
    ["the highest byte", (r: RandomStream) => r.int32() >>> 24],
    ["the lowest byte", (r: RandomStream) => r.int32() & 255],
    ["a byte across the middle", (r: RandomStream) => (r.int32() >>> 12) & 255],
    ["uniform draws", (r: RandomStream) => Math.floor(r.uniform() * 256)],
    ["the last digits of uniform draws", (r: RandomStream) => (r.uniform() * 2 ** 53) % 256],
    ["pairs of neighbours", (r: RandomStream) => Math.floor(r.uniform() * 16) * 16 + Math.floor(r.uniform() * 16)],
    ["integers", (r: RandomStream) => r.integer(-100, 155) + 100],
  ])("spreads %s evenly", (name, draw) => {
    const random = stream(name);
    expect(Math.abs(chiSquareSigmas(histogram(256, () => draw(random))))).toBeLessThan(SIGMAS);
  });

  test("uniform is at least 0 and below 1, also where every bit is set", () => {
    const random = stream("bounds");
    const drawn = sample(() => random.uniform());
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(Math.abs(mean(drawn) - 0.5)).toBeLessThan(SIGMAS / Math.sqrt(12 * DRAWS));
    expect((0x7ff_ffff * 0x4000000 + 0x3ff_ffff) / 0x20000000000000).toBe(1 - 2 ** -53);
  });

  test.each([
    [0, 0],
    [-1, 1],
    [10, 12],
    [-7, -5],
  ])("integer(%d, %d) gives every number of the range and no other", (low, high) => {
    const random = stream("integer");
    const seen = new Set(sample(() => random.integer(low, high), 300));
    expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: high - low + 1 }, (_, i) => low + i));
  });

  test("integer reaches over the widest range that doubles can count", () => {
    const random = stream("wide");
    const high = Number.MAX_SAFE_INTEGER;
    const drawn = sample(() => random.integer(0, high), 10_000);
    expect(drawn.every((value) => Number.isSafeInteger(value) && value >= 0 && value <= high)).toBe(true);
    const odd = drawn.filter((value) => value % 2 === 1).length;
    expect(Math.abs(odd - 5_000)).toBeLessThan(SIGMAS * 50);
  });

  test.each([
    [1, 0],
    [0.5, 2],
    [0, Infinity],
    [Number.NaN, 1],
    [-1, Number.MAX_SAFE_INTEGER],
  ])("refuses integer(%d, %d)", (low, high) => {
    expect(() => stream("refused").integer(low, high)).toThrow(InvariantError);
  });

  test("chance is true as often as it says", () => {
    const random = stream("chance");
    for (const probability of [0.02, 0.5, 0.9]) {
      const share = mean(sample(() => Number(random.chance(probability))));
      const sigma = Math.sqrt((probability * (1 - probability)) / DRAWS);
      expect(Math.abs(share - probability)).toBeLessThan(SIGMAS * sigma);
    }
    expect(mean(sample(() => Number(random.chance(0)), 1_000))).toBe(0);
    expect(mean(sample(() => Number(random.chance(1)), 1_000))).toBe(1);
  });

  test("normal has the moments of a normal distribution, and neighbours do not go together", () => {
    const random = stream("normal");
    const drawn = sample(() => random.normal(100, 15));
    expect(Math.abs(mean(drawn) - 100)).toBeLessThan((SIGMAS * 15) / Math.sqrt(DRAWS));
    expect(Math.abs(standardDeviation(drawn) - 15)).toBeLessThan((SIGMAS * 15) / Math.sqrt(2 * DRAWS));
    expect(Math.abs(moment(drawn, 3))).toBeLessThan(SIGMAS * Math.sqrt(6 / DRAWS));
    expect(Math.abs(moment(drawn, 4) - 3)).toBeLessThan(SIGMAS * Math.sqrt(24 / DRAWS));
    // The polar method gives two numbers at a time: the second must not depend on the first.
    const products = Float64Array.from(
      { length: DRAWS / 2 },
      (_, i) => (drawn[2 * i] - 100) * (drawn[2 * i + 1] - 100),
    );
    expect(Math.abs(mean(products) / 225)).toBeLessThan(SIGMAS / Math.sqrt(DRAWS / 2));
  });

  test("exponential has its mean, its spread and its median", () => {
    const random = stream("exponential");
    const drawn = sample(() => random.exponential(175));
    expect(drawn.every((value) => value >= 0)).toBe(true);
    expect(Math.abs(mean(drawn) / 175 - 1)).toBeLessThan(SIGMAS / Math.sqrt(DRAWS));
    // The variance of the sample variance is 8 in units of the mean's fourth power.
    expect(Math.abs((standardDeviation(drawn) / 175) ** 2 - 1)).toBeLessThan(SIGMAS * Math.sqrt(8 / DRAWS));
    const above = mean(drawn.map((value) => Number(value > 175 * Math.LN2)));
    expect(Math.abs(above - 0.5)).toBeLessThan((SIGMAS * 0.5) / Math.sqrt(DRAWS));
  });

  test("the logarithm of logNormal is normal, with mu and sigma", () => {
    const random = stream("log-normal");
    const logarithms = sample(() => ln(random.logNormal(2.9, 1.2)));
    expect(Math.abs(mean(logarithms) - 2.9)).toBeLessThan((SIGMAS * 1.2) / Math.sqrt(DRAWS));
    expect(Math.abs(standardDeviation(logarithms) - 1.2)).toBeLessThan((SIGMAS * 1.2) / Math.sqrt(2 * DRAWS));
    expect(Math.abs(moment(logarithms, 4) - 3)).toBeLessThan(SIGMAS * Math.sqrt(24 / DRAWS));
  });
});

describe("named streams", () => {
  test("differ in every part of the name, and parts do not run together", () => {
    const names: [number, string, string][] = [
      [1, "agent-1", "size"],
      [2, "agent-1", "size"],
      [1, "agent-2", "size"],
      [1, "agent-1", "price"],
      [1, "agent-", "1size"],
      [11, "agent-1", "size"],
      [1, "1agent-1", "size"],
      [-1, "agent-1", "size"],
      [1, "", "agent-1size"],
    ];
    const firsts = names.map((name) => RandomStream.named(...name).int32());
    expect(new Set(firsts).size).toBe(names.length);
  });

  test("the same name gives the same stream", () => {
    const [a, b] = [RandomStream.named(7, "agent-1", "size"), RandomStream.named(7, "agent-1", "size")];
    expect(sample(() => a.uniform(), 100)).toEqual(sample(() => b.uniform(), 100));
  });

  test("the first draws of neighbouring names are as even as draws of one stream", () => {
    const counts = new Float64Array(256);
    for (let i = 0; i < DRAWS; i++) counts[RandomStream.named(1, `agent-${i}`, "size").int32() >>> 24]++;
    expect(Math.abs(chiSquareSigmas(counts))).toBeLessThan(SIGMAS);
  });

  test.each([
    ["seed", RandomStream.named(1, "agent-1", "size"), RandomStream.named(2, "agent-1", "size")],
    ["component", RandomStream.named(1, "agent-1", "size"), RandomStream.named(1, "agent-2", "size")],
    ["purpose", RandomStream.named(1, "agent-1", "size"), RandomStream.named(1, "agent-1", "price")],
  ])("are not correlated when only the %s differs", (_, a, b) => {
    const products = sample(() => (a.uniform() - 0.5) * (b.uniform() - 0.5) * 12);
    expect(Math.abs(mean(products))).toBeLessThan(SIGMAS / Math.sqrt(DRAWS));
  });
});
