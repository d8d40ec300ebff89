import type { ScenarioInput } from "../study/fly-scenario.ts";

/** Rich enough that no order of a study fails for want of money. */
export const ACCOUNT = { cash: "1000000000", inventoryCredit: "10000000" };

/** What all studies with a living market have in common: one instrument at 1,000 dollars, and who trades it. */
export interface CrowdOptions {
  readonly name: string;
  readonly seed: number;
  readonly simulatedSeconds: number;
}

/** The instrument of the studies: a tick is a cent, a lot is a share. */
export const INSTRUMENT = {
  symbol: "ACME",
  base: "ACME",
  quote: "USD",
  tick: "0.01",
  lot: "1",
  referencePrice: "1000",
} as const;

/** The price at which a study's market begins. */
export const START_TICKS = 100_000;

/**
 * A small living market, in which the price is brought back to a fundamental by those who know its value, quotes come
 * from makers that mind their inventory, and some follow trends.
 */
export function crowdScenario({ name, seed, simulatedSeconds }: CrowdOptions): ScenarioInput {
  const day = `${simulatedSeconds}s`;
  const wise = { observationVariance: 25, shockVariancePerNs: 2.5e-9, kappaPerNs: 1.67e-16 };
  return {
    version: 1,
    name,
    seed,
    duration: day,
    venues: [{ name: "XSIM", computeDelay: "1us", instruments: [INSTRUMENT] }],
    network: { kind: "uniform", low: "1ms", high: "10ms" },
    fundamentals: [{ symbol: "ACME", mean: "1000", kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5e-5 }],
    population: [
      {
        kind: "noise",
        name: "noise",
        count: 40,
        account: ACCOUNT,
        parameters: { ordersPerDay: simulatedSeconds / 15, leadIn: "0s", day },
      },
      { kind: "value", name: "value", count: 12, account: ACCOUNT, parameters: { meanInterval: "5s", ...wise } },
      {
        kind: "momentum",
        name: "momentum",
        count: 6,
        account: ACCOUNT,
        parameters: { meanInterval: "2s", shortMids: 5, longMids: 20, typicalLots: 30 },
      },
      { kind: "inventoryMarketMaker", name: "maker", count: 3, account: ACCOUNT },
    ],
  };
}
