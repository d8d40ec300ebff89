import { describe, expect, test } from "vitest";

import { NS_PER_SECOND } from "../../core/units.ts";
import { transferWords } from "../../consensus/ledger/ledger-transaction.ts";
import { discardingJournal } from "../../kernel/journal-port.ts";
import { FEW, scenarioText } from "../../testing/scenario-text.ts";
import { parseScenario } from "../scenario/parse.ts";
import { World } from "../world.ts";
import type { ReplicatedLedger } from "./replicated-ledger.ts";

const NETWORK =
  "{ kind: routed, topology: { kind: ring, places: [a, b, c, d] }, link: { delay: 5ms }, at: { noise: a, value: a, momentum: a, maker: a }, faults: [FAULTS] }";

interface Setup {
  readonly ledger: string;
  readonly faults?: string;
  readonly seconds?: number;
}

function fly({ ledger, faults = "", seconds = 25 }: Setup): { world: World; replicated: ReplicatedLedger } {
  const text = scenarioText({
    network: NETWORK.replace("FAULTS", faults),
    population: FEW,
    duration: `${seconds}s`,
  });
  const section = `ledger: { places: [a, b, c, d], blockInterval: 400ms, batch: 1s, ${ledger} }\n`;
  const world = new World(parseScenario(text + section, "small.yaml"), {
    journal: discardingJournal,
    factories: new Map(),
  });
  world.kernel.run(seconds * NS_PER_SECOND);
  const { replicated } = world;
  if (replicated === undefined) throw new Error("there is no ledger");
  return { world, replicated };
}

const PROTOCOLS = ["raft", "streamlet", "proofOfWork"];

describe.each(PROTOCOLS)("settlement on %s", (protocol) => {
  test.each(["netted", "perFill"])("%s: every replica has the venues' balances, up to what is final", (settle) => {
    const { replicated } = fly({ ledger: `protocol: ${protocol}, settle: ${settle}` });
    const { clearing, record } = replicated;
    const { transactions, refused, spentTwice } = record.finalChain();
    expect(replicated.audit().map(({ state }) => state)).toEqual(["equal", "equal", "equal", "equal"]);
    expect(clearing.batchesClosed).toBeGreaterThan(4);
    expect(clearing.latenciesNs.length).toBeGreaterThan(clearing.batchesClosed - 6);
    expect(transactions).toBeGreaterThan(clearing.latenciesNs.length);
    expect([refused, clearing.refused, spentTwice, record.forks()]).toEqual([0, 0, [], []]);
    // Each replica has compared its balances with the venues' mark after each batch.
    for (const { batch } of replicated.audit()) expect(batch).toBeGreaterThanOrEqual(clearing.latenciesNs.length);
  });

  test("the same seed gives the same hash", () => {
    const [one, other] = [0, 1].map(() => fly({ ledger: `protocol: ${protocol}`, seconds: 10 }));
    expect(one.world.kernel.tape.digest()).toBe(other.world.kernel.tape.digest());
  });

  test("crashes and a cut delay what is final, and change nothing of it", () => {
    const faults =
      "{ kind: crash, at: 4s, for: 4s, who: [ledger-2] }, { kind: split, at: 12s, for: 6s, sides: [[a, b], [c, d]] }";
    const { replicated } = fly({ ledger: `protocol: ${protocol}`, faults, seconds: 36 });
    expect(replicated.audit().map(({ state }) => state)).toEqual(["equal", "equal", "equal", "equal"]);
    const { clearing, record } = replicated;
    expect([clearing.refused, record.finalChain().spentTwice, record.forks()]).toEqual([0, [], []]);
    expect(clearing.latenciesNs.length).toBeGreaterThan(clearing.batchesClosed - 6);
    if (protocol === "proofOfWork") {
      // Both sides of the cut went on, so one of them had to be undone, and what it undid came again.
      expect(record.deepestReorganisation).toBeGreaterThan(3);
    } else {
      // Two of four are no majority, and no two thirds: nothing was final meanwhile.
      expect(Math.max(...clearing.latenciesNs)).toBeGreaterThan(5 * NS_PER_SECOND);
      expect(record.reverted).toBe(0);
    }
  });
});

test("venues settle provisionally at the same moments, whatever the replicas do", () => {
  const tapes = PROTOCOLS.map((protocol) => {
    const { world } = fly({ ledger: `protocol: ${protocol}`, seconds: 15 });
    return world.markets.map((_, place) => world.observer.samples[place]);
  });
  expect(tapes[1]).toEqual(tapes[0]);
  expect(tapes[2]).toEqual(tapes[0]);
});

test("a liar of Streamlet is caught, and the others agree with the venues", () => {
  const { replicated } = fly({ ledger: "protocol: streamlet, streamlet: { liars: [{ lie: equivocate }] }" });
  expect(replicated.audit().map(({ name, state }) => `${name} ${state}`)).toEqual([
    "ledger-1 equal",
    "ledger-2 equal",
    "ledger-3 equal",
  ]);
  expect([...replicated.record.culprits]).toEqual([3]);
});

test.each([
  ["protocol: streamlet, streamlet: { liars: [{ lie: beLate }] }"],
  ["protocol: proofOfWork, proofOfWork: { liars: [{ lie: falseTimes }] }"],
])("whoever is late or lies about the time is no proven liar, and changes nothing of the balances: %s", (ledger) => {
  const { replicated } = fly({ ledger, seconds: 20 });
  expect(replicated.audit().map(({ name, state }) => `${name} ${state}`)).toEqual([
    "ledger-1 equal",
    "ledger-2 equal",
    "ledger-3 equal",
  ]);
  expect([[...replicated.record.culprits], replicated.record.forks()]).toEqual([[], []]);
});

test("two liars of four fork what is final, and are caught", () => {
  // The two honest ones, at a and b, do not hear of each other.
  const faults = "{ kind: cut, at: 0s, for: 1h, links: [[a, b]] }";
  const ledger = "protocol: streamlet, streamlet: { liars: [{ lie: coalition, count: 2 }] }";
  const { replicated } = fly({ ledger, faults, seconds: 40 });
  expect(replicated.record.forks().length).toBeGreaterThan(0);
  expect([...replicated.record.culprits].toSorted((a, b) => a - b)).toEqual([2, 3]);
  // The venue believes what one more than a third say, and the liars say what they like.
  expect(replicated.audit().map(({ state }) => state)).toContain("behind");
});

test("fees are paid by the venue, and go to miners", () => {
  const { replicated } = fly({ ledger: "protocol: proofOfWork, fee: 3", seconds: 20 });
  const ledger = replicated.cluster.members[0].ledger();
  const miners = [0, 1, 2, 3].map((number) => ledger.balanceOf(replicated.account + 3 + number));
  expect(miners.reduce((sum, coins) => sum + coins, 0) % 5_000_000).toBe(3 * ledger.nextNonce(replicated.account));
  expect(replicated.audit().map(({ state }) => state)).toEqual(["equal", "equal", "equal", "equal"]);
});

test("a balance that is not what the venues say is found", () => {
  const { replicated } = fly({ ledger: "protocol: raft", seconds: 10 });
  const ledger = replicated.cluster.members[2].ledger();
  const [from, asset] = [2, 1];
  const words = transferWords({ account: from, nonce: ledger.nextNonce(from), to: 3, amount: 1, asset });
  expect(ledger.apply(words, 0)).toBe(0);
  expect(replicated.audit().map(({ state }) => state)).toEqual(["equal", "equal", "different", "equal"]);
});

test("real signatures and real hashes settle as well", () => {
  const ledger = "protocol: proofOfWork, signatures: ed25519, proofOfWork: { proof: hashed, confirmations: 2 }";
  const { replicated } = fly({ ledger, seconds: 10 });
  expect(replicated.audit().map(({ state }) => state)).toEqual(["equal", "equal", "equal", "equal"]);
  expect(replicated.clearing.latenciesNs.length).toBeGreaterThan(0);
});
