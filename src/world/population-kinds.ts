import { z } from "zod";
import {
  adaptiveMarketMaker,
  defaultAdaptiveMarketMakerParameters,
} from "../agents/population/adaptive-market-maker.ts";
import {
  defaultInventoryMarketMakerParameters,
  inventoryMarketMaker,
} from "../agents/population/inventory-market-maker.ts";
import { defaultMomentumParameters, momentum } from "../agents/population/momentum.ts";
import { defaultNoiseParameters, noise } from "../agents/population/noise.ts";
import { defaultValueParameters, value } from "../agents/population/value.ts";
import { NS_PER_MICROSECOND } from "../core/units.ts";
import type { PopulationKind } from "./describe-kind.ts";
import { describeKind, lots, rate, ticks } from "./describe-kind.ts";
import { ROGUE_KINDS } from "./rogue-kinds.ts";
import { duration, positiveDuration, probability } from "./scenario/fields.ts";

/** Every kind that a scenario's population may name. A new one is added here, and nowhere else. */
export const POPULATION_KINDS: readonly PopulationKind[] = [
  describeKind({
    kind: "noise",
    fields: {
      ordersPerDay: z
        .number()
        .positive()
        .max(1_000_000)
        .describe("1: exactly one order; else a Poisson number with this mean"),
      leadIn: duration.describe("How long before the start the agent's day begins"),
      day: positiveDuration.describe("Length of the agent's day"),
      typicalLots: lots.describe("The most frequent order size"),
    },
    defaults: defaultNoiseParameters,
    create: noise,
  }),
  describeKind({
    kind: "value",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two looks at the market"),
      observationVariance: rate.describe("Variance of the error of an observation, in ticks squared"),
      kappaPerNs: z.number().min(0).max(1e-9).describe("The reversion in which the agent believes, per nanosecond"),
      shockVariancePerNs: rate.describe("Variance that the agent believes the fundamental gains per nanosecond"),
      aggression: probability.describe("Probability of trading at once, at the opposite best"),
      depthSpreads: z.int().min(0).max(1_000).describe("Otherwise the price lies less than this many spreads back"),
      typicalLots: lots,
    },
    defaults: defaultValueParameters,
    create: value,
  }),
  describeKind({
    kind: "momentum",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two looks at the market"),
      shortMids: z.int().min(1).max(100_000).describe("Mids in the short moving average"),
      longMids: z.int().min(1).max(100_000).describe("Mids in the long moving average"),
      typicalLots: lots,
    },
    defaults: defaultMomentumParameters,
    readOnce: ["shortMids", "longMids"],
    create: momentum,
  }),
  describeKind({
    kind: "adaptiveMarketMaker",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two renewals of the ladder"),
      volumeShare: probability.describe("Size of each order as a share of the recent volume"),
      volumeWindow: positiveDuration.describe("What counts as recent"),
      lotsMin: lots,
      levels: z.int().min(1).max(1_000).describe("Orders a side"),
      spreadWeight: probability.describe("Weight of the newest spread in the moving average"),
      startSpreadTicks: ticks,
      levelWindows: z.number().min(0).max(1_000).describe("Distance between two levels, in windows"),
      imbalanceTicks: ticks.describe("How far the ladder moves when all volume was on one side"),
    },
    defaults: defaultAdaptiveMarketMakerParameters,
    readOnce: ["volumeWindow", "startSpreadTicks"],
    create: adaptiveMarketMaker,
  }),
  describeKind({
    kind: "inventoryMarketMaker",
    fields: {
      requoteInterval: duration
        .refine((ns) => ns >= NS_PER_MICROSECOND, { error: "expected at least 1us, as often as a feed can send" })
        .describe("Least time between two changes of the quotes"),
      sizeLots: lots.describe("Size of each order"),
      inventoryLotsMax: lots.describe("The position that the maker's orders could at most bring about"),
      levels: z.int().min(1).max(1_000).describe("Orders a side"),
      levelTicks: ticks.describe("Distance between two levels"),
      riskAversion: z
        .number()
        .positive()
        .max(1_000)
        .describe("gamma of Avellaneda and Stoikov, per tick and order size held"),
      fillDecayPerTick: z
        .number()
        .positive()
        .max(1_000)
        .describe("How fast the chance of a fill falls with the distance from the mid"),
      holdingTime: duration.describe("For how long the maker expects to hold what it buys"),
      startSigmaPerSqrtNs: z.number().min(0).max(1).describe("Volatility that it believes in at the start, in ticks"),
      sigmaMaxPerSqrtNs: z.number().min(0).max(1).describe("The most volatility that it believes in, in ticks"),
      volatilityHalfLife: positiveDuration.describe("Memory of its estimate of the volatility"),
      priceHalfLife: duration.describe("How fast its idea of the price follows the last trade; 0s: at once"),
    },
    defaults: defaultInventoryMarketMakerParameters,
    readOnce: ["requoteInterval", "startSigmaPerSqrtNs"],
    create: inventoryMarketMaker,
  }),
  ...ROGUE_KINDS,
];

const byKind: ReadonlyMap<string, PopulationKind> = new Map(POPULATION_KINDS.map((entry) => [entry.kind, entry]));

/** The kind with this name; undefined where there is none, as for agents of one's own. */
export function populationKind(kind: string): PopulationKind | undefined {
  return byKind.get(kind);
}
