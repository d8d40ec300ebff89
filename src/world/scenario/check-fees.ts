import { parseDecimal } from "../../core/decimal.ts";
import { unitsProblem } from "./amounts.ts";
import type { FeesSpec } from "./fees-schema.ts";
import type { Finding, Path } from "./finding.ts";
import type { Scenario } from "./schema.ts";

/** Rates that are too fine, tiers out of order, and rebates that the fees do not pay for. */
export function checkFees({ venues }: Scenario): Finding[] {
  return venues.flatMap(({ fees, instruments }, venue) => {
    const path = ["venues", venue, "fees"];
    const amounts = instruments.flatMap((instrument) => checkAmounts(fees, instrument, path));
    return [...checkRates(fees, path), ...checkTiers(fees, path), ...checkRebates(fees, path), ...amounts];
  });
}

/** Amounts that cannot be counted in the units of an instrument's quote asset, which are those of its tick times lot. */
function checkAmounts(
  { minimum, tiers }: FeesSpec,
  { symbol, tick, lot }: Scenario["venues"][number]["instruments"][number],
  path: Path,
): Finding[] {
  const decimals = parseDecimal(tick).scale + parseDecimal(lot).scale;
  const amounts: readonly (readonly [Path, string])[] = [
    [[...path, "minimum"], minimum],
    ...tiers.map(({ volume }, place): [Path, string] => [[...path, "tiers", place, "volume"], volume]),
  ];
  return amounts.flatMap(([at, amount]) => {
    const problem = unitsProblem(amount, decimals);
    return problem === undefined ? [] : [{ path: at, message: problem.replace(", found", ` (${symbol}), found`) }];
  });
}

function checkRates(fees: FeesSpec, path: Path): Finding[] {
  const rates: readonly (readonly [Path, number])[] = [
    [[...path, "makerBps"], fees.makerBps],
    [[...path, "takerBps"], fees.takerBps],
    [[...path, "washBps"], fees.washBps],
    ...fees.tiers.flatMap(({ makerBps, takerBps }, place): [Path, number][] => [
      [[...path, "tiers", place, "makerBps"], makerBps],
      [[...path, "tiers", place, "takerBps"], takerBps],
    ]),
  ];
  return rates
    .filter(([, bps]) => Math.abs(bps * 100 - Math.round(bps * 100)) > 1e-6)
    .map(([at, bps]) => ({ path: at, message: `expected hundredths of a basis point at the finest, found ${bps}` }));
}

function checkTiers({ tiers, volumeWindow }: FeesSpec, path: Path): Finding[] {
  const findings = tiers.flatMap(({ volume }, place) => {
    const before = place === 0 ? undefined : tiers[place - 1].volume;
    if (before === undefined || Number(volume) > Number(before)) return [];
    const message = `expected more than the tier before it (${before}), found ${volume}`;
    return [{ path: [...path, "tiers", place, "volume"], message }];
  });
  if (volumeWindow !== undefined && tiers.length === 0) {
    const message = "says nothing without tiers: expected tiers, or no window";
    findings.push({ path: [...path, "volumeWindow"], message });
  }
  return findings;
}

/** Makers and takers of any two tiers may meet. */
function checkRebates(fees: FeesSpec, path: Path): Finding[] {
  const rates = [
    { at: path, ...fees },
    ...fees.tiers.map((tier, place) => ({ at: [...path, "tiers", place], ...tier })),
  ];
  const least = Math.min(...rates.map(({ takerBps }) => takerBps));
  return rates
    .filter(({ makerBps }) => makerBps + least < 0)
    .map(({ at, makerBps }) => {
      const message = `expected a rebate of at most the taker fee (${least}), found ${-makerBps}`;
      return { path: [...at, "makerBps"], message };
    });
}
