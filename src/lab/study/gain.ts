import { assert } from "../../core/assert.ts";
import type { Ticks } from "../../core/units.ts";
import { wholeUnits } from "../../world/scenario/amounts.ts";
import { groupsOf } from "../../world/scenario/groups.ts";
import type { World } from "../../world/world.ts";

/**
 * What the agents of a group have gained together, fees included, in whole units of the quote asset. Inventories count
 * at `valueTicks`, which a study chooses: the last price may be what its own agents have made it.
 */
export function gainOf(world: World, groupName: string, valueTicks: Ticks): number {
  const group = world.groups.find(({ name }) => name === groupName);
  const spec = groupsOf(world.scenario).find((candidate) => candidate.spec.name === groupName)?.spec;
  assert(group !== undefined && spec !== undefined, () => `the scenario has no group ${groupName}`);
  const { listed } = world.listing(group.market);
  const gained = (asset: number, given: string): number => {
    const givenUnits = wholeUnits(given, world.assets.assets[asset].decimals);
    return group.accounts.reduce((sum, account) => sum + world.ledger.balance(account, asset) - givenUnits, 0);
  };
  const cashUnits = gained(listed.quoteAsset, spec.account.cash);
  const lots = gained(listed.baseAsset, spec.account.inventory) / listed.lotUnits;
  return (cashUnits + lots * valueTicks * listed.tickLotUnits) / 10 ** world.assets.assets[listed.quoteAsset].decimals;
}
