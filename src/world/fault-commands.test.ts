import { describe, expect, test } from "vitest";

import { UserError } from "../core/errors.ts";
import { scenarioOf } from "../testing/scenario-text.ts";
import { FaultCommands } from "./fault-commands.ts";

const NETWORK =
  "{ kind: routed, topology: { kind: ring, places: [london, tokyo, paris, rome] }, link: { delay: 1ms } }";
const scenario = scenarioOf({ network: NETWORK });

function problemsOf(text: string): string[] {
  try {
    new FaultCommands(scenario).read(text);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  }
}

describe("a command", () => {
  test("in words and as the scenario has it are the same fault", () => {
    const commands = new FaultCommands(scenario);
    const inWords = commands.read("cut london tokyo for 5s");
    const inYaml = commands.read("{ kind: cut, links: [[london, tokyo]], for: 5s }");
    const fault = { kind: "cut", links: [["london", "tokyo"]], atNs: 7, forNs: 5e9 };
    expect(inWords.begin(7)).toMatchObject(fault);
    expect(inYaml.begin(7)).toEqual(inWords.begin(7));
    expect([inWords.atNs, commands.read("pause XSIM at 10m for 1s").atNs]).toEqual([undefined, 600e9]);
    expect(commands.read("heal at 1m")).toMatchObject({ atNs: 60e9 });
    expect(commands.read("heal").begin(3)).toEqual({ kind: "heal", atNs: 3 });
  });

  test("for a group is one for each of its agents", () => {
    const { begin } = new FaultCommands(scenario).read("crash maker noise-3 for 5s");
    expect(begin(1)).toEqual({ kind: "crash", actors: ["maker-1", "maker-2", "noise-3"], atNs: 1, forNs: 5e9 });
  });

  test.each([
    ["cut lodon tokyo", ['links[0][0]: there is no place lodon; did you mean "london"?']],
    ["cut london paris", ["links[0]: there is no link between london and paris"]],
    ["clog london tokyo", [/^for: /]],
    ["cut lodon tokio", [/lodon/, /tokio/]],
    ["cut london tokyo for 5 seconds", [/^expected one of at, for, .* found "seconds"$/]],
    ["cut london tokyo for soon", [/^for: expected a duration such as/]],
    ["flap london tokyo down 0s up 1s for 9s", [/^down: expected a duration above 0/]],
    ["slowDown maker factor x", [/^factor: expected a number/]],
    ["skew noise ahead 1s behind 1s", [/^behind: expected a clock that is ahead or behind/]],
    ["heal at once", ["at: expected a duration such as 10m"]],
    ["{ kind: heal, who: all }", ["who: heal knows no such field"]],
    ["{ kind: cut, links: [[london, tokyo]], fro: 5s }", [/fro/]],
    ["{ kind: cut, links: [[london, tokyo]]", ["Flow map must end with a }"]],
    ["x".repeat(100_001), ["expected at most 100000 characters, found 100001"]],
  ])("%s is refused", (text, expected) => {
    const found = problemsOf(text);
    expect(found.map((problem, i) => (expected[i] instanceof RegExp ? expected[i].test(problem) : problem))).toEqual(
      expected.map((each) => (each instanceof RegExp ? true : each)),
    );
  });

  test("counts the cuts of links that flap: there may be so many in a run", () => {
    const commands = new FaultCommands(scenario);
    const flap = "flap london tokyo down 1ms up 1ms for 1m";
    for (let i = 0; i < 3; i++) commands.read(flap);
    expect(() => commands.read(flap)).toThrow("the fault cannot be");
  });
});

test("where there is no network of links, nothing can be injected", () => {
  expect(() => new FaultCommands(scenarioOf({}))).toThrow("small has no network in which anything could go wrong");
});
