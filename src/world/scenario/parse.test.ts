import { describe, expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { POPULATION_KINDS } from "../population-kinds.ts";
import { alternatives } from "./expectation.ts";
import { PROBLEMS_MAX } from "./finding.ts";
import { SCENARIO_CHARS_MAX, parseScenario } from "./parse.ts";

/** Lines 1 to 6 are right; the cases go on with line 7. */
const HEAD = `version: 1
name: made-up
duration: 10m
venues:
  - name: X
    instruments: [{ symbol: A, base: A, quote: USD, tick: 0.01, lot: 1 }]
`;

const DURATION = "expected a duration such as 50ns, 1.5ms, 30s or 6h30m (whole nanoseconds, at most 104 days)";
const KINDS = `expected ${alternatives(POPULATION_KINDS.map(({ kind }) => kind))}`;
const NAME = "expected a name: a letter, then up to 63 letters, digits, '.', '_' or '-'";

/** The lines of an error, without the first. */
function problemsOf(text: string): string[] {
  try {
    parseScenario(text, "s.yaml");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(2);
    return error
      .describe()
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe("unknown keys", () => {
  test.each([
    ["at the top", "sede: 3", ['7:1 sede: unknown key; did you mean "seed"?']],
    [
      "far from any other",
      "wibble: 3",
      [
        "7:1 wibble: unknown key; expected version, name, description, seed, start, duration, venues, network, ledger, fundamentals, population, agents, desks, recorded, surveillance or sampling",
      ],
    ],
    [
      "in a group",
      "population: [{ kind: noise, name: n, cuont: 3 }]",
      ['7:38 population[0].cuont: unknown key; did you mean "count"?'],
    ],
    [
      "in the parameters of a kind, which other kinds may have",
      "population: [{ kind: noise, name: n, parameters: { ordersPerDya: 3, shortMids: 3 } }]",
      [
        '7:52 population[0].parameters.ordersPerDya: unknown key; did you mean "ordersPerDay"?',
        "7:69 population[0].parameters.shortMids: unknown key; expected ordersPerDay, leadIn, day or typicalLots",
      ],
    ],
    [
      "one level too high",
      "population: [{ kind: noise, name: n, ordersPerDay: 3 }]",
      ['7:38 population[0].ordersPerDay: unknown key here; it belongs to "parameters"'],
    ],
    [
      "in one branch of a union",
      "network: { kind: uniform, low: 1ms, high: 2ms, delay: 1ms }",
      ["7:48 network.delay: unknown key; expected kind, low or high"],
    ],
    ["with a point", "a.b: 3", ["7:1 a.b: unknown key; expected version, name,"]],
    ["that objects have anyway", "__proto__: { seed: 3 }", ["7:1 __proto__: unknown key; expected version,"]],
    ["that are numbers", "3: x", ["7:1 3: unknown key; expected version,"]],
  ])("%s", (_name, text, expected) => {
    const found = problemsOf(HEAD + text);
    expect(found.map((line, i) => line.slice(0, expected[i].length))).toEqual(expected);
  });
});

describe("values of the wrong type, or impossible ones", () => {
  test.each([
    ["seed: abc", "7:1 seed: expected a number, found abc"],
    ["seed: -1", "7:1 seed: expected at least 0, found -1"],
    ["seed: 1.5", "7:1 seed: expected a whole number, found 1.5"],
    ["seed: 1e99", "7:1 seed: expected at most 9007199254740991, found 1e99"],
    ["seed: .nan", "7:1 seed: expected a number, found .nan"],
    ["description: [a]", "7:1 description: expected a text, found a list"],
    ["population: 3", "7:1 population: expected a list, found 3"],
    ["population:", "7:1 population: expected a list, found nothing"],
    ["population: [3]", "7:14 population[0]: expected a mapping, found 3"],
    ["sampling: 10", `7:1 sampling: ${DURATION}, found 10`],
    ["sampling: 10 sec", `7:1 sampling: ${DURATION}, found 10 sec`],
    ["sampling: 0.5ns", `7:1 sampling: ${DURATION}, found 0.5ns`],
    ["sampling: 0s", "7:1 sampling: expected a duration above 0, found 0s"],
    ["start: 9:30", "7:1 start: expected a time of day such as 09:30 or 16:00:00, found 9:30"],
    ["start: 25:00", "7:1 start: expected a time of day such as 09:30 or 16:00:00, found 25:00"],
    [
      "network: { kind: unifrom }",
      `7:12 network.kind: expected constant, uniform, line, matrix or routed, found unifrom; did you mean "uniform"?`,
    ],
    ["network: { kind: uniform, low: 1ms }", `7:1 network.high: missing; ${DURATION}`],
    [
      "network: { kind: uniform, low: 3ms, high: 2ms }",
      "7:27 network.low: expected at most network.high (2ms), found 3ms",
    ],
    ["population: [{ kind: nosie, name: n }]", `7:16 population[0].kind: ${KINDS}, found nosie; did you mean "noise"?`],
    ["population: [{ kind: 7, name: n }]", `7:16 population[0].kind: ${KINDS}, found 7`],
    ["population: [{ name: n }]", `7:14 population[0].kind: missing; ${KINDS}`],
    ["population: [{ kind: noise, name: 3 }]", `7:29 population[0].name: ${NAME}, found 3`],
    ["population: [{ kind: noise, name: -x }]", `7:29 population[0].name: ${NAME}, found -x`],
    ["population: [{ kind: noise, name: n, count: 0 }]", "7:38 population[0].count: expected at least 1, found 0"],
    [
      "population: [{ kind: noise, name: n, parameters: { ordersPerDay: 0 } }]",
      "7:52 population[0].parameters.ordersPerDay: expected more than 0, found 0",
    ],
    [
      "population: [{ kind: value, name: n, parameters: { aggression: 2 } }]",
      "7:52 population[0].parameters.aggression: expected at most 1, found 2",
    ],
    [
      "population: [{ kind: noise, name: n, account: { cash: -1 } }]",
      "7:49 population[0].account.cash: expected a number of at least 0, found -1",
    ],
    [
      "population: [{ kind: noise, name: n, account: { cancelOnDisconnect: yes } }]",
      "7:49 population[0].account.cancelOnDisconnect: expected true or false, found yes",
    ],
    ["agents: [{ file: '', name: a }]", "7:12 agents[0].file: expected at least 1 character, found ''"],
    ["agents: [{ name: a }]", "7:10 agents[0].file: missing; expected a text"],
    ["agents: [{ file: a.ts, name: a, parameters: 3 }]", "7:33 agents[0].parameters: expected a mapping, found 3"],
    ["seed: &s [1]\nsampling: *s", "7:1 seed: expected a number, found a list"],
    ["description: *nowhere", "7:14 description: there is no anchor &nowhere"],
  ])("%s", (text, expected) => {
    expect(problemsOf(HEAD + text)[0]).toBe(expected);
  });

  test("in what a scenario must have", () => {
    expect(problemsOf("version: 2\nname: latest\nduration: 200d\nvenues: []\n")).toEqual([
      "1:1 version: expected 1, found 2",
      `3:1 duration: ${DURATION}, found 200d`,
      "4:1 venues: expected at least 1 entry, found a list",
    ]);
    expect(problemsOf("{}")).toEqual([
      "1:1 version: missing; expected 1",
      `1:1 name: missing; ${NAME}`,
      `1:1 duration: missing; ${DURATION}`,
      "1:1 venues: missing; expected a list",
    ]);
  });

  test.each([
    ["", "1:1 expected a mapping, found nothing"],
    ["hello", "1:1 expected a mapping, found hello"],
    ["- 1\n- 2", "1:1 expected a mapping, found a list"],
  ])("a text that is no mapping: %j", (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });
});

describe("decimals", () => {
  const priced = (tick: string, rest = ""): string =>
    HEAD.replace("tick: 0.01, lot: 1", `tick: ${tick}, lot: 1${rest}`);
  const at = "venues[0].instruments[0]";

  test.each([
    ["0.01", "0.01"],
    ["'0.010'", "0.010"],
    ["1e-7", "0.0000001"],
    ["0.0000001", "0.0000001"],
    ["25", "25"],
  ])("a tick of %s is %s", (written, tick) => {
    expect(parseScenario(priced(written), "s.yaml").venues[0].instruments[0].tick).toBe(tick);
  });

  test.each([
    ["abc", `6:53 ${at}.tick: expected a decimal number such as 0.01, found abc`],
    ["'1e-7'", `6:53 ${at}.tick: expected a decimal number such as 0.01, found '1e-7'`],
    ["[1]", `6:53 ${at}.tick: expected a decimal number such as 0.01, found a list`],
    [".inf", `6:53 ${at}.tick: expected a decimal number such as 0.01, found .inf`],
    ["0", `6:53 ${at}.tick: expected a number above 0, found 0`],
    ["-0.01", `6:53 ${at}.tick: expected a number above 0, found -0.01`],
    [
      "0.12345678901234567890",
      `6:59 ${at}.tick: 0.12345678901234567890 has more digits than a YAML number keeps; a price or an amount may stand in quotes`,
    ],
    [
      "'0.1234567890123456789'",
      `6:53 ${at}.tick: "0.1234567890123456789" is no step of a grid: expected a number above 0 with at most 18 decimals, as in 0.01 or 25`,
    ],
  ])("a tick of %s", (written, expected) => {
    expect(problemsOf(priced(written))).toEqual([expected]);
  });

  test("instruments that cannot be counted", () => {
    const problems = problemsOf(priced("0.01", ", minQty: 5, maxQty: 2, referencePrice: 1.001, bandPercent: 0.00001"));
    expect(problems.map((problem) => problem.split(": ")[0])).toEqual([
      `6:84 ${at}.maxQty`,
      `6:95 ${at}.referencePrice`,
      `6:118 ${at}.bandPercent`,
    ]);
  });
});

describe("what a schema cannot say", () => {
  test.each([
    [
      "names taken twice",
      "population: [{ kind: noise, name: X }, { kind: noise, name: n }, { kind: noise, name: n }]",
      [
        "7:29 population[0].name: X is taken already: expected a name of its own",
        "7:81 population[2].name: n is taken already: expected a name of its own",
      ],
    ],
    [
      "symbols and venues that are nowhere",
      "population: [{ kind: noise, name: n, symbol: B }, { kind: noise, name: m, venue: x }]\nrecorded: { symbol: WIBBLE }",
      [
        '7:38 population[0].symbol: no venue lists B; did you mean "A"?',
        '7:75 population[1].venue: there is no venue x; did you mean "X"?',
        "8:13 recorded.symbol: no venue lists WIBBLE; expected A",
      ],
    ],
    [
      "listeners that are nobody else",
      "population: [{ kind: noise, name: n, leaksTo: n }, { kind: noise, name: m, leaksTo: nn }]",
      [
        "7:38 population[0].leaksTo: expected another group: agents know their own orders",
        '7:76 population[1].leaksTo: there is no group nn; did you mean "n"?',
      ],
    ],
    [
      "fundamentals off their grid, or twice",
      "fundamentals: [{ symbol: A, mean: 10.001, start: 99999999, kappaPerNs: 0, sigmaTicksPerSqrtNs: 0 }, { symbol: A, mean: 1, kappaPerNs: 0, sigmaTicksPerSqrtNs: 0 }]",
      [
        '7:29 fundamentals[0].mean: "10.001" is no whole number of steps of 0.01',
        "7:43 fundamentals[0].start: expected 1 to 2147483646 ticks of 0.01, found 99999999",
        "7:103 fundamentals[1].symbol: A is taken already: expected a name of its own",
      ],
    ],
    [
      "amounts finer than their unit",
      "population: [{ kind: noise, name: n, account: { cash: 0.001, inventory: 0.5 } }]",
      [
        "7:49 population[0].account.cash: expected at most 2 decimals, found 0.001",
        "7:62 population[0].account.inventory: expected at most 0 decimals, found 0.5",
      ],
    ],
    [
      "amounts that no ledger can count",
      "population: [{ kind: noise, name: n, account: { cash: 100000000000000 } }, { kind: noise, name: m, count: 999999, account: { cash: 100000000 } }]",
      [
        "7:49 population[0].account.cash: expected at most 2^53 of the smallest unit, 10^-2, found 100000000000000",
        "7:126 population[1].account.cash: with this, all accounts and credit lines come to more USD than can be counted exactly: 9007199254740991 of 10^-2",
      ],
    ],
    [
      "more agents than there may be",
      "population: [{ kind: noise, name: n, count: 600000 }, { kind: noise, name: m, count: 600000 }]",
      ["7:1 population: expected at most 1000000 agents in all, found 1200000"],
    ],
    [
      "parameters that are no JSON",
      "agents: [{ file: a.ts, name: a, parameters: { x: .nan, y: [1, .inf], z: !!binary aGk= } }]",
      [
        "7:47 agents[0].parameters.x: expected a finite number, found NaN",
        "7:63 agents[0].parameters.y[1]: expected a finite number, found Infinity",
        "7:70 agents[0].parameters.z: expected a plain value, found one with a tag",
      ],
    ],
    [
      "a matrix that does not fit",
      "network: { kind: matrix, places: [a, b, a], delays: [[0s]], at: { X: c, n: b } }",
      [
        "7:41 network.places[2]: a is taken already: expected a name of its own",
        "7:45 network.delays: expected 3 rows of 3 delays, one for each place",
        '7:67 network.at.X: there is no place c; did you mean "a"?',
        '7:73 network.at.n: there is no venue, desk, group or agent of that name; did you mean "X"?',
      ],
    ],
  ])("%s", (_name, text, expected) => {
    expect(problemsOf(HEAD + text)).toEqual(expected);
  });

  test("an agent or a group may be placed", () => {
    const network =
      "network: { kind: matrix, places: [a, b], delays: [[0s, 1s], [1s, 0s]], at: { X: a, n: b, n-2: a } }";
    const population = (n: number): string => `${HEAD}${network}\npopulation: [{ kind: noise, name: n, count: ${n} }]`;
    expect(problemsOf(population(2))).toEqual([]);
    expect(problemsOf(population(1))).toEqual([
      '7:90 network.at.n-2: there is no venue, desk, group or agent of that name; did you mean "n"?',
    ]);
  });

  test("a venue has no name that the run needs", () => {
    const named = (name: string): string => HEAD.replace("name: X", `name: ${name}`);
    const group = "population: [{ kind: noise, name: n, count: 12 }]";
    expect(problemsOf(named("observer"))).toEqual([
      "5:5 venues[0].name: expected another name: observer is an actor of every run",
    ]);
    expect(problemsOf(named("n-12") + group)).toEqual([
      "5:5 venues[0].name: expected another name: an agent is called n-12",
    ]);
    expect(problemsOf(named("n-13") + group)).toEqual([]);
    expect(problemsOf(HEAD.replace("made-up", "latest"))).toEqual([
      "2:1 name: expected another name: runs/latest always points to the newest run",
    ]);
  });

  test("a fundamental belongs to one grid", () => {
    const second = "  - { name: Y, instruments: [{ symbol: A, base: A, quote: USD, tick: 0.5, lot: 1 }] }\n";
    const fundamental = "fundamentals: [{ symbol: A, mean: 1, kappaPerNs: 0, sigmaTicksPerSqrtNs: 0 }]";
    expect(problemsOf(HEAD + second + fundamental)).toEqual([
      "8:18 fundamentals[0].symbol: expected one tick wherever A is listed, found 0.01 and 0.5",
    ]);
  });

  test("a run ends before its fundamentals do", () => {
    expect(problemsOf(HEAD.replace("10m", "98d"))).toEqual(["3:1 duration: expected at most 97d2h10m8s, found 98d"]);
  });

  test.each([
    [
      "{ makerBps: -3, takerBps: 1 }",
      ["6:13 venues[0].fees.makerBps: expected a rebate of at most the taker fee (1), found 3"],
    ],
    [
      "{ takerBps: 0.005 }",
      ["6:13 venues[0].fees.takerBps: expected hundredths of a basis point at the finest, found 0.005"],
    ],
    ["{ makerBps: -0.29, takerBps: 0.29 }", []],
    ["{ makerBps: 0.07, takerBps: 0.55 }", []],
  ])("fees of %s", (fees, expected) => {
    expect(problemsOf(HEAD.replace("    instruments", `    fees: ${fees}\n    instruments`))).toEqual(expected);
  });

  test("is reported together with what the schema says, section by section", () => {
    const text = `${HEAD}sede: 3\nfundamentals: [{ symbol: A, mean: 10.001, kappaPerNs: 0, sigmaTicksPerSqrtNs: 0 }]\nagents: 3\nrecorded: { symbol: B }\n`;
    expect(problemsOf(text)).toEqual([
      '7:1 sede: unknown key; did you mean "seed"?',
      '8:29 fundamentals[0].mean: "10.001" is no whole number of steps of 0.01',
      "9:1 agents: expected a list, found 3",
      '10:13 recorded.symbol: no venue lists B; did you mean "A"?',
    ]);
  });

  test("a group that could not be read is not missed by the network", () => {
    const network = "network: { kind: matrix, places: [a], delays: [[0s]], at: { n: a } }";
    expect(problemsOf(`${HEAD}${network}\npopulation: [{ kind: noise, name: n, count: 0 }]`)).toEqual([
      "8:38 population[0].count: expected at least 1, found 0",
    ]);
  });
});

describe("text that is no YAML", () => {
  test.each([
    [
      "a list that does not end",
      "name: [t\nduration: 1m",
      "2:1 Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["a tab", "a:\n\tb: 1", "2:1 Tabs are not allowed as indentation"],
    ["a key twice", "seed: 1\nseed: 2", "2:1 Map keys must be unique"],
    ["two documents", "seed: 1\n---\nseed: 2", "2:1 expected one document, found the start of another"],
    ["a tag that nobody knows", "seed: !dice 6", "1:7 Unresolved tag: !dice"],
    ["a mapping as a key", "? { a: 1 }\n: x", "1:3 expected a plain key, found a mapping or a list as a key"],
  ])("%s", (_name, text, expected) => {
    expect(problemsOf(text)).toContain(expected);
  });

  test("several mistakes are reported at once", () => {
    expect(problemsOf("a: *x\nb: *y\nc: 9007199254740993")).toEqual([
      "1:4 a: there is no anchor &x",
      "2:4 b: there is no anchor &y",
      "3:4 c: 9007199254740993 has more digits than a YAML number keeps; a price or an amount may stand in quotes",
    ]);
  });
});

describe("limits", () => {
  test("of the text's length", () => {
    const full = HEAD.padEnd(SCENARIO_CHARS_MAX, "#");
    expect(problemsOf(full)).toEqual([]);
    expect(() => parseScenario(`${full}#`, "s.yaml")).toThrow(
      "s.yaml has 4000001 characters: expected at most 4000000",
    );
  });

  test("of the problems that are listed", () => {
    const unknown = (count: number): string =>
      HEAD + Array.from({ length: count }, (_, i) => `zzzzzz${i}: 1\n`).join("");
    expect(problemsOf(unknown(PROBLEMS_MAX))).toHaveLength(PROBLEMS_MAX);
    expect(problemsOf(unknown(PROBLEMS_MAX + 1))).toHaveLength(PROBLEMS_MAX);
    expect(() => parseScenario(unknown(101), "s.yaml")).toThrow(
      "s.yaml has 101 problems, of which these are the first 100",
    );
  });

  test("of a text that is all mistakes", () => {
    expect(problemsOf("[".repeat(2_000))).toHaveLength(PROBLEMS_MAX);
  });

  test("of the scenario with all its defaults", () => {
    const text = `agents: [{ file: a.ts, name: a, parameters: { text: &t "${"x".repeat(100_000)}", texts: [${"*t,".repeat(50)}] } }]`;
    expect(problemsOf(HEAD + text)[0]).toMatch(
      /^1:1 has 51\d{5} characters with all its defaults: expected at most 5000000$/,
    );
  });
});

test("lines and columns are right behind a byte order mark, and with either end of line", () => {
  expect(problemsOf(`\uFEFF${HEAD}sede: 3`)[0]).toMatch(/^7:1 sede/);
  expect(problemsOf(`${HEAD}sede: 3`.replaceAll("\n", "\r\n"))[0]).toMatch(/^7:1 sede/);
});

test("an error counts its problems", () => {
  expect(() => parseScenario(`${HEAD}sede: 3`, "s.yaml")).toThrow(/^s\.yaml has 1 problem$/);
  expect(() => parseScenario(`${HEAD}sede: 3\nsedd: 4`, "s.yaml")).toThrow(/^s\.yaml has 2 problems$/);
});

test("a scenario is filled in with what it leaves out", () => {
  const scenario = parseScenario(
    `${HEAD}population: [{ kind: momentum, name: m, parameters: { meanInterval: 5s } }]`,
    "s.yaml",
  );
  expect(scenario).toMatchObject({
    seed: 1,
    start: 34_200_000_000_000,
    duration: 600_000_000_000,
    network: { kind: "constant", delay: 0 },
    sampling: 1_000_000_000,
    venues: [{ computeDelay: 0, fees: { makerBps: 0, takerBps: 0 } }],
    population: [
      {
        count: 1,
        computeDelay: 0,
        account: { cash: "1000000", inventory: "0", cashCredit: "0", inventoryCredit: "100000" },
        parameters: { meanInterval: 5_000_000_000, shortMids: 20, longMids: 50, typicalLots: 100 },
      },
    ],
  });
});
