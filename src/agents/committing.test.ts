import { describe, expect, test } from "vitest";

import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../core/units.ts";
import { ConstantLink } from "../kernel/links.ts";
import { AgentBench } from "../testing/agent-bench.ts";
import { tradingStyle } from "../testing/commit-bench.ts";
import type { Agent, AgentFactory, Market } from "./port.ts";

/** What an agent does at a time, in milliseconds. */
type Script = readonly (readonly [atMs: number, act: (agent: Agent, market: Market) => void])[];

/** Follows a script, and writes down what it is told of its orders, such as `700 accepted -1`. */
const recorder: AgentFactory<{ readonly script: Script; readonly told: string[] }> = ({ market, parameters }) => {
  const { script, told } = parameters;
  const note = (agent: Agent, text: string): void =>
    void told.push(`${Math.floor(agent.nowNs / NS_PER_MILLISECOND)} ${text}`);
  return {
    onStart(agent) {
      for (const [step, [atMs]] of script.entries()) agent.setTimer(atMs * NS_PER_MILLISECOND, step);
    },
    onTimer(agent, step) {
      script[step][1](agent, market);
    },
    onOrder: (agent, { status, orderId, reason }) =>
      note(agent, `${status} ${orderId}${reason === "none" ? "" : ` ${reason}`}`),
    onFill: (agent, { orderId, qtyLots, priceTicks }) => note(agent, `fill ${orderId} ${qtyLots}@${priceTicks}`),
    onPhase: (agent, { phase }) => note(agent, `phase ${phase}`),
    onNote: (agent, { from, topic, values }) => note(agent, `note ${from} ${topic} ${values.join(" ")}`),
  };
};

/** Lets agents follow their scripts for some batches, 5 ms from the venue. */
function follow(...scripts: readonly Script[]): { told: string[][]; bench: AgentBench } {
  const endNs = 10 * NS_PER_SECOND;
  const style = tradingStyle("commit and reveal", endNs);
  const bench = new AgentBench({ endNs, link: new ConstantLink(5 * NS_PER_MILLISECOND), ...style });
  const told = scripts.map((script, index) => {
    const list: string[] = [];
    bench.add(`agent-${index}`, recorder, { script, told: list });
    return list;
  });
  bench.run(4 * NS_PER_SECOND);
  return { told, bench };
}

const buy = (agent: Agent, market: Market): number =>
  agent.submit(market, { side: "buy", qtyLots: 10, priceTicks: 101 });
const sell = (agent: Agent, market: Market): number =>
  agent.submit(market, { side: "sell", qtyLots: 10, priceTicks: 99 });

describe("an agent that knows nothing of commits", () => {
  test("trades: its orders are committed to, revealed, and filled under the ids that it got", () => {
    const { told, bench } = follow([[10, buy]], [[20, sell]]);
    expect(told).toEqual([
      ["710 accepted -1", "1005 fill -1 10@100"],
      ["710 accepted -1", "1005 fill -1 10@100"],
    ]);
    expect(bench.ledger.reserved(2, bench.venue.listed[0].quoteAsset)).toBe(0);
  });

  test("publishes and hears notes", () => {
    const { told } = follow([[10, (agent) => agent.listen(3)]], [[20, (agent) => agent.publish(3, [1.5, -2])]]);
    expect(told).toEqual([["25 note agent-1 3 1.5 -2"], []]);
  });

  test("hears of the market's phases", () => {
    const { told } = follow([[10, (agent, market) => agent.subscribe(market, { depth: "auctions" })]]);
    expect(told[0].length).toBeGreaterThan(1);
    expect(told[0].every((line) => / phase /.test(line))).toBe(true);
  });

  test("waits with an order that comes in the reveal window for the next batch", () => {
    expect(follow([[750, buy]]).told).toEqual([["1710 accepted -1"]]);
  });

  test("keeps an order secret whose commit came too late, and commits again", () => {
    // It leaves before the reveals begin, and arrives after.
    const { told, bench } = follow([[698, buy]]);
    expect(told).toEqual([["1710 accepted -1"]]);
    expect(bench.ledger.balance(1, bench.venue.listed[0].quoteAsset)).toBe(0);
  });

  test("hears of a cancel when the order is revealed, and takes back at once what was not committed to", () => {
    let early = 0;
    let late = 0;
    const { told } = follow([
      [10, (agent, market) => void (early = buy(agent, market))],
      [20, (agent, market) => agent.cancel(market, early)],
      [800, (agent, market) => void (late = buy(agent, market))],
      [810, (agent, market) => agent.cancel(market, late)],
    ]);
    expect(told).toEqual([["710 accepted -1", "720 canceled -1 canceledByOwner"]]);
  });

  test("cancels what rests under its own id, and all of it at once", () => {
    const { told } = follow([
      [10, buy],
      [11, buy],
      [1_100, (agent, market) => agent.cancel(market, -1)],
      [1_200, buy],
      [1_300, (agent, market) => agent.cancelAll(market)],
    ]);
    expect(told).toEqual([
      [
        "710 accepted -1",
        "710 accepted -2",
        "1110 canceled -1 canceledByOwner",
        "1310 canceled -2 canceledByOwner",
        "1710 accepted -3",
        "1720 canceled -3 canceledByOwner",
      ],
    ]);
  });

  test("is told of an order that the book refuses, and pays the penalty for it", () => {
    const { told, bench } = follow([
      [10, (agent, market) => agent.submit(market, { side: "buy", qtyLots: 0, priceTicks: 1 })],
    ]);
    expect(told).toEqual([["710 rejected -1 invalidQty"]]);
    expect(bench.ledger.balance(1, bench.venue.listed[0].quoteAsset)).toBe(1_000);
  });

  test("has timers of its own that nobody else's tags come between", () => {
    const { told } = follow([
      [10, buy],
      [700, () => undefined],
      [1_000, () => undefined],
    ]);
    expect(told).toEqual([["710 accepted -1"]]);
  });
});
