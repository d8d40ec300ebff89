import { describe, expect, test } from "vitest";

import { studyResult } from "../../../testing/study-result.ts";
import { StudyFindings } from "../../study/findings.ts";
import { Shocks } from "./shocks.ts";
import { runSpread } from "./spread.ts";
import { informationPropagation } from "./study.ts";

const set = ["nodes=50", "shocks=6"];
const RESULT = await studyResult(informationPropagation, { seeds: [1, 2], set });
const FINDINGS = new StudyFindings(informationPropagation, RESULT);
const mean = (measure: string, arm: string): number => FINDINGS.estimate({ measure, arm }).mean;

describe("the time until the nodes know", () => {
  test("goes by the hops: a star before a random graph before a ring", () => {
    for (const measure of ["half", "most"]) {
      expect(mean(measure, "star")).toBeLessThan(mean(measure, "random"));
      expect(mean(measure, "random")).toBeLessThan(mean(measure, "small-world"));
      expect(mean(measure, "small-world")).toBeLessThan(mean(measure, "ring"));
    }
  });

  test("falls with the fan-out of gossip, which still takes longer than telling each", () => {
    expect(mean("half", "gossip-8")).toBeLessThan(mean("half", "gossip-4"));
    expect(mean("half", "gossip-4")).toBeLessThan(mean("half", "gossip-2"));
    expect(mean("half", "gossip-8")).toBeGreaterThan(mean("half", "random"));
  });

  test("of 90 % never comes where gossip reaches fewer, as with a fan-out of 2", () => {
    expect(FINDINGS.estimate({ measure: "most", arm: "gossip-2" }).count).toBe(0);
    // x = 1 - e^(-2x), which 50 nodes and some loss come near.
    expect(Math.abs(mean("reached", "gossip-2") - 79.7)).toBeLessThan(6);
  });
});

test("without loss, jitter or much to send, a ring of 20 takes its hops", async () => {
  const parameters = { nodes: 20, shocks: 3, hopMs: 2, bandwidthMbit: 100_000, lossPercent: 0 };
  const topology = (places: string[]) => ({ kind: "ring" as const, places });
  const { half, nearlyAll, reached } = await runSpread({ topology }, { seed: 1, parameters });
  expect(reached).toBe(100);
  // Ten hops are the way to the far side, five to the middle; half of each is jitter with a mean above its median.
  expect(nearlyAll).toBeGreaterThan(16);
  expect(nearlyAll).toBeLessThan(30);
  expect(half).toBeGreaterThan(8);
  expect(half).toBeLessThan(14);
});

test("a shock of which only the next one tells was not heard of in time", () => {
  const shocks = new Shocks(1, 100);
  shocks.delaysNs[0].push(5, 7, 2e9);
  expect([shocks.timeToNs(0.5, 4), shocks.timeToNs(0.75, 4), shocks.shareReached(4)]).toEqual([7, null, 0.5]);
});
