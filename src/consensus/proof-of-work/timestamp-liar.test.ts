import { expect, test } from "vitest";

import { miningNetwork } from "../../testing/mining-network.ts";
import { CHAIN_DEFAULTS } from "./parameters.ts";
import type { Strategy } from "./strategy.ts";
import { timestampLiar } from "./timestamp-liar.ts";

const PARAMETERS = {
  ...CHAIN_DEFAULTS,
  blockIntervalNs: 10e9,
  difficultyFirst: 1_000,
  retargetBlocks: 32,
  clockAheadNsMax: 60e9,
};
const POWER = 100;
const BLOCKS = 1_000;

/** Mean interval of blocks in seconds by the true clock, after the first windows, and the claimed times' order. */
function mine(liars: number): { readonly intervalSeconds: number; readonly refused: number } {
  const liar = timestampLiar(PARAMETERS);
  const net = miningNetwork({
    seed: 3,
    parameters: PARAMETERS,
    powers: [1, 2, 3, 4].map(() => POWER / 4),
    strategies: new Map(Array.from({ length: liars }, (_, node): [number, Strategy] => [node, liar])),
    delayNs: () => 10e6,
    announceNs: 1e15,
  });
  const heightReached = (height: number) => (): boolean => net.nodes[3].chain.tip.block.height >= height;
  net.network.run(1e18, heightReached(320));
  const sinceNs = net.network.nowNs;
  net.network.run(1e18, heightReached(320 + BLOCKS));
  const refused = net.nodes.reduce((sum, node) => sum + node.refused, 0);
  return { intervalSeconds: (net.network.nowNs - sinceNs) / BLOCKS / 1e9, refused };
}

test.each([0, 2, 4])(
  "%d of 4 miners who lie about the time change nothing of the rate of blocks, and break no rule",
  (liars) => {
    const { intervalSeconds, refused } = mine(liars);
    // The mean of 1,000 exponential times is sure within 3.2 %; stale blocks and lies that alternate with truths add some.
    expect(Math.abs(intervalSeconds / 10 - 1)).toBeLessThan(0.1);
    expect(refused).toBe(0);
  },
);
