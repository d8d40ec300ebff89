import { describe, expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { UNKNOWN } from "./model.ts";
import { parseEtcdLog } from "./parse-etcd-log.ts";

const PREFIX = "INFO  jepsen.util - ";

function parse(lines: readonly string[]): ReturnType<typeof parseEtcdLog> {
  return parseEtcdLog(lines.join("\n"), { file: "etcd_007.log" });
}

function problemsOf(lines: readonly string[]): string {
  try {
    parse(lines);
  } catch (error) {
    if (error instanceof UserError) return error.describe();
    throw error;
  }
  return "no problem";
}

test("every kind of line is read, between tabs and between blanks", () => {
  const history = parse([
    `${PREFIX}0\t:invoke\t:read\tnil`,
    `${PREFIX}1   :invoke :write  3`,
    `${PREFIX}0\t:ok\t:read\t3`,
    `${PREFIX}1   :ok     :write  3`,
    `${PREFIX}2\t:invoke\t:cas\t[3 4]`,
    `${PREFIX}2\t:ok\t:cas\t[3 4]`,
    `${PREFIX}2\t:invoke\t:cas\t[3 5]`,
    `${PREFIX}2\t:fail\t:cas\t[3 5]`,
    `${PREFIX}0\t:invoke\t:read\tnil`,
    `${PREFIX}0\t:fail\t:read\t:timed-out`,
    `${PREFIX}0\t:invoke\t:read\tnil`,
    `${PREFIX}0\t:ok\t:read\tnil`,
    `${PREFIX}3\t:invoke\t:write\t10\r`,
    `${PREFIX}3\t:info\t:write\t:timed-out`,
    `${PREFIX}4\t:invoke\t:cas\t[1 2]`,
    "",
  ]);
  const read = { kind: "read" };
  expect(history).toEqual([
    { process: 0, input: read, output: 3, calledAt: 1, returnedAt: 3 },
    { process: 1, input: { kind: "write", value: 3 }, output: "done", calledAt: 2, returnedAt: 4 },
    { process: 2, input: { kind: "cas", expected: 3, value: 4 }, output: "done", calledAt: 5, returnedAt: 6 },
    { process: 2, input: { kind: "cas", expected: 3, value: 5 }, output: "mismatch", calledAt: 7, returnedAt: 8 },
    { process: 0, input: read, output: null, calledAt: 11, returnedAt: 12 },
    { process: 3, input: { kind: "write", value: 10 }, output: UNKNOWN, calledAt: 13, returnedAt: Infinity },
    { process: 4, input: { kind: "cas", expected: 1, value: 2 }, output: UNKNOWN, calledAt: 15, returnedAt: Infinity },
  ]);
});

describe("what is wrong is told with file and line", () => {
  const call = `${PREFIX}0\t:invoke\t:cas\t[1 2]`;

  test.each([
    ["no line of the log", ["WARN oops"], '1:1 etcd_007.log: expected "INFO  jepsen.util - PROCESS :TYPE :CALL VALUE"'],
    ["a line that is cut off", [call.slice(0, -2)], '1:1 etcd_007.log: expected "INFO'],
    ["a write of nothing", [`${PREFIX}0 :invoke :write nil`], "1:1 etcd_007.log: a write cannot be called with nil"],
    ["a write of two", [`${PREFIX}0 :invoke :write [1 2]`], "a write cannot be called with [1 2]"],
    ["a read of a value", [`${PREFIX}0 :invoke :read 4`], "a read cannot be called with 4"],
    ["half a compare-and-set", [`${PREFIX}0 :invoke :cas 4`], "a cas cannot be called with 4"],
    ["a second call", [call, call], "2:1 etcd_007.log: process 0 has a call under way already"],
    ["an answer to nothing", ["", `${PREFIX}0 :ok :read 4`], "2:1 etcd_007.log: process 0 has no call under way"],
    ["an answer to another call", [call, `${PREFIX}0 :ok :read 4`], "2:1 etcd_007.log: :read 4 does not answer what"],
    ["an answer with other values", [call, `${PREFIX}0 :ok :cas [1 3]`], ":cas [1 3] does not answer what process 0"],
    ["an answer that timed out", [call, `${PREFIX}0 :ok :cas :timed-out`], ":ok :cas :timed-out has no meaning"],
    ["a failure that timed out", [call, `${PREFIX}0 :fail :cas :timed-out`], ":fail :cas :timed-out has no meaning"],
    ["unknown, but with a value", [call, `${PREFIX}0 :info :cas [1 2]`], ":info :cas [1 2] has no meaning"],
  ])("%s", (_name, lines, problem) => {
    expect(problemsOf(lines)).toContain(problem);
  });

  test("all problems at once, the first of them in the message", () => {
    expect(problemsOf([`${PREFIX}0 :ok :read 4`, call, call])).toBe(
      [
        "etcd_007.log:1: process 0 has no call under way (and 1 more)",
        "  1:1 etcd_007.log: process 0 has no call under way",
        "  3:1 etcd_007.log: process 0 has a call under way already",
      ].join("\n"),
    );
  });
});
