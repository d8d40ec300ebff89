import { describe, expect, test } from "vitest";

import { expectedDelayNs, meanLoss } from "../link-spec.ts";
import { ACCESS_KINDS, accessOf } from "./accesses.ts";
import { CITIES } from "./cities.ts";
import { distanceKm } from "./distance.ts";
import { mediumDelayNs } from "./medium.ts";

function between(a: string, b: string): number {
  return distanceKm(CITIES.get(a)!, CITIES.get(b)!);
}

test("the table has the cities of finance and of the cloud, each at a place of its own on the globe", () => {
  expect(CITIES.size).toBeGreaterThanOrEqual(30);
  for (const { latitude, longitude } of CITIES.values()) {
    expect(Math.abs(latitude)).toBeLessThan(66);
    expect(Math.abs(longitude)).toBeLessThanOrEqual(180);
  }
  expect(new Set([...CITIES.values()].map(({ latitude, longitude }) => `${latitude} ${longitude}`)).size).toBe(
    CITIES.size,
  );
});

// Great-circle distances between city centres as published by distance calculators, to about a per cent.
test.each([
  ["london", "newYork", 5_570],
  ["newYork", "chicago", 1_145],
  ["london", "frankfurt", 638],
  ["tokyo", "singapore", 5_320],
  ["london", "tokyo", 9_560],
  ["sydney", "saoPaulo", 13_360],
  ["hongKong", "shenzhen", 30],
])("%s to %s is about %d km", (a, b, km) => {
  expect(Math.abs(between(a, b) - km)).toBeLessThan(Math.max(12, 0.01 * km));
  expect(between(a, b)).toBe(between(b, a));
});

test("distances: none to oneself, half the globe to the other side", () => {
  expect(between("london", "london")).toBe(0);
  const other = distanceKm({ latitude: 12, longitude: 34 }, { latitude: -12, longitude: -146 });
  expect(other).toBeCloseTo(Math.PI * 6_371.009, 2);
});

describe("media", () => {
  test("the public Internet: 31.8 ms + 0.0174 ms/km there and back", () => {
    expect(2 * mediumDelayNs("internet", 1_000)).toBeCloseTo(49.2e6, 0);
    expect(mediumDelayNs("internet", 0)).toBe(0);
  });

  test("leased fibre and microwave come near to what was measured", () => {
    // Hibernia Express: 58.95 ms there and back from New York to London.
    const atlantic = (2 * mediumDelayNs("fibre", between("london", "newYork"))) / 1e6;
    expect(atlantic).toBeGreaterThan(0.95 * 58.95);
    expect(atlantic).toBeLessThan(1.1 * 58.95);
    // Chicago's exchange in Aurora to New Jersey by microwave: 8.1 ms there and back.
    const towers = (2 * mediumDelayNs("microwave", between("aurora", "carteret"))) / 1e6;
    expect(towers).toBeGreaterThan(0.95 * 8.1);
    expect(towers).toBeLessThan(1.05 * 8.1);
  });

  test("nothing is faster than light, and fibre beats the Internet", () => {
    for (const km of [1, 100, 5_000, 20_000]) {
      const lightNs = (km / 299_792.458) * 1e9;
      expect(mediumDelayNs("microwave", km)).toBeGreaterThan(lightNs);
      expect(mediumDelayNs("fibre", km)).toBeGreaterThan(mediumDelayNs("microwave", km));
      expect(mediumDelayNs("internet", km)).toBeGreaterThan(mediumDelayNs("fibre", km));
    }
  });
});

test("accesses rank as they do in life", () => {
  const roundTrip = (kind: (typeof ACCESS_KINDS)[number]): number =>
    expectedDelayNs(accessOf(kind).up, 130) + expectedDelayNs(accessOf(kind).down, 130);
  const ranked = ACCESS_KINDS.toSorted((a, b) => roundTrip(a) - roundTrip(b));
  expect(ranked).toEqual(["colocated", "office", "wifi", "home", "satelliteLow", "mobile", "satelliteStationary"]);
  expect(roundTrip("satelliteLow") / 1e6).toBeCloseTo(25, -1);
  expect(roundTrip("satelliteStationary") / 1e6).toBeGreaterThan(2 * 238.7);
  const wifi = accessOf("wifi").up.loss;
  expect(wifi === undefined ? 0 : meanLoss(wifi)).toBeCloseTo(0.015, 3);
});
