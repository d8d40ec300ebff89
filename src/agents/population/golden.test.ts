import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../core/units.ts";
import type { AgentBench } from "../../testing/agent-bench.ts";
import { rmsc04 } from "../../testing/rmsc04.ts";
import { scripted } from "../../testing/scripted-agent.ts";
import { defaultInventoryMarketMakerParameters, inventoryMarketMaker } from "./inventory-market-maker.ts";

const HALF_HOUR = 30 * NS_PER_MINUTE;

function market(seed: number): AgentBench {
  const bench = rmsc04({ seed, tapes: "of each actor" });
  for (let i = 1; i <= 2; i++) {
    bench.add(`inventory-${i}`, inventoryMarketMaker, defaultInventoryMarketMakerParameters);
  }
  return bench;
}

/** By actor: the hash of all that it was told. */
function tapesOf({ kernel }: AgentBench): Map<string, string> {
  return new Map(Array.from({ length: kernel.actorCount }, (_, id) => [kernel.nameOf(id), kernel.tapeOf(id)]));
}

describe("the population", () => {
  const first = market(7).run(HALF_HOUR);

  test("lives the same half hour again with the same seed", () => {
    const second = market(7).run(HALF_HOUR);
    expect(first.kernel.events).toBeGreaterThan(10_000);
    expect(second.kernel.tape.digest()).toBe(first.kernel.tape.digest());
    expect(tapesOf(second)).toEqual(tapesOf(first));
  });

  test("lives another one with another seed", () => {
    expect(market(8).run(HALF_HOUR).kernel.tape.digest()).not.toBe(first.kernel.tape.digest());
  });

  test("does not notice a silent newcomer", () => {
    const joined = market(7);
    joined.add("silent", scripted, []);
    const tapes = tapesOf(joined.run(HALF_HOUR));
    tapes.delete("silent");
    expect(tapes).toEqual(tapesOf(first));
  });
});
