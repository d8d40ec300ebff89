import type { Finding } from "./finding.ts";
import { numberedGroupsOf } from "./groups.ts";
import { CLEARING_NAME } from "./ledger-schema.ts";
import { hint, isAgentOf } from "./name-checks.ts";
import type { Scenario } from "./schema.ts";

/** Who stands somewhere, and the place, must exist. */
export function checkPlaced(
  scenario: Scenario,
  at: Readonly<Record<string, string | readonly string[]>>,
  places: readonly string[],
): Finding[] {
  return Object.entries(at).flatMap(([who, where]) => {
    const path = ["network", "at", who];
    const found = typeof where === "string" ? [where] : where;
    return [
      ...checkActor(scenario, who, path),
      ...found
        .filter((place) => !places.includes(place))
        .map((place) => ({ path, message: `there is no place ${place}${hint(place, places)}` })),
    ];
  });
}

/** A name must be that of a venue, a desk, a group or an agent. */
export function checkActor(scenario: Scenario, who: string, path: readonly PropertyKey[]): Finding[] {
  const groups = numberedGroupsOf(scenario);
  const clearing = scenario.ledger === undefined ? [] : [CLEARING_NAME];
  const names = [...[...scenario.venues, ...scenario.desks, ...groups].map(({ name }) => name), ...clearing];
  if (names.includes(who) || groups.some((group) => isAgentOf(group, who))) return [];
  return [{ path, message: `there is no venue, desk, group or agent of that name${hint(who, names)}` }];
}
