import type { ReasonName } from "../../model/reason.ts";
import type { AuctionOptions } from "../auction/session.ts";
import type { CircuitBreakerOptions } from "./circuit-breaker.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import type { CommitRevealOptions } from "./commit-reveal.ts";
import { CommitReveal } from "./commit-reveal.ts";
import type { FatFingerOptions } from "./fat-finger.ts";
import { FatFinger } from "./fat-finger.ts";
import type { KillSwitchOptions } from "./kill-switch.ts";
import { KillSwitch } from "./kill-switch.ts";
import type { LimitUpLimitDownOptions } from "./limit-up-limit-down.ts";
import { LimitUpLimitDown } from "./limit-up-limit-down.ts";
import type { MarketHaltOptions } from "./market-halt.ts";
import { MarketHalt } from "./market-halt.ts";
import type { OrderLimitsOptions } from "./order-limits.ts";
import { OrderLimits } from "./order-limits.ts";
import type { OrderToTradeOptions } from "./order-to-trade.ts";
import { OrderToTrade } from "./order-to-trade.ts";
import type { PositionLimitOptions } from "./position-limit.ts";
import { PositionLimit } from "./position-limit.ts";
import type { PriceCollarOptions } from "./price-collar.ts";
import { PriceCollar } from "./price-collar.ts";
import type { RateLimitOptions } from "./rate-limit.ts";
import { RateLimit } from "./rate-limit.ts";
import type { RuleSite, VenueRule } from "./rule.ts";
import type { UniqueOrderIdsOptions } from "./unique-order-ids.ts";
import { UniqueOrderIds } from "./unique-order-ids.ts";

/** Which rules an instrument has, and how they are set. */
export interface RuleOptions {
  readonly commitReveal?: CommitRevealOptions | undefined;
  readonly uniqueOrderIds?: UniqueOrderIdsOptions | undefined;
  readonly killSwitch?: KillSwitchOptions | undefined;
  readonly rateLimit?: RateLimitOptions | undefined;
  readonly orderToTrade?: OrderToTradeOptions | undefined;
  readonly orderLimits?: OrderLimitsOptions | undefined;
  readonly fatFinger?: FatFingerOptions | undefined;
  readonly priceCollar?: PriceCollarOptions | undefined;
  readonly positionLimit?: PositionLimitOptions | undefined;
  readonly auctions?: AuctionOptions | undefined;
  readonly limitUpLimitDown?: LimitUpLimitDownOptions | undefined;
  readonly circuitBreaker?: CircuitBreakerOptions | undefined;
  readonly marketHalt?: MarketHaltOptions | undefined;
}

export type RuleName = keyof RuleOptions;

export interface RuleKind {
  readonly name: RuleName;
  /** What it does, in a sentence; docs/venue-rules.md shows it. */
  readonly does: string;
  /**
   * Whether instruments that are set by the same options (the same object) share one rule, which then counts over all
   * of them, or each has its own.
   */
  readonly scope: "venue" | "instrument";
  /** Whether it changes the phases of instruments. */
  readonly setsPhases?: true;
  readonly reasons: readonly ReasonName[];
  /** The rule as these options set it; undefined where they do not ask for it. */
  create(options: RuleOptions, site: RuleSite): VenueRule | undefined;
}

/** Every rule, in the order in which they are asked and shown reports. */
export const RULE_KINDS: readonly RuleKind[] = [
  // First, so that it hears of orders that the others refuse.
  kind("uniqueOrderIds", {
    does: "Takes each order id of an owner once, so that a command which arrives twice makes one order.",
    scope: "venue",
    reasons: ["orderIdUsed", "orderIdTooOld"],
    make: (options) => new UniqueOrderIds(options),
  }),
  kind("commitReveal", {
    does: "Lets orders into calls only behind a commit: a hash of the order first, the order when commits are over.",
    scope: "instrument",
    reasons: [
      "commitRequired",
      "noBatch",
      "wrongBatch",
      "commitTooLate",
      "tooManyCommits",
      "noCommit",
      "revealTooEarly",
      "revealTooLate",
      "commitMismatch",
      "notRevealed",
      "batchVoid",
    ],
    make: (options, site) => new CommitReveal(options, site),
  }),
  kind("killSwitch", {
    does: "Lets the operator stop an owner, a group of owners or everybody: cancels their orders, refuses new ones.",
    scope: "venue",
    reasons: ["killSwitch", "notPermitted"],
    make: (options, site) => new KillSwitch(options, site),
  }),
  kind("rateLimit", {
    does: "Lets each owner send so many orders and replaces a second (token bucket); throttles, then suspends who goes on.",
    scope: "venue",
    reasons: ["rateLimited", "throttled", "suspended"],
    make: (options) => new RateLimit(options),
  }),
  kind("orderToTrade", {
    does: "Takes a fee for messages beyond a ratio to the owner's trades; refuses orders far beyond it.",
    scope: "instrument",
    reasons: ["orderToTradeRatio"],
    make: (options, site) => new OrderToTrade(options, site),
  }),
  kind("orderLimits", {
    does: "Refuses orders above a size in lots, or above a notional.",
    scope: "instrument",
    reasons: ["orderTooLarge", "notionalLimit"],
    make: (options, site) => new OrderLimits(options, site),
  }),
  kind("fatFinger", {
    does: "Refuses orders many times as large as the average of those accepted before.",
    scope: "instrument",
    reasons: ["fatFinger"],
    make: (options, site) => new FatFinger(options, site),
  }),
  kind("priceCollar", {
    does: "Refuses buys far above, and sells far below, the last trade, or the middle of the book where that is stale.",
    scope: "instrument",
    reasons: ["priceCollar"],
    make: (options, site) => new PriceCollar(options, site),
  }),
  kind("positionLimit", {
    does: "Refuses what could take the owner's position beyond a limit if all of its orders traded.",
    scope: "instrument",
    reasons: ["positionLimit"],
    make: (options, site) => new PositionLimit(options, site),
  }),
  kind("auctions", {
    does: "Lets orders gather and trade at one price: in frequent batches, at the opening, at the close.",
    scope: "instrument",
    setsPhases: true,
    reasons: ["scheduled", "marketClosed", "notInAuction"],
    make: (options, { phases }) => {
      phases.plan(options);
      return phases;
    },
  }),
  kind("limitUpLimitDown", {
    does: "Keeps prices in a band around their slow mean; halts a market that stands at a limit for too long.",
    scope: "instrument",
    setsPhases: true,
    reasons: ["priceBand", "limitState", "halted"],
    make: (options, site) => new LimitUpLimitDown(options, site),
  }),
  kind("circuitBreaker", {
    does: "Halts an instrument whose price moves too far in a short time; an auction reopens it.",
    scope: "instrument",
    setsPhases: true,
    reasons: ["circuitBreaker", "reopening", "halted"],
    make: (options, site) => new CircuitBreaker(options, site),
  }),
  kind("marketHalt", {
    does: "Halts all instruments of the venue when they fall too far on average.",
    scope: "venue",
    setsPhases: true,
    reasons: ["marketHalt", "reopening", "halted"],
    make: (options) => new MarketHalt(options),
  }),
];

function kind<Name extends RuleName>(
  name: Name,
  {
    make,
    ...rest
  }: Omit<RuleKind, "name" | "create"> & {
    make: (options: NonNullable<RuleOptions[Name]>, site: RuleSite) => VenueRule;
  },
): RuleKind {
  return {
    name,
    ...rest,
    create(options, site) {
      const own = options[name];
      return own === undefined ? undefined : make(own, site);
    },
  };
}
