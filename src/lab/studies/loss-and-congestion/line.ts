import { NS_PER_MILLISECOND, NS_PER_SECOND } from "../../../core/units.ts";
import type { Edge } from "../../study/edge.ts";
import { noEdge, withEdge } from "../../study/edge.ts";
import type { Value } from "../../study/estimate.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { investor } from "../latency-arbitrage/investor.ts";
import { drawNews, valueOf } from "../latency-arbitrage/news.ts";
import { sniper } from "../latency-arbitrage/sniper.ts";
import { breakEvenMaker } from "./break-even-maker.ts";
import { REQUEST_BITS, crowd } from "./crowd.ts";
import { DepthProbe } from "./depth-probe.ts";

/** What the line between the makers and the venue is like. */
export interface Line {
  readonly lossPercent: number;
  /** What others ask of the line, as a share of its bandwidth. */
  readonly load: number;
}

export interface LineParameters {
  readonly simulatedSeconds: number;
  readonly makers: number;
  readonly makerMs: number;
  readonly sniperMs: number;
  readonly bandwidthKbit: number;
  readonly queueKB: number;
  readonly newsPerSecond: number;
  readonly jumpTicks: number;
}

const START_TICKS = 100_000;
const START_HALF_SPREAD_TICKS = 3;
const HALF_SPREAD_TICKS_MAX = 200;
const LEARNING = 0.05;
const PAUSE_NS = 50 * NS_PER_MILLISECOND;
const QUOTE_LOTS = 100;
const DEPTH_WITHIN_TICKS = 10;
const INVESTORS_PER_SECOND = 3;
const INVESTOR_LOTS = 20;
const CROWD = 10;
/** A tick of 0.01 USD and a lot of one share. */
const USD_PER_TICK_LOT = 0.01;
const ACCOUNT = { cash: "10000000000", inventoryCredit: "10000000" };

export type LineMeasure = "spread" | "depth" | "stale" | "cost" | "repeated" | "dropped";

/** Makers on a bad line. What is measured is the second half of the run, when their spreads have settled. */
export async function runLine(
  { lossPercent, load }: Line,
  options: { readonly seed: number; readonly parameters: LineParameters },
): Promise<Record<LineMeasure, Value>> {
  const { seed, parameters } = options;
  const { simulatedSeconds, makers, makerMs, sniperMs, bandwidthKbit, queueKB } = parameters;
  const news = drawNews({
    seed,
    startTicks: START_TICKS,
    meanIntervalNs: NS_PER_SECOND / parameters.newsPerSecond,
    jumpTicks: parameters.jumpTicks,
    endNs: (simulatedSeconds - 1) * NS_PER_SECOND,
  });
  const valueAt = valueOf({ news, startTicks: START_TICKS });
  const line = {
    delay: `${Math.round(makerMs * 1e6)}ns`,
    bandwidth: `${Math.round(bandwidthKbit)}kbit`,
    queue: `${Math.round(queueKB)}kB`,
    loss: { kind: "bernoulli" as const, probability: lossPercent / 100 },
  };
  const scenario = scenarioFrom({
    version: 1,
    name: "loss-and-congestion",
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
      topology: { kind: "star", places: ["exchange", "town", "sniper", "investor"] },
      links: [
        { between: ["exchange", "town"], ...line },
        { between: ["exchange", "sniper"], delay: `${Math.round(sniperMs * 1e6)}ns` },
        { between: ["exchange", "investor"], delay: "1ms" },
      ],
      at: { XSIM: "exchange", probe: "exchange", maker: "town", crowd: "town", sniper: "sniper", investor: "investor" },
    },
    agents: [
      { file: "maker", name: "maker", count: makers, account: ACCOUNT },
      { file: "crowd", name: "crowd", count: CROWD, account: ACCOUNT },
      { file: "sniper", name: "sniper", account: ACCOUNT },
      { file: "investor", name: "investor", account: ACCOUNT },
      { file: "probe", name: "probe", account: ACCOUNT },
    ],
  });
  const sinceNs = Math.round((simulatedSeconds * NS_PER_SECOND) / 2);
  const probe = new DepthProbe({ sinceNs, withinTicks: DEPTH_WITHIN_TICKS, valueAt });
  const requestsPerSecond = (load * bandwidthKbit * 1_000) / REQUEST_BITS;
  const maker = breakEvenMaker({
    news,
    startTicks: START_TICKS,
    startHalfSpreadTicks: START_HALF_SPREAD_TICKS,
    halfSpreadTicksMax: HALF_SPREAD_TICKS_MAX,
    qtyLots: QUOTE_LOTS,
    learning: LEARNING,
    pauseNs: PAUSE_NS,
    valueAt,
  });
  const snipe = sniper({
    news,
    startTicks: START_TICKS,
    // Quotes are as near as the makers dare: it tries after every jump that may leave it a tick.
    halfSpreadTicks: 1,
    qtyLots: QUOTE_LOTS * makers,
    timeInForce: "IOC",
  });
  const invest = investor({ meanIntervalNs: NS_PER_SECOND / INVESTORS_PER_SECOND, qtyLots: INVESTOR_LOTS, valueAt });
  const [sniped, invested] = [noEdge(), noEdge()];
  const world = await flyScenario(scenario, {
    maker,
    crowd: crowd(requestsPerSecond === 0 ? Infinity : (CROWD * NS_PER_SECOND) / requestsPerSecond),
    sniper: withEdge(snipe, sniped, valueAt, { sinceNs }),
    investor: withEdge(invest, invested, valueAt, { sinceNs }),
    probe: probe.factory,
  });
  const counts = world.network?.counts;
  return {
    spread: probe.spreadTicks,
    depth: probe.depthLots,
    stale: (hourlyUsd(sniped) * 2) / simulatedSeconds,
    cost: invested.lots === 0 ? null : -invested.tickLots / invested.lots,
    repeated: counts === undefined ? null : counts.repeated / simulatedSeconds,
    dropped: counts === undefined ? null : (100 * counts.dropped) / counts.packets,
  };
}

function hourlyUsd({ tickLots }: Edge): number {
  return tickLots * USD_PER_TICK_LOT * 3_600;
}
