import { EXTERNAL_ACCOUNT } from "../market/ledger.ts";

interface NaiveHolding {
  balance: bigint;
  reserved: bigint;
  credit: bigint;
}

/** The naive twin of the ledger: a map of bigints. An operation that an account has no room for is refused, untouched. */
export class NaiveLedger {
  readonly #holdings = new Map<string, NaiveHolding>();

  of(account: number, asset: number): NaiveHolding {
    const key = `${account}:${asset}`;
    let holding = this.#holdings.get(key);
    if (holding === undefined) this.#holdings.set(key, (holding = { balance: 0n, reserved: 0n, credit: 0n }));
    return holding;
  }

  free(account: number, asset: number): bigint {
    const { balance, reserved, credit } = this.of(account, asset);
    return balance + credit - reserved;
  }

  deposit(account: number, asset: number, units: bigint): void {
    this.of(EXTERNAL_ACCOUNT, asset).balance -= units;
    this.of(account, asset).balance += units;
  }

  grantCredit(account: number, asset: number, units: bigint): void {
    this.of(account, asset).credit += units;
  }

  /** @returns false when it is refused */
  reserve(account: number, asset: number, units: bigint): boolean {
    if (this.free(account, asset) < units) return false;
    this.of(account, asset).reserved += units;
    return true;
  }

  /** @returns false when it is refused */
  release(account: number, asset: number, units: bigint): boolean {
    if (this.of(account, asset).reserved < units) return false;
    this.of(account, asset).reserved -= units;
    return true;
  }

  /** @returns false when it is refused */
  transfer(from: number, to: number, asset: number, units: bigint): boolean {
    if (this.free(from, asset) < units) return false;
    this.of(from, asset).balance -= units;
    this.of(to, asset).balance += units;
    return true;
  }

  total(asset: number): bigint {
    let sum = 0n;
    for (const [key, { balance }] of this.#holdings) if (key.endsWith(`:${asset}`)) sum += balance;
    return sum;
  }

  /** What was given out of an asset, credit lines included. */
  supply(asset: number): bigint {
    let sum = -this.of(EXTERNAL_ACCOUNT, asset).balance;
    for (const [key, { credit }] of this.#holdings) if (key.endsWith(`:${asset}`)) sum += credit;
    return sum;
  }
}
