import { z } from "zod";
import { decimalFromZero, positiveDecimal, positiveDuration } from "./fields.ts";

const RATES = {
  makerBps: z.number().min(-100).max(100).default(0).describe("Maker fee in basis points; negative is a rebate"),
  takerBps: z.number().min(0).max(100).default(0).describe("Taker fee in basis points"),
};

export const fees = z
  .strictObject({
    ...RATES,
    tiers: z
      .array(
        z.strictObject({
          volume: positiveDecimal.describe("From so much on that the owner has traded, in the quote asset"),
          ...RATES,
        }),
      )
      .max(100)
      .default([])
      .describe("Other rates for who has traded more, by rising volume"),
    volumeWindow: positiveDuration.optional().describe("Time over which volume counts; since the start if left out"),
    minimum: decimalFromZero
      .prefault("0")
      .describe("Least fee of a side that pays one, in each trade, in the quote asset; never above the notional"),
    washBps: z
      .number()
      .min(0)
      .max(5_000)
      .default(0)
      .describe("On top for both sides of a trade within one owner, in basis points"),
  })
  .describe("What each side of a trade pays");

export type FeesSpec = z.output<typeof fees>;
