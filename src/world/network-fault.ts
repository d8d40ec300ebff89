import type { NetworkFault } from "../network/faults/fault.ts";
import type { RandomFaultSpec } from "../network/faults/random-faults.ts";
import type { Graph } from "../network/graph.ts";
import type { FaultSection, RandomFaultSection } from "./scenario/fault-schema.ts";
import { numberedGroupsOf } from "./scenario/groups.ts";
import type { Scenario } from "./scenario/schema.ts";

/** A fault of the scenario as the network takes it: groups stand for all of their agents. */
export function faultOf(scenario: Scenario, fault: FaultSection, graph: Graph): NetworkFault {
  const time = { atNs: fault.at, forNs: fault.for };
  switch (fault.kind) {
    case "cut":
    case "clog":
    case "oneWay":
    case "split":
      return { ...fault, ...time };
    case "flap":
      return { kind: "flap", links: fault.links, downNs: fault.down, upNs: fault.up, ...time };
    case "collapse":
      return { kind: "collapse", links: fault.links, bandwidthBps: fault.bandwidth, ...time };
    case "replay":
      return { kind: "replay", links: fault.links, probability: fault.probability, afterNs: fault.after, ...time };
    case "isolate": {
      const names = new Set(graph.places.map(({ name }) => name));
      const places = fault.who.filter((who) => names.has(who));
      return {
        kind: "isolate",
        places,
        actors: actorsOf(
          scenario,
          fault.who.filter((who) => !names.has(who)),
        ),
        ...time,
      };
    }
    case "crash":
    case "pause":
      return { kind: fault.kind, actors: actorsOf(scenario, fault.who), ...time };
    case "slowDown":
      return { kind: "slowDown", actors: actorsOf(scenario, fault.who), factor: fault.factor, ...time };
    case "skew": {
      const offsetNs = fault.ahead - fault.behind;
      return { kind: "skew", actors: actorsOf(scenario, fault.who), offsetNs, driftPpm: fault.driftPpm, ...time };
    }
  }
}

export function randomFaultOf(scenario: Scenario, fault: RandomFaultSection): RandomFaultSpec {
  const times = { everyNs: fault.every, lastsNs: fault.lasts };
  switch (fault.kind) {
    case "collapse":
      return { ...times, what: { kind: "collapse", bandwidthBps: fault.bandwidth } };
    case "crash":
    case "pause":
      return { ...times, what: { kind: fault.kind, actors: actorsOf(scenario, fault.who) } };
    case "slowDown":
      return { ...times, what: { kind: "slowDown", actors: actorsOf(scenario, fault.who), factor: fault.factor } };
    case "skew": {
      const { by: offsetNs, driftPpm } = fault;
      return { ...times, what: { kind: "skew", actors: actorsOf(scenario, fault.who), offsetNs, driftPpm } };
    }
    case "flap":
      return { ...times, what: { kind: "flap", downNs: fault.down, upNs: fault.up } };
    case "replay":
      return { ...times, what: { kind: "replay", probability: fault.probability, afterNs: fault.after } };
    case "cut":
    case "oneWay":
    case "split":
    case "clog":
    case "isolate":
      return { ...times, what: { kind: fault.kind } };
  }
}

/** Names of actors; a group stands for all of its agents. */
export function actorsOf(scenario: Scenario, names: readonly string[]): string[] {
  const groups = numberedGroupsOf(scenario);
  const actors = names.flatMap((name) => {
    const group = groups.find((candidate) => candidate.name === name);
    return group === undefined ? [name] : Array.from({ length: group.count }, (_, i) => `${name}-${i + 1}`);
  });
  return [...new Set(actors)];
}
