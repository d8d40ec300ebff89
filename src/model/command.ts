import type { Lots, Nanos, Ticks } from "../core/units.ts";
import { RecordKind } from "./record.ts";

/** Where the fields of a command stand: 16 int32 words; `expireTimeNs` is a float64 over words 10 and 11. */
export const CommandWord = {
  kind: 0,
  instrument: 1,
  owner: 2,
  orderId: 3,
  flags: 4,
  priceTicks: 5,
  qtyLots: 6,
  displayLots: 7,
  triggerTicks: 8,
  expireTimeNs: 10,
} as const;

/** `instrument` of a command that concerns every instrument of the venue. */
export const EVERY_INSTRUMENT = -1;

/**
 * A new order. `(owner, orderId)` names it: the owner chooses `orderId` (its client order id) and may use it again
 * once the order is done.
 */
export interface SubmitOrder {
  readonly instrument: number;
  readonly owner: number;
  readonly orderId: number;
  /** See `packFlags`. */
  readonly flags: number;
  /** Limit price; ignored by market and stop orders. */
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
  /** Shown quantity of an iceberg; 0 shows everything. */
  readonly displayLots?: Lots;
  /** Trigger price of stop and stop-limit orders. */
  readonly triggerTicks?: Ticks;
  /** Good-till-date: the order expires at this time. */
  readonly expireTimeNs?: Nanos;
}

/** Writes a submit command into 16 zeroed or stale words; every word is set. */
export function writeSubmit(words: Int32Array, doubles: Float64Array, at: number, order: SubmitOrder): void {
  words.fill(0, at, at + 16);
  words[at + CommandWord.kind] = RecordKind.submitOrder;
  words[at + CommandWord.instrument] = order.instrument;
  words[at + CommandWord.owner] = order.owner;
  words[at + CommandWord.orderId] = order.orderId;
  words[at + CommandWord.flags] = order.flags;
  words[at + CommandWord.priceTicks] = order.priceTicks;
  words[at + CommandWord.qtyLots] = order.qtyLots;
  words[at + CommandWord.displayLots] = order.displayLots ?? 0;
  words[at + CommandWord.triggerTicks] = order.triggerTicks ?? 0;
  doubles[(at + CommandWord.expireTimeNs) >> 1] = order.expireTimeNs ?? 0;
}

/**
 * `overheardOrder`: a copy of a submit command on its way to a venue, for an agent that should not have it. Its words
 * are the command's but for `venueActor`, which stands in the place of the owner: the venue's actor.
 */
export const OverheardWord = { ...CommandWord, venueActor: CommandWord.owner } as const;

/** Cancels one order. */
export interface CancelOrder {
  readonly instrument: number;
  readonly owner: number;
  readonly orderId: number;
}

export function writeCancel(words: Int32Array, at: number, cancel: CancelOrder): void {
  words.fill(0, at, at + 16);
  words[at + CommandWord.kind] = RecordKind.cancelOrder;
  words[at + CommandWord.instrument] = cancel.instrument;
  words[at + CommandWord.owner] = cancel.owner;
  words[at + CommandWord.orderId] = cancel.orderId;
}

/**
 * Changes price and total quantity of a resting order. `qtyLots` is the order's new total, fills included, so that a
 * fill that races with the replace cannot make the order larger than its owner wanted.
 */
export interface ReplaceOrder extends CancelOrder {
  readonly priceTicks: Ticks;
  readonly qtyLots: Lots;
}

export function writeReplace(words: Int32Array, at: number, replace: ReplaceOrder): void {
  writeCancel(words, at, replace);
  words[at + CommandWord.kind] = RecordKind.replaceOrder;
  words[at + CommandWord.priceTicks] = replace.priceTicks;
  words[at + CommandWord.qtyLots] = replace.qtyLots;
}

/**
 * Commands over all orders of an owner: `cancelAllOrders` in one instrument or in every one, `massCancel` (the venue's
 * operator cancels for the owner, in every instrument), `disconnect` (the owner's session is gone: cancels when the
 * account asked for it).
 */
export interface OwnerCommand {
  readonly kind: typeof RecordKind.cancelAllOrders | typeof RecordKind.massCancel | typeof RecordKind.disconnect;
  readonly instrument: number;
  readonly owner: number;
}

export function writeOwnerCommand(words: Int32Array, at: number, command: OwnerCommand): void {
  words.fill(0, at, at + 16);
  words[at + CommandWord.kind] = command.kind;
  words[at + CommandWord.instrument] = command.instrument;
  words[at + CommandWord.owner] = command.owner;
}

/** Whom a kill switch stops. */
export const KillScope = { all: 0, owner: 1, group: 2 } as const;
export type KillScope = (typeof KillScope)[keyof typeof KillScope];

/** Where the fields of `engageKillSwitch` and `releaseKillSwitch` stand. */
export const KillSwitchWord = {
  kind: 0,
  instrument: 1,
  /** Who sends it: 0, the world outside, for the venue's operator, who alone may. The venue's actor writes it. */
  owner: 2,
  /** An account, or the number of a group of owners, by the scope; 0 for all. */
  target: 3,
  scope: 4,
} as const;

/**
 * Commands of the venue's operator: cancels all orders of an owner, a group of owners, or everybody, in every
 * instrument, and refuses their new ones until it is released.
 */
export interface KillSwitchCommand {
  readonly kind: typeof RecordKind.engageKillSwitch | typeof RecordKind.releaseKillSwitch;
  readonly scope: KillScope;
  readonly target?: number;
}

export function writeKillSwitch(words: Int32Array, at: number, command: KillSwitchCommand): void {
  words.fill(0, at, at + 16);
  words[at + KillSwitchWord.kind] = command.kind;
  words[at + KillSwitchWord.instrument] = EVERY_INSTRUMENT;
  words[at + KillSwitchWord.target] = command.target ?? 0;
  words[at + KillSwitchWord.scope] = command.scope;
}
