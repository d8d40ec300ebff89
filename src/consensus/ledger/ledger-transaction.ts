import { assert } from "../../core/assert.ts";
import { INT32_MAX } from "../../core/units.ts";
import type { Units } from "../../core/units.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import { readSafeInteger, writeSafeInteger } from "../safe-integer.ts";
import { MACHINE_WORDS, TransactionWord } from "../transaction.ts";

/** The asset in which fees and rewards are paid. Those of a market come behind it. */
export const COIN = 0;

/** Word 0 of a transaction. The last three are for the account that settles a market, and nobody else. */
export const LedgerKind = { transfer: 0x4c01, trade: 0x4c02, clear: 0x4c03, mark: 0x4c04 } as const;

/** Who signs a transaction, and in which turn. */
export interface Turn {
  readonly account: number;
  readonly nonce: number;
  readonly fee?: Units;
}

/** An amount goes from who signs to another. */
export interface Transfer extends Turn {
  readonly to: number;
  readonly amount: Units;
  /** `COIN` if left out. */
  readonly asset?: number;
  /** The sender's own, and the ledger does not look at it. */
  readonly memo?: number;
}

const TO = MACHINE_WORDS;
const ASSET = TO + 1;
const AMOUNT = ASSET + 1;
const MEMO = AMOUNT + 2;

export function transferWords({ to, amount, asset = COIN, memo = 0, ...turn }: Transfer): Int32Array<ArrayBuffer> {
  assert(isAccount(to) && isAmount(amount), "a transfer has a receiver, and an amount of whole units");
  const words = beginning(LedgerKind.transfer, turn);
  words[TO] = to;
  words[ASSET] = asset;
  writeSafeInteger(amount, words, AMOUNT);
  words[MEMO] = memo;
  return words;
}

export function readTransfer(words: Int32Array, at: number): Pick<Transfer, "to" | "amount"> & { asset: number } {
  return { to: words[at + TO], asset: words[at + ASSET], amount: readSafeInteger(words, at + AMOUNT) };
}

/** A fill: the buyer's money for the seller's goods, all or nothing, and what either owes in fees. */
export interface Trade {
  readonly buyer: number;
  readonly seller: number;
  readonly baseAsset: number;
  readonly quoteAsset: number;
  readonly baseUnits: Units;
  readonly quoteUnits: Units;
  /** In the quote asset; below 0 it is a rebate. */
  readonly buyerFee: Units;
  readonly sellerFee: Units;
}

const BUYER = MACHINE_WORDS;
const SELLER = BUYER + 1;
const BASE = SELLER + 1;
const QUOTE = BASE + 1;
const BASE_UNITS = QUOTE + 1;
const QUOTE_UNITS = BASE_UNITS + 2;
const BUYER_FEE = QUOTE_UNITS + 2;
const SELLER_FEE = BUYER_FEE + 2;

export function tradeWords(turn: Turn, trade: Trade): Int32Array<ArrayBuffer> {
  const words = beginning(LedgerKind.trade, turn);
  words[BUYER] = trade.buyer;
  words[SELLER] = trade.seller;
  words[BASE] = trade.baseAsset;
  words[QUOTE] = trade.quoteAsset;
  writeSafeInteger(trade.baseUnits, words, BASE_UNITS);
  writeSafeInteger(trade.quoteUnits, words, QUOTE_UNITS);
  writeSafeInteger(trade.buyerFee, words, BUYER_FEE);
  writeSafeInteger(trade.sellerFee, words, SELLER_FEE);
  return words;
}

export function readTrade(words: Int32Array, at: number): Trade {
  return {
    buyer: words[at + BUYER],
    seller: words[at + SELLER],
    baseAsset: words[at + BASE],
    quoteAsset: words[at + QUOTE],
    baseUnits: readSafeInteger(words, at + BASE_UNITS),
    quoteUnits: readSafeInteger(words, at + QUOTE_UNITS),
    buyerFee: readSafeInteger(words, at + BUYER_FEE),
    sellerFee: readSafeInteger(words, at + SELLER_FEE),
  };
}

/** What an account gets from who clears, or, below 0, owes it. */
export interface Leg {
  readonly party: number;
  readonly units: Units;
}

/** Legs of one transaction. */
export const LEGS_MAX = 3;

const LEGS = AMOUNT;
const LEG_WORDS = 3;

/** Legs of one asset between who signs and others, all or nothing. */
export function clearWords(turn: Turn, asset: number, legs: readonly Leg[]): Int32Array<ArrayBuffer> {
  assert(legs.length >= 1 && legs.length <= LEGS_MAX, "a transaction has room for so many legs");
  const words = beginning(LedgerKind.clear, turn);
  words[TO] = legs.length;
  words[ASSET] = asset;
  for (const [place, { party, units }] of legs.entries()) {
    words[LEGS + LEG_WORDS * place] = party;
    writeSafeInteger(units, words, LEGS + LEG_WORDS * place + 1);
  }
  return words;
}

/** @returns undefined when the words say a number of legs that cannot be */
export function readClear(words: Int32Array, at: number): { asset: number; legs: Leg[] } | undefined {
  const count = words[at + TO];
  if (count < 1 || count > LEGS_MAX) return undefined;
  const legs = Array.from({ length: count }, (_, place) => {
    const leg = at + LEGS + LEG_WORDS * place;
    return { party: words[leg], units: readSafeInteger(words, leg + 1) };
  });
  return { asset: words[at + ASSET], legs };
}

/** States what all balances of the market's assets are after a number of batches. */
export interface Mark {
  readonly batch: number;
  /** 32 hexadecimal digits: see `hashBalances`. */
  readonly hash: string;
}

const BATCH = MACHINE_WORDS;
const HASH = BATCH + 1;
const HASH_WORDS = 4;
const DIGITS = 8;

export function markWords(turn: Turn, { batch, hash }: Mark): Int32Array<ArrayBuffer> {
  const words = beginning(LedgerKind.mark, turn);
  words[BATCH] = batch;
  for (let i = 0; i < HASH_WORDS; i++) {
    words[HASH + i] = Number.parseInt(hash.slice(i * DIGITS, (i + 1) * DIGITS), 16) | 0;
  }
  return words;
}

export function readMark(words: Int32Array, at: number): Mark {
  let hash = "";
  for (let i = 0; i < HASH_WORDS; i++) hash += (words[at + HASH + i] >>> 0).toString(16).padStart(DIGITS, "0");
  return { batch: words[at + BATCH], hash };
}

export function isAccount(account: number): boolean {
  return account >= 0 && account <= INT32_MAX;
}

export function isAmount(units: Units): boolean {
  return Number.isSafeInteger(units) && units >= 0;
}

function beginning(kind: number, { account, nonce, fee = 0 }: Turn): Int32Array<ArrayBuffer> {
  assert(isAccount(account) && isAccount(nonce), "accounts and nonces are int32, and not below 0");
  assert(isAmount(fee) && fee <= INT32_MAX, "a fee is an int32, and not below 0");
  const words = new Int32Array(TRANSACTION_WORDS);
  words[TransactionWord.kind] = kind;
  words[TransactionWord.account] = account;
  words[TransactionWord.nonce] = nonce;
  words[TransactionWord.fee] = fee;
  return words;
}
