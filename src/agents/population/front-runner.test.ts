import { describe, expect, test } from "vitest";

import { NS_PER_MILLISECOND, NS_PER_MINUTE } from "../../core/units.ts";
import { MatrixLink } from "../../kernel/links.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { ladderAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultFrontRunnerParameters, frontRunner } from "./front-runner.ts";
import { defaultInstitutionParameters, institution } from "./institution.ts";

const MID = 100_000;

/** An institution 10 ms from the venue, a front-runner 1 ms from it, and the leak between them. */
function running({ leakMs, leaks = true }: { leakMs: number; leaks?: boolean }) {
  const log = new CommandLog();
  const names = ["XTS", "victim", "runner"];
  const delays = [
    [0, 10, 1],
    [10, 0, leakMs],
    [1, leakMs, 0],
  ];
  const bench = new AgentBench({
    journal: log,
    endNs: 10 * NS_PER_MINUTE,
    link: new MatrixLink({
      delaysNs: delays.map((row) => row.map((ms) => ms * NS_PER_MILLISECOND)),
      placeOf: (name) => Math.max(0, names.indexOf(name)),
    }),
  });
  bench.add("house", scripted, [ladderAt(0, { bid: MID - 1, ask: MID + 1, levels: 3_000, qtyLots: 200 })]);
  const victim = bench.add("victim", institution, defaultInstitutionParameters);
  const runner = bench.add("runner", frontRunner, defaultFrontRunnerParameters);
  if (leaks) bench.leak("victim", "runner");
  bench.run();
  const [book] = bench.venue.books;
  return {
    orders: log.submitsOf(runner),
    victims: log.submitsOf(victim),
    gain: bench.gainOf(runner, book.lastPriceTicks),
  };
}

describe("frontRunner", () => {
  test("is there before its victim, on the same side, and earns from it", () => {
    const { orders, victims, gain } = running({ leakMs: 1 });
    expect(victims.length).toBeGreaterThan(10);
    const sides = victims.map((victim) => ({
      victim: victim.side,
      ahead: orders.find(({ timeNs }) => timeNs < victim.timeNs && timeNs > victim.timeNs - 10 * NS_PER_MILLISECOND)
        ?.side,
    }));
    // While it is busy with one victim it lets the next one pass.
    const met = sides.filter(({ ahead }) => ahead !== undefined);
    expect(met.length).toBeGreaterThan(0.8 * victims.length);
    expect(met.every(({ victim, ahead }) => ahead === victim)).toBe(true);
    expect(gain).toBeGreaterThan(victims.length * 500);
  });

  test("earns nothing when the victim is faster than the leak", () => {
    expect(running({ leakMs: 30 }).gain).toBeLessThanOrEqual(0);
  });

  test("does nothing where nobody leaks", () => {
    expect(running({ leakMs: 1, leaks: false }).orders).toEqual([]);
  });
});
