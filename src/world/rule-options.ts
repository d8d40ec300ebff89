import type { RuleOptions } from "../market/rules/registry.ts";
import type { AssetTable, Listed } from "../model/listing.ts";
import { gridSteps, wholeUnits } from "./scenario/amounts.ts";
import { ruleOf } from "./scenario/rules-of.ts";
import type { Scenario } from "./scenario/schema.ts";

/** The rules that a scenario gives to a venue's instruments, in ticks, lots and units. */
export function ruleOptionsOf(
  scenario: Scenario,
  {
    venue,
    listed,
    assets,
  }: { readonly venue: number; readonly listed: readonly Listed[]; readonly assets: AssetTable },
): RuleOptions[] {
  return listed.map((each) => {
    const place = { venue, instrument: each.index };
    const quoteDecimals = assets.assets[each.quoteAsset].decimals;
    const orderLimits = ruleOf(scenario, { ...place, name: "orderLimits" })?.spec;
    return {
      orderLimits: orderLimits && {
        qtyLotsMax: orderLimits.maxQty === undefined ? Infinity : gridSteps(orderLimits.maxQty, each.instrument.lot),
        notionalUnitsMax:
          orderLimits.maxNotional === undefined ? Infinity : wholeUnits(orderLimits.maxNotional, quoteDecimals),
      },
    };
  });
}
