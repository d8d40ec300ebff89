import { decimalGrid } from "../../core/decimal.ts";
import { LIMITS } from "../../desk/risk/limits.ts";
import { expectedValue, limitValue } from "../desk/limit-value.ts";
import type { DeskSpec, LimitSpec } from "./desk-schema.ts";
import type { Finding } from "./finding.ts";
import { agentNameOf, groupsOf } from "./groups.ts";
import { hint } from "./name-checks.ts";
import type { Scenario } from "./schema.ts";

/** Desks that are named must be there, and what their limits name too. */
export function checkDesks(scenario: Scenario): Finding[] {
  const desks = scenario.desks.map(({ name }) => name);
  const assets = assetsOf(scenario);
  const findings = groupsOf(scenario).flatMap(({ path, spec }) => {
    const found: Finding[] = [];
    if (spec.desk === undefined) {
      if (spec.strategy !== undefined)
        found.push({ path: [...path, "strategy"], message: "expected a desk beside it: strategies are a desk's" });
    } else if (!desks.includes(spec.desk)) {
      found.push({ path: [...path, "desk"], message: `there is no desk ${spec.desk}${hint(spec.desk, desks)}` });
    }
    return found;
  });
  for (const [d, desk] of scenario.desks.entries()) {
    const path = ["desks", d];
    if (!groupsOf(scenario).some(({ spec }) => spec.desk === desk.name))
      findings.push({
        path,
        message: `no group of agents is on the desk ${desk.name}: give one \`desk: ${desk.name}\``,
      });
    if (desk.reports !== undefined && !assets.includes(desk.reports))
      findings.push({
        path: [...path, "reports"],
        message: `no instrument has ${desk.reports}${hint(desk.reports, assets)}`,
      });
    for (const field of ["cash", "credit"] as const) {
      for (const asset of Object.keys(desk[field])) {
        if (!assets.includes(asset))
          findings.push({ path: [...path, field, asset], message: `no instrument has ${asset}${hint(asset, assets)}` });
      }
    }
    for (const [k, kill] of desk.kill.entries()) {
      const there = [...path, "kill", k];
      for (const message of checkScope(scenario, desk, kill)) findings.push({ path: [...there, "of"], message });
      if (kill.at > scenario.duration)
        findings.push({ path: [...there, "at"], message: "expected a time within the run's duration" });
    }
    for (const [l, limit] of desk.limits.entries()) {
      findings.push(
        ...checkLimit(scenario, desk, limit).map(([key, message]) => ({ path: [...path, "limits", l, key], message })),
      );
    }
  }
  return findings;
}

/** A scope that does not exist, of a limit or of the kill switch. */
function checkScope(scenario: Scenario, desk: DeskSpec, { scope, of }: Pick<LimitSpec, "scope" | "of">): string[] {
  const names = namesOf(scenario, desk, scope);
  return names.includes(of) ? [] : [`there is no ${scope} ${of}${hint(of, names)}`];
}

function checkLimit(scenario: Scenario, desk: DeskSpec, spec: LimitSpec): (readonly [key: string, message: string])[] {
  const found: (readonly [string, string])[] = [];
  for (const message of checkScope(scenario, desk, spec)) found.push(["of", message]);
  const entry = LIMITS.find(({ name }) => name === spec.limit);
  if (
    entry !== undefined &&
    limitValue(entry.unit, spec.value, decimalsOf(scenario, reportsOf(scenario, desk))) === undefined
  )
    found.push(["value", `${expectedValue(entry.unit)}, found ${String(spec.value)}`]);
  return found;
}

function namesOf(scenario: Scenario, desk: DeskSpec, scope: LimitSpec["scope"]): readonly string[] {
  const groups = groupsOf(scenario).filter(({ spec }) => spec.desk === desk.name);
  switch (scope) {
    case "agent":
      return groups.flatMap(({ spec }) => Array.from({ length: spec.count }, (_, i) => agentNameOf(spec.name, i + 1)));
    case "strategy":
      return [...new Set(groups.map(({ spec }) => spec.strategy ?? spec.name))];
    case "venue":
      return scenario.venues.map(({ name }) => name);
    case "instrument":
      return [...new Set(scenario.venues.flatMap(({ instruments }) => instruments.map(({ symbol }) => symbol)))];
    case "portfolio":
      return ["portfolio"];
  }
}

function assetsOf({ venues }: Scenario): readonly string[] {
  return [...new Set(venues.flatMap(({ instruments }) => instruments.flatMap(({ base, quote }) => [base, quote])))];
}

/** The asset in which a desk counts. */
export function reportsOf({ venues }: Scenario, { reports }: DeskSpec): string {
  return reports ?? venues[0].instruments[0].quote;
}

/** Decimals of an asset's smallest unit: as fine as the finest instrument needs it. */
function decimalsOf({ venues }: Scenario, asset: string): number {
  let decimals = 0;
  for (const { base, quote, tick, lot } of venues.flatMap(({ instruments }) => instruments)) {
    const lotScale = scaleOf(lot);
    if (base === asset) decimals = Math.max(decimals, lotScale);
    if (quote === asset) decimals = Math.max(decimals, scaleOf(tick) + lotScale);
  }
  return decimals;
}

/** Of a step; 0 where it is none, which is another finding. */
function scaleOf(step: string): number {
  try {
    return decimalGrid(step).scale;
  } catch {
    return 0;
  }
}
