import { assert } from "../../../core/assert.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import { discardingJournal } from "../../../kernel/journal-port.ts";
import type { FaultDirective } from "../../../network/faults/fault.ts";
import { World } from "../../../world/world.ts";
import { summarizeLedger } from "../../ledger-summary.ts";
import type { Value } from "../../study/estimate.ts";
import type { ScenarioInput } from "../../study/fly-scenario.ts";
import { scenarioFrom } from "../../study/fly-scenario.ts";
import type { Settlement } from "./treatments.ts";

export interface SettlementParameters {
  readonly simulatedSeconds: number;
  readonly blockIntervalMs: number;
  readonly confirmations: number;
  readonly lossPercent: number;
  readonly traders: number;
}

export type SettlementMeasure =
  | "finality"
  | "worst"
  | "throughput"
  | "final"
  | "undone"
  | "depth"
  | "forks"
  | "agreeing"
  | "caught";

const PLACES = ["newYork", "london", "frankfurt", "singapore"];

/** One run: the market is the same in every arm, since nobody of it waits for the replicas. */
export async function runSettlement(
  settlement: Settlement,
  options: { readonly seed: number; readonly parameters: SettlementParameters },
): Promise<Record<SettlementMeasure, Value>> {
  const { seed, parameters } = options;
  const scenario = scenarioFrom(scenarioOf(settlement, seed, parameters));
  const world = new World(scenario, { journal: discardingJournal, factories: new Map() });
  const quarterNs = (parameters.simulatedSeconds / 4) * NS_PER_SECOND;
  const { replicated } = world;
  assert(replicated !== undefined, "the study's scenario has a ledger");
  world.kernel.run(quarterNs);
  const trouble = troubleOf(settlement, replicated.leaderName(quarterNs), quarterNs);
  if (trouble !== undefined) world.kernel.direct(trouble, quarterNs);
  world.kernel.run(world.endNs);
  const { finality, ...ledger } = summarizeLedger(replicated);
  const hasFinal = ledger.batchesFinal > 0;
  const equal = ledger.states.filter(({ state }) => state === "equal").length;
  return Promise.resolve({
    finality: hasFinal ? finality.p50Ns / NS_PER_SECOND : null,
    worst: hasFinal ? finality.maxNs / NS_PER_SECOND : null,
    throughput: ledger.transactionsPerSecond,
    final: ledger.batches === 0 ? null : (100 * ledger.batchesFinal) / ledger.batches,
    undone: ledger.reverted,
    depth: ledger.deepestReorganisation,
    forks: ledger.forks,
    agreeing: (100 * equal) / ledger.states.length,
    caught: ledger.caught.length,
  });
}

/** Lasts a quarter of the run; the leader is whoever leads as it begins, and in proof of work a miner. */
function troubleOf(
  { trouble, protocol }: Settlement,
  leader: string | undefined,
  quarterNs: number,
): FaultDirective | undefined {
  const time = { atNs: quarterNs, forNs: quarterNs };
  if (trouble === "leaderCrash") {
    const actor = protocol === "proofOfWork" ? "ledger-2" : leader;
    return actor === undefined ? undefined : { kind: "crash", actors: [actor], ...time };
  }
  const [newYork, london, frankfurt, singapore] = PLACES;
  if (trouble === "cut")
    return {
      kind: "split",
      sides: [
        [newYork, frankfurt],
        [london, singapore],
      ],
      ...time,
    };
  if (trouble === "honestApart") return { kind: "cut", links: [[newYork, london]], ...time };
  return undefined;
}

function scenarioOf(settlement: Settlement, seed: number, parameters: SettlementParameters): ScenarioInput {
  const { protocol, trouble, ledger = {}, isBusy = false } = settlement;
  const { simulatedSeconds, blockIntervalMs, confirmations, lossPercent, traders } = parameters;
  const link = trouble === "loss" ? { loss: { kind: "bernoulli" as const, probability: lossPercent / 100 } } : {};
  return {
    version: 1,
    name: "settlement",
    seed,
    duration: `${simulatedSeconds}s`,
    venues: [
      {
        name: "XSIM",
        instruments: [{ symbol: "ACME", base: "ACME", quote: "USD", tick: "0.01", lot: "1", referencePrice: "1000" }],
      },
    ],
    network: {
      kind: "routed",
      topology: { kind: "geographic", places: PLACES },
      link,
      // Whoever is to be kept apart must not find another way.
      ...(trouble === "honestApart" ? { routing: { convergence: `${simulatedSeconds}s` } } : {}),
      at: { XSIM: "newYork", clearing: "newYork", trader: "newYork", maker: "newYork" },
    },
    ledger: {
      ...ledger,
      protocol,
      places: PLACES,
      blockInterval: `${blockIntervalMs}ms`,
      batch: "1s",
      retry: "3s",
      settle: isBusy ? "perFill" : "netted",
      proofOfWork: { ...ledger.proofOfWork, confirmations },
    },
    fundamentals: [{ symbol: "ACME", mean: "1000", kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5e-5 }],
    population: [
      {
        kind: "noise",
        name: "trader",
        count: traders,
        account: { cash: "1000000000", inventoryCredit: "1000000" },
        parameters: { ordersPerDay: isBusy ? 100_000 : 3_000, leadIn: "0s", day: "6h30m" },
      },
      {
        kind: "inventoryMarketMaker",
        name: "maker",
        count: 1,
        account: { cash: "1000000000", inventoryCredit: "1000000" },
      },
    ] as ScenarioInput["population"],
  };
}
