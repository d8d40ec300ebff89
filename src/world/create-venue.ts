import type { JournalPort } from "../kernel/journal-port.ts";
import { NO_FEES } from "../market/fees.ts";
import type { Ledger } from "../market/ledger.ts";
import { Venue } from "../market/venue.ts";
import type { Listed } from "../model/listing.ts";
import { VenueActor } from "../venues/simulated/venue-actor.ts";
import { feeScheduleOf } from "./fee-schedule.ts";
import { ruleOptionsOf, speedBumpOf } from "./rule-options.ts";
import { ruleOf } from "./scenario/rules-of.ts";
import type { Scenario } from "./scenario/schema.ts";

/** A venue of a scenario as an actor, with its fees and rules. */
export function createVenue(
  scenario: Scenario,
  parts: {
    /** Its place among the scenario's venues. */
    readonly venue: number;
    readonly listed: readonly Listed[];
    readonly ledger: Ledger;
    readonly journal: JournalPort;
  },
): VenueActor {
  const { venue: index, listed, ledger, journal } = parts;
  const { name, fees } = scenario.venues[index];
  const venue = new Venue({
    name,
    listed,
    ledger,
    fees: NO_FEES,
    instrumentFees: listed.map((each) => feeScheduleOf(fees, each)),
    sessionEndNs: scenario.duration,
    rules: ruleOptionsOf(scenario, { venue: index, listed }),
    preventsWithinGroups: listed.map(
      (_, instrument) => ruleOf(scenario, { venue: index, instrument }, "ownerSelfTrade") !== undefined,
    ),
  });
  const actor = new VenueActor(venue, journal);
  for (const instrument of listed.keys()) {
    const bump = speedBumpOf(scenario, { venue: index, instrument });
    if (bump !== undefined) actor.delay(instrument, bump);
  }
  return actor;
}
