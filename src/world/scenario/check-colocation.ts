import { parseDecimal } from "../../core/decimal.ts";
import { unitsProblem } from "./amounts.ts";
import type { Finding } from "./finding.ts";
import { groupsOf, venueNameOf } from "./groups.ts";
import { isAgentOf } from "./name-checks.ts";
import type { Scenario } from "./schema.ts";

/** Fees that cannot be counted, and places for those who stand at their venue anyway. */
export function checkColocation(scenario: Scenario): Finding[] {
  const { network, venues } = scenario;
  return groupsOf(scenario).flatMap(({ path, spec }) => {
    const { colocation } = spec;
    if (colocation === undefined) return [];
    const findings: Finding[] = [];
    const venue = venues.find(({ name }) => name === venueNameOf(scenario, spec));
    const traded =
      venue?.instruments.find(({ symbol }) => spec.symbol === undefined || symbol === spec.symbol) ?? undefined;
    if (traded !== undefined) {
      const decimals = parseDecimal(traded.tick).scale + parseDecimal(traded.lot).scale;
      const problem = unitsProblem(colocation.feePerHour, decimals);
      if (problem !== undefined) findings.push({ path: [...path, "colocation", "feePerHour"], message: problem });
    }
    if (network.kind !== "routed") return findings;
    for (const section of ["at", "access"] as const) {
      for (const who of Object.keys(network[section])) {
        if (who !== spec.name && !isAgentOf(spec, who)) continue;
        const message = `${who} is colocated, and so at the venue already: expected it in one of the two only`;
        findings.push({ path: ["network", section, who], message });
      }
    }
    return findings;
  });
}
