import { describe, expect, test } from "vitest";

import { Kernel } from "../../kernel/kernel.ts";
import { plainLink } from "../link-spec.ts";
import { Network } from "../network.ts";

const MEMBERS = 300;
const ROUNDS = 40;
const [TRUTH, LIE] = [7, 8];

/** A source tells a truth again and again; the first members, so large a share, pass a lie on. */
function spread(options: { readonly liars: number; readonly isSigned: boolean; readonly loss?: number }) {
  const { liars, isSigned, loss = 0 } = options;
  const spec = { ...plainLink(1_000), loss: { kind: "bernoulli", probability: loss } as const };
  const network = new Network({
    graph: { places: [{ name: "a", local: spec }], edges: [] },
    seed: 1,
    locate: () => ({ place: 0 }),
    transportOf: () => "gossip",
    fanOut: 4,
    forgery: {
      isForger: (name) => Number(name.split("-")[1]) <= liars * MEMBERS,
      forge: (words, at) => {
        words[at + 1] = LIE;
      },
      isSigned,
    },
  });
  const kernel = new Kernel({ seed: 1, link: network });
  const source = kernel.add("source", {
    onStart: (context) => {
      for (let round = 0; round < ROUNDS; round++) context.setTimer(round * 1e6, round);
    },
    onTimer: (context) => {
      const message = context.compose();
      context.words[message << 4] = 64;
      context.words[(message << 4) + 1] = TRUTH;
      for (let member = 1; member <= MEMBERS; member++) context.send(member, message);
    },
    onMessage: () => {},
  });
  const heard = { truths: 0, lies: 0, fromOthers: 0 };
  for (let member = 1; member <= MEMBERS; member++) {
    kernel.add(`member-${member}`, {
      onMessage: (context, words, at) => {
        if (words[at + 1] === LIE) heard.lies++;
        else heard.truths++;
        if (context.sender !== source) heard.fromOthers++;
      },
    });
  }
  kernel.run(Infinity);
  return { kernel, counts: network.counts, inFlight: network.inFlight, heard };
}

/** The share that hears a rumour: x = 1 - e^(-f x). */
function reachOf(fanOut: number): number {
  let share = 1;
  for (let i = 0; i < 1_000; i++) share = 1 - Math.exp(-fanOut * share);
  return share;
}

describe("a forger of what is passed on by gossip", () => {
  test("deceives many more than it tells, since who believes it tells others; it seems to come from the source", () => {
    const { heard, counts } = spread({ liars: 0.05, isSigned: false });
    const deceived = heard.lies / (heard.lies + heard.truths);
    // Between most and the source stand two to four others, each a liar with a chance of 0.05.
    expect(deceived).toBeGreaterThan(1 - 0.95 ** 2);
    expect(deceived).toBeLessThan(1 - 0.95 ** 4);
    expect([counts.believed, counts.forged, heard.fromOthers]).toEqual([heard.lies, 0, 0]);
    expect(spread({ liars: 0.2, isSigned: false }).heard.lies).toBeGreaterThan(2 * heard.lies);
  });

  test("deceives nobody where the source signs: its packets are lost, which others make up for", () => {
    for (const liars of [0.05, 0.2]) {
      const { heard, counts } = spread({ liars, isSigned: true });
      expect([heard.lies, counts.believed]).toEqual([0, 0]);
      expect(counts.forged).toBeGreaterThan(0);
      expect(Math.abs(heard.truths / (ROUNDS * MEMBERS) - reachOf(4 * (1 - liars)))).toBeLessThan(0.02);
    }
  });

  test("is what the source would be without it: as many hear something", () => {
    const [honest, forging] = [spread({ liars: 0, isSigned: false }), spread({ liars: 0.2, isSigned: false })];
    expect(honest.heard.lies).toBe(0);
    expect(forging.heard.lies + forging.heard.truths).toBe(honest.heard.truths);
  });

  test.each([true, false])("leaves no message behind, signed: %s", (isSigned) => {
    const { kernel, counts, inFlight } = spread({ liars: 0.1, isSigned, loss: 0.2 });
    expect([kernel.pool.held, inFlight]).toEqual([0, 0]);
    expect(counts.delivered + counts.missed).toBe(counts.offered);
  });
});
