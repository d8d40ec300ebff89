import { formatDuration } from "../../core/duration.ts";
import { REPLICAS_MAX, toleratedBy } from "../../consensus/streamlet/rules.ts";
import { routedGraph } from "../routed-graph.ts";
import type { Finding, Path } from "./finding.ts";
import { groupsOf } from "./groups.ts";
import type { LedgerSection } from "./ledger-schema.ts";
import { CLEARING_NAME, LEDGER_NAME, replicaNames } from "./ledger-schema.ts";
import { hint, isAgentOf } from "./name-checks.ts";
import type { Scenario } from "./schema.ts";

/** Agents whose accounts replicas keep. */
const LEDGER_AGENTS_MAX = 20_000;

/** Quorums that can be, places and names that there are: what a schema cannot say of a ledger. */
export function checkLedger(scenario: Scenario): Finding[] {
  const { ledger } = scenario;
  if (ledger === undefined) return [];
  return [
    ...checkSize(scenario),
    ...checkProtocol(ledger),
    ...checkPlaces(scenario, ledger),
    ...checkTakenNames(scenario, ledger),
  ];
}

/** Every replica has all accounts in memory. */
function checkSize(scenario: Scenario): Finding[] {
  const agents = groupsOf(scenario).reduce((sum, { spec }) => sum + spec.count, 0);
  if (agents <= LEDGER_AGENTS_MAX) return [];
  const message = `expected at most ${LEDGER_AGENTS_MAX} agents where replicas keep the accounts, found ${agents}`;
  return [{ path: ["ledger"], message }];
}

/** Only the protocol that is chosen: the others' fields wait for the day when the word is changed. */
function checkProtocol(ledger: LedgerSection): Finding[] {
  switch (ledger.protocol) {
    case "raft": {
      const { heartbeat, election } = ledger.raft;
      if (election > 2 * heartbeat) return [];
      const message = `expected more than two heartbeats (${formatDuration(2 * heartbeat)}), found ${formatDuration(election)}`;
      return [{ path: ["ledger", "raft", "election"], message }];
    }
    case "streamlet":
      return checkStreamlet(ledger);
    case "proofOfWork":
      return checkMining(ledger);
  }
}

function checkStreamlet({ replicas, streamlet: { liars } }: LedgerSection): Finding[] {
  const path = ["ledger", "streamlet", "liars"];
  const findings = checkLiars(replicas, liars, path);
  if (replicas % 3 !== 1) {
    const below = replicas - ((replicas + 2) % 3);
    const near = [below, below + 3].filter((n) => n >= 1 && n <= REPLICAS_MAX);
    const message = `expected 3f + 1 replicas for Streamlet's quorum of two thirds, such as ${near.join(" or ")}, found ${replicas}`;
    findings.push({ path: ["ledger", "replicas"], message });
  }
  const members = liars.reduce((sum, { lie, count }) => sum + (lie === "coalition" ? count : 0), 0);
  const needed = toleratedBy(replicas) + 1;
  if (members > 0 && members < needed) {
    const message = `expected a coalition of at least ${needed} of ${replicas} replicas, which is what it takes to fork; found ${members}`;
    findings.push({ path, message });
  }
  return findings;
}

function checkMining({ replicas, proofOfWork: { powers, liars } }: LedgerSection): Finding[] {
  const findings = checkLiars(replicas, liars, ["ledger", "proofOfWork", "liars"]);
  const path = ["ledger", "proofOfWork", "powers"];
  if (powers === undefined) return findings;
  if (powers.length !== replicas) {
    findings.push({
      path,
      message: `expected ${replicas} parts of the mining power, one for each replica; found ${powers.length}`,
    });
  }
  if (powers.every((power) => power === 0)) {
    findings.push({ path, message: "expected somebody with mining power, found none" });
  }
  return findings;
}

function checkLiars(replicas: number, liars: readonly { readonly count: number }[], path: Path): Finding[] {
  const count = liars.reduce((sum, liar) => sum + liar.count, 0);
  if (count < replicas) return [];
  return [{ path, message: `expected at least one honest replica of ${replicas}, found ${count} that lie` }];
}

function checkPlaces(scenario: Scenario, { places: where }: LedgerSection): Finding[] {
  if (where === undefined) return [];
  const path = ["ledger", "places"];
  const places = placesOf(scenario);
  if (places === undefined) {
    return [{ path, message: `expected none: a network of kind ${scenario.network.kind} has no places` }];
  }
  const list = typeof where === "string" ? [where] : where;
  return list.flatMap((place, i) =>
    // Without places the network has findings of its own.
    places.length === 0 || places.includes(place)
      ? []
      : [
          {
            path: typeof where === "string" ? path : [...path, i],
            message: `there is no place ${place}${hint(place, places)}`,
          },
        ],
  );
}

function placesOf(scenario: Scenario): readonly string[] | undefined {
  const { network } = scenario;
  if (network.kind === "matrix") return network.places;
  if (network.kind === "routed") return routedGraph(scenario, network).graph.places.map(({ name }) => name);
  return undefined;
}

/** The replicas and the clearing are actors of the run, and nobody else may have their names. */
function checkTakenNames(scenario: Scenario, ledger: LedgerSection): Finding[] {
  const own = [LEDGER_NAME, CLEARING_NAME, ...replicaNames(ledger)];
  const message = (name: string): string => `expected another name: ${name} is an actor of the ledger`;
  return [
    ...scenario.venues.flatMap(({ name }, v) =>
      own.includes(name) ? [{ path: ["venues", v, "name"], message: message(name) }] : [],
    ),
    ...groupsOf(scenario).flatMap(({ path, spec }) => {
      const taken = own.find((name) => name === spec.name || isAgentOf(spec, name));
      return taken === undefined ? [] : [{ path: [...path, "name"], message: message(taken) }];
    }),
  ];
}
