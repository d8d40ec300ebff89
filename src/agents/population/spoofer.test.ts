import { describe, expect, test } from "vitest";

import { NS_PER_MINUTE } from "../../core/units.ts";
import { AgentBench } from "../../testing/agent-bench.ts";
import { CommandLog } from "../../testing/command-log.ts";
import { quoteAt, scripted } from "../../testing/scripted-agent.ts";
import { defaultDepthTraderParameters, depthTrader } from "./depth-trader.ts";
import type { SpooferParameters } from "./spoofer.ts";
import { defaultSpooferParameters, spoofer } from "./spoofer.ts";

const BID = 99_990;
const ASK = 100_010;

/** Ten minutes in a still market of traders who believe in depth. */
function spoofing(parameters: Partial<SpooferParameters>) {
  const log = new CommandLog();
  const bench = new AgentBench({ journal: log, endNs: 10 * NS_PER_MINUTE });
  bench.add("house", scripted, [quoteAt(0, { bid: BID, ask: ASK, qtyLots: 500 })]);
  for (let i = 1; i <= 5; i++) bench.add(`depth-${i}`, depthTrader, defaultDepthTraderParameters);
  const account = bench.add("spoofer", spoofer, { ...defaultSpooferParameters, ...parameters });
  bench.run();
  const decoys = log.submitsOf(account).filter(({ qtyLots }) => qtyLots === parameters.decoyLots);
  const cancels = log.of(account).filter(({ kind }) => kind === "cancel");
  return { decoys, cancels, gain: bench.gainOf(account, (BID + ASK) / 2), book: bench.venue.books[0] };
}

describe("spoofer", () => {
  test.each([
    { name: "spoofs with one large order", layers: 1, decoyLots: 2_000 },
    { name: "layers several", layers: 4, decoyLots: 501 },
  ])("$name: cancels them all, and earns from who believed them", ({ layers, decoyLots }) => {
    const { decoys, cancels, gain } = spoofing({ layers, decoyLots });
    expect(decoys.length).toBeGreaterThan(10 * layers);
    expect(decoys.length % layers).toBe(0);
    expect(cancels.length).toBeGreaterThanOrEqual(decoys.length - layers);
    // Each round trip sells a tick under the ask and buys a tick over the bid.
    expect(gain).toBeGreaterThan(5 * 100 * (ASK - BID - 2));
  });

  test("earns nothing where its orders are too small to believe in", () => {
    const { decoys, gain } = spoofing({ decoyLots: 1 });
    expect(decoys.length).toBeGreaterThan(10);
    expect(gain).toBe(0);
  });

  test("layers stand behind one another, away from the touch", () => {
    const { decoys } = spoofing({ layers: 3, decoyLots: 501, distanceTicks: 2, layerTicks: 4 });
    const steps = decoys
      .slice(0, 3)
      .map(({ side, priceTicks }) => (side === "buy" ? BID - priceTicks : priceTicks - ASK));
    expect(steps).toEqual([2, 6, 10]);
  });
});
