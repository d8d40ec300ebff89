import fc from "fast-check";
import { expect, test } from "vitest";

import { UserError } from "../../core/errors.ts";
import { UNKNOWN } from "./model.ts";
import { parseEtcdLog } from "./parse-etcd-log.ts";
import { parseKeyValueLog } from "./parse-key-value-log.ts";

const PUT = '{:process 1, :type :invoke, :f :put, :key "k", :value "a b"}';
const GET = '{:process 0, :type :invoke, :f :get, :key "k", :value nil}';

function parse(lines: readonly string[]): ReturnType<typeof parseKeyValueLog> {
  return parseKeyValueLog(lines.join("\n"), { file: "c01.txt" });
}

test("every kind of line is read", () => {
  const history = parse([
    GET,
    PUT,
    '{:process 0, :type :ok, :f :get, :key "k", :value ""}',
    '{:process 1, :type :ok, :f :put, :key "k", :value "a b"}',
    '{:process 2, :type :invoke, :f :append, :key "", :value "x"}',
    '{:process 2, :type :info, :f :append, :key "", :value "x"}',
    '{:process 2, :type :invoke, :f :append, :key "m", :value "y"}',
    '{:process 2, :type :fail, :f :append, :key "m", :value "y"}',
    GET,
    '{:process 0, :type :info, :f :get, :key "k", :value nil}',
  ]);
  expect(history).toEqual([
    { process: 0, input: { kind: "get", key: "k" }, output: { text: "" }, calledAt: 1, returnedAt: 3 },
    { process: 1, input: { kind: "put", key: "k", value: "a b" }, output: "done", calledAt: 2, returnedAt: 4 },
    { process: 2, input: { kind: "append", key: "", value: "x" }, output: UNKNOWN, calledAt: 5, returnedAt: Infinity },
    { process: 0, input: { kind: "get", key: "k" }, output: UNKNOWN, calledAt: 9, returnedAt: Infinity },
  ]);
});

test.each([
  ["no map", ["{}"], 'c01.txt:1: expected "{:process N, :type :TYPE, :f :CALL, :key TEXT, :value TEXT}", found "{}"'],
  ["a text with an escape", [PUT.replace("a b", String.raw`a\nb`)], "c01.txt:1: expected"],
  ["a get of a text", [GET.replace("nil", '"x"')], "c01.txt:1: a get is called with nil"],
  ["a put of nothing", [PUT.replace('"a b"', "nil")], "c01.txt:1: a put is called with a text"],
  ["a get without an answer", [GET, GET.replace("invoke", "ok")], "c01.txt:2: a get is answered with a text"],
  ["another text", [PUT, PUT.replace("invoke", "ok").replace("a b", "a")], "c01.txt:2: the line does not answer"],
  ["another key", [PUT, PUT.replace("invoke", "ok").replace('"k"', '"m"')], "c01.txt:2: the line does not answer"],
  ["another call", [PUT, PUT.replace("invoke", "ok").replace("put", "append")], "c01.txt:2: the line does not answer"],
  ["a second call", [PUT, PUT], "c01.txt:2: process 1 has a call under way already"],
  ["an answer to nothing", [GET.replace("invoke", "ok")], "c01.txt:1: "],
])("%s is refused with file and line", (_name, lines, message) => {
  expect(() => parse(lines)).toThrow(UserError);
  expect(() => parse(lines)).toThrow(message);
});

test("any text at all gives a history or a UserError, in both formats", () => {
  const words = ["INFO  jepsen.util - ", "{:process ", "0", "1", ":invoke", ":ok", ":info", ":read", ":cas", "[1 2]"];
  const more = [", :type ", ", :f :get", ", :key ", '"k"', ", :value ", "nil", ":timed-out", "}", "\t", " ", "\n"];
  const text = fc.oneof(
    fc.array(fc.constantFrom(...words, ...more), { maxLength: 60 }).map((parts) => parts.join("")),
    fc.array(fc.constantFrom(PUT, GET, GET.replace("invoke", "ok"), "\n"), { maxLength: 9 }).map((l) => l.join("\n")),
    fc.string(),
  );
  const outcomes = { history: 0, problems: 0 };
  fc.assert(
    fc.property(text, fc.constantFrom(parseEtcdLog, parseKeyValueLog), (written, parseLog) => {
      try {
        parseLog(written, { file: "any" });
        outcomes.history++;
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        outcomes.problems++;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(outcomes.history, outcomes.problems)).toBeGreaterThan(50);
});
