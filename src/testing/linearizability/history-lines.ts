import { UserError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { HistoryRecorder } from "./history.ts";
import type { History } from "./history.ts";

/** What one line of a recorded history tells. */
export type HistoryEvent<Input, Output> = { readonly process: number } & (
  | { readonly kind: "called"; readonly input: Input }
  | { readonly kind: "returned"; readonly output: Output }
  | { readonly kind: "failed" | "timed-out" }
);

/** One line as read, before it is known whether it fits the call under way; or what is wrong with it, in words. */
export type LineReader<Input, Output> = (
  line: string,
  /** What the line's process has asked and not been answered yet. */
  underWay: (process: number) => Input | undefined,
) => HistoryEvent<Input, Output> | string;

/**
 * Reads a recorded history with one event on each line. Blank lines are passed over; events keep the order of lines, and
 * a history without blank lines has its line numbers as positions.
 *
 * @param options.file named in errors.
 * @throws {UserError} with the line and the reason of everything that is wrong
 */
export function readHistoryLines<Input, Output>(
  text: string,
  { file, read }: { readonly file: string; readonly read: LineReader<Input, Output> },
): History<Input, Output> {
  const recorder = new HistoryRecorder<Input, Output>();
  const problems: Problem[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const event = read(line, (process) => recorder.inputUnderWay(process));
    const wrong = typeof event === "string" ? event : misfit(recorder, event);
    if (wrong !== undefined) problems.push({ path: file, message: wrong, line: index + 1 });
    else if (typeof event !== "string") record(recorder, event);
  }
  if (problems.length === 0) return recorder.history();
  const [{ line, message }] = problems;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  throw new UserError(`${file}:${line}: ${message}${more}`, { problems });
}

function misfit<Input, Output>(
  recorder: HistoryRecorder<Input, Output>,
  { kind, process }: HistoryEvent<Input, Output>,
): string | undefined {
  const isUnderWay = recorder.inputUnderWay(process) !== undefined;
  if (kind === "called") return isUnderWay ? `process ${process} has a call under way already` : undefined;
  return isUnderWay ? undefined : `process ${process} has no call under way`;
}

function record<Input, Output>(recorder: HistoryRecorder<Input, Output>, event: HistoryEvent<Input, Output>): void {
  if (event.kind === "called") recorder.called(event.process, event.input);
  else if (event.kind === "returned") recorder.returned(event.process, event.output);
  else if (event.kind === "failed") recorder.failed(event.process);
  else recorder.timedOut(event.process);
}
