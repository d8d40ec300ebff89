import type { ScenarioInput } from "../../study/fly-scenario.ts";

type Population = NonNullable<ScenarioInput["population"]>;

/** Somebody who does wrong, put among those who do not. */
export interface Culprits {
  /** Groups of the population, whose agents are all culprits. */
  readonly groups: Population;
  /** Place of each of these groups; the city where nothing is said. */
  readonly at?: Readonly<Record<string, "exchange" | "broker">>;
  /** Who overhears the institutions. */
  readonly listener?: string;
  /** Rules of the venue; none where nothing is said. */
  readonly rules?: NonNullable<ScenarioInput["venues"][number]["rules"]>;
}

const RICH = { cash: 1_000_000_000, inventoryCredit: 10_000_000 };

/** Each with the account that rogues need. */
export function rogue(kind: string, options: Readonly<Record<string, unknown>> = {}): Population[number] {
  return { kind, name: "rogue", account: RICH, ...options };
}

/**
 * A market of 67 honest agents: nobody among them means harm, and whatever is said of them is false.
 * The institutions are 8 ms from the exchange; the broker is near to both.
 */
export function trialScenario(
  { seed, minutes }: { readonly seed: number; readonly minutes: number },
  { groups, at = {}, listener, rules }: Culprits,
): ScenarioInput {
  const honest = (kind: string, name: string, count: number, parameters: object, more: object = {}): unknown => ({
    kind,
    name,
    count,
    account: RICH,
    parameters,
    ...more,
  });
  return {
    version: 1,
    name: "surveillance-trial",
    seed,
    duration: `${minutes}m`,
    surveillance: true,
    venues: [
      {
        name: "XSIM",
        computeDelay: "1us",
        fees: { makerBps: -0.1, takerBps: 0.3 },
        ...(rules === undefined ? {} : { rules }),
        instruments: [{ symbol: "ACME", base: "ACME", quote: "USD", tick: 0.01, lot: 1, referencePrice: 1000 }],
      },
    ],
    network: {
      kind: "matrix",
      places: ["city", "exchange", "broker"],
      delays: [
        ["4ms", "8ms", "1ms"],
        ["8ms", "50us", "1ms"],
        ["1ms", "1ms", "1ms"],
      ],
      at: { XSIM: "exchange", maker: "exchange", ...at },
    },
    fundamentals: [{ symbol: "ACME", mean: 1000, kappaPerNs: 1.67e-16, sigmaTicksPerSqrtNs: 5e-5 }],
    population: [
      honest("noise", "noise", 40, { ordersPerDay: 4 * minutes, leadIn: "0s", day: `${minutes}m` }),
      honest("value", "value", 12, {
        meanInterval: "5s",
        observationVariance: 25,
        shockVariancePerNs: 2.5e-9,
        kappaPerNs: 1.67e-16,
      }),
      honest("momentum", "momentum", 4, { meanInterval: "2s", shortMids: 5, longMids: 20, typicalLots: 30 }),
      honest("depthTrader", "depth", 6, { meanInterval: "2s" }),
      honest("inventoryMarketMaker", "maker", 3, { inventoryLotsMax: 3000 }),
      honest(
        "institution",
        "institution",
        2,
        { meanInterval: "20s" },
        listener === undefined ? {} : { leaksTo: listener },
      ),
      ...groups,
    ] as Population,
  };
}
