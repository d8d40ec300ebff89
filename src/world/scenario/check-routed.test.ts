import { describe, expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { randomFault } from "./fault-schema.ts";
import { parseScenario } from "./parse.ts";

/** Lines 1 to 7; the network begins with line 8. */
const HEAD = `version: 1
name: made-up
duration: 10m
venues:
  - name: X
    instruments: [{ symbol: A, base: A, quote: USD, tick: 0.01, lot: 1 }]
population: [{ kind: noise, name: noise, count: 3 }, { kind: value, name: value }]
`;

function problemsOf(network: string): string[] {
  try {
    parseScenario(`${HEAD}network:\n  kind: routed\n${network}`, "s.yaml");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error
      .describe()
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

const RING = "  topology: { kind: ring, places: [a, b, c] }\n";
const DURATION = "expected a duration such as 50ns, 1.5ms, 30s or 6h30m (whole nanoseconds, at most 104 days)";

describe("what cannot be is found with its place in the file", () => {
  test.each<[string, string, string[]]>([
    [
      "a graph in pieces",
      "  topology: { kind: graph, places: [a, b, c, d] }\n  links: [{ between: [a, b] }, { between: [c, d], direction: forth }]\n",
      ["10:3 network.topology: is not connected: there is no way both to and from a for c, d"],
    ],
    [
      "a way there and none back",
      "  topology: { kind: graph, places: [a, b] }\n  links: [{ between: [a, b], direction: forth }]\n",
      ["10:3 network.topology: is not connected: there is no way both to and from a for b"],
    ],
    ["a negative delay", `${RING}  link: { delay: -5ms }\n`, [`11:11 network.link.delay: ${DURATION}, found -5ms`]],
    [
      "a city that is not known",
      "  topology: { kind: geographic, places: [london, atlantis, tokyo, nowhere] }\n",
      [
        "10:50 network.topology.places[1]: there is no city atlantis in the table: give its coordinates",
        "10:67 network.topology.places[3]: there is no city nowhere in the table: give its coordinates",
      ],
    ],
    [
      "places, actors and accesses that are not known",
      `${RING}  at: { X: b, nois: c, noise: [a, d], noise-9: a }\n  access: { value: wfii, valeu: wifi }\n`,
      [
        '11:15 network.at.nois: there is no venue, desk, group or agent of that name; did you mean "noise"?',
        '11:24 network.at.noise: there is no place d; did you mean "a"?',
        '11:39 network.at.noise-9: there is no venue, desk, group or agent of that name; did you mean "noise"?',
        '12:13 network.access.value: there is no access wfii; did you mean "wifi"?',
        '12:26 network.access.valeu: there is no venue, desk, group or agent of that name; did you mean "value"?',
      ],
    ],
    [
      "a place twice",
      "  topology: { kind: star, places: [a, b, a] }\n",
      ["10:42 network.topology.places[2]: a is taken already: expected a name of its own"],
    ],
    [
      "links to nowhere and to oneself",
      `${RING}  links:\n    - { between: [a, x] }\n    - { between: [b, b] }\n`,
      [
        '12:22 network.links[0].between[1]: there is no place x; did you mean "a"?',
        "13:9 network.links[1].between: expected two places, found b twice",
      ],
    ],
    [
      "link fields that contradict each other",
      `${RING}  link:\n    jitter: { kind: uniform, low: 5ms, high: 3ms }\n    codel: { target: 1s, interval: 100ms }\n    queue: 1kB\n`,
      [
        "12:30 network.link.jitter.low: expected at most high (3ms), found 5ms",
        "13:14 network.link.codel.target: expected at most interval (100ms), found 1s",
        "14:5 network.link.queue: expected room for the largest packet (4200B), found 1000B",
      ],
    ],
    [
      "a table that does not rise",
      `${RING}  link: { jitter: { kind: empirical, quantiles: [1ms, 3ms, 2ms] } }\n`,
      ["11:60 network.link.jitter.quantiles[2]: expected at least the one before, found 2ms"],
    ],
    [
      "amounts in unknown units",
      `${RING}  link: { bandwidth: 10MB, queue: 3Mbit }\n`,
      [
        "11:11 network.link.bandwidth: expected a bandwidth such as 100Mbit or 10Gbit (1 bit to 1,000 Tbit a second), found 10MB",
        "11:28 network.link.queue: expected a size such as 64kB, 256KiB or 1MB (whole bytes), found 3Mbit",
      ],
    ],
    [
      "a probability above 1",
      `${RING}  link: { loss: { kind: bernoulli, probability: 1.5 } }\n`,
      ["11:36 network.link.loss.probability: expected at most 1, found 1.5"],
    ],
    [
      "numbers of neighbours that cannot be",
      "  topology: { kind: randomRegular, places: [a, b, c, d, e], degree: 3 }\n",
      ["10:61 network.topology.degree: expected an even number, since 5 places are odd"],
    ],
    [
      "a matrix of another size, in the field where it stands",
      "  topology: { kind: geographic, places: [p, q], roundTrips: [[1ms]] }\n",
      ["10:49 network.topology.roundTrips: expected 2 rows of 2 delays, one for each place"],
    ],
    [
      "GML that is none",
      "  topology:\n    kind: gml\n    text: |\n      graph [\n        node [ id 0 ]\n        edge [ source 0 target 1 ]\n      ]\n",
      [
        "12:5 network.topology.text: line 3 of the graph: target: expected the id of a node, found 1",
        '12:5 network.topology.text: line 3 of the graph: latency: expected a duration such as "10 ms", found nothing',
      ],
    ],
    [
      "faults that hit nothing",
      `  topology: { kind: star, places: [a, b, c] }
  faults:
    - { kind: cut, at: 1s, links: [[b, c], [a, x]] }
    - { kind: crash, at: 1s, who: [X, noise-2, nobody] }
    - { kind: isolate, at: 1s, who: [a, X, value, d] }
    - { kind: skew, at: 1s, who: [noise], ahead: 1ms, behind: 1ms }
    - { kind: split, at: 1s, sides: [[a], [q]] }
`,
      [
        "12:36 network.faults[0].links[0]: there is no link between b and c",
        '12:48 network.faults[0].links[1][1]: there is no place x; did you mean "a"?',
        "13:48 network.faults[1].who[2]: there is no venue, group or agent of that name; expected X, noise or value",
        '14:51 network.faults[2].who[3]: there is no place, venue, group or agent of that name; did you mean "a"?',
        "15:55 network.faults[3].behind: expected a clock that is ahead or behind, found both",
        '16:44 network.faults[4].sides[1][0]: there is no place q; did you mean "a"?',
      ],
    ],
    [
      "more faults than a run can have",
      `${RING}  randomFaults: [{ kind: cut, every: 1ms, lasts: 1ms }]\n`,
      ["11:3 network.randomFaults: expected at most 50000 faults in a run, found about 600000"],
    ],
  ])("%s", (_name, network, expected) => {
    expect(problemsOf(network)).toEqual(expected);
  });
});

test("all of it at once", () => {
  const found = problemsOf(
    "  topology: { kind: geographic, places: [london, atlantis] }\n  link: { jitter: { kind: uniform, low: 2s, high: 1s } }\n",
  );
  expect(found.length).toBe(2);
});

test("what is right is let pass, with its defaults", () => {
  expect(problemsOf(RING)).toEqual([]);
});

test("faults of every sort come at random", () => {
  const kinds = [
    "cut",
    "oneWay",
    "split",
    "flap, down: 1s, up: 2s",
    "clog",
    "isolate",
    "collapse, bandwidth: 1Mbit",
    "replay, probability: 0.1, after: 1s",
    "crash, who: [noise, X]",
    "pause, who: [X]",
    "slowDown, who: [noise], factor: 3",
    "skew, who: [X, noise], by: 5ms",
  ];
  const entries = kinds.map((kind) => `    - { every: 1m, lasts: 5s, kind: ${kind} }\n`);
  expect(problemsOf(`${RING}  randomFaults:\n${entries.join("")}`)).toEqual([]);
  expect(kinds.length).toBe(randomFault.options.length);
  const busy = "  randomFaults: [{ kind: flap, every: 1s, lasts: 1s, down: 1us, up: 1us }]\n";
  expect(problemsOf(`${RING}${busy}`)).toEqual([expect.stringContaining("expected at most 50000 faults in a run")]);
});
