import type { Link } from "../kernel/link.ts";
import { ConstantLink, LineLink, MatrixLink, UniformLink } from "../kernel/links.ts";
import type { Network } from "../network/network.ts";
import { withColocations } from "./colocation.ts";
import { createNetwork } from "./routed-network.ts";
import { LEDGER_NAME } from "./scenario/ledger-schema.ts";
import type { RoutedSection } from "./scenario/network-schema.ts";
import type { Scenario } from "./scenario/schema.ts";

/** The link that a scenario asks for, or the network. */
export function createLink(scenario: Scenario): Link | Network {
  const { network } = scenario;
  // On a network of places the agents stand at the venue's.
  if (network.kind === "routed") return createNetwork(scenario, network);
  return withColocations(scenario, createPlainLink(scenario, network));
}

function createPlainLink(scenario: Scenario, network: Exclude<Scenario["network"], RoutedSection>): Link {
  const { seed } = scenario;
  switch (network.kind) {
    case "constant":
      return new ConstantLink(network.delay);
    case "uniform":
      return new UniformLink({ seed, lowNs: network.low, highNs: network.high });
    case "line":
      return new LineLink({ seed, lengthMetres: network.lengthMetres });
    case "matrix": {
      const { places, delays } = network;
      const at = new Map(Object.entries(network.at));
      const ledgerAt = [scenario.ledger?.places ?? []].flat();
      for (const [i, place] of ledgerAt.entries()) {
        // One after the other, and again from the first.
        for (let number = i + 1; number <= (scenario.ledger?.replicas ?? 0); number += ledgerAt.length) {
          at.set(`${LEDGER_NAME}-${number}`, place);
        }
      }
      // An agent is placed by its own name, or by its group's: `maker-17` belongs to `maker`.
      const placeOf = (name: string): number => {
        const place = at.get(name) ?? at.get(name.replace(/-\d+$/, ""));
        return place === undefined ? 0 : places.indexOf(place);
      };
      return new MatrixLink({ delaysNs: delays, placeOf });
    }
  }
}
