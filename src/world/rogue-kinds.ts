import { z } from "zod";
import { commitGriefer, defaultCommitGrieferParameters } from "../agents/population/commit-griefer.ts";
import { defaultDepthTraderParameters, depthTrader } from "../agents/population/depth-trader.ts";
import { defaultFatFingerParameters, fatFinger } from "../agents/population/fat-finger.ts";
import { defaultFrontRunnerParameters, frontRunner } from "../agents/population/front-runner.ts";
import { defaultInstitutionParameters, institution } from "../agents/population/institution.ts";
import { defaultLatencyArbitrageurParameters, latencyArbitrageur } from "../agents/population/latency-arbitrageur.ts";
import { defaultMomentumIgniterParameters, momentumIgniter } from "../agents/population/momentum-igniter.ts";
import { defaultQuoteStufferParameters, quoteStuffer } from "../agents/population/quote-stuffer.ts";
import { defaultRunawayLoopParameters, runawayLoop } from "../agents/population/runaway-loop.ts";
import { defaultSpooferParameters, spoofer } from "../agents/population/spoofer.ts";
import { defaultWashTraderParameters, washTrader } from "../agents/population/wash-trader.ts";
import { SelfTradePrevention } from "../model/order-flags.ts";
import type { PopulationKind } from "./describe-kind.ts";
import { describeKind, lots, ticks } from "./describe-kind.ts";
import { duration, positiveDuration, probability } from "./scenario/fields.ts";

/** Agents that attack the market or harm it by accident, and those that they prey on. */
export const ROGUE_KINDS: readonly PopulationKind[] = [
  describeKind({
    kind: "institution",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two orders"),
      sizeLots: lots,
      reachTicks: ticks.describe("How far behind the touch its limit lies"),
    },
    defaults: defaultInstitutionParameters,
    create: institution,
  }),
  describeKind({
    kind: "depthTrader",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two looks at the book"),
      refreshInterval: positiveDuration.describe("Age that its picture of the book may have"),
      levels: z.int().min(1).max(64).describe("Levels a side that it looks at"),
      sideShare: z.number().min(0.5).max(1).describe("Share of the visible lots on one side at which it trades"),
      sizeLots: lots,
      positionLotsMax: lots.describe("The position to either side at which it stops"),
    },
    defaults: defaultDepthTraderParameters,
    readOnce: ["refreshInterval", "levels"],
    create: depthTrader,
  }),
  describeKind({
    kind: "spoofer",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two attempts"),
      genuineLots: lots.describe("Size of the order that is meant to trade"),
      layers: z.int().min(1).max(100).describe("How many decoys: one spoofs, several layer"),
      decoyLots: lots.describe("Size of each decoy"),
      distanceTicks: ticks.describe("How far behind the touch the first decoy stands"),
      layerTicks: ticks.describe("Distance between two decoys"),
      patience: positiveDuration.describe("When an attempt is given up"),
    },
    defaults: defaultSpooferParameters,
    create: spoofer,
  }),
  describeKind({
    kind: "quoteStuffer",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between a burst and the next"),
      burstOrders: z.int().min(1).max(1_000_000).describe("Orders of a burst"),
      spacing: positiveDuration.describe("Time between two of them; each lives that long"),
      sizeLots: lots,
      distanceTicks: ticks.describe("How far from the touch they stand"),
    },
    defaults: defaultQuoteStufferParameters,
    create: quoteStuffer,
  }),
  describeKind({
    kind: "washTrader",
    fields: {
      interval: positiveDuration.describe("Time between two trades of the ring, which is the group"),
      qtyLots: lots.describe("Size of each trade: an unusual one, by which the members know each other"),
      reactionDelay: positiveDuration.describe("How long the buyer waits for the seller's order"),
      selfTradePrevention: z
        .enum(Object.keys(SelfTradePrevention) as [keyof typeof SelfTradePrevention])
        .describe("What its orders ask for, where the venue leaves it the choice"),
    },
    defaults: defaultWashTraderParameters,
    readOnce: ["interval"],
    create: washTrader,
  }),
  describeKind({
    kind: "momentumIgniter",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between an attempt and the next"),
      burstOrders: z.int().min(1).max(10_000).describe("Orders that start the move"),
      burstLots: lots.describe("Size of each of them"),
      spacing: duration.describe("Time between two of them"),
      reachTicks: ticks.describe("How far behind the touch each reaches"),
      wait: duration.describe("How long it lets others run"),
      unwindSpacing: positiveDuration.describe("Time between two orders when it trades out"),
    },
    defaults: defaultMomentumIgniterParameters,
    create: momentumIgniter,
  }),
  describeKind({
    kind: "frontRunner",
    fields: {
      victimLotsMin: lots.describe("The least order of others that it runs ahead of"),
      share: z.number().positive().max(100).describe("What it takes, as a share of the victim's quantity"),
      sizeLotsMax: lots.describe("The most that it takes"),
      reachTicks: ticks.describe("How far behind the touch it takes"),
      profitTicks: ticks.describe("How much dearer it offers to the victim"),
      patience: positiveDuration.describe("When it gets rid of what the victim did not take"),
    },
    defaults: defaultFrontRunnerParameters,
    create: frontRunner,
  }),
  describeKind({
    kind: "latencyArbitrageur",
    fields: {
      signal: z.enum(["fundamental", "venues"]).describe("What tells it that quotes are stale"),
      lookInterval: positiveDuration.describe("How often it looks at the fundamental"),
      edgeTicks: ticks.describe("What a trade must bring"),
      sizeLots: lots,
      positionLotsMax: lots.describe("The position to either side at which it stops"),
    },
    defaults: defaultLatencyArbitrageurParameters,
    readOnce: ["signal"],
    create: latencyArbitrageur,
  }),
  describeKind({
    kind: "fatFinger",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two orders"),
      typicalLots: lots,
      slipChance: probability.describe("Probability that an order is a slip"),
      sizeFactor: z.number().min(1).max(1_000_000).describe("How many times too large a slip is"),
      priceSlipPercent: z.number().min(0).max(99).describe("How far its limit is beyond the touch"),
    },
    defaults: defaultFatFingerParameters,
    create: fatFinger,
  }),
  describeKind({
    kind: "runawayLoop",
    fields: {
      interval: positiveDuration.describe("Time between two orders while it works"),
      sizeLots: lots,
      breaksAfter: positiveDuration.describe("When the fault shows"),
      lasts: positiveDuration.describe("Until somebody pulls the plug"),
      retryDelay: positiveDuration.describe("Time between two orders then"),
    },
    defaults: defaultRunawayLoopParameters,
    create: runawayLoop,
  }),
  describeKind({
    kind: "commitGriefer",
    fields: {
      meanInterval: positiveDuration.describe("Mean time between two occasions"),
      commits: z.int().min(1).max(1_000).describe("Commits of each, as far as the market takes so many"),
      sizeLots: lots,
      distanceTicks: ticks.describe("How far from the last price its orders lie"),
      revealChance: probability.describe("Probability with which one of them is revealed after all"),
    },
    defaults: defaultCommitGrieferParameters,
    create: commitGriefer,
  }),
];
