import { describe, expect, test } from "vitest";

import { ExitCode, UserError } from "./errors.ts";

describe("UserError", () => {
  test("lists every problem on a line of its own, with its place and its path", () => {
    const error = new UserError("scenario.yaml has 3 problems", {
      problems: [
        { path: "venues[0].tick", message: "expected a step above 0, found -1", line: 12, column: 5 },
        { path: "seed", message: "expected an integer, found a text", line: 3 },
        { path: "", message: "expected a mapping, found nothing" },
      ],
    });
    expect(error.describe()).toBe(
      [
        "scenario.yaml has 3 problems",
        "  12:5 venues[0].tick: expected a step above 0, found -1",
        "  3:1 seed: expected an integer, found a text",
        "  expected a mapping, found nothing",
      ].join("\n"),
    );
  });

  test("is its message alone where there are no problems to list", () => {
    expect(new UserError("no such file: a.yaml").describe()).toBe("no such file: a.yaml");
  });

  test("means a wrong usage unless it says otherwise", () => {
    expect(new UserError("").exitCode).toBe(ExitCode.usage);
    expect(new UserError("", { exitCode: ExitCode.failed }).exitCode).toBe(1);
    expect(new UserError("")).toMatchObject({ name: "UserError", problems: [] });
  });
});

test("the exit codes are those that the command line promises", () => {
  expect(ExitCode).toEqual({ ok: 0, failed: 1, usage: 2, inconclusive: 3, interrupted: 130 });
});
