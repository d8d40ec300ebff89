import { MeanRevertingPath } from "../agents/fundamental.ts";
import {
  adaptiveMarketMaker,
  defaultAdaptiveMarketMakerParameters,
} from "../agents/population/adaptive-market-maker.ts";
import { defaultMomentumParameters, momentum } from "../agents/population/momentum.ts";
import { defaultNoiseParameters, noise } from "../agents/population/noise.ts";
import { defaultValueParameters, value } from "../agents/population/value.ts";
import { NS_PER_HOUR } from "../core/units.ts";
import { LineLink } from "../kernel/links.ts";
import type { AgentBenchOptions } from "./agent-bench.ts";
import { AgentBench } from "./agent-bench.ts";

/** 09:30 to 16:00; kernel time 0 is the open. */
export const TRADING_DAY_NS = 6.5 * NS_PER_HOUR;

/** ABIDES' reference market rmsc04, as the reference scenario has it; not yet run. */
export function rmsc04(options: AgentBenchOptions & { readonly seed: number }): AgentBench {
  const { seed } = options;
  const bench = new AgentBench({
    endNs: TRADING_DAY_NS,
    link: new LineLink({ seed, lengthMetres: 3_866_660 }),
    fundamental: new MeanRevertingPath({
      seed,
      name: "ABM",
      meanTicks: 100_000,
      kappaPerNs: 1.67e-16,
      sigmaPerSqrtNs: 5e-5,
    }),
    ...options,
  });
  const each = { computeDelayNs: 50 };
  for (let i = 1; i <= 1_000; i++) bench.add(`noise-${i}`, noise, defaultNoiseParameters, each);
  for (let i = 1; i <= 102; i++) bench.add(`value-${i}`, value, defaultValueParameters, each);
  for (let i = 1; i <= 12; i++) bench.add(`momentum-${i}`, momentum, defaultMomentumParameters, each);
  for (let i = 1; i <= 2; i++) {
    bench.add(`market-maker-${i}`, adaptiveMarketMaker, defaultAdaptiveMarketMakerParameters, each);
  }
  return bench;
}
