import { z } from "zod";
import { decimalFromZero, duration, name, positiveDecimal, positiveDuration } from "./fields.ts";
import { auctions, circuitBreaker, limitUpLimitDown, marketHalt } from "./phase-rules-schema.ts";

/** A rule that is named is on, unless it says otherwise: an instrument turns off so what its venue has. */
const enabled = z.boolean().default(true).describe("Whether the rule holds; an instrument may turn off its venue's");

const percent = z.number().min(0).max(100);

const rateLimit = z
  .strictObject({
    enabled,
    perSecond: z.int().min(1).max(1_000_000).default(10).describe("Orders and replaces of an owner in a second"),
    burst: z.int().min(1).max(1_000_000).default(10).describe("How many of them at once"),
    throttleAfter: z.int().min(1).max(1_000_000).default(20).describe("Violations that lead to a lower rate"),
    forget: positiveDuration.prefault("1s").describe("After so long without a violation they are counted anew"),
    throttledPerSecond: z.int().min(1).max(1_000_000).default(1).describe("The lower rate"),
    throttleFor: positiveDuration.prefault("10s").describe("How long without a violation it takes to end"),
    suspendAfter: z.int().min(1).max(1_000_000).default(20).describe("Violations of the lower rate that suspend"),
    suspendFor: positiveDuration.prefault("1m").describe("How long a suspended owner may only cancel"),
  })
  .describe("How many orders an owner may send, and what comes of more");

const orderToTrade = z
  .strictObject({
    enabled,
    window: positiveDuration.prefault("1m").describe("Time over which messages and trades are counted"),
    freeMessages: z.int().min(0).max(1_000_000_000).default(100).describe("Messages that are free in any case"),
    perTrade: z.number().min(0).max(1_000_000).default(10).describe("Messages that are free for each trade"),
    fee: decimalFromZero.prefault("0.01").describe("What each message beyond costs, in the quote asset"),
    perTradeMax: z
      .number()
      .min(0)
      .max(1_000_000)
      .optional()
      .describe("Messages for each trade beyond which orders are refused; none if left out"),
  })
  .describe("How many messages an owner may send for what it trades");

const orderLimits = z
  .strictObject({
    enabled,
    maxQty: positiveDecimal.optional().describe("Greatest quantity of an order; any if left out"),
    maxNotional: positiveDecimal.optional().describe("Greatest price times quantity of an order; any if left out"),
  })
  .describe("Refuses orders that are too large");

const fatFinger = z
  .strictObject({
    enabled,
    timesAverage: z.number().min(1).max(1_000_000).default(20).describe("How many times the average an order may have"),
    orders: z.int().min(1).max(100_000).default(100).describe("Accepted orders over which the average is taken"),
  })
  .describe("Refuses orders that are far larger than those before");

const priceCollar = z
  .strictObject({
    enabled,
    percent: percent.default(5).describe("How far beyond the reference a price may reach"),
    maxAge: positiveDuration
      .prefault("10s")
      .describe("How old the last trade may be; then the middle of the book stands for it"),
  })
  .describe("Refuses prices that are far worse for their owner than the market");

const positionLimit = z
  .strictObject({
    enabled,
    maxQty: positiveDecimal.describe("How far an owner may be long, or short"),
  })
  .describe("Keeps each owner's position within a limit, whatever of its orders trades");

const killSwitch = z
  .strictObject({
    enabled,
    schedule: z
      .array(
        z.strictObject({
          at: duration.describe("When the operator sends it, from the run's start"),
          action: z.enum(["engage", "release"]).describe("Whether it stops somebody, or ends that"),
          who: name
            .optional()
            .describe("Name of an agent, of a group of agents or of an owner of accounts; everybody if left out"),
        }),
      )
      .max(10_000)
      .default([])
      .describe("Commands of the venue's operator"),
  })
  .describe("Lets the venue's operator stop agents: cancels their orders and refuses new ones");

const commitReveal = z
  .strictObject({
    enabled,
    reveal: positiveDuration
      .prefault("300ms")
      .describe("How long before the end of each batch its orders are revealed; commits come before"),
    collateral: decimalFromZero
      .prefault("100")
      .describe("What each commit sets aside, in the quote asset; the same for all, so that it tells nothing"),
    penalty: decimalFromZero
      .prefault("10")
      .describe("What of it is lost when the order is not revealed, is another one, or is refused"),
    commitsMax: z.int().min(1).max(1_000).default(32).describe("Commits of an owner in one batch"),
  })
  .describe("Takes orders only that were committed to as a hash before; docs/commit-reveal.md");

const uniqueOrderIds = z
  .strictObject({
    enabled,
    window: z
      .int()
      .min(1)
      .max(65_536)
      .default(1_024)
      .describe("How far an order may be behind the owner's latest one, in ids; rounded up to a power of two"),
  })
  .describe("Takes each order id of an owner once, also after its order is done");

const speedBump = z
  .strictObject({
    enabled,
    delay: duration.prefault("100ms").describe("How long a command waits before it comes to the book"),
    jitter: duration.prefault("0s").describe("What is added at random: uniform from 0 to this"),
    appliesTo: z
      .enum(["all", "takers"])
      .default("all")
      .describe("All orders, or those that would trade on arrival with what the book shows"),
    exemptCancels: z.boolean().default(false).describe("Whether cancels of what is in the book pass at once"),
  })
  .describe("Lets orders wait, so that who is a little faster gains nothing by it");

const ownerSelfTrade = z
  .strictObject({ enabled })
  .describe("Lets the self-trade prevention that orders ask for cover all accounts of an owner");

const INSTRUMENT_RULES = {
  speedBump: speedBump.optional(),
  commitReveal: commitReveal.optional(),
  rateLimit: rateLimit.optional(),
  orderToTrade: orderToTrade.optional(),
  orderLimits: orderLimits.optional(),
  fatFinger: fatFinger.optional(),
  priceCollar: priceCollar.optional(),
  positionLimit: positionLimit.optional(),
  auctions: auctions.optional(),
  limitUpLimitDown: limitUpLimitDown.optional(),
  circuitBreaker: circuitBreaker.optional(),
  marketHalt: marketHalt.optional(),
  ownerSelfTrade: ownerSelfTrade.optional(),
};

/** What an instrument has in place of its venue's rules. */
export const instrumentRules = z.strictObject(INSTRUMENT_RULES).describe("Rules in place of the venue's, one by one");

/** Rules of a venue, which hold for all of its instruments. */
export const venueRules = z
  .strictObject({ ...INSTRUMENT_RULES, uniqueOrderIds: uniqueOrderIds.optional(), killSwitch: killSwitch.optional() })
  .describe("What keeps the market fair and orderly; docs/venue-rules.md has each rule");

export type InstrumentRulesSpec = z.output<typeof instrumentRules>;
export type VenueRulesSpec = z.output<typeof venueRules>;
