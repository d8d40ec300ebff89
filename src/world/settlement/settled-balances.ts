import type { Units } from "../../core/units.ts";
import type { Change } from "./clearing-book.ts";

/** Balances of the venues' accounts, from what the venues have sent to the replicas, and not from the replicas. */
export class SettledBalances {
  readonly accounts: number;
  readonly assets: number;
  readonly #units: Float64Array;

  /** @param shape `units` by account, then by asset of the venues */
  constructor(shape: { readonly accounts: number; readonly assets: number; readonly units: Float64Array }) {
    this.accounts = shape.accounts;
    this.assets = shape.assets;
    this.#units = shape.units;
  }

  take(changes: readonly Change[]): void {
    for (const { account, asset, units } of changes) this.#units[account * this.assets + asset - 1] += units;
  }

  /** @param asset the replicas' number of it */
  balance(account: number, asset: number): Units {
    return this.#units[account * this.assets + asset - 1];
  }

  /** The balances after more has happened; these stay as they are. */
  after(changes: readonly Change[]): SettledBalances {
    const later = new SettledBalances({ accounts: this.accounts, assets: this.assets, units: this.#units.slice() });
    later.take(changes);
    return later;
  }
}
