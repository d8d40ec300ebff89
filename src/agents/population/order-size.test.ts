import { describe, expect, test } from "vitest";

import { RandomStream } from "../../core/random.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { drawLots } from "./order-size.ts";

/** Five standard deviations; the seed stands here, so each check always passes or always fails. */
const SIGMAS = 5;
const DRAWS = 200_000;

const { market } = new AgentBench();

function sizes(typicalLots: number): Int32Array {
  const stream = RandomStream.named(1, "test", "size");
  return Int32Array.from({ length: DRAWS }, () => drawLots(stream, market, typicalLots));
}

function expectShare(found: number, expected: number): void {
  expect(Math.abs(found / DRAWS - expected)).toBeLessThan(SIGMAS * Math.sqrt((expected * (1 - expected)) / DRAWS));
}

describe("the order-size mixture of rmsc04: 0.2 LogNormal(2.9, 1.2) and round lots", () => {
  const drawn = sizes(100);

  test.each([
    [100, 0.7],
    [200, 0.06],
    [300, 0.004],
    [400, 0.0329],
    [500, 0.001],
    [600, 0.0006],
    [700, 0.0004],
    [800, 0.0005],
    [900, 0.0003],
    [1000, 0.0003],
  ])("%d lots: share %d", (lots, share) => {
    expectShare(drawn.filter((size) => size === lots).length, share);
  });

  test("the rest is log-normal: half of it lies below e^2.9 = 18.2, one in six above e^4.1 = 60.3", () => {
    const odd = drawn.filter((size) => size % 100 !== 0);
    // Normal probabilities of (ln 18.5 - 2.9) / 1.2 and (ln 60.5 - 2.9) / 1.2, since sizes are rounded.
    expectShare(odd.filter((size) => size <= 18).length, 0.2 * 0.5059);
    expectShare(odd.filter((size) => size > 60).length, 0.2 * 0.158);
  });

  test("no order is empty", () => {
    expect(drawn.every((size) => size >= 1)).toBe(true);
  });
});

test("sizes scale with the typical one, and stay within what the instrument admits", () => {
  expectShare(sizes(30).filter((size) => size === 30).length, 0.7 + 0.0011);
  const narrow = new AgentBench({ instrument: { minQty: "50", maxQty: "150" } }).market;
  const stream = RandomStream.named(1, "test", "size");
  const drawn = Array.from({ length: 1_000 }, () => drawLots(stream, narrow, 100));
  expect(new Set([Math.min(...drawn), Math.max(...drawn)])).toEqual(new Set([50, 150]));
});
