import { expect, test } from "vitest";

import { ALL_POWER, ATTACK_CHAIN, BLOCK_NS } from "../../testing/attack-chain.ts";
import { miningNetwork } from "../../testing/mining-network.ts";

const MINERS = 5;
const BLOCKS = 4_000;
/** Standard deviations of a count: chance alone goes beyond four of them once in 16,000 seeds. */
const SIGMAS = 4;

/** Of all blocks that were found, the part that is not on the chain. */
function staleRate(seed: number, delayNs: number): number {
  const net = miningNetwork({
    seed,
    parameters: ATTACK_CHAIN,
    powers: Array.from({ length: MINERS }, () => ALL_POWER / MINERS),
    delayNs: () => delayNs,
    announceNs: 1e15,
    relay: "own blocks only",
  });
  const ids = new Set<string>();
  net.network.onSend = (_from, _to, message) => {
    if (message.kind === "block") ids.add(message.block.id);
  };
  net.network.run(1e18, () => net.nodes[0].chain.tip.block.height >= BLOCKS);
  return (ids.size - BLOCKS) / ids.size;
}

// Decker and Wattenhofer, "Information propagation in the Bitcoin network" (2013): a block found while another is under
// way for D makes a fork, with probability 1 - e^(-D/T). Who found the block hears of it at once, hence the factor.
test.each([
  [0.02, 31],
  [0.1, 32],
])("a delay of %d block intervals makes blocks stale at the rate of the formula", (delays, seed) => {
  const rate = staleRate(seed, delays * BLOCK_NS);
  const expected = 1 - Math.exp(-delays * (1 - 1 / MINERS));
  expect(Math.abs(rate - expected)).toBeLessThan(SIGMAS * Math.sqrt(expected / BLOCKS));
});
