import type { z } from "zod";
import type { Problem } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import { checkScenario } from "./check.ts";
import { expectation } from "./expectation.ts";
import type { Finding, Path } from "./finding.ts";
import { PROBLEMS_MAX, pathText } from "./finding.ts";
import type { ReadFile } from "./graph-file.ts";
import { inlineGraph } from "./graph-file.ts";
import { member, unknownKeyText } from "./known-keys.ts";
import type { Scenario } from "./schema.ts";
import { scenarioSchema } from "./schema.ts";
import { nearest } from "./suggestion.ts";
import { YamlSource } from "./yaml-source.ts";

/** Characters that a scenario may have. */
export const SCENARIO_CHARS_MAX = 4_000_000;

/**
 * Reads a scenario.
 * @param text YAML
 * @param file its name, for messages
 * @param readFile reads what the scenario names, by a path relative to it
 * @throws {UserError} with every problem at once, each with its line and column
 */
export function parseScenario(text: string, file: string, readFile: ReadFile = noFiles): Scenario {
  if (text.length > SCENARIO_CHARS_MAX) {
    throw new UserError(`${file} has ${text.length} characters: expected at most ${SCENARIO_CHARS_MAX}`);
  }
  const source = new YamlSource(text, file);
  const result = scenarioSchema.safeParse(source.value, { error: expectation });
  if (!result.success) {
    const { issues } = result.error;
    const findings = [...schemaFindings(issues, source), ...checkTheRest(issues, source.value, readFile)];
    throw refuse(file, findings, source);
  }
  const { scenario, findings } = checked(result.data, readFile);
  if (findings.length > 0) throw refuse(file, findings, source);
  return scenario;
}

function noFiles(): never {
  throw new Error("a scenario that is no file names none");
}

/** The scenario with the files that it names, and what a schema cannot say of it. */
function checked(given: Scenario, readFile: ReadFile): { scenario: Scenario; findings: readonly Finding[] } {
  const { scenario, findings } = inlineGraph(given, readFile);
  return { scenario, findings: findings.length > 0 ? findings : checkScenario(scenario) };
}

function refuse(file: string, findings: readonly Finding[], source: YamlSource): UserError {
  const problems = new Map<string, Required<Problem>>();
  for (const { path, message } of findings) {
    const text = pathText(path);
    problems.set(`${text}: ${message}`, { path: text, message, ...source.place(path) });
  }
  const sorted = [...problems.values()].sort((a, b) => a.line - b.line || a.column - b.column);
  const count = sorted.length === 1 ? "1 problem" : `${sorted.length} problems`;
  const shown = sorted.length > PROBLEMS_MAX ? `${count}, of which these are the first ${PROBLEMS_MAX}` : count;
  return new UserError(`${file} has ${shown}`, { problems: sorted.slice(0, PROBLEMS_MAX) });
}

function schemaFindings(issues: readonly z.core.$ZodIssue[], source: YamlSource): Finding[] {
  return issues.flatMap((issue) => {
    const { path, message } = issue;
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: unknownKeyText(key, path, source.value) }));
    }
    const found = issue.code === "invalid_key" ? String(path.at(-1)) : source.textAt(path);
    if (found === undefined) return [{ path, message: `missing; ${message}` }];
    return [{ path, message: `${message}, found ${found}${suggestionFor(issue, valueAt(source.value, path))}` }];
  });
}

function suggestionFor(issue: z.core.$ZodIssue, found: unknown): string {
  if (issue.code !== "invalid_union" || typeof found !== "string" || !("options" in issue)) return "";
  const suggestion = nearest(found, (issue.options ?? []).map(String));
  return suggestion === undefined ? "" : `; did you mean ${JSON.stringify(suggestion)}?`;
}

/**
 * What a schema cannot say is checked in the sections that follow the schema, so that it need not wait until all of
 * them do. Without venues nothing can be said.
 */
function checkTheRest(issues: readonly z.core.$ZodIssue[], found: unknown, readFile: ReadFile): readonly Finding[] {
  if (!(found instanceof Object)) return [];
  const unknownKeys = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );
  const broken = new Set([...issues.map(({ path }) => path[0]), ...unknownKeys]);
  // Places are given to groups by name.
  if (broken.has("population") || broken.has("agents")) broken.add("network");
  if (broken.has("venues")) return [];
  const sections = Object.entries(found).filter(([key]) => !broken.has(key));
  const rest = scenarioSchema.safeParse({ ...STAND_INS, ...Object.fromEntries(sections) });
  return rest.success ? checked(rest.data, readFile).findings : [];
}

/** For what a scenario must have. */
const STAND_INS = { version: 1, name: "unnamed", duration: "1s" };

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(member, value);
}
