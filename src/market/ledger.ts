import { assert } from "../core/assert.ts";
import type { Units } from "../core/units.ts";

/** Accounts that every ledger has: the world outside, which deposits come from, and the venue's fees. */
export const EXTERNAL_ACCOUNT = 0;
export const FEE_ACCOUNT = 1;

/** All amounts of an asset, credit lines included, stay within this, so that no sum in the ledger can be inexact. */
export const SUPPLY_UNITS_MAX = Number.MAX_SAFE_INTEGER;
/** Accounts that one ledger takes; a book takes as many owners, and more. */
export const ACCOUNTS_MAX = 1 << 20;

/** Four float64 an account and asset: balance, reserved, credit line, and a spare one that keeps them in half a line. */
const RESERVED = 1;
const CREDIT = 2;
const STRIDE = 4;
const STRIDE_SHIFT = 2;
const ACCOUNTS_AT_START = 64;

// A copy of this module's own: V8 reads imported functions anew at each use. Sums and differences are compared rather
// than the amounts themselves, because V8 knows that they are float64, and would take amounts for int32 until they are not.
const check: typeof assert = assert;

/**
 * A double-entry ledger: whatever is added to one account is taken from another in the same step, so the sum over all
 * accounts is 0 for each asset at all times (the external account holds what the others were given, negated).
 *
 * An account may use its free amount: balance, plus credit line, less what is reserved for orders. That is never below
 * 0. Amounts are whole units in float64. The amounts and credit lines given out of an asset add up to at most 2^53 - 1,
 * so no balance can leave the exact range, and no operation needs to check for it.
 */
export class Ledger {
  declare readonly assets: number;
  declare private values: Float64Array;
  private accounts = 2;
  /** By asset: amounts and credit lines given out. */
  declare private readonly supply: Float64Array;

  constructor(assets: number) {
    assert(assets >= 1, "a ledger keeps at least one asset");
    this.assets = assets;
    this.values = new Float64Array(ACCOUNTS_AT_START * assets * STRIDE);
    this.supply = new Float64Array(assets);
  }

  get accountCount(): number {
    return this.accounts;
  }

  /** @returns the new account's number, from 2 */
  openAccount(): number {
    assert(this.accounts < ACCOUNTS_MAX, "a ledger takes no more accounts");
    const account = this.accounts++;
    const needed = this.accounts * this.assets * STRIDE;
    if (needed > this.values.length) {
      const values = new Float64Array(this.values.length * 2);
      values.set(this.values);
      this.values = values;
    }
    return account;
  }

  /** Moves an amount in from outside. */
  deposit(account: number, asset: number, units: Units): void {
    const at = this.rowOf(account, asset);
    this.give(asset, units);
    this.values[this.rowOf(EXTERNAL_ACCOUNT, asset)] -= units;
    this.values[at] += units;
  }

  /** Lets an account go that far below 0: a short sale of a base asset, a loan of a quote asset. */
  grantCredit(account: number, asset: number, units: Units): void {
    const at = this.rowOf(account, asset);
    this.give(asset, units);
    this.values[at | CREDIT] += units;
  }

  balance(account: number, asset: number): Units {
    return this.values[this.rowOf(account, asset)];
  }

  reserved(account: number, asset: number): Units {
    return this.values[this.rowOf(account, asset) | RESERVED];
  }

  credit(account: number, asset: number): Units {
    return this.values[this.rowOf(account, asset) | CREDIT];
  }

  /** What the account may still use. */
  free(account: number, asset: number): Units {
    const values = this.values;
    const at = this.row(account, asset);
    return values[at] + values[at | CREDIT] - values[at | RESERVED];
  }

  /** Sets an amount aside; it must be free. */
  reserve(account: number, asset: number, units: Units): void {
    const values = this.values;
    const at = this.row(account, asset);
    const before = values[at | RESERVED];
    const reserved = before + units;
    check(reserved >= before && values[at] + values[at | CREDIT] >= reserved, "more was reserved than is free");
    values[at | RESERVED] = reserved;
  }

  /** Frees an amount that was set aside. */
  release(account: number, asset: number, units: Units): void {
    const values = this.values;
    const at = this.row(account, asset) | RESERVED;
    const before = values[at];
    const reserved = before - units;
    check(reserved <= before && reserved >= 0, "more was released than was reserved");
    values[at] = reserved;
  }

  /** Moves an amount from one account to another; the payer's free amount must cover it. */
  transfer(from: number, to: number, asset: number, units: Units): void {
    const values = this.values;
    const source = this.row(from, asset);
    const before = values[source];
    const balance = before - units;
    const isCovered = balance + values[source | CREDIT] >= values[source | RESERVED];
    check(balance <= before && isCovered, "an account would go below its limit");
    values[source] = balance;
    values[this.row(to, asset)] += units;
  }

  /** The sum of all balances of an asset, which is 0. For checks. */
  total(asset: number): bigint {
    let sum = 0n;
    for (let account = 0; account < this.accounts; account++) sum += BigInt(this.balance(account, asset));
    return sum;
  }

  /** Where an account and asset have their four numbers. */
  private row(account: number, asset: number): number {
    return (Math.imul(account, this.assets) + asset) << STRIDE_SHIFT;
  }

  private rowOf(account: number, asset: number): number {
    assert(account >= 0 && account < this.accounts, "there is no such account");
    assert(asset >= 0 && asset < this.assets, "there is no such asset");
    return this.row(account, asset);
  }

  private give(asset: number, units: Units): void {
    assert(Number.isSafeInteger(units) && units >= 0, "an amount is a whole number of units");
    // Both terms are at most 2^53 - 1, so the comparison is exact even where the sum would not be.
    assert(units <= SUPPLY_UNITS_MAX - this.supply[asset], "the asset's supply would leave the exact range");
    this.supply[asset] += units;
  }
}
