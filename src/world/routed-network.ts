import { assert } from "../core/assert.ts";
import { PROTOCOL_KINDS_FROM } from "../consensus/replica.ts";
import { componentKey } from "../network/keyed-draw.ts";
import { drawFaults } from "../network/faults/random-faults.ts";
import { ACCESS_KINDS, accessOf } from "../network/geography/accesses.ts";
import type { Access, Graph } from "../network/graph.ts";
import type { Location } from "../network/hosts.ts";
import { plainLink } from "../network/link-spec.ts";
import { Network } from "../network/network.ts";
import type { Transport } from "../network/transport/wire-size.ts";
import { QuoteWord } from "../model/market-data.ts";
import { RecordKind } from "../model/record.ts";
import { colocations } from "./colocation.ts";
import { linkOfFields } from "./link-of-fields.ts";
import { forgeryOf } from "./forged-data.ts";
import { faultOf, randomFaultOf } from "./network-fault.ts";
import { metricOf, routedGraph } from "./routed-graph.ts";
import { groupsOf } from "./scenario/groups.ts";
import { LEDGER_NAME } from "./scenario/ledger-schema.ts";
import type { RoutedSection } from "./scenario/network-schema.ts";
import type { Scenario } from "./scenario/schema.ts";

/** The network of places and links that a scenario asks for. */
export function createNetwork(scenario: Scenario, network: RoutedSection): Network {
  const { graph, findings } = routedGraph(scenario, network);
  assert(findings.length === 0, () => `the check let a network pass that cannot be: ${findings[0]?.message}`);
  const { seed, duration } = scenario;
  const drawn = drawFaults(
    network.randomFaults.map((fault) => randomFaultOf(scenario, fault)),
    { graph, seed, endNs: duration },
  );
  return new Network({
    graph,
    seed,
    locate: locator(scenario, network, graph),
    transportOf: transports(network),
    fanOut: network.transport.fanOut,
    forgery: forgeryOf(scenario, network),
    metric: metricOf(network),
    convergenceNs: network.routing.convergence,
    faults: [...network.faults.map((fault) => faultOf(scenario, fault, graph)), ...drawn],
  });
}

/** Who of a group is numbered; a venue is not. */
const NUMBERED = /^(.*)-(\d+)$/;

/** Where each actor stands. An agent goes by its own name, or by its group's: `maker-17` belongs to `maker`. */
function locator(scenario: Scenario, network: RoutedSection, graph: Graph): (name: string) => Location {
  const numbers = new Map(graph.places.map(({ name }, number) => [name, number]));
  const at = placesOf(scenario, network.at);
  const access = new Map(Object.entries(network.access));
  const own = new Map(
    Object.entries(network.accesses).map(([name, { up, down }]): [string, Access] => [
      name,
      {
        up: linkOfFields(plainLink(0), up, scenario.start),
        down: linkOfFields(plainLink(0), down, scenario.start),
      },
    ]),
  );
  const groups = new Set(groupsOf(scenario).map(({ spec }) => spec.name));
  const colocated = colocations(scenario);
  const locate = (name: string): Location => {
    const [, group = name, number = "1"] = NUMBERED.exec(name) ?? [];
    const colocation = groups.has(group) ? colocated.get(group) : undefined;
    if (colocation !== undefined) {
      const wire = plainLink(colocation.delayNs);
      return { place: locate(colocation.beside).place, access: { up: wire, down: wire } };
    }
    const where = at.get(name) ?? at.get(group);
    const list = typeof where === "string" ? [where] : where;
    const isAgent = groups.has(group);
    const place =
      list === undefined
        ? isAgent
          ? drawnPlace(scenario.seed, name, graph.places.length)
          : 0
        : (numbers.get(list[(Number(number) - 1) % list.length]) ?? 0);
    const kind = access.get(name) ?? access.get(group);
    const known = ACCESS_KINDS.find((candidate) => candidate === kind);
    const chosen =
      kind === undefined ? undefined : (own.get(kind) ?? (known === undefined ? undefined : accessOf(known)));
    return { place, access: chosen };
  };
  return locate;
}

/** Where the scenario wants whom: the ledger's replicas where its own section says. */
function placesOf({ ledger }: Scenario, at: RoutedSection["at"]): Map<string, string | readonly string[]> {
  const places = ledger?.places === undefined ? [] : [[LEDGER_NAME, ledger.places] as const];
  return new Map<string, string | readonly string[]>([...places, ...Object.entries(at)]);
}

/** A place drawn for an agent that has none: not the first one, where the venues are, unless there is no other. */
function drawnPlace(seed: number, name: string, places: number): number {
  return places === 1 ? 0 : 1 + ((componentKey(seed, name, "place") >>> 0) % (places - 1));
}

function transports({ transport }: RoutedSection): (words: Int32Array, at: number) => Transport {
  const { quote, levelChanged, bookSnapshot, publicTrade } = RecordKind;
  const isMarketData = new Uint8Array(256);
  for (const kind of [quote, levelChanged, bookSnapshot, publicTrade]) isMarketData[kind] = 1;
  const { orders, marketData, intelligence, ledger } = transport;
  return (words, at) => {
    if (isMarketData[words[at]] === 1 && !isAnswer(words, at)) return marketData;
    if (words[at] === RecordKind.note) return intelligence;
    return words[at] < PROTOCOL_KINDS_FROM ? orders : ledger;
  };
}

/**
 * Whether a quote answers a request: it stands outside of every chain of changes. It travels as the request does, since
 * who asked waits for it.
 */
function isAnswer(words: Int32Array, at: number): boolean {
  const first = at + QuoteWord.firstSequence;
  return words[at] === RecordKind.quote && words[first] === 0 && words[first + 1] === 0;
}
