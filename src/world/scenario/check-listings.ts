import { parseOnGrid } from "../../core/decimal.ts";
import { UserError } from "../../core/errors.ts";
import { SUPPLY_UNITS_MAX } from "../../market/ledger.ts";
import type { Instrument } from "../../model/instrument.ts";
import { PRICE_TICKS_MAX, createInstrument } from "../../model/instrument.ts";
import type { Listed } from "../../model/listing.ts";
import { AssetTable } from "../../model/listing.ts";
import { RECORDED_CREDIT_UNITS, unitsProblem, wholeUnits } from "./amounts.ts";
import type { Finding, Path } from "./finding.ts";
import { groupsOf } from "./groups.ts";
import type { Scenario } from "./schema.ts";

/** The recorded market has an account for the orders that rest, and one for those that take. */
const RECORDED_ACCOUNTS = 2;

/** An instrument at a venue, as far as it could be made. */
interface Place {
  readonly path: Path;
  readonly venue: string;
  readonly instrument: Instrument;
}

/** Instruments that cannot be counted, prices that are not on their grid, and amounts that no ledger can hold. */
export function checkListings(scenario: Scenario): Finding[] {
  const findings: Finding[] = [];
  const places = makePlaces(scenario, findings);
  findings.push(...checkFundamentals(scenario, places));
  // The assets' units follow from all instruments together.
  if (findings.length === 0) findings.push(...checkAmounts(scenario, places));
  return findings;
}

function makePlaces({ venues }: Scenario, findings: Finding[]): Place[] {
  return venues.flatMap(({ name, instruments }, v) =>
    instruments.flatMap((spec, i) => {
      const path = ["venues", v, "instruments", i];
      const instrument = attempt(path, findings, () => createInstrument(spec));
      return instrument === undefined ? [] : [{ path, venue: name, instrument }];
    }),
  );
}

function checkFundamentals({ fundamentals }: Scenario, places: readonly Place[]): Finding[] {
  return fundamentals.flatMap(({ symbol, mean, start }, i) => {
    const [first, ...others] = places.filter(({ instrument }) => instrument.symbol === symbol);
    if (first === undefined) return [];
    const { tick } = first.instrument;
    const findings = [["mean", mean] as const, ["start", start] as const].flatMap(([field, price]) => {
      const problem = price === undefined ? undefined : priceProblem(price, first.instrument);
      return problem === undefined ? [] : [{ path: ["fundamentals", i, field], message: problem }];
    });
    const other = others.find(({ instrument }) => instrument.tick.text !== tick.text);
    if (other === undefined) return findings;
    const message = `expected one tick wherever ${symbol} is listed, found ${tick.text} and ${other.instrument.tick.text}`;
    return [...findings, { path: ["fundamentals", i, "symbol"], message }];
  });
}

function priceProblem(text: string, { tick }: Instrument): string | undefined {
  try {
    const ticks = parseOnGrid(text, tick);
    return ticks >= 1 && ticks <= PRICE_TICKS_MAX
      ? undefined
      : `expected 1 to ${PRICE_TICKS_MAX} ticks of ${tick.text}, found ${text}`;
  } catch (error) {
    return messageOf(error);
  }
}

function checkAmounts(scenario: Scenario, places: readonly Place[]): Finding[] {
  const findings: Finding[] = [];
  const assets = new AssetTable(places.map(({ instrument }) => instrument));
  const listings = places.flatMap(({ path, venue, instrument }) => {
    const listed = attempt(path, findings, () => assets.list(instrument, 0));
    return listed === undefined ? [] : [{ venue, listed }];
  });
  if (findings.length > 0) return findings;
  const market = (symbol: string | undefined, venue: string | undefined): Listed | undefined =>
    listings.find(
      (listing) =>
        (symbol === undefined || listing.listed.instrument.symbol === symbol) &&
        (venue === undefined || listing.venue === venue),
    )?.listed;

  const supply = assets.assets.map(() => 0n);
  const recorded = scenario.recorded && market(scenario.recorded.symbol, scenario.recorded.venue);
  for (const asset of recorded === undefined ? [] : [recorded.baseAsset, recorded.quoteAsset]) {
    supply[asset] += BigInt(RECORDED_ACCOUNTS * RECORDED_CREDIT_UNITS);
  }
  for (const { path, spec } of groupsOf(scenario)) {
    const listed = market(spec.symbol, spec.venue);
    if (listed === undefined) continue;
    const { account, count } = spec;
    for (const [field, asset] of [
      ["cash", listed.quoteAsset],
      ["cashCredit", listed.quoteAsset],
      ["inventory", listed.baseAsset],
      ["inventoryCredit", listed.baseAsset],
    ] as const) {
      const { code, decimals } = assets.assets[asset];
      const problem = unitsProblem(account[field], decimals);
      if (problem !== undefined) {
        findings.push({ path: [...path, "account", field], message: problem });
        continue;
      }
      const before = supply[asset];
      supply[asset] += BigInt(count) * BigInt(wholeUnits(account[field], decimals));
      if (before > BigInt(SUPPLY_UNITS_MAX) || supply[asset] <= BigInt(SUPPLY_UNITS_MAX)) continue;
      const message = `with this, all accounts and credit lines come to more ${code} than can be counted exactly: ${SUPPLY_UNITS_MAX} of 10^-${decimals}`;
      findings.push({ path: [...path, "account", field], message });
    }
    const inventory = unitsProblem(account.inventory, assets.assets[listed.baseAsset].decimals) === undefined;
    if (inventory && wholeUnits(account.inventory, assets.assets[listed.baseAsset].decimals) % listed.lotUnits !== 0) {
      const message = `expected whole lots of ${listed.instrument.lot.text}, found ${account.inventory}`;
      findings.push({ path: [...path, "account", "inventory"], message });
    }
  }
  return findings;
}

/** What the action makes; undefined when it refuses, and then its problems are findings below the path. */
function attempt<T>(path: Path, findings: Finding[], action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const problem of error.problems) findings.push({ path: [...path, problem.path], message: problem.message });
    return undefined;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof UserError)) throw error;
  return error.message;
}
