import { expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultRunawayLoopParameters, runawayLoop } from "./runaway-loop.ts";

test("buys and sells in turn, then sends one order again and again, then works again", () => {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log, endNs: 5 * NS_PER_MINUTE });
  bench.add("house", scripted, [quoteAt(0, { bid: 99_990, ask: 100_010 })]);
  const account = bench.add("loop", runawayLoop, defaultRunawayLoopParameters);
  bench.run();
  const { breaksAfter, lasts, retryDelay } = defaultRunawayLoopParameters;
  const orders = log.submitsOf(account);
  const broken = orders.filter(({ timeNs }) => timeNs >= breaksAfter && timeNs < breaksAfter + lasts);
  expect(broken.length).toBe(lasts / retryDelay);
  expect(new Set(broken.map(({ side }) => side)).size).toBe(1);
  const sound = orders.filter((order) => !broken.includes(order)).map(({ side }) => side);
  expect(sound.length).toBeGreaterThan(10);
  expect(sound.every((side, at) => at === 0 || side !== sound[at - 1])).toBe(true);
});
