import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { parseScenario } from "./parse.ts";

/** Lines 1 to 8; the ledger begins with line 9. */
const HEAD = `version: 1
name: made-up
duration: 10m
venues:
  - name: X
    instruments: [{ symbol: A, base: A, quote: USD, tick: 0.01, lot: 1 }]
population: [{ kind: noise, name: noise, count: 3 }]
network: { kind: matrix, places: [a, b], delays: [[1ms, 2ms], [2ms, 1ms]] }
`;

function problemsOf(ledger: string, head = HEAD): string[] {
  try {
    parseScenario(`${head}ledger: ${ledger}\n`, "s.yaml");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error
      .describe()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().replace(/^[\d:]+ ledger\.?/, ""));
  }
  return [];
}

test.each<[string, string, string[]]>([
  ["a ledger of defaults", "{ protocol: raft }", []],
  ["a protocol that is not known", "{ protocol: paxos }", [expect.stringContaining("protocol: expected")]],
  [
    "a number of replicas without a quorum of two thirds",
    "{ protocol: streamlet, replicas: 5 }",
    ["replicas: expected 3f + 1 replicas for Streamlet's quorum of two thirds, such as 4 or 7, found 5"],
  ],
  ["the same number where a majority counts", "{ protocol: raft, replicas: 5 }", []],
  [
    "more replicas than a message has room for",
    "{ protocol: raft, replicas: 50 }",
    [expect.stringContaining("replicas: ")],
  ],
  [
    "nobody honest",
    "{ protocol: streamlet, streamlet: { liars: [{ lie: silent, count: 3 }, { lie: forge }] } }",
    ["streamlet.liars: expected at least one honest replica of 4, found 4 that lie"],
  ],
  [
    "a coalition that is too small to do anything",
    "{ protocol: streamlet, replicas: 7, streamlet: { liars: [{ lie: coalition, count: 2 }] } }",
    ["streamlet.liars: expected a coalition of at least 3 of 7 replicas, which is what it takes to fork; found 2"],
  ],
  ["what another protocol would not bear", "{ protocol: raft, proofOfWork: { powers: [1] } }", []],
  [
    "mining power for others than the miners",
    "{ protocol: proofOfWork, proofOfWork: { powers: [0, 0] } }",
    [
      "proofOfWork.powers: expected 4 parts of the mining power, one for each replica; found 2",
      "proofOfWork.powers: expected somebody with mining power, found none",
    ],
  ],
  [
    "elections faster than heartbeats",
    "{ protocol: raft, raft: { heartbeat: 1s, election: 2s } }",
    ["raft.election: expected more than two heartbeats (2s), found 2s"],
  ],
  [
    "places that are not known, with everything else that is wrong",
    "{ protocol: streamlet, replicas: 3, places: [a, c, b, d] }",
    [
      "replicas: expected 3f + 1 replicas for Streamlet's quorum of two thirds, such as 1 or 4, found 3",
      'places[1]: there is no place c; did you mean "a"?',
      'places[3]: there is no place d; did you mean "a"?',
    ],
  ],
])("%s", (_case, ledger, expected) => {
  expect(problemsOf(ledger)).toEqual(expected);
});

test("replicas keep no more accounts than they have room for", () => {
  const head = HEAD.replace("count: 3", "count: 20001");
  expect(problemsOf("{ protocol: raft }", head)).toEqual([
    expect.stringContaining("expected at most 20000 agents where replicas keep the accounts, found 20001"),
  ]);
});

test("a network without places has none for replicas either", () => {
  const head = HEAD.replace(/network: .*/, "network: { kind: constant, delay: 1ms }");
  expect(problemsOf("{ protocol: raft, places: a }", head)).toEqual([
    "places: expected none: a network of kind constant has no places",
  ]);
});

test("replicas and the clearing keep their names to themselves", () => {
  const head = HEAD.replace("name: X", "name: clearing").replace("name: noise,", "name: ledger,");
  expect(problemsOf("{ protocol: raft }", head)).toEqual([
    "5:5 venues[0].name: expected another name: clearing is an actor of the ledger",
    "7:29 population[0].name: expected another name: ledger is an actor of the ledger",
  ]);
});

const ROUTED = HEAD.replace(
  /network: .*/,
  "network: { kind: routed, topology: { kind: ring, places: [a, b, c] }, at: { clearing: b, ledger-2: c }, faults: FAULTS }",
);

test("faults and places may name the replicas, one by one or all", () => {
  const head = ROUTED.replace(
    "FAULTS",
    "[{ kind: crash, at: 1m, who: [ledger-4] }, { kind: skew, at: 1m, who: [ledger], ahead: 1s }, { kind: isolate, at: 2m, who: [ledger-1] }]",
  );
  expect(problemsOf("{ protocol: raft, places: [a, b] }", head)).toEqual([]);
  expect(problemsOf("{ protocol: raft, replicas: 3, places: [a, b] }", head)).toEqual([
    expect.stringContaining("network.faults[0].who[0]: there is no venue, group or agent of that name"),
  ]);
});

test("without a ledger there are no replicas to be named", () => {
  const head = ROUTED.replace("FAULTS", "[]").replace(/\n$/, "");
  expect(() => parseScenario(head, "s.yaml")).toThrow("2 problems");
});
