import type { Finding } from "./finding.ts";
import type { Scenario } from "./schema.ts";

/** Reads a file that a scenario names. @throws {Error} when it cannot be read */
export type ReadFile = (path: string) => string;

/**
 * Puts the text of a graph's file into the scenario, so that the resolved scenario, which the manifest keeps, needs no
 * file.
 */
export function inlineGraph(
  scenario: Scenario,
  readFile: ReadFile,
): { readonly scenario: Scenario; readonly findings: readonly Finding[] } {
  const { network } = scenario;
  if (network.kind !== "routed" || network.topology.kind !== "gml") return { scenario, findings: [] };
  const { text, file } = network.topology;
  const path = ["network", "topology"];
  if ((text === undefined) === (file === undefined)) {
    const found = file === undefined ? "neither" : "both";
    return { scenario, findings: [{ path, message: `expected a text or a file, found ${found}` }] };
  }
  if (file === undefined) return { scenario, findings: [] };
  try {
    const topology = { ...network.topology, text: readFile(file) };
    return { scenario: { ...scenario, network: { ...network, topology } }, findings: [] };
  } catch (error) {
    const message = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { scenario, findings: [{ path: [...path, "file"], message }] };
  }
}
