import { describe, expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { NS_PER_HOUR, NS_PER_SECOND } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import type { Step } from "../../testing/scripted-agent.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import type { FundamentalPath } from "../port.ts";
import type { ValueParameters } from "./value.ts";
import { defaultValueParameters, value } from "./value.ts";

const SIGMAS = 5;
const MEAN = 100_000;

function constantValue(ticks: number): FundamentalPath {
  return { meanTicks: MEAN, kappaPerNs: 0, valueAt: () => ticks };
}

/** Believes what it sees, and sees it exactly. */
const CERTAIN: ValueParameters = { ...defaultValueParameters, observationVariance: 0, kappaPerNs: 0 };

function commandsOf(options: {
  readonly valueTicks: number;
  readonly quotes?: { bid?: number; ask?: number };
  readonly parameters?: ValueParameters;
  readonly agents?: number;
  readonly endNs?: number;
}) {
  const log = new CommandLog();
  const fundamental = constantValue(options.valueTicks);
  const bench = new AgentBench({ journal: log, fundamental, endNs: options.endNs ?? NS_PER_HOUR });
  if (options.quotes !== undefined) bench.add("house", scripted, [quoteAt(0, options.quotes)]);
  const accounts = Array.from({ length: options.agents ?? 1 }, (_, i) =>
    bench.add(`value-${i}`, value, options.parameters ?? CERTAIN),
  );
  bench.run();
  return accounts.map((account) => log.of(account));
}

describe("value", () => {
  const quotes = { bid: 99_990, ask: 99_994 };

  /** Thousands of orders of one agent: others' orders would change the spread. */
  const busyOrdersAt = (valueTicks: number) => {
    const parameters = { ...CERTAIN, meanInterval: 10 * NS_PER_SECOND };
    const [commands] = commandsOf({ valueTicks, quotes, parameters, endNs: 10 * NS_PER_HOUR });
    return commands.filter(({ kind }) => kind === "submit");
  };

  test.each([
    { valueTicks: 100_000, side: "buy" },
    { valueTicks: 99_992, side: "buy" },
    { valueTicks: 99_991, side: "sell" },
  ])("with the mid at 99992 and a value of $valueTicks it can only $side", ({ valueTicks, side }) => {
    const orders = commandsOf({ valueTicks, quotes })[0].filter(({ kind }) => kind === "submit");
    expect(orders.length).toBeGreaterThan(5);
    expect(new Set(orders.map((order) => order.side))).toEqual(new Set([side]));
  });

  test("one in ten at the opposite best, the others back by 0 to 2 x spread - 1, each alike", () => {
    const orders = busyOrdersAt(100_000);
    for (let steps = 0; steps < 8; steps++) {
      const expected = (steps === 0 ? 0.1 : 0) + 0.9 / 8;
      const found = orders.filter(({ priceTicks }) => priceTicks === quotes.ask - steps).length / orders.length;
      const bound = SIGMAS * Math.sqrt((expected * (1 - expected)) / orders.length);
      expect(Math.abs(found - expected), `${steps} ticks back`).toBeLessThan(bound);
    }
    expect(Math.min(...orders.map(({ priceTicks }) => priceTicks))).toBe(quotes.ask - 7);
    expect(Math.max(...orders.map(({ priceTicks }) => priceTicks))).toBe(quotes.ask);
  });

  test("sells go up from the bid", () => {
    const orders = busyOrdersAt(90_000);
    expect(Math.min(...orders.map(({ priceTicks }) => priceTicks))).toBe(quotes.bid);
    expect(Math.max(...orders.map(({ priceTicks }) => priceTicks))).toBe(quotes.bid + 7);
  });

  test("cancels an order that is still there before the next one, and sends no cancel without need", () => {
    const waiting: ValueParameters = { ...CERTAIN, aggression: 0, depthSpreads: 2 };
    const commands = commandsOf({ valueTicks: 100_000, quotes, agents: 20, parameters: waiting });
    for (const one of commands) {
      let resting = 0;
      for (const { kind, priceTicks } of one) {
        if (kind === "cancelAll") {
          expect(resting).toBe(1);
          resting = 0;
        } else {
          expect(resting).toBe(0);
          // The house sells without end at its ask, so only an order below that comes to rest.
          resting = priceTicks < quotes.ask ? 1 : 0;
        }
      }
    }
  });

  test("cancels what is left of an order that was filled in part", () => {
    const sell: Step[] = Array.from({ length: 3_600 }, (_, second) => ({
      atNs: second * NS_PER_SECOND + 1,
      act: (agent, at) => agent.submit(at, { side: "sell", qtyLots: 1, orderType: "market" }),
    }));
    const bench = new AgentBench({ fundamental: constantValue(100_000) });
    bench.add("house", scripted, [quoteAt(0, quotes), ...sell]);
    const account = bench.add("value", value, { ...CERTAIN, meanInterval: 10 * NS_PER_SECOND });
    bench.run();
    const { baseAsset } = bench.venue.listed[0];
    expect(bench.ledger.balance(account, baseAsset)).toBeGreaterThan(0);
    expect(bench.venue.books[0].orders().filter(({ owner }) => owner === account).length).toBeLessThanOrEqual(1);
  });

  test("looks no more when trading has ended", () => {
    const log = new CommandLog();
    const bench = new AgentBench({ journal: log, fundamental: constantValue(100_000), endNs: NS_PER_HOUR });
    const account = bench.add("value", value, CERTAIN);
    bench.run(3 * NS_PER_HOUR);
    const times = log.of(account).map(({ timeNs }) => timeNs);
    expect(times.length).toBeGreaterThan(5);
    expect(Math.max(...times)).toBeLessThan(NS_PER_HOUR);
  });

  test("arrivals are Poisson with the mean interval", () => {
    const hours = 10;
    const agents = 100;
    const endNs = hours * NS_PER_HOUR;
    const orders = commandsOf({ valueTicks: 100_000, quotes, agents, endNs });
    const expected = (agents * endNs) / (175 * NS_PER_SECOND);
    const times = orders.map((one) => one.filter(({ kind }) => kind === "submit").map(({ timeNs }) => timeNs));
    expect(Math.abs(times.flat().length - expected)).toBeLessThan(SIGMAS * Math.sqrt(expected));
    const gaps = times.flatMap((one) => one.slice(1).map((time, i) => (time - one[i]) / (175 * NS_PER_SECOND)));
    // Exponential: the mean of the square is 2, with variance 24 - 4.
    const square = gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length;
    expect(Math.abs(square - 2)).toBeLessThan(SIGMAS * Math.sqrt(20 / gaps.length));
  });

  test("where a side is empty it quotes the value itself, on either side", () => {
    const first = commandsOf({ valueTicks: 100_000.4, agents: 1 })[0][0];
    expect(first).toMatchObject({ kind: "submit", priceTicks: 100_000 });
    const sides = commandsOf({ valueTicks: 100_000, quotes: { bid: 99_990 }, agents: 40, endNs: 30 * NS_PER_SECOND })
      .flat()
      .map(({ side }) => side);
    expect(new Set(sides)).toEqual(new Set(["buy", "sell"]));
  });

  test("never names a price below one tick", () => {
    const orders = commandsOf({ valueTicks: -500, quotes: { bid: 1, ask: 3 }, agents: 20 })
      .flat()
      .concat(commandsOf({ valueTicks: 500, quotes: { bid: 1, ask: 3 }, agents: 20 }).flat())
      .concat(commandsOf({ valueTicks: -500, agents: 20 }).flat());
    expect(Math.min(...orders.filter(({ kind }) => kind === "submit").map(({ priceTicks }) => priceTicks))).toBe(1);
  });

  test("is refused where the instrument has no fundamental", () => {
    expect(() => new AgentBench().add("value-1", value, defaultValueParameters)).toThrow(
      new UserError("value-1 trades on value, but ABM has no fundamental"),
    );
  });
});
