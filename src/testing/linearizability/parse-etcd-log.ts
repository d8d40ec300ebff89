import { readHistoryLines } from "./history-lines.ts";
import type { HistoryEvent } from "./history-lines.ts";
import type { History } from "./history.ts";
import type { RegisterInput, RegisterOutput } from "./register-model.ts";

/** `INFO  jepsen.util - 3 :invoke :cas [1 2]`, with tabs or blanks between the fields. */
const LINE =
  /^INFO\s+jepsen\.util - (?<process>\d+)\s+:(?<type>invoke|ok|fail|info)\s+:(?<call>read|write|cas)\s+(?<value>nil|\d+|\[\d+ \d+\]|:timed-out)\s*$/;

const TIMED_OUT = ":timed-out";

/**
 * Reads the log that Jepsen wrote when it tested one register of etcd.
 *
 * `:info` is a call whose outcome nobody knows. `:fail` means for a compare-and-set that the register held another
 * value, which is an answer like any other; with `:timed-out`, which only reads have there, that no answer came: a
 * read has no effect, so that one is left out.
 *
 * @param options.file named in errors.
 * @throws {UserError} with the line and the reason of everything that is wrong
 */
export function parseEtcdLog(
  text: string,
  { file }: { readonly file: string },
): History<RegisterInput, RegisterOutput> {
  return readHistoryLines(text, { file, read: readLine });
}

function readLine(
  line: string,
  underWay: (process: number) => RegisterInput | undefined,
): HistoryEvent<RegisterInput, RegisterOutput> | string {
  const fields = LINE.exec(line)?.groups;
  if (fields === undefined) {
    return `expected "INFO  jepsen.util - PROCESS :TYPE :CALL VALUE", found ${JSON.stringify(line)}`;
  }
  const { type, call, value } = fields;
  const process = Number(fields["process"]);
  if (type === "invoke") {
    const input = inputOf(call, value);
    return input === undefined ? `a ${call} cannot be called with ${value}` : { kind: "called", process, input };
  }
  const input = underWay(process);
  if (input !== undefined && !answers(input, call, value)) {
    return `:${call} ${value} does not answer what process ${process} called, ${JSON.stringify(input)}`;
  }
  if (type === "info" && value === TIMED_OUT) return { kind: "timed-out", process };
  if (type === "fail" && call === "read" && value === TIMED_OUT) return { kind: "failed", process };
  if (type === "fail" && call === "cas" && value !== TIMED_OUT)
    return { kind: "returned", process, output: "mismatch" };
  if (type === "ok" && value !== TIMED_OUT) {
    return { kind: "returned", process, output: call === "read" ? registerValue(value) : "done" };
  }
  return `:${type} :${call} ${value} has no meaning`;
}

function inputOf(call: string, value: string): RegisterInput | undefined {
  if (call === "read") return value === "nil" ? { kind: "read" } : undefined;
  const numbers = value.match(/\d+/g)?.map(Number) ?? [];
  if (call === "write" && /^\d+$/.test(value)) return { kind: "write", value: numbers[0] };
  if (call === "cas" && numbers.length === 2) return { kind: "cas", expected: numbers[0], value: numbers[1] };
  return undefined;
}

/** Whether a line's call and value are those of the call under way: all but a read's value come back as they were. */
function answers(input: RegisterInput, call: string, value: string): boolean {
  if (input.kind !== call) return false;
  if (value === TIMED_OUT) return true;
  if (input.kind === "read") return /^(nil|\d+)$/.test(value);
  return value === (input.kind === "write" ? String(input.value) : `[${input.expected} ${input.value}]`);
}

function registerValue(text: string): number | null {
  return text === "nil" ? null : Number(text);
}
