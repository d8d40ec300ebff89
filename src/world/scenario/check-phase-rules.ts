import { formatDuration } from "../../core/duration.ts";
import type { Finding, Path } from "./finding.ts";
import type { PlacedRule, RulePlace, RuleSpecName } from "./rules-of.ts";
import { ruleOf } from "./rules-of.ts";
import type { Scenario } from "./schema.ts";

type InstrumentSpec = Scenario["venues"][number]["instruments"][number];

/** What of an instrument's auctions, halts and bands cannot be, alone, together, or in a run of this length. */
export function checkPhaseRules(scenario: Scenario, place: RulePlace, instrument: InstrumentSpec): Finding[] {
  const rule = <Name extends RuleSpecName>(name: Name): PlacedRule<Name> | undefined => ruleOf(scenario, place, name);
  const auctions = rule("auctions");
  const band = rule("limitUpLimitDown");
  const breaker = rule("circuitBreaker");
  const market = rule("marketHalt");
  return [
    ...(auctions === undefined ? [] : checkAuctions(scenario, auctions, instrument)),
    ...(band === undefined
      ? []
      : checkBand(band, instrument, auctions !== undefined && auctions.spec.batch !== undefined)),
    ...(breaker === undefined ? [] : checkMove(breaker, instrument)),
    ...[band, breaker].flatMap((halting) =>
      halting === undefined ? [] : checkHalt(scenario, halting.spec, halting.path),
    ),
    ...(market === undefined ? [] : checkMarketHalt(scenario, market)),
  ];
}

function checkAuctions(
  scenario: Scenario,
  { spec, path }: PlacedRule<"auctions">,
  { symbol }: InstrumentSpec,
): Finding[] {
  const { opening = 0, closing = 0, batch } = spec;
  const findings: Finding[] = [];
  const say = (field: Path, message: string): unknown => findings.push({ path: [...path, ...field], message });
  if (opening === 0 && closing === 0 && batch === undefined)
    say([], "has no auction: expected opening, closing or batch");
  const leftNs = scenario.duration - opening - closing;
  if (leftNs <= 0) {
    const taken = formatDuration(opening + closing);
    say([], `opening and closing take ${taken}: expected less than the run's ${formatDuration(scenario.duration)}`);
  } else if (batch !== undefined && batch.window > leftNs) {
    const left = formatDuration(leftNs);
    say(
      ["batch", "window"],
      `expected at most the ${left} of trading that are left, found ${formatDuration(batch.window)}`,
    );
  }
  if (scenario.recorded?.symbol === symbol) {
    const message = `a recording drives ${symbol}, whose trades came one by one: leave auctions or recorded out`;
    say([], message);
  }
  return findings;
}

function checkBand(
  { spec, path }: PlacedRule<"limitUpLimitDown">,
  instrument: InstrumentSpec,
  tradesInBatches: boolean,
): Finding[] {
  const findings = narrow(instrument, spec.bandPercent, [...path, "bandPercent"]);
  if (instrument.bandPercent !== undefined) {
    const message = `${instrument.symbol} has a bandPercent of its own: an instrument has one band, leave one of them out`;
    findings.push({ path, message });
  }
  if (tradesInBatches) {
    const message = `${instrument.symbol} trades in batches, which stand at no limit: leave it out, or use circuitBreaker`;
    findings.push({ path, message });
  }
  return findings;
}

function checkMove({ spec, path }: PlacedRule<"circuitBreaker">, instrument: InstrumentSpec): Finding[] {
  return narrow(instrument, spec.movePercent, [...path, "movePercent"]);
}

/** A band that is narrower than a tick holds no price but its middle, and any move breaks a limit like that. */
function narrow({ symbol, tick, referencePrice }: InstrumentSpec, percent: number, path: Path): Finding[] {
  const ticks = referencePrice === undefined ? Infinity : ((Number(referencePrice) / Number(tick)) * percent) / 100;
  if (percent > 0 && ticks >= 1) return [];
  const least = Math.ceil((1_000_000 * Number(tick)) / Number(referencePrice ?? Infinity)) / 10_000;
  const enough = referencePrice === undefined ? "more" : `at least ${least}`;
  return [{ path, message: `is narrower than a tick of ${symbol} (${tick}): expected ${enough}, found ${percent}` }];
}

function checkHalt(
  { duration }: Scenario,
  { halt, reopening }: { readonly halt: number; readonly reopening: number },
  path: Path,
): Finding[] {
  if (halt + reopening < duration) return [];
  const [asked, run] = [formatDuration(halt + reopening), formatDuration(duration)];
  return [{ path, message: `halt and reopening take ${asked}: expected less than the run's ${run}` }];
}

function checkMarketHalt(scenario: Scenario, { spec, path }: PlacedRule<"marketHalt">): Finding[] {
  return spec.levels.flatMap(({ declinePercent, halt }, place) => {
    const at = [...path, "levels", place];
    const before = place === 0 ? 0 : spec.levels[place - 1].declinePercent;
    const findings = halt === undefined ? [] : checkHalt(scenario, { halt, reopening: spec.reopening }, at);
    if (declinePercent <= before) {
      const message = `expected more than ${before}, the level before, found ${declinePercent}`;
      findings.push({ path: [...at, "declinePercent"], message });
    }
    return findings;
  });
}
