import { isOnGrid } from "./amounts.ts";
import type { Finding } from "./finding.ts";
import { ruleOf } from "./rules-of.ts";
import type { Scenario } from "./schema.ts";

/** Rules that cannot be, alone or with each other, each with what to change. */
export function checkRules(scenario: Scenario): Finding[] {
  return scenario.venues.flatMap(({ instruments }, venue) =>
    instruments.flatMap((_, instrument) => checkOrderLimits(scenario, { venue, instrument })),
  );
}

interface Place {
  readonly venue: number;
  readonly instrument: number;
}

function checkOrderLimits(scenario: Scenario, place: Place): Finding[] {
  const rule = ruleOf(scenario, { ...place, name: "orderLimits" });
  if (rule === undefined) return [];
  const { spec, path } = rule;
  if (spec.maxQty === undefined && spec.maxNotional === undefined)
    return [{ path, message: "limits nothing: expected maxQty, maxNotional or both" }];
  const { symbol, lot, minQty = lot, minNotional } = scenario.venues[place.venue].instruments[place.instrument];
  const findings: Finding[] = [];
  if (spec.maxQty !== undefined && Number(spec.maxQty) < Number(minQty)) {
    const message = `lets no order of ${symbol} pass: expected at least ${minQty}, its least quantity, found ${spec.maxQty}`;
    findings.push({ path: [...path, "maxQty"], message });
  } else if (spec.maxQty !== undefined && !isOnGrid(spec.maxQty, lot)) {
    findings.push({
      path: [...path, "maxQty"],
      message: `expected whole lots of ${lot} (${symbol}), found ${spec.maxQty}`,
    });
  }
  if (spec.maxNotional !== undefined && Number(spec.maxNotional) < Number(minNotional ?? 0)) {
    const message = `lets no priced order of ${symbol} pass: expected at least ${minNotional}, its least notional, found ${spec.maxNotional}`;
    findings.push({ path: [...path, "maxNotional"], message });
  }
  return findings;
}
