import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Value } from "../../study/estimate.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { gainOf } from "../../study/gain.ts";
import { ACCOUNT, INSTRUMENT, START_TICKS, crowdScenario } from "../crowd.ts";
import type { SeenTrade } from "../price-watcher.ts";
import { priceWatcher } from "../price-watcher.ts";
import { measureFall } from "./fall.ts";
import { largeSeller } from "./large-seller.ts";

/** Whether somebody sells, and what the venue does about it. */
export interface CrashTreatment {
  readonly sells: "nobody" | "the large seller";
  /** The venue's `rules`, as a scenario has them. */
  readonly rules: Readonly<Record<string, unknown>>;
}

export interface CrashParameters {
  readonly simulatedSeconds: number;
  readonly quietSeconds: number;
  readonly saleSeconds: number;
  readonly sharesPerSecond: number;
}

export type CrashMeasure = "depth" | "recovery" | "seller" | "maker" | "momentum" | "value" | "noise";

/** Makes one crash, or the same market without one. */
export async function runCrash(
  treatment: CrashTreatment,
  options: { readonly seed: number; readonly parameters: CrashParameters },
): Promise<Record<CrashMeasure, Value>> {
  const { seed, parameters } = options;
  const { simulatedSeconds, quietSeconds, saleSeconds, sharesPerSecond } = parameters;
  const crowd = crowdScenario({ name: "flash-crash", seed, simulatedSeconds });
  const scenario = scenarioFrom({
    ...crowd,
    venues: [{ ...crowd.venues[0], instruments: [{ ...INSTRUMENT, rules: treatment.rules }] }],
    agents: ["seller", "watcher"].map((name) => ({ file: name, name, account: ACCOUNT })),
  });
  const trades: SeenTrade[] = [];
  const startNs = quietSeconds * NS_PER_SECOND;
  const world = await flyScenario(scenario, {
    seller: largeSeller({
      startNs,
      intervalNs: NS_PER_SECOND,
      childLots: sharesPerSecond,
      totalLots: treatment.sells === "nobody" ? 0 : sharesPerSecond * saleSeconds,
    }),
    watcher: priceWatcher(trades),
  });
  const { depthPercent, recoverySeconds } = measureFall(trades, startNs);
  // What is held at the end counts at the price before the sale: nothing happened to the value of the shares.
  const gain = (group: string): number => gainOf(world, group, START_TICKS);
  return {
    depth: depthPercent,
    recovery: recoverySeconds,
    seller: gain("seller"),
    maker: gain("maker"),
    momentum: gain("momentum"),
    value: gain("value"),
    noise: gain("noise"),
  };
}
