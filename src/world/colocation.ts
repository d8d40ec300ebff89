import type { Colocation } from "../kernel/colocated-link.ts";
import { ColocatedLink } from "../kernel/colocated-link.ts";
import type { Link } from "../kernel/link.ts";
import { groupsOf, venueNameOf } from "./scenario/groups.ts";
import type { Scenario } from "./scenario/schema.ts";

/** Which agents stand right beside which venue. Those of a group are called `group-1`, `group-2` and so on. */
export function colocations(scenario: Scenario): ReadonlyMap<string, Colocation> {
  const found = new Map<string, Colocation>();
  for (const { spec } of groupsOf(scenario)) {
    const beside = venueNameOf(scenario, spec);
    if (spec.colocation !== undefined && beside !== undefined)
      found.set(spec.name, { beside, delayNs: spec.colocation.delay });
  }
  return found;
}

/** The link with the colocations of a scenario; the same one where it has none. */
export function withColocations(scenario: Scenario, link: Link): Link {
  const byGroup = colocations(scenario);
  if (byGroup.size === 0) return link;
  return new ColocatedLink(link, (name) => byGroup.get(name.replace(/-\d+$/, "")));
}
