import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

import { describe, expect, test } from "vitest";

import { parseBandwidth } from "../../src/network/amount-text.ts";
import { simBlockDelay } from "../../src/network/delay-law.ts";
import { CITIES } from "../../src/network/geography/cities.ts";
import { distanceKm } from "../../src/network/geography/distance.ts";
import { mediumDelayNs } from "../../src/network/geography/medium.ts";
import type { Graph } from "../../src/network/graph.ts";
import { plainLink } from "../../src/network/link-spec.ts";
import { buildTopology } from "../../src/network/topology/topology.ts";
import { NetworkStage } from "../../src/testing/network-stage.ts";
import { describeWithRecording } from "../recordings.ts";

/** The relative error that a pair may have. */
const TOLERANCE = 0.01;
const MS = 1e6;

/** A mesh of places with measured round trips, of which one way is a half. Where nothing was measured stands 0. */
function meshOf(names: readonly string[], roundTripsMs: readonly (readonly number[])[]): Graph {
  const delaysNs = roundTripsMs.map((row) => row.map((ms) => Math.round((ms * MS) / 2)));
  const spec = { kind: "geographic", places: names, coordinates: new Map(), medium: "internet", delaysNs } as const;
  const { graph, problems } = buildTopology(spec, plainLink(0), 1);
  expect(problems).toEqual([]);
  return graph;
}

/** Sends one message from every place to every other, and compares how long each took with what was measured. */
function expectReproduced(names: readonly string[], roundTripsMs: readonly (readonly number[])[]): number {
  const stage = new NetworkStage({ graph: meshOf(names, roundTripsMs), metric: "hops" });
  const sent = new Map<string, number>();
  for (const [a, from] of names.entries()) {
    // Each sender sends one message at a time, so that a number tells when it left.
    for (const [b, to] of names.entries()) {
      if (a === b || roundTripsMs[a][b] === 0) continue;
      sent.set(`${from} ${to}`, b * 1e10);
      stage.send(from, to, [b * 1e10]);
    }
  }
  stage.run();
  expect(stage.arrivals.length).toBe(sent.size);
  const wrong = stage.arrivals.filter(({ from, to, timeNs }) => {
    const measuredMs = roundTripsMs[names.indexOf(from)][names.indexOf(to)];
    const tookMs = (timeNs - (sent.get(`${from} ${to}`) ?? Infinity)) / MS;
    return !(Math.abs((2 * tookMs) / measuredMs - 1) <= TOLERANCE);
  });
  expect(wrong).toEqual([]);
  return sent.size;
}

describeWithRecording("latency/azure/azure-inter-region-rtt-p50-2026-03.csv", "Azure's 50 regions", (path) => {
  test("every measured pair is reproduced within 1 %, in each direction", () => {
    const [head, ...rows] = readFileSync(path, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(","));
    const columns = head.slice(1);
    const names = rows.map(([name]) => name);
    const roundTripsMs = rows.map((row) => names.map((name) => Number(row[1 + columns.indexOf(name)] ?? "") || 0));
    expect(expectReproduced(names, roundTripsMs)).toBeGreaterThan(2_000);
  });
});

describeWithRecording("latency/netlatency/PlanetLabData_1.gz", "PlanetLab's 490 nodes", (path) => {
  test("every measured pair of the first 250 nodes is reproduced within 1 %", () => {
    const rows = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
    const roundTripsMs = rows.slice(0, 250).map((row) => row.trim().split(/\s+/).map(Number).slice(0, 250));
    const names = roundTripsMs.map((_, i) => `node${i}`);
    expect(expectReproduced(names, roundTripsMs)).toBeGreaterThan(55_000);
  });
});

interface CityRecord {
  readonly name: string;
}

describeWithRecording("latency/wondernetwork/city-rtt-matrix.json.gz", "WonderNetwork's cities", (path) => {
  const text = gunzipSync(readFileSync(path)).toString("utf8");
  const data = JSON.parse(text) as { readonly cities: readonly CityRecord[] } & Record<string, unknown>;
  const matrix = Object.values(data).find((value) => Array.isArray(value) && Array.isArray(value[0])) as (
    | number
    | null
  )[][];
  const names = data.cities.map(({ name }) => name);

  test("every measured pair of 241 cities is reproduced within 1 %", () => {
    const roundTripsMs = matrix.map((row) => row.map((ms) => ms ?? 0));
    expect(expectReproduced(names, roundTripsMs)).toBeGreaterThan(55_000);
  });

  test("by distance alone, the law of the public Internet is near the middle of what was measured", () => {
    const ratios: number[] = [];
    const known = names.flatMap((name, row) => {
      const key = name
        .replace(/ (.)/g, (_, letter: string) => letter.toUpperCase())
        .replace(/^./, (letter) => letter.toLowerCase());
      const city = CITIES.get(key);
      return city === undefined ? [] : [{ row, city }];
    });
    for (const a of known) {
      for (const b of known) {
        const measuredMs = matrix[a.row][b.row];
        if (a === b || measuredMs === null || measuredMs === 0) continue;
        ratios.push((2 * mediumDelayNs("internet", distanceKm(a.city, b.city))) / MS / measuredMs);
      }
    }
    ratios.sort((x, y) => x - y);
    expect(known.length).toBeGreaterThan(40);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeGreaterThan(0.8);
    expect(ratios[Math.floor(ratios.length / 2)]).toBeLessThan(1.25);
  });
});

interface SimBlockData {
  readonly regions: readonly string[];
  readonly latency_2019: readonly (readonly number[])[];
  readonly upload_bandwidth_2019: readonly number[];
}

describeWithRecording("latency/simblock/simblock-network.json", "SimBlock's six regions", (path) => {
  const {
    regions,
    latency_2019: meansMs,
    upload_bandwidth_2019: uploads,
  } = JSON.parse(readFileSync(path, "utf8")) as SimBlockData;

  test("SimBlock's law has each pair's mean within 1 %, over 4,000 messages", () => {
    const count = 4_000;
    const places = regions.map((name) => ({ name }));
    const edges = regions.flatMap((_, from) =>
      regions.flatMap((__, to) => {
        if (from === to) return [];
        const { delay, jitter } = simBlockDelay(meansMs[from][to] * MS);
        return [{ from, to, spec: { ...plainLink(delay), jitter } }];
      }),
    );
    const stage = new NetworkStage({ graph: { places, edges }, metric: "hops" });
    const startOf = (to: number): number => to * 1e13;
    for (const from of regions) {
      for (const [b, to] of regions.entries()) {
        if (from !== to)
          stage.send(
            from,
            to,
            Array.from({ length: count }, (_, i) => startOf(b) + i * 2e9),
          );
      }
    }
    stage.run();
    const sums = new Map<string, number>();
    for (const { from, to, number, timeNs } of stage.arrivals) {
      const tookNs = timeNs - startOf(regions.indexOf(to)) - number * 2e9;
      sums.set(`${from} ${to}`, (sums.get(`${from} ${to}`) ?? 0) + tookNs);
    }
    for (const [a, from] of regions.entries()) {
      for (const [b, to] of regions.entries()) {
        if (from === to) continue;
        const foundMs = (sums.get(`${from} ${to}`) ?? 0) / count / MS;
        expect(Math.abs(foundMs / meansMs[a][b] - 1)).toBeLessThan(TOLERANCE);
      }
    }
  });

  test("its bandwidths are ones that a scenario can write", () => {
    for (const bps of uploads) expect(parseBandwidth(`${bps} bit`)).toBe(bps);
  });
});

describe("a scenario's own matrix", () => {
  test("is reproduced there and back", () => {
    const names = ["x", "y", "z"];
    const roundTripsMs = [
      [0, 10, 300],
      [10, 0, 20],
      [300, 20, 0],
    ];
    // The way over y would be ten times as fast; a measured way is the direct one all the same.
    expect(expectReproduced(names, roundTripsMs)).toBe(6);
  });
});
