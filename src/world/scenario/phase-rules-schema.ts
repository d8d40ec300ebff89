import { z } from "zod";
import { duration, positiveDuration } from "./fields.ts";

const enabled = z.boolean().default(true).describe("Whether the rule holds; an instrument may turn off its venue's");
const percent = z.number().min(0).max(100);
const halt = positiveDuration.prefault("5m").describe("How long trading is halted");
const reopening = duration.prefault("30s").describe("How long orders gather before trading goes on; 0s for no auction");

export const auctions = z
  .strictObject({
    enabled,
    opening: positiveDuration
      .optional()
      .describe("How long orders gather before the first trade; no auction if left out"),
    closing: positiveDuration.optional().describe("How long before the run's end; no auction if left out"),
    batch: z
      .strictObject({
        window: positiveDuration.prefault("1s").describe("How long each batch gathers orders"),
      })
      .optional()
      .describe("Trades in batches in place of continuously"),
    allocation: z
      .enum(["time", "proRata"])
      .default("time")
      .describe("How the orders of the last price that trades share what is too little for all"),
  })
  .describe("Lets orders gather and trade at one price; docs/auctions.md");

export const circuitBreaker = z
  .strictObject({
    enabled,
    movePercent: percent.default(10).describe("How far the price may move within the window"),
    window: positiveDuration.prefault("1m").describe("In how short a time"),
    halt,
    reopening,
  })
  .describe("Halts an instrument whose price moves too far in a short time");

export const limitUpLimitDown = z
  .strictObject({
    enabled,
    bandPercent: percent.default(5).describe("How far prices may be from the mean of the trades in the window"),
    window: positiveDuration.prefault("5m").describe("Time over which the mean is taken"),
    limitState: positiveDuration
      .prefault("15s")
      .describe("How long the market may stand at a limit before it is halted"),
    halt,
    reopening,
  })
  .describe("Keeps prices in a band that follows their mean");

export const marketHalt = z
  .strictObject({
    enabled,
    levels: z
      .array(
        z.strictObject({
          declinePercent: percent.describe("How far all instruments have fallen on average since the start"),
          halt: positiveDuration.optional().describe("How long trading is halted; for the rest of the run if left out"),
        }),
      )
      .min(1)
      .max(100)
      .prefault([{ declinePercent: 7, halt: "15m" }, { declinePercent: 13, halt: "15m" }, { declinePercent: 20 }])
      .describe("Steps of a decline; each halts the market once"),
    reopening,
  })
  .describe("Halts all instruments of the venue when they fall too far on average");
