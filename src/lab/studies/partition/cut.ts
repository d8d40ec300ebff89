import { assert } from "../../../core/assert.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Nanos } from "../../../core/units.ts";
import type { Samples } from "../../../world/observer.ts";
import type { Value } from "../../study/estimate.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { investor } from "../latency-arbitrage/investor.ts";
import { newsMaker } from "../latency-arbitrage/news-maker.ts";
import { drawNews, valueOf } from "../latency-arbitrage/news.ts";
import { arbitrageur } from "./arbitrageur.ts";
import { flowDealer } from "./flow-dealer.ts";

export interface CutParameters {
  readonly healSecond: number;
  readonly afterSeconds: number;
  readonly delayMs: number;
  readonly newsPerSecond: number;
  readonly jumpTicks: number;
  readonly impactTicksPerLot: number;
}

const START_TICKS = 100_000;
const HALF_SPREAD_TICKS = 5;
const THRESHOLD_TICKS = 2;
const QUOTE_LOTS = 100;
const INVESTORS_PER_SECOND = 5;
const INVESTOR_LOTS = 10;
const SAMPLES_PER_SECOND = 10;
/** Prices as far apart as an arbitrageur lets them be, and a little more, are one price. */
const UNITED_TICKS = 2 * HALF_SPREAD_TICKS + 2 * THRESHOLD_TICKS;
/** A tick of 0.01 USD and a lot of one share. */
const USD_PER_TICK_LOT = 0.01;
const ACCOUNT = { cash: "10000000000", inventoryCredit: "10000000" };

export type CutMeasure = "before" | "apart" | "widest" | "recovery" | "arbitrage" | "whole";

/** Two venues, and a cut between them of so many seconds that ends at a given one. Gaps in ticks of 0.01 USD. */
export async function runCut(
  cutSeconds: number,
  options: { readonly seed: number; readonly parameters: CutParameters },
): Promise<Record<CutMeasure, Value>> {
  const { seed, parameters } = options;
  const { healSecond, afterSeconds, delayMs, newsPerSecond, jumpTicks, impactTicksPerLot } = parameters;
  const endSecond = healSecond + afterSeconds;
  const cutSecond = healSecond - Math.min(cutSeconds, healSecond);
  const news = drawNews({
    seed,
    startTicks: START_TICKS,
    meanIntervalNs: NS_PER_SECOND / newsPerSecond,
    jumpTicks,
    endNs: endSecond * NS_PER_SECOND,
  });
  const instruments = [{ symbol: "ACME", base: "ACME", quote: "USD", tick: "0.01", lot: "1", referencePrice: "1000" }];
  const places = ["london", "newYork"] as [string, string];
  const fault = { kind: "cut" as const, at: `${cutSecond}s`, for: `${cutSeconds}s`, links: [places] };
  const scenario = scenarioFrom({
    version: 1,
    name: "partition",
    seed,
    duration: `${endSecond}s`,
    sampling: `${1_000 / SAMPLES_PER_SECOND}ms`,
    venues: ["LON", "NYC"].map((name) => ({ name, instruments })),
    network: {
      kind: "routed",
      topology: { kind: "graph", places },
      links: [{ between: places, delay: `${Math.round(delayMs * 1_000)}us` }],
      routing: { convergence: "0s" },
      at: {
        LON: "london",
        NYC: "newYork",
        informed: "london",
        londoner: "london",
        arbitrageur: "london",
        dealer: "newYork",
        newYorker: "newYork",
      },
      faults: cutSeconds === 0 ? [] : [fault],
    },
    agents: [
      { file: "informed", name: "informed", venue: "LON", account: ACCOUNT },
      { file: "investor", name: "londoner", venue: "LON", account: ACCOUNT },
      { file: "dealer", name: "dealer", venue: "NYC", account: ACCOUNT },
      { file: "investor", name: "newYorker", venue: "NYC", account: ACCOUNT },
      { file: "arbitrageur", name: "arbitrageur", account: ACCOUNT },
    ],
  });
  const valueAt = valueOf({ news, startTicks: START_TICKS });
  const gains: { readonly timeNs: Nanos; readonly usd: number }[] = [];
  const world = await flyScenario(scenario, {
    informed: newsMaker({ news, startTicks: START_TICKS, halfSpreadTicks: HALF_SPREAD_TICKS, qtyLots: QUOTE_LOTS }),
    dealer: flowDealer({
      startTicks: START_TICKS,
      halfSpreadTicks: HALF_SPREAD_TICKS,
      qtyLots: QUOTE_LOTS,
      impactTicksPerLot,
    }),
    investor: investor({ meanIntervalNs: NS_PER_SECOND / INVESTORS_PER_SECOND, qtyLots: INVESTOR_LOTS, valueAt }),
    arbitrageur: arbitrageur({
      qtyLots: QUOTE_LOTS,
      thresholdTicks: THRESHOLD_TICKS,
      quoteAgeNsMax: NS_PER_SECOND / 4,
      onFill: (timeNs, { side, priceTicks, qtyLots }) => {
        const gained = (side === "buy" ? 1 : -1) * (valueAt(timeNs) - priceTicks) * qtyLots;
        gains.push({ timeNs, usd: gained * USD_PER_TICK_LOT });
      },
    }),
  });
  const gaps = gapsOf(world.observer.samples);
  const gained = (fromSecond: number, toSecond: number): number =>
    gains
      .filter(({ timeNs }) => timeNs >= fromSecond * NS_PER_SECOND && timeNs < toSecond * NS_PER_SECOND)
      .reduce((sum, { usd }) => sum + usd, 0);
  return {
    before: mean(between(gaps, 10, healSecond / 3)),
    apart: mean(between(gaps, healSecond - 2, healSecond)),
    widest: Math.max(...between(gaps, cutSecond, healSecond + 1)),
    recovery: secondsUntilUnited(between(gaps, healSecond, endSecond)),
    arbitrage: gained(healSecond, endSecond),
    whole: gained(0, endSecond),
  };
}

/** How far the mid prices are apart at each sample; the last one known where a side of a book is empty. */
function gapsOf(samples: readonly Samples[]): number[] {
  assert(samples.length === 2, "the study has two markets");
  const [london, newYork] = samples.map(({ bidTicks, askTicks }) => {
    let midTicks = START_TICKS;
    return bidTicks.map((bid, i) => {
      if (bid !== 0 && askTicks[i] !== 0) midTicks = (bid + askTicks[i]) / 2;
      return midTicks;
    });
  });
  return london.map((mid, i) => Math.abs(mid - newYork[i]));
}

/** Samples of a stretch of time; the first one is of the end of the first interval. */
function between(values: readonly number[], fromSecond: number, toSecond: number): number[] {
  return values.slice(Math.round(fromSecond * SAMPLES_PER_SECOND), Math.round(toSecond * SAMPLES_PER_SECOND));
}

/** Until prices have been one price for a second; null where that never happens. */
function secondsUntilUnited(gaps: readonly number[]): Value {
  let since = 0;
  for (const [i, gap] of gaps.entries()) {
    if (gap > UNITED_TICKS) since = i + 1;
    else if (i + 1 - since >= SAMPLES_PER_SECOND) return since / SAMPLES_PER_SECOND;
  }
  return null;
}

function mean(values: readonly number[]): Value {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
