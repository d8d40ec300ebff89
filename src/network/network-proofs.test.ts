import { describe, expect, test } from "vitest";

import { RandomStream } from "../core/random.ts";
import { NetworkStage, twoPlaces } from "../testing/network-stage.ts";
import type { LinkSpec } from "./link-spec.ts";
import { meanLoss } from "./link-spec.ts";

/** Five standard deviations: chance alone passes this once in 1.7 million seeds. */
const SIGMAS = 5;

/** Payload bytes and the 66 of a datagram's headers; at 8 Gbit/s a byte takes a nanosecond. */
const HEADER_BYTES = 66;

function poisson(count: number, meanGapNs: number): number[] {
  const random = RandomStream.named(7, "test", "arrivals");
  let atNs = 0;
  return Array.from({ length: count }, () => (atNs += Math.max(1, Math.round(random.exponential(meanGapNs)))));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Mean and standard error of a series whose neighbours go together, by the means of long batches. */
function batchMean(values: readonly number[], batches = 50): { mean: number; error: number } {
  const size = Math.floor(values.length / batches);
  const means = Array.from({ length: batches }, (_, b) => mean(values.slice(b * size, (b + 1) * size)));
  const all = mean(means);
  const variance = means.reduce((sum, value) => sum + (value - all) ** 2, 0) / (batches - 1);
  return { mean: all, error: Math.sqrt(variance / batches) };
}

/** Waiting times of Poisson arrivals at a link, and the stage on which they were. */
function waits(options: { load: number; sizeOf: (number: number) => number; meanBytes: number; count: number }): {
  waitsNs: number[];
  stage: NetworkStage;
} {
  const { load, sizeOf, meanBytes, count } = options;
  const times = poisson(count, meanBytes / load);
  const stage = new NetworkStage({
    graph: twoPlaces({ bandwidthBps: 8e9, queueBytesMax: 1e12 }),
    bytesOf: (words, at) => sizeOf(words[at + 1]) - HEADER_BYTES,
  });
  stage.send("a", "b", times).run();
  const waitsNs = stage.arrivals.map(({ number, timeNs }) => timeNs - times[number] - sizeOf(number));
  return { waitsNs, stage };
}

describe("Pollaczek and Khinchine: the mean wait is load / (1 - load) times the mean residual service", () => {
  test.each([0.3, 0.6, 0.8])("M/D/1 at a load of %d", (load) => {
    const { waitsNs } = waits({ load, sizeOf: () => 1_000, meanBytes: 1_000, count: 100_000 });
    const { mean: found, error } = batchMean(waitsNs);
    const expected = (load / (1 - load)) * (1_000 / 2);
    expect(Math.abs(found - expected)).toBeLessThan(SIGMAS * error);
    // The check has teeth: its band is narrow.
    expect(SIGMAS * error).toBeLessThan(0.2 * expected);
  });

  test.each([0.3, 0.6])("M/M/1 at a load of %d", (load) => {
    const meanBytes = 1_000_000;
    const random = RandomStream.named(8, "test", "sizes");
    const sizes = Array.from({ length: 100_000 }, () => HEADER_BYTES + 20 + Math.round(random.exponential(meanBytes)));
    const { waitsNs } = waits({ load, sizeOf: (number) => sizes[number], meanBytes, count: sizes.length });
    const { mean: found, error } = batchMean(waitsNs);
    const expected = (load / (1 - load)) * meanBytes;
    expect(Math.abs(found - expected)).toBeLessThan(SIGMAS * error);
    expect(SIGMAS * error).toBeLessThan(0.2 * expected);
  });
});

test("Little: the mean length of a queue is the rate of arrivals times the mean wait", () => {
  const { waitsNs, stage } = waits({ load: 0.7, sizeOf: () => 1_000, meanBytes: 1_000, count: 50_000 });
  const [link] = stage.network.links;
  const totalWaitNs = waitsNs.reduce((sum, ns) => sum + ns, 0);
  // Both sides times the length of the run, which begins and ends with an empty queue: the law is then exact.
  expect(link.queue.lengthNs).toBe(totalWaitNs);
  expect(link.counts.waitedNs).toBe(totalWaitNs);
  expect(totalWaitNs).toBeGreaterThan(1e6);
});

/** The numbers of messages that got through a link, of so many sent far apart. */
function survivors(loss: LinkSpec["loss"], count: number): boolean[] {
  const times = Array.from({ length: count }, (_, i) => 10 * i);
  const stage = new NetworkStage({ graph: twoPlaces({ loss }) }).send("a", "b", times).run();
  const arrived = new Set(stage.numbersAt("b"));
  return times.map((_, number) => arrived.has(number));
}

describe("loss", () => {
  test("Bernoulli: as often as asked, and each by itself", () => {
    const count = 100_000;
    const arrived = survivors({ kind: "bernoulli", probability: 0.05 }, count);
    const lost = arrived.filter((a) => !a).length / count;
    expect(Math.abs(lost - 0.05)).toBeLessThan(SIGMAS * Math.sqrt((0.05 * 0.95) / count));
    const pairs = arrived.slice(1).filter((a, i) => !a && !arrived[i]).length / count;
    expect(Math.abs(pairs - 0.0025)).toBeLessThan(SIGMAS * Math.sqrt(0.0025 / count));
  });

  test("Gilbert and Elliott: the share lost is pi (1 - h) + (1 - pi)(1 - k), and a bad spell lasts 1 / r", () => {
    const count = 200_000;
    const loss = { kind: "gilbertElliott", p: 0.02, r: 0.25, h: 0, k: 1 } as const;
    const arrived = survivors(loss, count);
    const lost = arrived.filter((a) => !a).length / count;
    const expected = meanLoss(loss);
    expect(expected).toBeCloseTo(0.02 / 0.27, 12);
    // A two-state chain with second eigenvalue c = 1 - p - r has (1 + c) / (1 - c) times the variance of coin tosses.
    const inflation = (1 + 0.73) / (1 - 0.73);
    expect(Math.abs(lost - expected)).toBeLessThan(SIGMAS * Math.sqrt((expected * (1 - expected) * inflation) / count));

    const spells: number[] = [];
    let length = 0;
    for (const a of arrived) {
      if (!a) length++;
      else if (length > 0) {
        spells.push(length);
        length = 0;
      }
    }
    // Lengths are geometric: mean 1 / r, variance (1 - r) / r^2.
    const error = Math.sqrt(0.75 / 0.25 ** 2 / spells.length);
    expect(spells.length).toBeGreaterThan(1_000);
    expect(Math.abs(mean(spells) - 4)).toBeLessThan(SIGMAS * error);
  });

  test("Gilbert and Elliott with losses in both states", () => {
    const count = 200_000;
    const loss = { kind: "gilbertElliott", p: 0.1, r: 0.3, h: 0.4, k: 0.98 } as const;
    const lost = survivors(loss, count).filter((a) => !a).length / count;
    expect(meanLoss(loss)).toBeCloseTo(0.25 * 0.6 + 0.75 * 0.02, 12);
    // At most the inflation of the chain itself.
    const error = Math.sqrt((0.165 * 0.835 * (1.6 / 0.4)) / count);
    expect(Math.abs(lost - 0.165)).toBeLessThan(SIGMAS * error);
  });
});
