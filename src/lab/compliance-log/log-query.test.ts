import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { scenarioOf } from "../../testing/scenario-text.ts";
import type { LogRequest } from "./log-query.ts";
import { parseQuery } from "./log-query.ts";

const NOTHING: LogRequest = { agent: [], instrument: [], venue: [], kind: [] };

test("a group stands for its agents, and an agent for itself", () => {
  const { agents } = parseQuery({ ...NOTHING, agent: ["momentum", "maker-2"] }, scenarioOf());
  expect(agents).toEqual(["momentum-1", "momentum-2", "momentum-3", "maker-2"]);
});

test("every name that the run does not know is named at once, with what was meant", () => {
  const ask = (): unknown =>
    parseQuery(
      {
        fromNs: 5,
        toNs: 5,
        agent: ["maker-3", "makre", "value-1"],
        instrument: ["ACMEE"],
        venue: ["NYSE"],
        kind: ["trades", "fill"],
        source: "elsewhere",
      },
      scenarioOf(),
    );
  expect(ask).toThrow(UserError);
  try {
    ask();
  } catch (error) {
    expect((error as UserError).problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "--to expected a time after --from",
      '--agent there is no maker-3 in this run; did you mean "maker"?',
      '--agent there is no makre in this run; did you mean "maker"?',
      '--instrument there is no ACMEE in this run; did you mean "ACME"?',
      "--venue there is no NYSE in this run; expected XSIM",
      '--kind there is no trades in this run; did you mean "trade"?',
      "--source there is no elsewhere in this run; expected venue or delivery",
    ]);
  }
});
