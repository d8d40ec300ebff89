import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Value } from "../../study/estimate.ts";
import { noEdge, withEdge } from "../../study/edge.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { starNetwork } from "../../study/star-network.ts";
import { ACCOUNT, INSTRUMENT, START_TICKS } from "../crowd.ts";
import { investor } from "./investor.ts";
import { newsMaker } from "./news-maker.ts";
import { drawNews, valueOf } from "./news.ts";
import { sniper } from "./sniper.ts";

/** Who is how far from the venue, one way, and how the venue trades. */
export interface Race {
  readonly latencyMsOfA: number;
  readonly latencyMsOfB: number;
  /** The instrument's `rules`, as a scenario has them; continuous trading without any. */
  readonly rules?: Readonly<Record<string, unknown>> | undefined;
}

export interface RaceParameters {
  readonly simulatedSeconds: number;
  readonly newsPerSecond: number;
  readonly jumpTicks: number;
  readonly halfSpreadTicks: number;
  readonly makerLatencyMs: number;
  readonly jitterShare: number;
}

const QUOTE_LOTS = 100;
const INVESTOR_LOTS = 10;
const INVESTORS_PER_SECOND = 5;
/** A tick is a cent and a lot a share; the smallest unit of the dollar is a cent too. */
const USD_PER_TICK_LOT = 0.01;

/** Profits in US dollars an hour, each trade at the value of its moment. */
export async function runRace(
  race: Race,
  options: { readonly seed: number; readonly parameters: RaceParameters },
): Promise<Record<"fast" | "slow" | "maker" | "investors" | "advantage" | "share", Value>> {
  const { seed, parameters } = options;
  const { simulatedSeconds, halfSpreadTicks, jumpTicks, newsPerSecond } = parameters;
  const news = drawNews({
    seed,
    startTicks: START_TICKS,
    meanIntervalNs: NS_PER_SECOND / newsPerSecond,
    jumpTicks,
    // What comes in the last second could not be answered before the end.
    endNs: (simulatedSeconds - 1) * NS_PER_SECOND,
  });
  const heard = { news, startTicks: START_TICKS, halfSpreadTicks };
  const scenario = scenarioFrom({
    version: 1,
    name: "latency-arbitrage",
    seed,
    duration: `${simulatedSeconds}s`,
    venues: [
      {
        name: "XSIM",
        instruments: [{ ...INSTRUMENT, rules: race.rules }],
      },
    ],
    network: starNetwork(
      { a: race.latencyMsOfA, b: race.latencyMsOfB, maker: parameters.makerLatencyMs, investor: 1 },
      parameters.jitterShare,
    ),
    agents: ["a", "b", "maker", "investor"].map((name) => ({ file: name, name, account: ACCOUNT })),
  });
  const valueAt = valueOf(heard);
  const edges = { a: noEdge(), b: noEdge(), maker: noEdge(), investor: noEdge() };
  const snipe = sniper({ ...heard, qtyLots: QUOTE_LOTS, timeInForce: "IOC" });
  const quote = newsMaker({ ...heard, qtyLots: QUOTE_LOTS });
  const invest = investor({ meanIntervalNs: NS_PER_SECOND / INVESTORS_PER_SECOND, qtyLots: INVESTOR_LOTS, valueAt });
  await flyScenario(scenario, {
    a: withEdge(snipe, edges.a, valueAt),
    b: withEdge(snipe, edges.b, valueAt),
    maker: withEdge(quote, edges.maker, valueAt),
    investor: withEdge(invest, edges.investor, valueAt),
  });
  const [fast, slow, maker, investors] = Object.values(edges).map(
    ({ tickLots, feeUnits }) => ((tickLots - feeUnits) * USD_PER_TICK_LOT * 3_600) / simulatedSeconds,
  );
  const won = Math.max(0, fast) + Math.max(0, slow);
  return {
    fast,
    slow,
    maker,
    investors,
    advantage: fast - slow,
    share: won === 0 ? null : (100 * Math.max(0, fast)) / won,
  };
}
