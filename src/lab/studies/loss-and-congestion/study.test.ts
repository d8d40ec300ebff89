import { describe, expect, test } from "vitest";

import { lossAndCongestion } from "./study.ts";
import type { Line, LineMeasure } from "./line.ts";
import { runLine } from "./line.ts";

const PARAMETERS = {
  ...Object.fromEntries(Object.entries(lossAndCongestion.parameters).map(([name, { preset }]) => [name, preset])),
  simulatedSeconds: 80,
} as unknown as Parameters<typeof runLine>[1]["parameters"];

/** Means of two runs. */
async function meansOf(line: Line): Promise<Record<LineMeasure, number>> {
  const runs = [
    await runLine(line, { seed: 1, parameters: PARAMETERS }),
    await runLine(line, { seed: 2, parameters: PARAMETERS }),
  ];
  const mean = (measure: LineMeasure): number =>
    runs.reduce((sum, run) => sum + (run[measure] ?? Number.NaN), 0) / runs.length;
  return {
    spread: mean("spread"),
    depth: mean("depth"),
    stale: mean("stale"),
    cost: mean("cost"),
    repeated: mean("repeated"),
    dropped: mean("dropped"),
  };
}

const GOOD = await meansOf({ lossPercent: 0, load: 0 });
const LOSSY = await meansOf({ lossPercent: 10, load: 0 });
const BUSY = await meansOf({ lossPercent: 0, load: 0.5 });
const FULL = await meansOf({ lossPercent: 0, load: 1.1 });

test("packets are lost as often as the line says, and sent again", () => {
  expect(GOOD).toMatchObject({ repeated: 0, dropped: 0 });
  // Some of the packets, those of sniper and investors and their answers, do not take the line.
  expect(LOSSY.dropped).toBeGreaterThan(5);
  expect(LOSSY.dropped).toBeLessThan(10);
  expect(LOSSY.repeated).toBeGreaterThan(2);
});

describe("makers whose cancels come too late", () => {
  test.each([
    ["lost packets", LOSSY],
    ["a line that is asked for more than it has", FULL],
  ])("because of %s lose on stale quotes and ask for more", (_, found) => {
    expect(found.stale).toBeGreaterThan(GOOD.stale + 10_000);
    expect(found.spread).toBeGreaterThan(2 * GOOD.spread);
    expect(found.cost).toBeGreaterThan(GOOD.cost);
    expect(found.depth).toBeLessThan(GOOD.depth);
  });

  test("lose about what they stake at a tenth of the news", () => {
    // One jump a second, of 40 ticks on average, of which three makers lose a tenth on 100 lots each, or less where their
    // quotes stand wider by then.
    const ticksLots = 0.1 * 40 * 3 * 100;
    expect(LOSSY.stale).toBeLessThan(ticksLots * 0.01 * 3_600 * 1.3);
    expect(LOSSY.stale).toBeGreaterThan(ticksLots * 0.01 * 3_600 * 0.3);
  });
});

test("a line that is half full is as good as an empty one", () => {
  expect(Math.abs(BUSY.spread - GOOD.spread)).toBeLessThan(0.5);
  expect(BUSY.depth).toBeGreaterThan(0.9 * GOOD.depth);
});
