import { readFileSync } from "node:fs";
import { formatDuration } from "../core/duration.ts";
import type { Problem } from "../core/errors.ts";
import { UserError } from "../core/errors.ts";
import type { ExternalInput } from "../kernel/external-input.ts";
import { FaultCommands } from "../world/fault-commands.ts";
import type { Scenario } from "../world/scenario/schema.ts";

/**
 * Reads a file of faults, a command a line, each with its time; empty lines and those that begin with # are left out.
 * @throws {UserError} with every line that is wrong
 */
export function readFaultScript(file: string, scenario: Scenario): ExternalInput[] {
  const commands = new FaultCommands(scenario);
  const problems: Problem[] = [];
  const inputs: ExternalInput[] = [];
  for (const [index, line] of readText(file).split("\n").entries()) {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    const say = (path: string, message: string): unknown => problems.push({ path, message, line: index + 1 });
    try {
      const { atNs, begin } = commands.read(text);
      if (atNs === undefined) say("", `expected a time such as at 10m, found none in ${JSON.stringify(text)}`);
      else if (atNs > scenario.duration)
        say("at", `expected at most ${formatDuration(scenario.duration)}, the run's end`);
      else inputs.push({ timeNs: atNs, directive: begin(atNs) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      for (const { path, message } of error.problems) say(path, message);
    }
  }
  if (problems.length > 0) throw new UserError(`${file} has faults that cannot be`, { problems });
  // The sort keeps the order of the lines where times are equal.
  return inputs.sort((a, b) => a.timeNs - b.timeNs);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
