import type { Problem } from "../../core/errors.ts";
import { UserError } from "../../core/errors.ts";
import type { Nanos } from "../../core/units.ts";
import { RecordKind } from "../../model/record.ts";
import { agentNameOf, groupsOf } from "../../world/scenario/groups.ts";
import { hint, isAgentOf } from "../../world/scenario/name-checks.ts";
import type { Scenario } from "../../world/scenario/schema.ts";
import type { LogQuery, LogSource } from "./log-filter.ts";

/** What a person asks for, as text. */
export interface LogRequest {
  readonly fromNs?: Nanos | undefined;
  readonly toNs?: Nanos | undefined;
  /** Names of agents, or of groups, which stand for their agents. */
  readonly agent: readonly string[];
  readonly instrument: readonly string[];
  readonly venue: readonly string[];
  readonly kind: readonly string[];
  readonly source?: string | undefined;
}

const SOURCES: readonly string[] = ["venue", "delivery"] satisfies LogSource[];
const RECORDED = ["recorded-maker", "recorded-taker"];

/** @throws {UserError} with every name that the run does not know */
export function parseQuery(request: LogRequest, scenario: Scenario): LogQuery {
  const problems: Problem[] = [];
  const check = (option: string, found: readonly string[], known: readonly string[]): void => {
    for (const name of found.filter((one) => !known.includes(one))) {
      problems.push({ path: `--${option}`, message: `there is no ${name} in this run${hint(name, known)}` });
    }
  };
  const { fromNs, toNs, source } = request;
  if (fromNs !== undefined && toNs !== undefined && toNs <= fromNs) {
    problems.push({ path: "--to", message: "expected a time after --from" });
  }
  const agents = agentsOf(scenario, request.agent, check);
  check("instrument", request.instrument, symbolsOf(scenario));
  const venues = scenario.venues.map(({ name }) => name);
  check("venue", request.venue, venues);
  check("kind", request.kind, Object.keys(RecordKind));
  if (source !== undefined) check("source", [source], SOURCES);
  if (problems.length > 0) throw new UserError("nothing can be exported", { problems });
  return {
    fromNs,
    toNs,
    agents,
    instruments: request.instrument,
    venues: request.venue,
    kinds: request.kind,
    source: source as LogSource | undefined,
  };
}

function agentsOf(
  scenario: Scenario,
  found: readonly string[],
  check: (option: string, found: readonly string[], known: readonly string[]) => void,
): string[] {
  const groups = groupsOf(scenario).map(({ spec }) => spec);
  const recorded = scenario.recorded === undefined ? [] : RECORDED;
  return found.flatMap((name) => {
    const group = groups.find((one) => one.name === name);
    if (group !== undefined) return Array.from({ length: group.count }, (_, index) => agentNameOf(name, index + 1));
    if (!groups.some((one) => isAgentOf(one, name)))
      check("agent", [name], [...groups.map((one) => one.name), ...recorded]);
    return [name];
  });
}

function symbolsOf({ venues }: Scenario): readonly string[] {
  return [...new Set(venues.flatMap(({ instruments }) => instruments.map(({ symbol }) => symbol)))];
}
