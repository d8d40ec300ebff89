import type { Path } from "./finding.ts";
import type { GroupSpec, Scenario } from "./schema.ts";

/** Every group of agents, with its path in the scenario. */
export function groupsOf({
  population,
  agents,
}: Scenario): readonly { readonly path: Path; readonly spec: GroupSpec }[] {
  return [
    ...population.map((spec, i) => ({ path: ["population", i], spec })),
    ...agents.map((spec, i) => ({ path: ["agents", i], spec })),
  ];
}

/**
 * The name of a group's agent, with its number even where it is the only one: an agent's chance follows from its name,
 * and must stay as it is when a second one joins.
 */
export function agentNameOf(group: string, number: number): string {
  return `${group}-${number}`;
}
