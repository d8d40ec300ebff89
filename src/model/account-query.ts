/**
 * What an owner may ask a venue about its orders and its account, and the answers. Amounts and times are float64 over two
 * words.
 */

/** `queryOrder`: what became of an order. The answer is one `orderStatus`. */
export const QueryOrderWord = { kind: 0, instrument: 1, orderId: 3, query: 4 } as const;

/** `orderStatus`: `state` is one of `OrderState`. */
export const OrderStatusWord = { kind: 0, instrument: 1, orderId: 3, query: 4, state: 5, filledLots: 6 } as const;

export const OrderState = { notFound: 0, working: 1, done: 2 } as const;
export type OrderState = (typeof OrderState)[keyof typeof OrderState];

/** `requestAccount`: all of an account at once, with the fills that happened since a time. */
export const RequestAccountWord = { kind: 0, request: 1, fillsSinceNs: 2 } as const;

/**
 * The answer to `requestAccount` is one record for each resting order, fill, position and balance, and then an
 * `accountEnd` that says how many they were: an answer that is not whole is none. All bear the request's number.
 */
export const AccountOrderWord = {
  kind: 0,
  instrument: 1,
  request: 2,
  orderId: 3,
  side: 4,
  priceTicks: 5,
  qtyLots: 6,
  filledLots: 7,
} as const;

export const AccountFillWord = {
  kind: 0,
  instrument: 1,
  request: 2,
  orderId: 3,
  side: 4,
  priceTicks: 5,
  qtyLots: 6,
  isMaker: 7,
  tradeId: 8,
  feeUnits: 10,
  timeNs: 12,
} as const;

export const AccountPositionWord = { kind: 0, instrument: 1, request: 2, lots: 4, markTicks: 5 } as const;

export const AccountBalanceWord = { kind: 0, asset: 1, request: 2, units: 4 } as const;

export const AccountEndWord = { kind: 0, request: 2, records: 3, asOfNs: 4 } as const;
