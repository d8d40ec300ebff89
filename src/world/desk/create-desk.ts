import type { Market } from "../../agents/port.ts";
import type { Units } from "../../core/units.ts";
import { DeskListing } from "../../desk/listing.ts";
import type { LimitName, LimitSetting } from "../../desk/risk/limits.ts";
import { LIMITS } from "../../desk/risk/limits.ts";
import { Roster } from "../../desk/roster.ts";
import type { Ledger } from "../../market/ledger.ts";
import type { AssetTable } from "../../model/listing.ts";
import type { VenueActor } from "../../venues/simulated/venue-actor.ts";
import { wholeUnits } from "../scenario/amounts.ts";
import { reportsOf } from "../scenario/check-desks.ts";
import type { DeskSpec } from "../scenario/desk-schema.ts";
import { agentNameOf, groupsOf } from "../scenario/groups.ts";
import type { Scenario } from "../scenario/schema.ts";
import { DeskActor } from "./desk-actor.ts";
import { limitValue } from "./limit-value.ts";

/** The parts of a run that a desk is joined to. */
export interface DeskSurroundings {
  readonly venues: readonly VenueActor[];
  readonly markets: readonly Market[];
  readonly assets: AssetTable;
  readonly ledger: Ledger;
}

/** Makes a desk of a scenario, without its agents. */
export function createDesk(
  spec: DeskSpec,
  scenario: Scenario,
  { venues, markets, assets }: DeskSurroundings,
): DeskActor {
  const listing = new DeskListing(
    venues.map(({ venue }) => ({ name: venue.name, instruments: venue.listed.map(({ instrument }) => instrument) })),
  );
  const members = groupsOf(scenario)
    .filter((group) => group.spec.desk === spec.name)
    .flatMap((group) =>
      Array.from({ length: group.spec.count }, (_, index) => ({
        name: agentNameOf(group.spec.name, index + 1),
        strategy: group.spec.strategy ?? group.spec.name,
      })),
    );
  const reportingAsset = assets.indexOf(reportsOf(scenario, spec));
  return new DeskActor({
    name: spec.name,
    listing,
    markets,
    roster: new Roster(members),
    reportingAsset,
    limits: spec.limits.map((limit) => settingOf(limit, assets.assets[reportingAsset].decimals)),
    rateLimits: spec.rateLimits.map(({ messages, per }) => ({ messages, windowNs: per })),
    kills: spec.kill.map(({ at, grade, scope, of }) => ({ atNs: at, grade, scope, name: of })),
    reconcileNs: spec.reconcileEvery,
  });
}

/** Opens the desk's account at each venue, with what the scenario says that it holds. */
export function openDeskAccounts(actor: number, desk: DeskActor, spec: DeskSpec, world: DeskSurroundings): void {
  world.venues.forEach((venue, number) => {
    const account = world.ledger.openAccount();
    const of = (amounts: Readonly<Record<string, string>>, give: (asset: number, units: Units) => void): void => {
      for (const [code, text] of Object.entries(amounts)) {
        const asset = world.assets.indexOf(code);
        give(asset, wholeUnits(text, world.assets.assets[asset].decimals));
      }
    };
    of(spec.cash, (asset, units) => world.ledger.deposit(account, asset, units));
    of(spec.credit, (asset, units) => {
      world.ledger.grantCredit(account, asset, units);
      desk.setCredit(number, asset, units);
    });
    venue.admit(actor, account);
    venue.keepHistory(account);
    desk.accounts.push(account);
  });
}

function settingOf({ scope, of, limit, value }: DeskSpec["limits"][number], decimals: number): LimitSetting {
  const unit = LIMITS.find(({ name }) => name === (limit as LimitName))?.unit ?? "count";
  return { scope, name: of, limit, value: limitValue(unit, value, decimals) };
}
