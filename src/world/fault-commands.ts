import { parseDuration } from "../core/duration.ts";
import { UserError } from "../core/errors.ts";
import type { Problem } from "../core/errors.ts";
import type { Nanos } from "../core/units.ts";
import type { FaultDirective } from "../network/faults/fault.ts";
import { cutsOf } from "../network/faults/fault-timeline.ts";
import type { Graph } from "../network/graph.ts";
import { FAULTS_MAX } from "../network/network-limits.ts";
import { faultOf } from "./network-fault.ts";
import { routedGraph } from "./routed-graph.ts";
import { checkOneFault } from "./scenario/check-faults.ts";
import { expectation } from "./scenario/expectation.ts";
import { fault as faultSchema } from "./scenario/fault-schema.ts";
import { readFaultWords } from "./scenario/fault-words.ts";
import { pathText } from "./scenario/finding.ts";
import type { Scenario } from "./scenario/schema.ts";
import { YamlSource } from "./scenario/yaml-source.ts";

/** Characters of one command. */
const COMMAND_CHARS_MAX = 100_000;

/** A command that was understood. */
export interface FaultCommand {
  readonly text: string;
  /** When it is to begin, after the run's start; undefined for now. */
  readonly atNs: Nanos | undefined;
  /** The fault, were it to begin then. */
  readonly begin: (atNs: Nanos) => FaultDirective;
}

/**
 * Reads what is asked of a run's network while it runs: a fault, in words or as an entry of the scenario's `faults`,
 * with or without a time; or `heal`, which ends all that have begun.
 */
export class FaultCommands {
  readonly #scenario: Scenario;
  readonly #graph: Graph;
  #cuts = 0;

  /** @throws {UserError} where the scenario has no network in which anything could go wrong */
  constructor(scenario: Scenario) {
    const { network } = scenario;
    if (network.kind !== "routed") {
      const message = `expected routed: a network of places and links, found ${network.kind}`;
      throw new UserError(`${scenario.name} has no network in which anything could go wrong`, {
        problems: [{ path: "network.kind", message }],
      });
    }
    this.#scenario = scenario;
    this.#graph = routedGraph(scenario, network).graph;
  }

  /** @throws {UserError} with everything that is wrong with the command */
  read(text: string): FaultCommand {
    if (text.length > COMMAND_CHARS_MAX) {
      throw refuse([{ path: "", message: `expected at most ${COMMAND_CHARS_MAX} characters, found ${text.length}` }]);
    }
    const read = text.startsWith("{")
      ? { fields: new YamlSource(text, "the command").value as Record<string, unknown> }
      : readFaultWords(text);
    if ("problem" in read) throw refuse([{ path: "", message: read.problem }]);
    return read.fields["kind"] === "heal" ? heal(text, read.fields) : this.#fault(text, read.fields);
  }

  #fault(text: string, fields: Readonly<Record<string, unknown>>): FaultCommand {
    const result = faultSchema.safeParse({ at: "0s", ...fields }, { error: expectation });
    if (!result.success) {
      throw refuse(result.error.issues.map(({ path, message }) => ({ path: pathText(path), message })));
    }
    const section = result.data;
    const problems: Problem[] = checkOneFault(this.#scenario, this.#graph, section).map(({ path, message }) => ({
      path: pathText(path),
      message,
    }));
    const begin = (atNs: Nanos): FaultDirective => faultOf(this.#scenario, { ...section, at: atNs }, this.#graph);
    this.#cuts += problems.length === 0 ? cutsOf(begin(0)) : 0;
    if (this.#cuts > FAULTS_MAX) {
      problems.push({ path: "", message: `expected at most ${FAULTS_MAX} faults in a run` });
    }
    if (problems.length > 0) throw refuse(problems);
    return { text, atNs: "at" in fields ? section.at : undefined, begin };
  }
}

function heal(text: string, fields: Readonly<Record<string, unknown>>): FaultCommand {
  const { at } = fields;
  const others = Object.keys(fields).filter((key) => key !== "kind" && key !== "at");
  const atNs = typeof at === "string" ? parseDuration(at) : undefined;
  const problems: Problem[] = others.map((path) => ({ path, message: "heal knows no such field" }));
  if (at !== undefined && atNs === undefined) problems.push({ path: "at", message: "expected a duration such as 10m" });
  if (problems.length > 0) throw refuse(problems);
  return { text, atNs, begin: (beginNs) => ({ kind: "heal", atNs: beginNs }) };
}

function refuse(problems: readonly Problem[]): UserError {
  return new UserError("the fault cannot be", { problems });
}
