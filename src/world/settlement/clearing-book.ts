import { assert } from "../../core/assert.ts";
import type { Units } from "../../core/units.ts";
import { hashBalances } from "../../consensus/ledger/account-ledger.ts";
import type { Opening } from "../../consensus/ledger/accounts.ts";
import type { Leg, Trade } from "../../consensus/ledger/ledger-transaction.ts";
import { COIN, LEGS_MAX } from "../../consensus/ledger/ledger-transaction.ts";
import type { Ledger } from "../../market/ledger.ts";
import { EXTERNAL_ACCOUNT, SUPPLY_UNITS_MAX } from "../../market/ledger.ts";
import { SettledBalances } from "./settled-balances.ts";

/** Legs of one asset, as many as a transaction takes. */
export interface ClearingLegs {
  /** The replicated ledger's: coins come first there. */
  readonly asset: number;
  readonly legs: readonly Leg[];
}

/** An amount that an account gets, or, below 0, gives. */
export interface Change {
  readonly account: number;
  readonly asset: number;
  readonly units: Units;
}

/**
 * What the venues' ledger has that was not sent to the replicas yet. It knows what was sent; the venues' ledger knows what
 * there is; the difference is what every account is owed, or owes, whatever it came from.
 */
export class ClearingBook {
  readonly accounts: number;
  readonly assets: number;
  readonly #ledger: Ledger;
  /** By asset: what the outside world had at the start. The replicas do not keep that. */
  readonly #outside: Float64Array;
  /** By account and asset: what the replicas will have when all that was sent has been executed. */
  readonly #sent: Float64Array;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
    this.accounts = ledger.accountCount;
    this.assets = ledger.assets;
    this.#outside = Float64Array.from({ length: this.assets }, (_, asset) => ledger.balance(EXTERNAL_ACCOUNT, asset));
    this.#sent = Float64Array.from({ length: this.accounts * this.assets }, (_, i) =>
      this.#balance(Math.floor(i / this.assets), i % this.assets),
    );
  }

  /** What the replicas' ledgers begin with: the accounts of the venues, without coins. */
  openings(): Opening[] {
    const assets = Array.from({ length: this.assets }, (_, asset) => asset);
    return Array.from({ length: this.accounts }, (_, account) => {
      const credits = assets.map((asset) =>
        account === EXTERNAL_ACCOUNT ? this.#outsideCredit(asset) : this.#ledger.credit(account, asset),
      );
      return {
        account,
        balances: [0, ...assets.map((asset) => this.#balance(account, asset))],
        credits: [0, ...credits],
      };
    });
  }

  /** Balances as they will be at the replicas: for whoever follows what becomes final. */
  balances(): SettledBalances {
    return new SettledBalances({ accounts: this.accounts, assets: this.assets, units: this.#sent.slice() });
  }

  /** A fill is sent on its own. @returns what it changes */
  send(trade: Trade, feeAccount: number): Change[] {
    const { buyer, seller, baseAsset, quoteAsset, baseUnits, quoteUnits, buyerFee, sellerFee } = trade;
    const changes = [
      { account: buyer, asset: quoteAsset, units: 0 - quoteUnits - buyerFee },
      { account: seller, asset: quoteAsset, units: quoteUnits - sellerFee },
      { account: feeAccount, asset: quoteAsset, units: buyerFee + sellerFee },
      { account: buyer, asset: baseAsset, units: baseUnits },
      { account: seller, asset: baseAsset, units: 0 - baseUnits },
    ];
    for (const change of changes) this.#book(change);
    return changes;
  }

  /**
   * Sends all that is left, netted: one amount for each account and asset. Who owes comes before who is owed, so that
   * the clearing account never needs credit.
   */
  net(): ClearingLegs[] {
    const owing: ClearingLegs[] = [];
    const owed: ClearingLegs[] = [];
    for (let asset = 0; asset < this.assets; asset++) {
      const [gives, gets]: [Leg[], Leg[]] = [[], []];
      for (let account = 0; account < this.accounts; account++) {
        const units = this.#balance(account, asset) - this.#sent[account * this.assets + asset];
        if (units !== 0) (units < 0 ? gives : gets).push({ party: account, units });
      }
      owing.push(...inTransactions(asset, gives));
      owed.push(...inTransactions(asset, gets));
    }
    const all = [...owing, ...owed];
    for (const { asset, legs } of all)
      for (const { party, units } of legs) this.#book({ account: party, asset, units });
    return all;
  }

  /** What the replicas compare with their own balances. */
  hash(): string {
    return hashBalances(this.#entries());
  }

  *#entries(): Generator<Change> {
    for (let account = 0; account < this.accounts; account++) {
      for (let asset = 0; asset < this.assets; asset++) {
        yield { account, asset: marketAsset(asset), units: this.#sent[account * this.assets + asset] };
      }
    }
  }

  /** Assets of legs and trades are the replicas'; those inside are the venues'. */
  #book({ account, asset, units }: Change): void {
    this.#sent[account * this.assets + asset - 1] += units;
  }

  #balance(account: number, asset: number): Units {
    const balance = this.#ledger.balance(account, asset);
    return account === EXTERNAL_ACCOUNT ? balance - this.#outside[asset] : balance;
  }

  /** Whatever could still be given out may come from outside. */
  #outsideCredit(asset: number): Units {
    let given = 0;
    for (let account = EXTERNAL_ACCOUNT + 1; account < this.accounts; account++) {
      const balance = this.#ledger.balance(account, asset);
      assert(balance >= 0, "accounts begin with what they were given");
      given += balance + this.#ledger.credit(account, asset);
    }
    return SUPPLY_UNITS_MAX - given;
  }
}

/** The replicas' number of a market's asset: coins come first. */
export function marketAsset(asset: number): number {
  return COIN + 1 + asset;
}

function inTransactions(asset: number, legs: readonly Leg[]): ClearingLegs[] {
  const transactions: ClearingLegs[] = [];
  for (let at = 0; at < legs.length; at += LEGS_MAX) {
    transactions.push({ asset: marketAsset(asset), legs: legs.slice(at, at + LEGS_MAX) });
  }
  return transactions;
}
