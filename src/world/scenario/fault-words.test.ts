import { describe, expect, test } from "vitest";

import { fault } from "./fault-schema.ts";
import { readFaultWords } from "./fault-words.ts";

describe("a fault in words", () => {
  test.each([
    ["cut london tokyo for 5s", { kind: "cut", links: [["london", "tokyo"]], for: "5s" }],
    [
      "cut a b, c d",
      {
        kind: "cut",
        links: [
          ["a", "b"],
          ["c", "d"],
        ],
      },
    ],
    ["split a b | c|d at 10m for 1m", { kind: "split", sides: [["a", "b"], ["c"], ["d"]], at: "10m", for: "1m" }],
    ["isolate desk-1 london", { kind: "isolate", who: ["desk-1", "london"] }],
    ["oneWay a b to c for 1s", { kind: "oneWay", from: ["a", "b"], to: ["c"], for: "1s" }],
    ["flap a b down 1s up 2s for 9s", { kind: "flap", links: [["a", "b"]], down: "1s", up: "2s", for: "9s" }],
    ["clog a b for 3s", { kind: "clog", links: [["a", "b"]], for: "3s" }],
    ["collapse a b bandwidth 1Mbit", { kind: "collapse", links: [["a", "b"]], bandwidth: "1Mbit" }],
    ["replay a b probability 0.1 after 2s", { kind: "replay", links: [["a", "b"]], probability: 0.1, after: "2s" }],
    ["  crash   desk  for 5s ", { kind: "crash", who: ["desk"], for: "5s" }],
    ["pause XSIM for 1s", { kind: "pause", who: ["XSIM"], for: "1s" }],
    ["slowDown maker factor 10", { kind: "slowDown", who: ["maker"], factor: 10 }],
    ["skew noise ahead 5ms driftPpm -20", { kind: "skew", who: ["noise"], ahead: "5ms", driftPpm: -20 }],
    ["heal", { kind: "heal" }],
  ])("%s", (text, fields) => {
    expect(readFaultWords(text)).toEqual({ fields });
    // What is read is an entry of the scenario, but for the time, which a command need not have.
    if (fields.kind !== "heal") expect(fault.safeParse({ at: "0s", ...fields }).error).toBeUndefined();
  });

  test("there are words for every kind of fault that a scenario may have", () => {
    const kinds = fault.options.map(({ shape }) => shape.kind.value);
    const unknown = kinds.filter((kind) => JSON.stringify(readFaultWords(kind)).includes("there is no fault"));
    expect([kinds.length, unknown]).toEqual([12, []]);
  });

  test.each([
    ["", 'there is no fault ""; expected cut, flap'],
    ["ctu a b", 'there is no fault "ctu"; did you mean "cut"?'],
    ["toString a b", 'there is no fault "toString"'],
    ["cut a b c", "expected pairs of places such as london tokyo, found a b c"],
    ["cut for 5s", "expected pairs of places such as london tokyo, found none"],
    ["cut a b for", "expected a value after for"],
    [
      "cut a b for 5s fro 3s",
      'expected one of at, for, down, up, bandwidth, after, ahead, behind, probability, factor, driftPpm, found "fro"',
    ],
    ["cut a b for 5s for 3s", "expected for once, found it twice"],
    ["oneWay a b", "expected places, the word to, and places, found a b"],
    ["oneWay a to b to c", "expected places, the word to, and places, found a to b to c"],
    ["heal a", "expected no names: it heals everything, found a"],
  ])("%s: %s", (text, message) => {
    const read = readFaultWords(text);
    expect("problem" in read ? read.problem : "no problem").toContain(message);
  });
});
