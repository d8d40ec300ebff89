import { readFileSync } from "node:fs";

/** One step of a data-driven test file: a command, what it reads, and what it prints. */
export interface ScriptStep {
  readonly line: number;
  readonly command: string;
  /** In order: `key=(a,b)` has several values, a bare word none. */
  readonly args: readonly ScriptArg[];
  readonly input: readonly string[];
  readonly expected: string;
}

export interface ScriptArg {
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Reads a file of Cockroach Labs' datadriven format: a command with its input, a line of four dashes, and the output up
 * to the next empty line.
 */
export function readScript(path: string): ScriptStep[] {
  const lines = readFileSync(path, "utf8").split("\n");
  const steps: ScriptStep[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (lines[at].trim() === "" || lines[at].startsWith("#")) continue;
    const line = at + 1;
    const head = lines[at];
    const input: string[] = [];
    while (lines[++at] !== "----") {
      if (at >= lines.length) throw new Error(`${path}:${line}: no output`);
      input.push(lines[at]);
    }
    const expected: string[] = [];
    while (++at < lines.length && lines[at].trim() !== "") expected.push(lines[at]);
    const [command, ...rest] = words(head);
    steps.push({ line, command, args: rest.map(readArg), input, expected: expected.join("\n") });
  }
  return steps;
}

/** The values of an argument, undefined if it is not there. */
export function argOf(step: ScriptStep, key: string): readonly string[] | undefined {
  return step.args.find((arg) => arg.key === key)?.values;
}

/** At spaces, but not at those within parentheses. */
function words(line: string): string[] {
  return line.match(/(?:\([^)]*\)|[^\s(])+/g) ?? [];
}

function readArg(word: string): ScriptArg {
  const [key, value] = word.split(/=(.*)/s);
  if (value === undefined) return { key, values: [] };
  const list = value.startsWith("(") ? value.slice(1, -1).split(",") : [value];
  return { key, values: list.map((item) => item.trim()).filter((item) => item !== "") };
}
