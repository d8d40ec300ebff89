import type { RuleOptions } from "../market/rules/registry.ts";
import type { Listed } from "../model/listing.ts";
import type { SpeedBumpOptions } from "../venues/simulated/speed-bump.ts";
import { gridSteps, millionthsOf, unitsIn } from "./scenario/amounts.ts";
import { MarketHalts, auctionsOf, circuitBreakerOf, limitUpLimitDownOf } from "./phase-rule-options.ts";
import type { RulePlace, RuleSpecName } from "./scenario/rules-of.ts";
import { ruleOf } from "./scenario/rules-of.ts";
import type { InstrumentRulesSpec } from "./scenario/rules-schema.ts";
import type { Scenario } from "./scenario/schema.ts";

/** The rules that a scenario gives to a venue's instruments, in ticks, lots and units. */
export function ruleOptionsOf(
  scenario: Scenario,
  { venue, listed }: { readonly venue: number; readonly listed: readonly Listed[] },
): RuleOptions[] {
  const rateLimits = new Map<unknown, RuleOptions["rateLimit"]>();
  const { uniqueOrderIds: ids } = scenario.venues[venue].rules;
  const uniqueOrderIds = ids?.enabled === true ? { window: ids.window } : undefined;
  const killSwitch =
    scenario.venues[venue].rules.killSwitch?.enabled === true ? ({ isOffered: true } as const) : undefined;
  const marketHalts = new MarketHalts();
  return listed.map((each) => {
    const spec = <Name extends RuleSpecName>(name: Name): InstrumentRulesSpec[Name] =>
      ruleOf(scenario, { venue, instrument: each.index }, name)?.spec;
    const rateLimit = spec("rateLimit");
    // Instruments that are limited by the same lines of the scenario share one bucket for each owner.
    if (rateLimit !== undefined && !rateLimits.has(rateLimit)) rateLimits.set(rateLimit, rateLimitOf(rateLimit));
    return {
      uniqueOrderIds,
      commitReveal: commitRevealOf(spec("commitReveal"), each),
      killSwitch,
      rateLimit: rateLimits.get(rateLimit),
      orderToTrade: orderToTradeOf(spec("orderToTrade"), each),
      orderLimits: orderLimitsOf(spec("orderLimits"), each),
      fatFinger: spec("fatFinger"),
      priceCollar: priceCollarOf(spec("priceCollar")),
      positionLimit: positionLimitOf(spec("positionLimit"), each),
      auctions: auctionsOf(spec("auctions"), scenario.duration),
      limitUpLimitDown: limitUpLimitDownOf(spec("limitUpLimitDown")),
      circuitBreaker: circuitBreakerOf(spec("circuitBreaker")),
      marketHalt: marketHalts.of(spec("marketHalt")),
    };
  });
}

/** How an instrument's commands wait before its book; undefined where they do not. */
export function speedBumpOf(scenario: Scenario, place: RulePlace): SpeedBumpOptions | undefined {
  const spec = ruleOf(scenario, place, "speedBump")?.spec;
  if (spec === undefined) return undefined;
  const { delay: delayNs, jitter: jitterNs, appliesTo, exemptCancels: exemptsCancels } = spec;
  return { delayNs, jitterNs, appliesTo, exemptsCancels };
}

type Spec<Name extends RuleSpecName> = InstrumentRulesSpec[Name];

function rateLimitOf(spec: NonNullable<Spec<"rateLimit">>): RuleOptions["rateLimit"] {
  const { forget: forgetNs, throttleFor: throttleNs, suspendFor: suspendNs, ...counts } = spec;
  return { ...counts, forgetNs, throttleNs, suspendNs };
}

function orderToTradeOf(spec: Spec<"orderToTrade">, listed: Listed): RuleOptions["orderToTrade"] {
  if (spec === undefined) return undefined;
  const { window: windowNs, freeMessages, perTrade, fee, perTradeMax = Infinity } = spec;
  return { windowNs, freeMessages, perTrade, perTradeMax, feeUnits: unitsIn(fee, listed) };
}

function orderLimitsOf(spec: Spec<"orderLimits">, listed: Listed): RuleOptions["orderLimits"] {
  if (spec === undefined) return undefined;
  const { maxQty, maxNotional } = spec;
  return {
    qtyLotsMax: maxQty === undefined ? Infinity : gridSteps(maxQty, listed.instrument.lot.text),
    notionalUnitsMax: maxNotional === undefined ? Infinity : unitsIn(maxNotional, listed),
  };
}

function commitRevealOf(spec: Spec<"commitReveal">, listed: Listed): RuleOptions["commitReveal"] {
  if (spec === undefined) return undefined;
  const { reveal: revealNs, collateral, penalty, commitsMax } = spec;
  const [collateralUnits, penaltyUnits] = [unitsIn(collateral, listed), unitsIn(penalty, listed)];
  return { revealNs, commitsMax, collateralUnits, penaltyUnits };
}

function priceCollarOf(spec: Spec<"priceCollar">): RuleOptions["priceCollar"] {
  return spec && { millionths: millionthsOf(spec.percent), maxAgeNs: spec.maxAge };
}

function positionLimitOf(spec: Spec<"positionLimit">, listed: Listed): RuleOptions["positionLimit"] {
  return spec && { lotsMax: gridSteps(spec.maxQty, listed.instrument.lot.text) };
}
