import { RECORD_WORDS } from "../core/hash.ts";

export { RECORD_WORDS };

/** Record kinds share one number space, so that a word 0 always tells what the other fifteen mean. */
export const RecordKind = {
  // Commands, to a venue (command.ts).
  submitOrder: 1,
  cancelOrder: 2,
  replaceOrder: 3,
  cancelAllOrders: 4,
  massCancel: 5,
  disconnect: 6,
  engageKillSwitch: 7,
  releaseKillSwitch: 8,
  // phase.ts
  setPhase: 9,
  // commitment.ts
  commitOrder: 10,
  revealOrder: 11,

  // Reports, from a venue to an order's owner (report.ts).
  orderAccepted: 16,
  orderRejected: 17,
  orderTriggered: 18,
  trade: 19,
  orderCanceled: 20,
  orderExpired: 21,
  orderReplaced: 22,
  requestRejected: 23,
  fill: 24,
  charge: 25,
  // To the owner of a commit (commitment.ts).
  collateralLocked: 26,
  collateralReleased: 27,
  phaseChanged: 28,

  // Changes of the public book (book-delta.ts).
  orderAdded: 32,
  orderReduced: 33,
  orderRemoved: 34,
  orderExecuted: 35,
  hiddenExecuted: 36,
  auctionExecuted: 37,
  phaseEntered: 38,

  // Market data, asked for and sent (market-data.ts).
  subscribe: 48,
  unsubscribe: 49,
  requestQuote: 50,
  quote: 51,
  levelChanged: 52,
  bookSnapshot: 53,
  publicTrade: 54,
  tradingPhase: 55,
  indication: 56,

  // An owner asks about its orders and its account, and is answered (account-query.ts).
  queryOrder: 80,
  requestAccount: 81,
  orderStatus: 82,
  accountOrder: 83,
  accountFill: 84,
  accountPosition: 85,
  accountBalance: 86,
  accountEnd: 87,

  // Between agents.
  note: 64,
  overheardOrder: 65,
} as const;
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/**
 * Words of a record that its kind gives a meaning, from word 0 on. Those behind them are left as they were, which spares
 * the hot paths a third of their stores: nobody reads them, and who copies or hashes a record stops before them.
 */
export function recordLength(kind: number): number {
  return LENGTHS[kind];
}

const LENGTHS = new Uint8Array(128).fill(RECORD_WORDS);
const { orderAccepted, orderRejected, orderTriggered, orderCanceled, orderExpired, orderReplaced, requestRejected } =
  RecordKind;
for (const kind of [orderAccepted, orderRejected, orderTriggered, orderCanceled, orderExpired]) LENGTHS[kind] = 11;
for (const kind of [orderReplaced, requestRejected]) LENGTHS[kind] = 13;
const { phaseChanged, setPhase } = RecordKind;
LENGTHS[setPhase] = 12;
LENGTHS[phaseChanged] = 14;
const { orderAdded, orderReduced, orderRemoved, orderExecuted, hiddenExecuted, auctionExecuted, phaseEntered } =
  RecordKind;
for (const kind of [orderAdded, orderReduced, orderRemoved, orderExecuted]) LENGTHS[kind] = 13;
for (const kind of [hiddenExecuted, auctionExecuted, phaseEntered]) LENGTHS[kind] = 13;

const { charge, collateralLocked, collateralReleased, commitOrder } = RecordKind;
for (const kind of [charge, collateralLocked, collateralReleased, commitOrder]) LENGTHS[kind] = 14;

const names: ReadonlyMap<number, string> = new Map(Object.entries(RecordKind).map(([name, kind]) => [kind, name]));

/** The name of a kind, for people. */
export function recordKindName(kind: number): string {
  return names.get(kind) ?? `kind ${kind}`;
}
