import { PATH_SECONDS_MAX } from "../../agents/fundamental.ts";
import { formatDuration } from "../../core/duration.ts";
import { NS_PER_SECOND } from "../../core/units.ts";
import { checkDesks } from "./check-desks.ts";
import { checkFees } from "./check-fees.ts";
import { checkLedger } from "./check-ledger.ts";
import { checkListings } from "./check-listings.ts";
import { checkNetwork } from "./check-network.ts";
import { checkRules } from "./check-rules.ts";
import { checkColocation } from "./check-colocation.ts";
import type { Finding, Path } from "./finding.ts";
import { groupsOf } from "./groups.ts";
import type { Scenario } from "./schema.ts";
import { hint, isAgentOf, repeated } from "./name-checks.ts";

/** The longest run: as long as a fundamental's path can be. */
const DURATION_NS_MAX = PATH_SECONDS_MAX * NS_PER_SECOND;

/** Agents of all groups together. */
export const AGENTS_MAX = 1_000_000;

/** Characters of a scenario with all its defaults, as JSON: with room to spare, an entry of the journal. */
const RESOLVED_CHARS_MAX = 5_000_000;

/** The actor that looks at the books for the report. */
export const OBSERVER_NAME = "observer";

/** Stands beside the folders of the runs and points to the newest one. */
const LATEST = "latest";

/** What a schema cannot say: names that must exist or differ, amounts that cannot be counted, limits on the whole. */
export function checkScenario(scenario: Scenario): Finding[] {
  return [
    ...checkWhole(scenario),
    ...checkFees(scenario),
    ...checkListings(scenario),
    ...checkRules(scenario),
    ...checkColocation(scenario),
    ...checkNames(scenario),
    ...checkReferences(scenario),
    ...checkLeaks(scenario),
    ...checkDesks(scenario),
    ...checkNetwork(scenario),
    ...checkLedger(scenario),
    ...scenario.agents.flatMap(({ parameters }, i) => checkPlain(parameters, ["agents", i, "parameters"])),
  ];
}

function checkWhole(scenario: Scenario): Finding[] {
  const findings: Finding[] = [];
  const say = (key: string, message: string): unknown => findings.push({ path: [key], message });
  if (scenario.duration > DURATION_NS_MAX)
    say("duration", `expected at most ${formatDuration(DURATION_NS_MAX)}, found ${formatDuration(scenario.duration)}`);
  if (scenario.name === LATEST) say("name", `expected another name: runs/${LATEST} always points to the newest run`);
  const agents = groupsOf(scenario).reduce((sum, { spec }) => sum + spec.count, 0);
  if (agents > AGENTS_MAX) say("population", `expected at most ${AGENTS_MAX} agents in all, found ${agents}`);
  const chars = JSON.stringify(scenario).length;
  if (chars > RESOLVED_CHARS_MAX) {
    findings.push({
      path: [],
      message: `has ${chars} characters with all its defaults: expected at most ${RESOLVED_CHARS_MAX}`,
    });
  }
  return findings;
}

function checkNames(scenario: Scenario): Finding[] {
  const groups = groupsOf(scenario);
  const findings = [
    ...repeated([
      ...scenario.venues.map(({ name }, i): [Path, string] => [["venues", i, "name"], name]),
      ...scenario.desks.map(({ name }, i): [Path, string] => [["desks", i, "name"], name]),
      ...groups.map(({ path, spec }): [Path, string] => [[...path, "name"], spec.name]),
    ]),
    ...repeated(scenario.fundamentals.map(({ symbol }, i) => [["fundamentals", i, "symbol"], symbol])),
  ];
  for (const { path, spec } of groups) {
    const { owner } = spec.account;
    const isTaken = groups.some((group) => group.spec.name === owner || isAgentOf(group.spec, owner ?? ""));
    if (owner !== undefined && isTaken)
      findings.push({
        path: [...path, "account", "owner"],
        message: `expected another name: an agent or group is called ${owner}`,
      });
  }
  for (const [v, { name, instruments }] of scenario.venues.entries()) {
    const path = ["venues", v, "name"];
    if (name === OBSERVER_NAME)
      findings.push({ path, message: `expected another name: ${name} is an actor of every run` });
    if (groups.some(({ spec }) => isAgentOf(spec, name)))
      findings.push({ path, message: `expected another name: an agent is called ${name}` });
    findings.push(...repeated(instruments.map(({ symbol }, i) => [["venues", v, "instruments", i, "symbol"], symbol])));
  }
  return findings;
}

/** Symbols and venues that are named must be there. */
function checkReferences(scenario: Scenario): Finding[] {
  const { venues, fundamentals, recorded } = scenario;
  const named: { readonly path: Path; readonly symbol?: string | undefined; readonly venue?: string | undefined }[] = [
    ...groupsOf(scenario).map(({ path, spec }) => ({ path, symbol: spec.symbol, venue: spec.venue })),
    ...fundamentals.map(({ symbol }, i) => ({ path: ["fundamentals", i], symbol })),
    ...(recorded === undefined ? [] : [{ path: ["recorded"], symbol: recorded.symbol, venue: recorded.venue }]),
  ];
  return named.flatMap(({ path, symbol, venue }) => {
    const place = venues.find(({ name }) => name === venue);
    if (venue !== undefined && place === undefined) {
      const names = venues.map(({ name }) => name);
      return [{ path: [...path, "venue"], message: `there is no venue ${venue}${hint(venue, names)}` }];
    }
    const listed = [
      ...new Set(
        (place === undefined ? venues : [place]).flatMap(({ instruments }) => instruments.map((spec) => spec.symbol)),
      ),
    ];
    if (symbol === undefined || listed.includes(symbol)) return [];
    return [
      {
        path: [...path, "symbol"],
        message: `${venue ?? "no venue"} ${venue === undefined ? "lists" : "does not list"} ${symbol}${hint(symbol, listed)}`,
      },
    ];
  });
}

/** Who overhears a group is another group. */
function checkLeaks(scenario: Scenario): Finding[] {
  const groups = groupsOf(scenario);
  const names = groups.map(({ spec }) => spec.name);
  return groups.flatMap(({ path, spec: { name, leaksTo } }) => {
    if (leaksTo === undefined) return [];
    const place = [...path, "leaksTo"];
    if (leaksTo === name) return [{ path: place, message: "expected another group: agents know their own orders" }];
    if (names.includes(leaksTo)) return [];
    return [{ path: place, message: `there is no group ${leaksTo}${hint(leaksTo, names)}` }];
  });
}

/** An agent's own parameters go into the journal, which keeps what JSON can say. */
function checkPlain(value: unknown, path: Path): Finding[] {
  if (typeof value === "number" && !Number.isFinite(value))
    return [{ path, message: `expected a finite number, found ${value}` }];
  if (!(value instanceof Object)) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => checkPlain(item, [...path, index]));
  if (Object.getPrototypeOf(value) !== Object.prototype)
    return [{ path, message: "expected a plain value, found one with a tag" }];
  return Object.entries(value).flatMap(([key, item]) => checkPlain(item, [...path, key]));
}
