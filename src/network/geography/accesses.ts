import type { Access } from "../graph.ts";
import type { LinkSpec } from "../link-spec.ts";
import { plainLink } from "../link-spec.ts";

/** Ways to be joined to a place that one need not describe. */
export const ACCESS_KINDS = [
  "colocated",
  "office",
  "home",
  "wifi",
  "mobile",
  "satelliteLow",
  "satelliteStationary",
] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

const US = 1e3;
const MS = 1e6;
const MBIT = 1e6;
const GBIT = 1e9;

/** Both ways alike. */
function same(spec: LinkSpec): Access {
  return { up: spec, down: spec };
}

const wifi: LinkSpec = {
  ...plainLink(MS),
  // Waiting for one's turn on the air, and repeating on it, gives a long tail.
  jitter: { kind: "logNormal", median: 1.5 * MS, sigma: 0.8, correlation: 0.3 },
  bandwidthBps: 50 * MBIT,
  // Losses come in bursts, when somebody else sends: 1.5 % on average, about 4 packets at a time.
  loss: { kind: "gilbertElliott", p: 0.0075, r: 0.25, h: 0.5, k: 0.9995 },
};

const satelliteLow = (bandwidthBps: number): LinkSpec => ({
  // Up and down to 550 km, a few hundred kilometres to the ground station, and slots of the air interface: Starlink
  // publishes medians of about 25 ms there and back.
  ...plainLink(8 * MS),
  jitter: { kind: "logNormal", median: 4 * MS, sigma: 0.5, correlation: 0.5 },
  bandwidthBps,
  loss: { kind: "gilbertElliott", p: 0.002, r: 0.2, h: 0.3, k: 0.9998 },
});

const satelliteStationary = (bandwidthBps: number): LinkSpec => ({
  // Up and down to 35,786 km takes light 239 ms; coding and the wait for a slot bring round trips to about 600 ms.
  ...plainLink(270 * MS),
  jitter: { kind: "logNormal", median: 20 * MS, sigma: 0.5, correlation: 0.3 },
  bandwidthBps,
  loss: { kind: "bernoulli", probability: 0.002 },
});

const mobile = (bandwidthBps: number): LinkSpec => ({
  ...plainLink(10 * MS),
  jitter: { kind: "logNormal", median: 5 * MS, sigma: 0.7, correlation: 0.3 },
  bandwidthBps,
  loss: { kind: "gilbertElliott", p: 0.002, r: 0.3, h: 0.4, k: 0.9998 },
});

/** What each of these accesses is like. Apart from distances the figures are typical ones, not measured ones. */
const ACCESSES: Readonly<Record<AccessKind, Access>> = {
  // A cross-connect of 100 m of fibre in the venue's hall.
  colocated: same({ ...plainLink(490), bandwidthBps: 10 * GBIT }),
  office: same({ ...plainLink(250 * US), bandwidthBps: GBIT }),
  home: {
    up: {
      ...plainLink(5 * MS),
      jitter: { kind: "logNormal", median: MS, sigma: 0.6, correlation: 0 },
      bandwidthBps: 20 * MBIT,
    },
    down: {
      ...plainLink(5 * MS),
      jitter: { kind: "logNormal", median: MS, sigma: 0.6, correlation: 0 },
      bandwidthBps: 200 * MBIT,
    },
  },
  wifi: same(wifi),
  mobile: { up: mobile(10 * MBIT), down: mobile(50 * MBIT) },
  satelliteLow: { up: satelliteLow(15 * MBIT), down: satelliteLow(100 * MBIT) },
  satelliteStationary: { up: satelliteStationary(3 * MBIT), down: satelliteStationary(25 * MBIT) },
};

export function accessOf(kind: AccessKind): Access {
  return ACCESSES[kind];
}
