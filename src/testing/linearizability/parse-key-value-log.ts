import { readHistoryLines } from "./history-lines.ts";
import type { HistoryEvent } from "./history-lines.ts";
import type { History } from "./history.ts";
import type { KeyValueInput, KeyValueOutput } from "./key-value-model.ts";

/** `{:process 0, :type :invoke, :f :append, :key "7", :value "x 0 1 y"}`; no text in these logs has an escape. */
const LINE =
  /^\{:process (?<process>\d+), :type :(?<type>invoke|ok|fail|info), :f :(?<call>get|put|append), :key "(?<key>[^"\\]*)", :value (?:nil|"(?<text>[^"\\]*)")\}\s*$/;

/**
 * Reads a log of calls to a key-value store, one EDN map on each line. `:fail` is a call that had no effect, `:info` one
 * whose outcome nobody knows.
 *
 * @param options.file named in errors.
 * @throws {UserError} with the line and the reason of everything that is wrong
 */
export function parseKeyValueLog(
  text: string,
  { file }: { readonly file: string },
): History<KeyValueInput, KeyValueOutput> {
  return readHistoryLines(text, { file, read: readLine });
}

function readLine(
  line: string,
  underWay: (process: number) => KeyValueInput | undefined,
): HistoryEvent<KeyValueInput, KeyValueOutput> | string {
  const fields: Record<string, string | undefined> | undefined = LINE.exec(line)?.groups;
  if (fields === undefined) {
    return `expected "{:process N, :type :TYPE, :f :CALL, :key TEXT, :value TEXT}", found ${JSON.stringify(line)}`;
  }
  const { type, call, key = "", text } = fields;
  const process = Number(fields["process"]);
  if (type === "invoke") {
    if (call === "get") {
      return text === undefined ? { kind: "called", process, input: { kind: "get", key } } : "a get is called with nil";
    }
    if (text === undefined) return `a ${call} is called with a text`;
    return { kind: "called", process, input: { kind: call === "put" ? "put" : "append", key, value: text } };
  }
  const input = underWay(process);
  if (
    input !== undefined &&
    (input.kind !== call || input.key !== key || (input.kind !== "get" && text !== input.value))
  ) {
    return `the line does not answer what process ${process} called, ${JSON.stringify(input)}`;
  }
  if (type === "fail") return { kind: "failed", process };
  if (type === "info") return { kind: "timed-out", process };
  if (call !== "get") return { kind: "returned", process, output: "done" };
  return text === undefined ? "a get is answered with a text" : { kind: "returned", process, output: { text } };
}
