import { expect, test } from "vitest";

import { chiSquareSigmas } from "../testing/chi-square.ts";
import { Purpose, componentKey, keyedNormal, keyedUniform, packetKey } from "./keyed-draw.ts";

/** Five standard deviations: chance alone passes this once in 1.7 million seeds. */
const SIGMAS = 5;
const DRAWS = 100_000;
const pair = componentKey(1, "a to b", "packets");
const link = componentKey(1, "link", "packets");

function uniforms(draw: (i: number) => number): Float64Array {
  const counts = new Float64Array(256);
  for (let i = 0; i < DRAWS; i++) counts[Math.floor(draw(i) * 256)]++;
  return counts;
}

test.each<[string, (i: number) => number]>([
  ["the packets of a pair", (i) => keyedUniform(packetKey(pair, i), link, Purpose.loss)],
  ["the first packets of many pairs", (i) => keyedUniform(packetKey(componentKey(1, `p${i}`, "packets"), 0), link, 1)],
  ["one packet on many links", (i) => keyedUniform(packetKey(pair, 7), componentKey(1, `l${i}`, "packets"), 2)],
  ["one packet for many purposes", (i) => keyedUniform(packetKey(pair, 7), link, i)],
])("draws evenly over %s", (_name, draw) => {
  expect(Math.abs(chiSquareSigmas(uniforms(draw)))).toBeLessThan(SIGMAS);
});

test.each<[string, (i: number) => [number, number]]>([
  [
    "neighbouring packets",
    (i) => [keyedUniform(packetKey(pair, i), link, 1), keyedUniform(packetKey(pair, i + 1), link, 1)],
  ],
  ["two purposes", (i) => [keyedUniform(packetKey(pair, i), link, 1), keyedUniform(packetKey(pair, i), link, 2)]],
  ["two links", (i) => [keyedUniform(packetKey(pair, i), link, 1), keyedUniform(packetKey(pair, i), ~link, 1)]],
  ["both directions", (i) => [keyedUniform(packetKey(pair, i), link, 1), keyedUniform(~packetKey(pair, i), link, 1)]],
])("draws of %s are independent", (_name, draw) => {
  const cells = new Float64Array(256);
  for (let i = 0; i < DRAWS; i++) {
    const [x, y] = draw(i);
    cells[16 * Math.floor(16 * x) + Math.floor(16 * y)]++;
  }
  expect(Math.abs(chiSquareSigmas(cells))).toBeLessThan(SIGMAS);
});

test("draws normal numbers with the moments of the standard normal law", () => {
  const moments = [0, 0, 0, 0];
  for (let i = 0; i < DRAWS; i++) {
    const z = keyedNormal(packetKey(pair, i), link, Purpose.jitter);
    for (let power = 1; power <= 4; power++) moments[power - 1] += z ** power / DRAWS;
  }
  // Standard deviations of the first four moments: 1, sqrt 2, sqrt 15, sqrt 96.
  const expected = [0, 1, 0, 3];
  for (const [i, deviation] of [1, Math.sqrt(2), Math.sqrt(15), Math.sqrt(96)].entries()) {
    expect(Math.abs(moments[i] - expected[i])).toBeLessThan((SIGMAS * deviation) / Math.sqrt(DRAWS));
  }
});

test("the bits are pinned: another value here means that recorded runs no longer replay", () => {
  expect([pair, packetKey(pair, 3), keyedUniform(5, 6, 7), keyedNormal(5, 6, 7)]).toEqual(PINNED);
});

const PINNED = [-1906639815, -298205709, 0.42666662403987726, -1.2602529697960962];
