import { describe, expect, test } from "vitest";

import { InvariantError } from "../core/assert.ts";
import { RandomStream } from "../core/random.ts";
import { chiSquareSigmas } from "../testing/chi-square.ts";
import type { Link } from "./link.ts";
import { ConstantLink, LineLink, MatrixLink, UniformLink } from "./links.ts";

/** Five standard deviations: chance alone passes this once in 1.7 million seeds. */
const SIGMAS = 5;
const DRAWS = 100_000;

/** Lets actors join under these names, with the numbers 0, 1, 2, … */
function joined<L extends Link>(link: L, ...names: string[]): L {
  for (const [actor, name] of names.entries()) link.join(actor, name);
  return link;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Delays of messages that leave so far apart that none could overtake another. */
function delaysOf(link: Link, from: number, to: number, count = DRAWS): number[] {
  return Array.from({ length: count }, (_, i) => link.delayNs(from, to, i * 1e6));
}

describe("ConstantLink", () => {
  test("takes the same time for everyone", () => {
    expect(new ConstantLink(250).delayNs()).toBe(250);
    expect(() => new ConstantLink(-1)).toThrow(InvariantError);
  });
});

describe("UniformLink", () => {
  const range = { lowNs: 100, highNs: 355 };

  test("draws whole nanoseconds, every one of the range equally often", () => {
    const delays = delaysOf(joined(new UniformLink({ seed: 1, ...range }), "a", "b"), 0, 1);
    const counts = new Float64Array(256);
    for (const delayNs of delays) counts[delayNs - 100]++;
    expect(counts.reduce((sum, count) => sum + count)).toBe(DRAWS);
    expect(Math.abs(chiSquareSigmas(counts))).toBeLessThan(SIGMAS);
  });

  test("has the mean of its range, and neighbours do not go together", () => {
    const [lowNs, highNs] = [1_000, 900_000];
    const delays = delaysOf(joined(new UniformLink({ seed: 2, lowNs, highNs }), "a", "b"), 0, 1);
    const sigmaNs = (highNs - lowNs) / Math.sqrt(12);
    const middleNs = (lowNs + highNs) / 2;
    expect(Math.abs(mean(delays) - middleNs)).toBeLessThan((SIGMAS * sigmaNs) / Math.sqrt(DRAWS));
    const products = delays
      .slice(1)
      .map((delayNs, i) => ((delayNs - middleNs) * (delays[i] - middleNs)) / sigmaNs ** 2);
    expect(Math.abs(mean(products))).toBeLessThan(SIGMAS / Math.sqrt(DRAWS));
  });

  test("draws as evenly over the first messages of many pairs as over the messages of one", () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `trader-${i}`);
    const link = joined(new UniformLink({ seed: 3, ...range }), "venue", ...names);
    const counts = new Float64Array(256);
    for (let actor = 1; actor <= names.length; actor++) {
      counts[link.delayNs(actor, 0, 0) - 100]++;
      counts[link.delayNs(0, actor, 0) - 100]++;
    }
    expect(Math.abs(chiSquareSigmas(counts))).toBeLessThan(SIGMAS);
  });

  test("keeps the messages of a pair in order: one that would overtake another arrives with it", () => {
    const random = RandomStream.named(1, "test", "departures");
    const link = joined(new UniformLink({ seed: 4, lowNs: 0, highNs: 1_000 }), "a", "b");
    let departureNs = 0;
    let lastArrivalNs = 0;
    let together = 0;
    for (let i = 0; i < 10_000; i++) {
      departureNs += random.integer(0, 300);
      const arrivalNs = departureNs + link.delayNs(0, 1, departureNs);
      expect(arrivalNs).toBeGreaterThanOrEqual(Math.max(lastArrivalNs, departureNs));
      expect(arrivalNs).toBeLessThanOrEqual(Math.max(lastArrivalNs, departureNs + 1_000));
      together += Number(arrivalNs === lastArrivalNs);
      lastArrivalNs = arrivalNs;
    }
    expect(together).toBeGreaterThan(1_000);
  });

  test("gives a pair the same delays whoever else talks, joins or has which number", () => {
    const alone = joined(new UniformLink({ seed: 5, ...range }), "a", "b");
    const crowd = joined(new UniformLink({ seed: 5, ...range }), "x", "b", "y", "a", "z");
    const inCrowd = Array.from({ length: 1_000 }, (_, i) => {
      for (const [from, to] of [
        [0, 1],
        [1, 3],
        [3, 0],
        [2, 4],
        [3, 3],
      ]) {
        crowd.delayNs(from, to, i);
      }
      return crowd.delayNs(3, 1, i * 1e6);
    });
    expect(inCrowd).toEqual(delaysOf(alone, 0, 1, 1_000));
  });

  test("draws differently for the other direction, for another name and for another seed", () => {
    const link = joined(new UniformLink({ seed: 6, ...range }), "a", "b", "c");
    const otherSeed = joined(new UniformLink({ seed: 7, ...range }), "a", "b");
    const sequences = [
      delaysOf(link, 0, 1, 20),
      delaysOf(link, 1, 0, 20),
      delaysOf(link, 0, 2, 20),
      delaysOf(link, 0, 0, 20),
      delaysOf(otherSeed, 0, 1, 20),
    ];
    expect(new Set(sequences.map((delays) => delays.join(" "))).size).toBe(5);
  });

  test("may have a range of one nanosecond", () => {
    const link = joined(new UniformLink({ seed: 1, lowNs: 50, highNs: 50 }), "a", "b");
    expect(new Set(delaysOf(link, 0, 1, 100))).toEqual(new Set([50]));
  });

  test.each([
    [-1, 5],
    [6, 5],
    [Number.NaN, 5],
  ])("refuses the range from %d to %d", (lowNs, highNs) => {
    expect(() => new UniformLink({ seed: 1, lowNs, highNs })).toThrow(InvariantError);
  });
});

describe("MatrixLink", () => {
  const places = new Map([
    ["exchange", 0],
    ["london", 1],
    ["tokyo", 2],
  ]);
  const placeOf = (name: string): number => places.get(name.split(":")[0]) ?? -1;
  const delaysNs = [
    [1, 20, 30],
    [21, 2, 40],
    [31, 41, 3],
  ];

  test("takes the time from place to place, in each direction its own", () => {
    const link = joined(new MatrixLink({ delaysNs, placeOf }), "exchange", "london:1", "london:2", "tokyo:1");
    expect([link.delayNs(0, 1), link.delayNs(1, 0)]).toEqual([20, 21]);
    expect([link.delayNs(1, 2), link.delayNs(2, 3), link.delayNs(3, 0)]).toEqual([2, 40, 31]);
  });

  test("refuses an actor at a place that the matrix lacks", () => {
    const link = new MatrixLink({ delaysNs: [[1]], placeOf });
    expect(() => link.join(0, "london:1")).toThrow("london:1 is at place 1, which the matrix lacks");
    expect(() => link.join(0, "mars:1")).toThrow("mars:1 is at place -1, which the matrix lacks");
  });
});

describe("LineLink", () => {
  // ABIDES' rmsc04: New York to Seattle in metres, and light in a vacuum.
  const lengthMetres = 3_866_660;
  const names = Array.from({ length: 2_000 }, (_, i) => `agent-${i}`);
  const link = joined(new LineLink({ seed: 1, lengthMetres }), ...names);
  const delays = names.flatMap((_, from) => names.slice(0, from).map((_name, to) => link.delayNs(from, to)));

  test("takes 0 to 12.9 ms, 4.3 ms on average, as rmsc04 does", () => {
    const wholeLineNs = Math.round((lengthMetres / 299_792_458) * 1e9);
    expect(wholeLineNs).toBe(12_897_789);
    expect(delays.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(wholeLineNs);
    expect(delays.reduce((a, b) => Math.max(a, b))).toBeGreaterThan(0.99 * wholeLineNs);
    // Two points are a third of the line apart on average. The mean over n points has the relative standard deviation
    // 2 sqrt(1/180) 3 / sqrt(n) = 1 %.
    expect(Math.abs((3 * mean(delays)) / wholeLineNs - 1)).toBeLessThan(SIGMAS * 0.01);
  });

  test("is as fast as light in a vacuum", () => {
    const metres = Math.abs(link.placeMetresOf(3) - link.placeMetresOf(8));
    expect(metres).toBeGreaterThan(100_000);
    expect(link.delayNs(3, 8)).toBe(Math.round((metres / 299_792_458) * 1e9));
  });

  test("takes whole nanoseconds, as long back as forth, and none to oneself", () => {
    expect(delays.every(Number.isInteger)).toBe(true);
    expect(link.delayNs(3, 8)).toBe(link.delayNs(8, 3));
    expect(link.delayNs(5, 5)).toBe(0);
  });

  test("places an actor by the seed and its name, not by who else is there", () => {
    const few = joined(new LineLink({ seed: 1, lengthMetres }), "agent-8", "agent-3");
    expect(few.delayNs(0, 1)).toBe(link.delayNs(8, 3));
    const otherSeed = joined(new LineLink({ seed: 2, lengthMetres }), "agent-8", "agent-3");
    expect(otherSeed.delayNs(0, 1)).not.toBe(link.delayNs(8, 3));
  });
});
