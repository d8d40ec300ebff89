import { describe, expect, test } from "vitest";

import type { AgentFactory, Quote } from "../agents/port.ts";
import { discardingJournal } from "../kernel/journal-port.ts";
import { RecordKind } from "../model/record.ts";
import { POPULATION, scenarioOf } from "../testing/scenario-text.ts";
import { raisePrices } from "./forged-data.ts";
import { World } from "./world.ts";

describe("every price of a message is raised, and none where there is none", () => {
  const raised = (...words: readonly number[]): number[] => {
    const record = new Int32Array(32);
    record.set(words);
    raisePrices(record, 0, 5);
    return [...record];
  };
  test.each([
    ["quote", [RecordKind.quote, 0, 100, 0, 7, 0, 101], [RecordKind.quote, 0, 105, 0, 7, 0, 106]],
    ["levelChanged", [RecordKind.levelChanged, 0, 1, 100, 3], [RecordKind.levelChanged, 0, 1, 105, 3]],
    ["publicTrade", [RecordKind.publicTrade, 0, 1, 100, 3], [RecordKind.publicTrade, 0, 1, 105, 3]],
    [
      "bookSnapshot",
      [RecordKind.bookSnapshot, 0, 1, 1, ...Array.from({ length: 12 }, () => 0), 100, 3, 0, 0, 110, 4, 0, 0],
      [RecordKind.bookSnapshot, 0, 1, 1, ...Array.from({ length: 12 }, () => 0), 105, 3, 0, 0, 115, 4, 0, 0],
    ],
    ["orderAccepted", [RecordKind.orderAccepted, 0, 100, 100], [RecordKind.orderAccepted, 0, 100, 100]],
  ])("%s", (_, words, expected) => {
    expect(raised(...words).slice(0, expected.length)).toEqual(expected);
  });
});

describe("in a market whose data is passed on by gossip", () => {
  /** Believes nobody: asks the venue after each quote, and compares what bears the same number. */
  function sceptics(lies: Quote[]): AgentFactory {
    return ({ market }) => {
      const heard = new Map<number, Quote>();
      return {
        onStart: (agent) => agent.subscribe(market),
        onQuote: (agent, quote) => {
          if (quote.firstSequence !== 0) {
            heard.set(quote.lastSequence, quote);
            agent.requestQuote(market);
            return;
          }
          const told = heard.get(quote.lastSequence);
          if (told !== undefined && told.bidTicks !== quote.bidTicks) lies.push(told);
        },
      };
    };
  }

  function live(transport: string): { world: World; lies: Quote[] } {
    const network = `{ kind: routed, topology: { kind: star, places: [hub, a] }, link: { delay: 1ms }, at: { sceptic: a }, transport: { marketData: gossip, fanOut: 3, ${transport} } }`;
    const agents = ["{ file: ./sceptic.ts, name: sceptic, count: 30 }"];
    const lies: Quote[] = [];
    const world = new World(scenarioOf({ network, population: POPULATION, agents, duration: "2m" }), {
      journal: discardingJournal,
      factories: new Map([["./sceptic.ts", sceptics(lies)]]),
    });
    world.kernel.run(world.endNs);
    return { world, lies };
  }

  test("whoever compares with the venue's own answer finds the lies out; signatures leave none to find", () => {
    expect(live("forgers: []").lies).toEqual([]);
    const unsigned = live("forgers: [sceptic-1, sceptic-2], forgedTicks: 50");
    expect(unsigned.lies.length).toBeGreaterThan(20);
    expect(unsigned.world.network?.counts.believed).toBeGreaterThan(unsigned.lies.length);
    const signed = live("forgers: [sceptic-1, sceptic-2], forgedTicks: 50, signed: true");
    expect([signed.lies, signed.world.network?.counts.believed]).toEqual([[], 0]);
    expect(signed.world.network?.counts.forged).toBeGreaterThan(20);
  });

  test("who is to forge must be somebody, and have something to pass on", () => {
    const network = (transport: string): string =>
      `{ kind: routed, topology: { kind: star, places: [a, b] }, transport: { ${transport} } }`;
    expect(() => scenarioOf({ network: network("marketData: gossip, forgers: [noise, nobody]") })).toThrow("1 problem");
    expect(() => scenarioOf({ network: network("forgers: [noise]") })).toThrow("1 problem");
    expect(() => scenarioOf({ network: network("marketData: gossip, forgers: [noise, maker-2]") })).not.toThrow();
  });
});
