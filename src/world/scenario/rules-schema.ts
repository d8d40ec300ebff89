import { z } from "zod";
import { positiveDecimal } from "./fields.ts";

/** A rule that is named is on, unless it says otherwise: an instrument turns off so what its venue has. */
const enabled = z
  .boolean()
  .default(true)
  .describe("Whether the rule holds; an instrument may turn off one of its venue");

const orderLimits = z
  .strictObject({
    enabled,
    maxQty: positiveDecimal.optional().describe("Greatest quantity of an order; any if left out"),
    maxNotional: positiveDecimal.optional().describe("Greatest price times quantity of an order; any if left out"),
  })
  .describe("Refuses orders that are too large");

/** Rules of a venue, which hold for all of its instruments, or those that an instrument has in their place. */
export const rules = z
  .strictObject({
    orderLimits: orderLimits.optional(),
  })
  .describe("What keeps the market fair and orderly; docs/venue-rules.md has each rule");

export type RulesSpec = z.output<typeof rules>;
