import { expect, it } from "vitest";
import { RandomStream } from "../../src/core/random.ts";
import type { Spell } from "./weather.ts";
import { Weather } from "./weather.ts";

const LATENCY_NS = 1e6;

function weatherWith(spell: Spell): Weather {
  const latencyNs = new Float64Array(9).fill(LATENCY_NS);
  const weather = new Weather({ seats: 3, latencyNs, jitter: 0, random: RandomStream.named(1, "network", "chance") });
  weather.begin(spell);
  return weather;
}

it("loses in a black hole what is long, and only on the ways of the replica that it concerns", () => {
  const weather = weatherWith({ kind: "black hole", amount: 0.1, of: 1 });
  expect(weather.delayNs(0, 1, true)).toBe(-1);
  expect(weather.delayNs(1, 0, true)).toBe(-1);
  expect(weather.delayNs(0, 1, false)).toBe(LATENCY_NS);
  expect(weather.delayNs(0, 2, true)).toBe(LATENCY_NS);
});

it("holds messages up with the chance of the spell, and loses none", () => {
  const weather = weatherWith({ kind: "hold-up", amount: 0.25, of: -1 });
  const delays = Array.from({ length: 2_000 }, () => weather.delayNs(0, 1, false));
  const held = delays.filter((delayNs) => delayNs > LATENCY_NS);
  expect(delays.every((delayNs) => delayNs >= LATENCY_NS)).toBe(true);
  // Five standard deviations of a binomial count.
  expect(Math.abs(held.length - 500)).toBeLessThan(100);
  expect(Math.min(...held)).toBeGreaterThanOrEqual(LATENCY_NS + 50e6);
  expect(Math.max(...held)).toBeLessThanOrEqual(LATENCY_NS + 10e9);
});
