import { describe, expect, test } from "vitest";

import { NS_PER_MILLISECOND, NS_PER_MINUTE } from "../../core/units.ts";
import { ConstantLink } from "../../kernel/links.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import type { WashTraderParameters } from "./wash-trader.ts";
import { defaultWashTraderParameters, washTrader } from "./wash-trader.ts";

const TURNS = 119;

/** Ten minutes, with a turn each five seconds, of a ring of so many; nobody else trades. */
function ring(peers: number, parameters: Partial<WashTraderParameters> = {}, house = { bid: 99_990, ask: 100_010 }) {
  const bench = new AgentBench({ endNs: 10 * NS_PER_MINUTE, link: new ConstantLink(NS_PER_MILLISECOND) });
  bench.add("house", scripted, [quoteAt(0, house)]);
  const accounts = Array.from({ length: peers }, (_, place) =>
    bench.add(
      `wash-${place + 1}`,
      washTrader,
      { ...defaultWashTraderParameters, ...parameters },
      { number: place + 1, peers },
    ),
  );
  bench.run();
  const [book] = bench.venue.books;
  return { trades: book.tradeCount, positions: accounts.map((account) => book.position(account)), book };
}

describe("washTrader", () => {
  test.each([1, 2, 4])("a ring of %i trades at each turn, and holds in the end what a round leaves", (peers) => {
    const { trades, positions } = ring(peers);
    expect(trades).toBe(TURNS);
    expect(positions.reduce((sum, lots) => sum + lots, 0)).toBe(0);
    // After whole rounds everybody is flat; of an unfinished one the first member has sold, and the last bought.
    const left = TURNS % peers;
    const flat = positions.map(() => 0);
    if (left > 0) {
      flat[0] = -137;
      flat[left] = 137;
    }
    expect(positions).toEqual(flat);
  });

  test("lets a turn pass where it would have to trade with others", () => {
    const { trades, book } = ring(2, {}, { bid: 99_999, ask: 100_000 });
    expect(trades).toBe(0);
    expect(book.orderCount).toBe(2);
  });

  test("alone it is stopped by self-trade prevention, a ring is not", () => {
    expect(ring(1, { selfTradePrevention: "cancelTaker" }).trades).toBe(0);
    expect(ring(2, { selfTradePrevention: "cancelTaker" }).trades).toBe(TURNS);
  });

  test("leaves no order behind when the buyer does not come", () => {
    // The buyer looks before the order stands.
    const { trades, book } = ring(2, { reactionDelay: 100 });
    expect(trades).toBe(0);
    expect(book.orderCount).toBe(2);
  });
});
