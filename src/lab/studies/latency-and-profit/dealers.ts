import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../../core/units.ts";
import { noEdge, withEdge } from "../../study/edge.ts";
import type { Edge } from "../../study/edge.ts";
import type { Value } from "../../study/estimate.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { starNetwork } from "../../study/star-network.ts";
import { investor } from "../latency-arbitrage/investor.ts";
import { drawNews, valueOf } from "../latency-arbitrage/news.ts";
import { dealer } from "./dealer.ts";

export interface DealersParameters {
  readonly simulatedSeconds: number;
  readonly newsPerSecond: number;
  readonly jumpTicks: number;
  readonly halfSpreadTicks: number;
  readonly rivals: number;
  readonly jitterShare: number;
}

/** How far the rivals are from the venue, one way. */
export const RIVALS_MS = 10;

const START_TICKS = 100_000;
const QUOTE_LOTS = 100;
const INVESTOR_LOTS = 50;
const INVESTORS_PER_SECOND = 10;
const INVESTORS_MS = 1;
/** A tick of 0.01 USD and a lot of one share. */
const USD_PER_TICK_LOT = 0.01;
const ACCOUNT = { cash: "10000000000", inventoryCredit: "10000000" };

export type DealersMeasure = "profit" | "making" | "taking" | "rivals" | "advantage" | "flow";

/** Dealer A at a distance among rivals of its own kind. Profits in US dollars an hour, each trade at its moment's value. */
export async function runDealers(
  distanceMs: number,
  options: { readonly seed: number; readonly parameters: DealersParameters },
): Promise<Record<DealersMeasure, Value>> {
  const { seed, parameters } = options;
  const { simulatedSeconds, newsPerSecond, jumpTicks, halfSpreadTicks, rivals, jitterShare } = parameters;
  const news = drawNews({
    seed,
    startTicks: START_TICKS,
    meanIntervalNs: NS_PER_SECOND / newsPerSecond,
    jumpTicks,
    // What comes in the last second could not be answered before the end.
    endNs: (simulatedSeconds - 1) * NS_PER_SECOND,
  });
  // A link of its own for each: on a common one, which keeps the order, they would wait for each other's jitter.
  const ofRivals = Object.fromEntries(Array.from({ length: rivals }, (_, i) => [`rival-${i + 1}`, RIVALS_MS]));
  const scenario = scenarioFrom({
    version: 1,
    name: "latency-and-profit",
    seed,
    duration: `${simulatedSeconds}s`,
    venues: [
      {
        name: "XSIM",
        instruments: [{ symbol: "ACME", base: "ACME", quote: "USD", tick: "0.01", lot: "1", referencePrice: "1000" }],
      },
    ],
    network: starNetwork({ a: distanceMs, investor: INVESTORS_MS, ...ofRivals }, jitterShare),
    agents: [
      { file: "a", name: "a", account: ACCOUNT },
      { file: "rival", name: "rival", count: rivals, account: ACCOUNT },
      { file: "investor", name: "investor", account: ACCOUNT },
    ],
  });
  const valueAt = valueOf({ news, startTicks: START_TICKS });
  const at = (ms: number): ReturnType<typeof dealer> =>
    dealer({
      news,
      startTicks: START_TICKS,
      distanceNs: Math.round(ms * NS_PER_MILLISECOND),
      halfSpreadTicks,
      qtyLots: QUOTE_LOTS,
      snipeLots: QUOTE_LOTS * rivals,
    });
  const [making, taking, others, othersMaking] = [noEdge(), noEdge(), noEdge(), noEdge()];
  await flyScenario(scenario, {
    a: withEdge(withEdge(at(distanceMs), making, valueAt, { liquidity: "maker" }), taking, valueAt, {
      liquidity: "taker",
    }),
    rival: withEdge(withEdge(at(RIVALS_MS), others, valueAt), othersMaking, valueAt, { liquidity: "maker" }),
    investor: investor({ meanIntervalNs: NS_PER_SECOND / INVESTORS_PER_SECOND, qtyLots: INVESTOR_LOTS, valueAt }),
  });
  const hourly = ({ tickLots }: Edge): number => (tickLots * USD_PER_TICK_LOT * 3_600) / simulatedSeconds;
  const profit = hourly(making) + hourly(taking);
  const ofRival = hourly(others) / rivals;
  const madeLots = making.lots + othersMaking.lots;
  return {
    profit,
    making: hourly(making),
    taking: hourly(taking),
    rivals: ofRival,
    advantage: profit - ofRival,
    flow: madeLots === 0 ? null : (100 * making.lots) / madeLots,
  };
}
