import { formatDuration } from "../../core/duration.ts";
import { checkPlaced } from "./check-placed.ts";
import { checkRouted } from "./check-routed.ts";
import type { Finding } from "./finding.ts";
import { repeated } from "./name-checks.ts";
import type { Scenario } from "./schema.ts";

/** What a schema cannot say of a network. */
export function checkNetwork(scenario: Scenario): Finding[] {
  const { network } = scenario;
  switch (network.kind) {
    case "uniform": {
      if (network.low <= network.high) return [];
      const message = `expected at most network.high (${formatDuration(network.high)}), found ${formatDuration(network.low)}`;
      return [{ path: ["network", "low"], message }];
    }
    case "matrix": {
      const { places, delays } = network;
      const size = places.length;
      const findings: Finding[] = repeated(places.map((place, i) => [["network", "places", i], place]));
      if (delays.length !== size || delays.some((row) => row.length !== size)) {
        findings.push({
          path: ["network", "delays"],
          message: `expected ${size} rows of ${size} delays, one for each place`,
        });
      }
      return [...findings, ...checkPlaced(scenario, network.at, places)];
    }
    case "routed":
      return [...checkRouted(scenario, network)];
    default:
      return [];
  }
}
