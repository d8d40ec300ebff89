import { describe, expect, test } from "vitest";

import type { AgentFactory, AgentSetup } from "../agents/port.ts";
import { UserError } from "../core/errors.ts";
import { createAgent } from "./create-agent.ts";

const setup = { name: "mine-1", parameters: { lots: 3 } } as Partial<AgentSetup> as AgentSetup;

/** What a factory may return where nobody checks its types. */
function create(make: (setup: AgentSetup) => unknown): unknown {
  return createAgent(make as AgentFactory, setup, { origin: "./mine.ts" });
}

function problemOf(make: () => unknown): string {
  try {
    create(make);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message).toBe("mine-1 cannot be made");
    return error.describe().split("\n").slice(1).join("\n").trim();
  }
  return "none";
}

test("an agent is what its factory returns: an object, or an instance of a class", () => {
  const handlers = { onQuote: () => undefined, onFill: undefined, state: 1, once: "x" };
  expect(create(() => handlers)).toBe(handlers);
  class Mine {
    lots = 0;
    onTimer(): void {
      this.lots++;
    }
  }
  expect(create(() => new Mine())).toBeInstanceOf(Mine);
  expect(create((given) => ({ given }))).toEqual({ given: setup });
});

describe("what is no agent", () => {
  class Mistyped {
    onQoute(): void {}
  }
  test.each([
    ["nothing", () => undefined, "./mine.ts: expected an object of handlers, found undefined"],
    ["a list", () => [], "./mine.ts: expected an object of handlers, found"],
    [
      "a promise",
      () => Promise.resolve({}),
      "./mine.ts: expected an object of handlers, found a promise: an agent is made synchronously",
    ],
    [
      "a mistyped handler",
      () => ({ onQoute: () => undefined }),
      "./mine.ts: there is no handler onQoute; did you mean onQuote?",
    ],
    ["a mistyped method", () => new Mistyped(), "./mine.ts: there is no handler onQoute; did you mean onQuote?"],
    [
      "a handler of another world",
      () => ({ onWibble: () => undefined }),
      "./mine.ts: there is no handler onWibble; expected one of onStart,",
    ],
    [
      "a handler that is no function",
      () => ({ onFill: 3 }),
      "./mine.ts: expected onFill to be a function, found number",
    ],
  ])("%s", (_name, make, expected) => {
    expect(problemOf(make).slice(0, expected.length)).toBe(expected);
  });

  test("a factory that throws is shown with its stack, one that refuses without", () => {
    const bug = problemOf(() => {
      throw new TypeError("no such thing");
    });
    expect(bug).toMatch(/^\.\/mine\.ts: TypeError: no such thing\n\s+at .*create-agent\.test\.ts/);
    const refusal = problemOf(() => {
      throw new UserError("lots: expected a number");
    });
    expect(refusal).toBe("./mine.ts: lots: expected a number");
  });
});
