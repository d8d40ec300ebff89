import { expect, test } from "vitest";

import { NetworkStage, placesInARow } from "../testing/network-stage.ts";
import type { LinkSpec } from "./link-spec.ts";
import { plainLink } from "./link-spec.ts";
import type { NetworkOptions } from "./network.ts";

// What makes two runs with the same seed comparable: nobody's luck on the network changes with what others send.

const LINK: LinkSpec = {
  ...plainLink(1_000_000),
  jitter: { kind: "pareto", scale: 100_000, shape: 3, correlation: 0 },
  loss: { kind: "bernoulli", probability: 0.1 },
  duplicate: 0.05,
  corrupt: 0.02,
};

function arrivalsAtC(
  transport: "reliable" | "datagram",
  others: number,
  options: Partial<NetworkOptions> = {},
): string[] {
  const graph = placesInARow(["a", "b", "c"], LINK);
  const stage = new NetworkStage({ graph, transportOf: () => transport, ...options });
  const every = (stepNs: number, count: number, offsetNs = 0): number[] =>
    Array.from({ length: count }, (_, i) => offsetNs + i * stepNs);
  // Far apart, also when something is sent again after 0.2 s, so that nobody has to wait for anybody.
  stage.send("a", "c", every(1e9, 500));
  if (others > 0) stage.send("b", "c", every(0.7e9, others, 0.137e9)).send("c", "b", every(0.3e9, others, 0.171e9));
  stage.run();
  return stage.arrivals
    .filter(({ from, to }) => from === "a" && to === "c")
    .map(({ number, timeNs }) => `${number} ${timeNs}`);
}

test.each(["datagram", "reliable"] as const)(
  "a %s meets the same losses and delays whoever else talks",
  (transport) => {
    const alone = arrivalsAtC(transport, 0);
    expect(arrivalsAtC(transport, 600)).toEqual(alone);
    expect(arrivalsAtC(transport, 17)).toEqual(alone);
    expect(arrivalsAtC(transport, 0, { seed: 2 })).not.toEqual(alone);
  },
);
