import { formatDuration } from "../../core/duration.ts";
import { isOnGrid } from "./amounts.ts";
import { checkCommitReveal } from "./check-commit-reveal.ts";
import { checkPhaseRules } from "./check-phase-rules.ts";
import type { Finding } from "./finding.ts";
import { groupsOf } from "./groups.ts";
import { hint, isAgentOf } from "./name-checks.ts";
import type { PlacedRule, RulePlace, RuleSpecName } from "./rules-of.ts";
import { ruleOf } from "./rules-of.ts";
import type { Scenario } from "./schema.ts";

type InstrumentSpec = Scenario["venues"][number]["instruments"][number];

/** Rules that cannot be, alone or with each other, each with what to change. */
export function checkRules(scenario: Scenario): Finding[] {
  return scenario.venues.flatMap(({ instruments }, venue) => [
    ...instruments.flatMap((spec, instrument) => checkInstrument(scenario, { venue, instrument }, spec)),
    ...checkKillSwitch(scenario, venue),
  ]);
}

function checkInstrument(scenario: Scenario, place: RulePlace, instrument: InstrumentSpec): Finding[] {
  const check = <Name extends RuleSpecName>(
    name: Name,
    find: (rule: PlacedRule<Name>, instrument: InstrumentSpec) => Finding[],
  ): Finding[] => {
    const rule = ruleOf(scenario, place, name);
    return rule === undefined ? [] : find(rule, instrument);
  };
  return [
    ...check("speedBump", checkSpeedBump),
    ...check("rateLimit", checkRateLimit),
    ...check("orderToTrade", checkOrderToTrade),
    ...check("orderLimits", checkOrderLimits),
    ...check("priceCollar", checkPriceCollar),
    ...check("positionLimit", checkPositionLimit),
    ...checkPhaseRules(scenario, place, instrument),
    ...checkCommitReveal(scenario, place, instrument),
  ];
}

function checkSpeedBump({ spec, path }: PlacedRule<"speedBump">): Finding[] {
  const findings: Finding[] = [];
  if (spec.delay + spec.jitter === 0)
    findings.push({ path, message: "delays nothing: expected a delay or a jitter above 0, or enabled: false" });
  if (spec.appliesTo === "takers" && spec.exemptCancels) {
    const message = "says nothing where the bump is for takers, since no cancel takes: leave it out";
    findings.push({ path: [...path, "exemptCancels"], message });
  }
  return findings;
}

function checkRateLimit({ spec, path }: PlacedRule<"rateLimit">): Finding[] {
  if (spec.throttledPerSecond <= spec.perSecond) return [];
  const message = `expected at most perSecond (${spec.perSecond}): who is throttled is slower, found ${spec.throttledPerSecond}`;
  return [{ path: [...path, "throttledPerSecond"], message }];
}

function checkOrderToTrade({ spec, path }: PlacedRule<"orderToTrade">): Finding[] {
  if (spec.perTradeMax === undefined || spec.perTradeMax >= spec.perTrade) return [];
  const message = `would refuse what is still free: expected at least perTrade (${spec.perTrade}), found ${spec.perTradeMax}`;
  return [{ path: [...path, "perTradeMax"], message }];
}

function checkOrderLimits({ spec, path }: PlacedRule<"orderLimits">, instrument: InstrumentSpec): Finding[] {
  if (spec.maxQty === undefined && spec.maxNotional === undefined)
    return [{ path, message: "limits nothing: expected maxQty, maxNotional or both" }];
  const { symbol, minNotional } = instrument;
  const findings = spec.maxQty === undefined ? [] : checkQty(spec.maxQty, instrument, [...path, "maxQty"]);
  if (spec.maxNotional !== undefined && Number(spec.maxNotional) < Number(minNotional ?? 0)) {
    const message = `lets no priced order of ${symbol} pass: expected at least ${minNotional}, its least notional, found ${spec.maxNotional}`;
    findings.push({ path: [...path, "maxNotional"], message });
  }
  return findings;
}

/** A greatest quantity must be one that an order can have. */
function checkQty(maxQty: string, { symbol, lot, minQty = lot }: InstrumentSpec, path: Finding["path"]): Finding[] {
  if (Number(maxQty) < Number(minQty)) {
    const message = `lets no order of ${symbol} pass: expected at least ${minQty}, its least quantity, found ${maxQty}`;
    return [{ path, message }];
  }
  if (isOnGrid(maxQty, lot)) return [];
  return [{ path, message: `expected whole lots of ${lot} (${symbol}), found ${maxQty}` }];
}

function checkPriceCollar({ spec, path }: PlacedRule<"priceCollar">, instrument: InstrumentSpec): Finding[] {
  const { symbol, referencePrice, tick } = instrument;
  if (referencePrice === undefined || (Number(referencePrice) * spec.percent) / 100 >= Number(tick)) return [];
  const message = `is narrower than a tick of ${symbol} (${tick}) at its reference price ${referencePrice}: expected at least ${(100 * Number(tick)) / Number(referencePrice)}, found ${spec.percent}`;
  return [{ path: [...path, "percent"], message }];
}

function checkPositionLimit({ spec, path }: PlacedRule<"positionLimit">, instrument: InstrumentSpec): Finding[] {
  return checkQty(spec.maxQty, instrument, [...path, "maxQty"]);
}

function checkKillSwitch(scenario: Scenario, venue: number): Finding[] {
  const { killSwitch } = scenario.venues[venue].rules;
  if (killSwitch === undefined || !killSwitch.enabled) return [];
  const groups = groupsOf(scenario).map(({ spec }) => spec);
  const owners = groups.flatMap(({ account }) => account.owner ?? []);
  const known = [...groups.map(({ name }) => name), ...owners];
  return killSwitch.schedule.flatMap(({ at, action, who }, place) => {
    const path = ["venues", venue, "rules", "killSwitch", "schedule", place];
    const findings: Finding[] = [];
    if (at > scenario.duration) {
      const message = `is after the run's end: expected at most ${formatDuration(scenario.duration)}, found ${formatDuration(at)}`;
      findings.push({ path: [...path, "at"], message });
    }
    if (who !== undefined && !known.includes(who) && !groups.some((group) => isAgentOf(group, who)))
      findings.push({ path: [...path, "who"], message: `there is no ${who}${hint(who, known)}` });
    const isEngaged = killSwitch.schedule.some(
      (other) => other.action === "engage" && other.who === who && other.at <= at,
    );
    if (action === "release" && !isEngaged) {
      const message = `releases ${who ?? "everybody"}, whom nothing has stopped by then: expected an engage of the same before`;
      findings.push({ path: [...path, "action"], message });
    }
    return findings;
  });
}
