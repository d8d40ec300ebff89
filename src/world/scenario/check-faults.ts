import { FAULTS_MAX } from "../../network/network-limits.ts";
import type { Graph } from "../../network/graph.ts";
import type { FaultSection } from "./fault-schema.ts";
import type { Finding, Path } from "./finding.ts";
import { numberedGroupsOf } from "./groups.ts";
import { hint, isAgentOf } from "./name-checks.ts";
import type { RoutedSection } from "./network-schema.ts";
import type { Scenario } from "./schema.ts";

/** Faults must hit what there is, and must not be too many. */
export function checkFaults(scenario: Scenario, network: RoutedSection, graph: Graph): Finding[] {
  const names = new FaultNames(scenario, graph);
  const findings = [
    ...network.faults.flatMap((fault, i) => checkFault(fault, ["network", "faults", i], names)),
    ...network.randomFaults.flatMap((fault, i) =>
      "who" in fault ? names.checkActors(fault, ["network", "randomFaults", i]) : [],
    ),
  ];
  const flaps = network.faults.reduce(
    (sum, fault) => sum + (fault.kind === "flap" ? fault.for / (fault.down + fault.up) : 1),
    0,
  );
  const drawn = network.randomFaults.reduce((sum, fault) => {
    const each = fault.kind === "flap" ? Math.max(1, fault.lasts / (fault.down + fault.up)) : 1;
    return sum + (each * scenario.duration) / fault.every;
  }, 0);
  // Twice the mean leaves room for chance, and a hundred more where the mean is small.
  if (flaps + 2 * drawn + 100 > FAULTS_MAX) {
    const path = ["network", drawn > flaps ? "randomFaults" : "faults"];
    findings.push({
      path,
      message: `expected at most ${FAULTS_MAX / 2} faults in a run, found about ${Math.round(flaps + drawn)}`,
    });
  }
  return findings;
}

/** A fault that stands alone, such as one that is asked for during a run. */
export function checkOneFault(scenario: Scenario, graph: Graph, fault: FaultSection): Finding[] {
  return checkFault(fault, [], new FaultNames(scenario, graph));
}

function checkFault(fault: FaultSection, path: Path, names: FaultNames): Finding[] {
  switch (fault.kind) {
    case "cut":
    case "flap":
    case "clog":
    case "collapse":
    case "replay":
      return fault.links.flatMap((pair, i) => names.checkLink(pair, [...path, "links", i]));
    case "split":
      return fault.sides.flatMap((side, s) => names.checkPlaces(side, [...path, "sides", s]));
    case "oneWay":
      return [...names.checkPlaces(fault.from, [...path, "from"]), ...names.checkPlaces(fault.to, [...path, "to"])];
    case "isolate":
      return fault.who.flatMap((who, i) => names.checkAnyone(who, [...path, "who", i]));
    case "skew":
      return [
        ...names.checkActors(fault, path),
        ...(fault.ahead > 0 && fault.behind > 0
          ? [{ path: [...path, "behind"], message: "expected a clock that is ahead or behind, found both" }]
          : []),
      ];
    case "crash":
    case "pause":
    case "slowDown":
      return names.checkActors(fault, path);
  }
}

/** Who and what faults may name. */
class FaultNames {
  readonly #places: readonly string[];
  readonly #venues: readonly string[];
  readonly #scenario: Scenario;
  readonly #pairs: ReadonlySet<string>;

  constructor(scenario: Scenario, { places, edges }: Graph) {
    this.#scenario = scenario;
    this.#places = places.map(({ name }) => name);
    this.#venues = scenario.venues.map(({ name }) => name);
    this.#pairs = new Set(edges.map(({ from, to }) => `${places[from].name} ${places[to].name}`));
  }

  checkLink([a, b]: readonly [string, string], path: Path): Finding[] {
    const unknown = this.checkPlaces([a, b], path);
    if (unknown.length > 0 || this.#pairs.has(`${a} ${b}`) || this.#pairs.has(`${b} ${a}`)) return unknown;
    return [{ path, message: `there is no link between ${a} and ${b}` }];
  }

  checkPlaces(names: readonly string[], path: Path): Finding[] {
    return names.flatMap((name, i) =>
      this.#places.includes(name)
        ? []
        : [{ path: [...path, i], message: `there is no place ${name}${hint(name, this.#places)}` }],
    );
  }

  checkActors({ who }: { readonly who: readonly string[] }, path: Path): Finding[] {
    return who.flatMap((name, i) => {
      if (this.#isAgent(name) || this.#venues.includes(name)) return [];
      const message = `there is no venue, group or agent of that name${hint(name, [...this.#venues, ...this.#actors()])}`;
      return [{ path: [...path, "who", i], message }];
    });
  }

  checkAnyone(who: string, path: Path): Finding[] {
    if (this.#isAgent(who) || this.#venues.includes(who) || this.#places.includes(who)) return [];
    const known = [...this.#places, ...this.#venues, ...this.#actors()];
    return [{ path, message: `there is no place, venue, group or agent of that name${hint(who, known)}` }];
  }

  #isAgent(who: string): boolean {
    return numberedGroupsOf(this.#scenario).some((group) => group.name === who || isAgentOf(group, who));
  }

  #actors(): string[] {
    return numberedGroupsOf(this.#scenario).map(({ name }) => name);
  }
}
