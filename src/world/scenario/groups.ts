import type { Path } from "./finding.ts";
import { LEDGER_NAME } from "./ledger-schema.ts";
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

/** Groups whose members have a name and a number: of agents, and the replicas of the ledger. All of them may crash. */
export function numberedGroupsOf(scenario: Scenario): readonly { readonly name: string; readonly count: number }[] {
  const agents = groupsOf(scenario).map(({ spec }) => spec);
  const { ledger } = scenario;
  return ledger === undefined ? agents : [...agents, { name: LEDGER_NAME, count: ledger.replicas }];
}

/** The venue where a group trades. The check says that there is one. */
export function venueNameOf({ venues }: Scenario, { venue, symbol }: GroupSpec): string | undefined {
  if (venue !== undefined) return venue;
  const listing = venues.find(
    ({ instruments }) => symbol === undefined || instruments.some((instrument) => instrument.symbol === symbol),
  );
  return listing?.name;
}
