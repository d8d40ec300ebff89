import type { Nanos } from "../../core/units.ts";
import { parseBandwidth, parseSpacedDuration } from "../amount-text.ts";
import type { Access, Edge, Graph, Place } from "../graph.ts";
import type { LinkSpec } from "../link-spec.ts";
import { plainLink } from "../link-spec.ts";
import type { GmlEntry, GmlProblem, GmlValue } from "./gml-text.ts";
import { parseGml } from "./gml-text.ts";

/** A place's name must be one that a scenario can write. */
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;

/**
 * Reads a graph as Shadow has it: nodes with `id`, `label`, `host_bandwidth_up` and `host_bandwidth_down`; edges with
 * `source`, `target`, `latency` and `packet_loss`; undirected unless it says `directed 1`. The bandwidths are those of
 * each actor's access. An edge from a node to itself is what lies between two actors there. A node is called by its
 * label, or `n` and its id where it has none that can be a name.
 * @returns the graph, and everything that is wrong with the text
 */
export function readGmlGraph(text: string): { readonly graph: Graph; readonly problems: readonly GmlProblem[] } {
  const nothing: Graph = { places: [], edges: [] };
  const parsed = parseGml(text);
  if ("message" in parsed) return { graph: nothing, problems: [parsed] };
  const graphs = parsed.filter(({ key }) => key === "graph");
  const list = graphs[0]?.value;
  if (graphs.length !== 1 || !isList(list)) {
    return { graph: nothing, problems: [{ line: 1, message: `expected one graph [ … ], found ${graphs.length}` }] };
  }
  return new GmlGraphReader(list).read();
}

class GmlGraphReader {
  readonly #problems: GmlProblem[] = [];
  readonly #entries: readonly GmlEntry[];
  readonly #numbers = new Map<number, number>();

  constructor(entries: readonly GmlEntry[]) {
    this.#entries = entries;
  }

  read(): { readonly graph: Graph; readonly problems: readonly GmlProblem[] } {
    const nodes = this.#entries.filter(({ key }) => key === "node");
    const places = nodes.map((node, number) => this.#place(node, number));
    const isDirected = this.#entries.some(({ key, value }) => key === "directed" && value === 1);
    const edges: Edge[] = [];
    const local = new Map<number, LinkSpec>();
    for (const entry of this.#entries.filter(({ key }) => key === "edge")) {
      const edge = this.#edge(entry);
      if (edge === undefined) continue;
      if (edge.from === edge.to) local.set(edge.from, edge.spec);
      else edges.push(edge, ...(isDirected ? [] : [{ from: edge.to, to: edge.from, spec: edge.spec }]));
    }
    if (nodes.length === 0) this.#problems.push({ line: 1, message: "expected at least one node" });
    const names = new Set<string>();
    for (const [number, { name }] of places.entries()) {
      if (names.has(name)) this.#say(nodes[number], `another node is called ${name} already`);
      names.add(name);
    }
    return {
      graph: { places: places.map((place, i) => ({ ...place, local: local.get(i) })), edges },
      problems: this.#problems,
    };
  }

  #place(node: GmlEntry, number: number): Place {
    const id = numberOf(node, "id");
    if (id === undefined) this.#say(node, "a node needs an id, which is a number");
    else if (this.#numbers.has(id)) this.#say(node, `there are two nodes ${id}`);
    else this.#numbers.set(id, number);
    const label = valueOf(node, "label");
    const name = typeof label === "string" && NAME.test(label) ? label : `n${id ?? number}`;
    const up = this.#bandwidth(node, "host_bandwidth_up");
    const down = this.#bandwidth(node, "host_bandwidth_down");
    if (up === undefined && down === undefined) return { name };
    const access: Access = { up: { ...plainLink(0), bandwidthBps: up }, down: { ...plainLink(0), bandwidthBps: down } };
    return { name, access };
  }

  #edge(edge: GmlEntry): Edge | undefined {
    const [from, to] = [this.#end(edge, "source"), this.#end(edge, "target")];
    const delayNs = this.#latency(edge);
    const loss = valueOf(edge, "packet_loss") ?? 0;
    if (typeof loss !== "number" || loss < 0 || loss > 1) {
      this.#say(edge, `packet_loss: expected a number from 0 to 1, found ${shown(loss)}`);
      return undefined;
    }
    if (from === undefined || to === undefined || delayNs === undefined) return undefined;
    const spec = plainLink(delayNs);
    return { from, to, spec: loss === 0 ? spec : { ...spec, loss: { kind: "bernoulli", probability: loss } } };
  }

  #end(edge: GmlEntry, key: "source" | "target"): number | undefined {
    const id = numberOf(edge, key);
    const place = id === undefined ? undefined : this.#numbers.get(id);
    if (place === undefined) this.#say(edge, `${key}: expected the id of a node, found ${shown(valueOf(edge, key))}`);
    return place;
  }

  #latency(edge: GmlEntry): Nanos | undefined {
    const text = valueOf(edge, "latency");
    const delayNs = typeof text === "string" ? parseSpacedDuration(text) : undefined;
    if (delayNs === undefined) this.#say(edge, `latency: expected a duration such as "10 ms", found ${shown(text)}`);
    return delayNs;
  }

  #bandwidth(node: GmlEntry, key: string): number | undefined {
    const text = valueOf(node, key);
    if (text === undefined) return undefined;
    const bps = typeof text === "string" ? parseBandwidth(text) : undefined;
    if (bps === undefined) this.#say(node, `${key}: expected a bandwidth such as "100 Mbit", found ${shown(text)}`);
    return bps;
  }

  #say({ line }: GmlEntry, message: string): void {
    this.#problems.push({ line, message });
  }
}

function isList(value: GmlValue | undefined): value is readonly GmlEntry[] {
  return Array.isArray(value);
}

function valueOf({ value }: GmlEntry, key: string): GmlValue | undefined {
  return isList(value) ? value.find((entry) => entry.key === key)?.value : undefined;
}

function numberOf(entry: GmlEntry, key: string): number | undefined {
  const value = valueOf(entry, key);
  return typeof value === "number" ? value : undefined;
}

function shown(value: GmlValue | undefined): string {
  if (value === undefined) return "nothing";
  return isList(value) ? "a list" : JSON.stringify(value);
}
