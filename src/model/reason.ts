/** Why a venue did what the owner of an order did not ask for. Codes are stable: journals and clients keep them. */
export interface Reason {
  readonly code: number;
  readonly name: string;
  readonly meaning: string;
}

const table = {
  none: [0, "Nothing out of the ordinary."],
  keptPriority: [1, "The replaced order kept its place in the queue: same price, smaller quantity."],
  lostPriority: [2, "The replaced order went to the end of its queue."],
  postOnlySlid: [
    3,
    "A post-only order with slide would have traded; its price was moved to one tick before the other side.",
  ],

  marketPriced: [4, "A market order in a call: it was given the worst price at which a market order may trade."],

  unknownInstrument: [10, "The venue does not list this instrument."],
  unknownOwner: [11, "The venue has no account of this owner."],
  duplicateOrderId: [12, "The owner already has a live order under this id."],
  unknownOrder: [13, "The owner has no live order under this id."],
  invalidFlags: [14, "The flags word is no possible combination of choices."],
  invalidPrice: [15, "The price is outside the instrument's limits."],
  invalidQty: [16, "The quantity is not between the instrument's minimum and maximum."],
  invalidDisplayQty: [
    17,
    "The displayed quantity is negative, above the order's or less than a ten-thousandth of it, or the order is hidden.",
  ],
  invalidTrigger: [18, "The trigger price is outside the instrument's limits."],
  invalidExpiry: [19, "The expiry is missing or already past."],
  minNotional: [20, "Price times quantity is below the instrument's minimum notional."],
  notionalTooLarge: [21, "Price times quantity passes the range of exact money (2^53 units)."],
  priceBand: [22, "The price is further from the reference price than the instrument's band allows."],
  tooManyOrders: [23, "The book holds as many orders as it is allowed to."],
  halted: [24, "Trading is halted: orders can be canceled, and nothing else."],
  marketClosed: [25, "Trading is over: orders can be canceled, and nothing else."],

  postOnlyWouldTrade: [30, "A post-only order would have traded at once."],
  reduceOnlyWouldIncrease: [31, "A reduce-only order would have opened or increased the position."],
  fokNotFillable: [32, "A fill-or-kill order could not be filled whole."],
  iocRemainder: [33, "What an immediate-or-cancel order could not trade at once."],
  marketRemainder: [34, "What a market order could not trade: the other side was exhausted, or the band reached."],
  noLiquidity: [35, "A market order found nothing to trade with."],
  notInAuction: [
    36,
    "A fill-or-kill or reduce-only order in a call: what it may trade is not known before the price is.",
  ],
  auctionRemainder: [37, "What a market or immediate-or-cancel order could not trade at the end of its call."],

  selfTradeTaker: [40, "Self-trade prevention canceled the incoming order."],
  selfTradeMaker: [41, "Self-trade prevention canceled the resting order."],
  selfTradeDecrement: [42, "Self-trade prevention took the overlap out of both orders."],

  canceledByOwner: [50, "The owner canceled it."],
  canceledByVenue: [51, "The venue's operator canceled it (mass cancel)."],
  canceledOnDisconnect: [52, "The owner's session ended and its account asked for cancel on disconnect."],
  replacedAway: [53, "A replace set the total quantity to no more than what was already filled."],

  insufficientFunds: [60, "The account's free balance does not cover the order and its fee."],

  invalidSubscription: [70, "No feed has this combination of depth, mode, levels and interval."],
  unknownSubscription: [71, "The sender has no such subscription."],
  tooManySubscriptions: [72, "The feed has as many subscribers, or the instrument as many feeds, as are allowed."],

  // Why an instrument enters a phase (docs/auctions.md).
  scheduled: [80, "The phase was planned for this time."],
  reopening: [81, "After a halt orders gather before trading goes on."],
  circuitBreaker: [82, "The price moved too far in too short a time."],
  limitState: [83, "The market stood at a limit of its price band for too long."],
  marketHalt: [84, "The market as a whole has fallen too far."],

  // What rules of a venue refuse (docs/venue-rules.md).
  orderTooLarge: [100, "The quantity is above what the venue takes in one order."],
  notionalLimit: [101, "Price times quantity is above what the venue takes in one order."],
  rateLimited: [102, "The owner sends more orders than its rate allows."],
  throttled: [103, "The owner has gone on sending too many orders, and has a lower rate for a while."],
  suspended: [104, "The owner has gone on sending too many orders while throttled, and may only cancel for a while."],
  orderToTradeRatio: [105, "The owner sends far too many messages for what it trades: refused, or what it pays for."],
  fatFinger: [106, "The quantity is many times what orders have had of late."],
  priceCollar: [107, "The price is far worse for its owner than what the market has now."],
  positionLimit: [108, "With all of its orders filled the owner's position would be beyond the venue's limit."],
  killSwitch: [109, "The venue's operator has stopped the owner: its orders are canceled and new ones refused."],
  notPermitted: [110, "Only the venue's operator may do this, or the venue does not offer it."],
  tooManyWaiting: [111, "More commands wait at the venue's speed bumps than it can keep."],
  colocation: [112, "What the owner pays for standing right beside the venue."],
  orderIdUsed: [120, "The owner has sent an order under this id before: the command came twice, or the id did."],
  orderIdTooOld: [121, "The id is so far below the owner's highest that nobody knows whether it was used."],

  // Commits and reveals (docs/commit-reveal.md).
  commitRequired: [130, "Orders of this instrument must be committed to and revealed; a replace would be neither."],
  noBatch: [131, "No call is going on that a commit could be for."],
  wrongBatch: [132, "The commit is for another batch: it is a copy, or was under way for too long."],
  commitTooLate: [133, "The batch takes no more commits: its orders are being revealed."],
  tooManyCommits: [134, "The owner, or the instrument, has as many commits in this batch as are allowed."],
  noCommit: [135, "The owner has no commit under this id in this batch."],
  revealTooEarly: [136, "Commits are still taken: what is revealed now, others could act on."],
  revealTooLate: [137, "The batch is over."],
  commitMismatch: [138, "The revealed order is not the one that was committed to."],
  notRevealed: [139, "The batch is over, and the committed order was not revealed."],
  batchVoid: [140, "The call ended before it should have, so that nobody could reveal: the commit is void."],
} as const satisfies Record<string, readonly [number, string]>;

export type ReasonName = keyof typeof table;

/** Code by name. */
export const Reason = Object.fromEntries(Object.entries(table).map(([name, [code]]) => [name, code])) as {
  readonly [Name in ReasonName]: (typeof table)[Name][0];
};

/** All reasons, by code; docs/reasons.md is generated from this. */
export const REASONS: readonly Reason[] = Object.entries(table).map(([name, [code, meaning]]) => ({
  code,
  name,
  meaning,
}));

const nameByCode: ReadonlyMap<number, string> = new Map(REASONS.map(({ code, name }) => [code, name]));

/** The name of a code, for people and logs. */
export function reasonName(code: number): string {
  return nameByCode.get(code) ?? `unknownReason(${code})`;
}
