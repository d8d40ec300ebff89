import { assert } from "../../core/assert.ts";
import { RECORD_WORDS, RollingHash } from "../../core/hash.ts";
import type { Units } from "../../core/units.ts";
import { readSafeInteger, SAFE_INTEGER_WORDS, writeSafeInteger } from "../safe-integer.ts";

/** Accounts that a ledger may have. What would open one more is refused. */
export const ACCOUNTS_MAX = 1 << 20;

/** What an account begins with. */
export interface Opening {
  readonly account: number;
  /** By asset. */
  readonly balances: readonly Units[];
  /** By asset: how far below 0 it may go. */
  readonly credits?: readonly Units[];
}

interface Account {
  nonce: number;
  /** By asset. */
  readonly balances: Float64Array;
  readonly credits: Float64Array;
}

/** Accounts, next to nothing: how many there are. */
const HEAD_WORDS = 1;

/**
 * Accounts with a nonce, and for each asset a balance and how far below 0 it may go. Amounts are whole units, and all
 * that was given out of an asset adds up to less than 2^53, so every sum is exact.
 */
export class Accounts {
  readonly assets: number;
  #accounts = new Map<number, Account>();
  /** By asset: what was given out, and is somewhere still. */
  readonly #supply: Float64Array;

  constructor(assets: number, openings: Iterable<Opening>) {
    assert(assets >= 1, "a ledger keeps at least one asset");
    this.assets = assets;
    this.#supply = new Float64Array(assets);
    for (const { account, balances, credits = [] } of openings) {
      const opened = this.open(account);
      assert(opened, "a ledger begins with too many accounts");
      for (const [asset, units] of balances.entries()) this.give(account, asset, units);
      const found = this.#get(account);
      for (const [asset, units] of credits.entries()) found.credits[asset] = units;
    }
    for (let asset = 0; asset < assets; asset++) {
      let most = this.#supply[asset];
      for (const { credits } of this.#accounts.values()) most += credits[asset];
      assert(Number.isSafeInteger(most), "an asset's amounts and credits would leave the exact range");
    }
  }

  has(account: number): boolean {
    return this.#accounts.has(account);
  }

  /** @returns false when there are too many accounts */
  open(account: number): boolean {
    if (this.#accounts.has(account)) return true;
    if (this.#accounts.size >= ACCOUNTS_MAX) return false;
    const balances = new Float64Array(this.assets);
    this.#accounts.set(account, { nonce: 0, balances, credits: new Float64Array(this.assets) });
    return true;
  }

  nonceOf(account: number): number | undefined {
    return this.#accounts.get(account)?.nonce;
  }

  useNonce(account: number): void {
    this.#get(account).nonce++;
  }

  balance(account: number, asset: number): Units {
    return this.#accounts.get(account)?.balances[asset] ?? 0;
  }

  /** What the account may still use. */
  free(account: number, asset: number): Units {
    const found = this.#accounts.get(account);
    return found === undefined ? 0 : found.balances[asset] + found.credits[asset];
  }

  /** Adds to what there is of an asset. */
  give(account: number, asset: number, units: Units): void {
    const supply = this.#supply[asset] + units;
    assert(Number.isSafeInteger(units) && units >= 0, "an amount is a whole number of units");
    assert(Number.isSafeInteger(supply), "the asset's supply would leave the exact range");
    this.#supply[asset] = supply;
    this.#get(account).balances[asset] += units;
  }

  /** Adds to a balance, or takes from it; who calls it does the contrary elsewhere. */
  add(account: number, asset: number, units: Units): void {
    this.#get(account).balances[asset] += units;
  }

  supply(asset: number): Units {
    return this.#supply[asset];
  }

  /** The sum of all balances of an asset. */
  total(asset: number): Units {
    let total = 0;
    for (const { balances } of this.#accounts.values()) total += balances[asset];
    return total;
  }

  /** Every balance that is not 0, by account and then by asset. */
  *entries(): Generator<{ readonly account: number; readonly asset: number; readonly units: Units }> {
    for (const account of this.#sorted()) {
      const { balances } = this.#get(account);
      for (const [asset, units] of balances.entries()) if (units !== 0) yield { account, asset, units };
    }
  }

  snapshot(): Int32Array {
    const { assets } = this;
    const accountWords = 2 + 2 * assets * SAFE_INTEGER_WORDS;
    const ids = this.#sorted();
    const words = new Int32Array(HEAD_WORDS + assets * SAFE_INTEGER_WORDS + ids.length * accountWords);
    words[0] = ids.length;
    let at = HEAD_WORDS;
    const write = (units: Units): void => {
      writeSafeInteger(units, words, at);
      at += SAFE_INTEGER_WORDS;
    };
    for (const units of this.#supply) write(units);
    for (const id of ids) {
      const { nonce, balances, credits } = this.#get(id);
      words[at++] = id;
      words[at++] = nonce;
      for (const units of balances) write(units);
      for (const units of credits) write(units);
    }
    return words;
  }

  /** @returns the words read */
  restore(words: Int32Array, from: number): number {
    const { assets } = this;
    const count = words[from];
    let at = from + HEAD_WORDS;
    const read = (): Units => {
      at += SAFE_INTEGER_WORDS;
      return readSafeInteger(words, at - SAFE_INTEGER_WORDS);
    };
    for (let asset = 0; asset < assets; asset++) this.#supply[asset] = read();
    this.#accounts = new Map();
    for (let i = 0; i < count; i++) {
      const id = words[at++];
      const nonce = words[at++];
      const balances = Float64Array.from({ length: assets }, read);
      this.#accounts.set(id, { nonce, balances, credits: Float64Array.from({ length: assets }, read) });
    }
    return at - from;
  }

  #get(account: number): Account {
    const found = this.#accounts.get(account);
    assert(found !== undefined, "there is no such account");
    return found;
  }

  /** In an order that does not tell which was opened first. */
  #sorted(): number[] {
    return [...this.#accounts.keys()].toSorted((a, b) => a - b);
  }
}

/** A hash of words of any number. The number goes in first, because the last record is filled up with zeros. */
export function hashWords(words: Int32Array): string {
  const hash = new RollingHash();
  hash.four(words.length, 0, 0, 0);
  const padded = new Int32Array(Math.ceil(words.length / RECORD_WORDS) * RECORD_WORDS);
  padded.set(words);
  for (let at = 0; at < padded.length; at += RECORD_WORDS) hash.record(padded, at);
  return hash.digest();
}
