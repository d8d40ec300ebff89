import type { Nanos } from "../core/units.ts";
import { NS_PER_MILLISECOND } from "../core/units.ts";
import { NO_FEES } from "../market/fees.ts";
import { Ledger } from "../market/ledger.ts";
import type { Alert, DetectorName } from "../market/surveillance/alert.ts";
import { Surveillance } from "../market/surveillance/surveillance.ts";
import { Venue } from "../market/venue.ts";
import { writeCancel, writeSubmit } from "../model/command.ts";
import { createInstrument } from "../model/instrument.ts";
import { AssetTable } from "../model/listing.ts";
import type { TimeInForceName } from "../model/order-flags.ts";
import { TimeInForce, packFlags } from "../model/order-flags.ts";
import { RECORD_WORDS } from "../model/record.ts";
import type { SideName } from "../model/side.ts";
import { Side } from "../model/side.ts";

const MONEY = 1_000_000_000_000;
const ACCOUNTS = 12;

/** An order in a few words: `[side, lots, price]`. */
export type FewWords = readonly [side: SideName, qtyLots: number, priceTicks: number];

/**
 * A venue of one instrument under surveillance by one detector, to which a test sends commands at times of its own.
 * Accounts are numbered from 1.
 */
export class WatchedVenue {
  nowNs: Nanos = 0;
  readonly venue: Venue;
  readonly #surveillance: Surveillance;
  readonly #firstAccount: number;
  readonly #words = new Int32Array(RECORD_WORDS);
  readonly #doubles = new Float64Array(this.#words.buffer);
  #nextOrderId = 1;

  constructor(detector: DetectorName) {
    const instrument = createInstrument({ symbol: "A", base: "A", quote: "USD", tick: "0.01", lot: "1" });
    const assets = new AssetTable([instrument]);
    const listed = [assets.list(instrument, 0)];
    const ledger = new Ledger(assets.assets.length);
    this.venue = new Venue({ name: "X", listed, ledger, fees: NO_FEES });
    const accounts = Array.from({ length: ACCOUNTS }, () => ledger.openAccount());
    this.#firstAccount = accounts[0];
    for (const account of accounts) {
      ledger.deposit(account, listed[0].quoteAsset, MONEY);
      ledger.grantCredit(account, listed[0].baseAsset, MONEY);
    }
    const { books, groups } = this.venue;
    this.#surveillance = new Surveillance({ books, groups, detectors: [detector] });
  }

  /** Lets time pass. */
  wait(ms: number): this {
    this.nowNs += ms * NS_PER_MILLISECOND;
    return this;
  }

  /** @returns the order's id */
  submit(account: number, [side, qtyLots, priceTicks]: FewWords, timeInForce: TimeInForceName = "GTC"): number {
    const orderId = this.#nextOrderId++;
    writeSubmit(this.#words, this.#doubles, 0, {
      instrument: 0,
      owner: this.#ownerOf(account),
      orderId,
      flags: packFlags({ side: Side[side], timeInForce: TimeInForce[timeInForce] }),
      qtyLots,
      priceTicks,
    });
    this.#execute();
    return orderId;
  }

  cancel(account: number, orderId: number): void {
    writeCancel(this.#words, 0, { instrument: 0, owner: this.#ownerOf(account), orderId });
    this.#execute();
  }

  /** Says that two accounts have one owner. */
  unite(...accounts: readonly number[]): void {
    for (const account of accounts) this.venue.groups.join(this.#ownerOf(account), 1);
  }

  get alerts(): readonly Alert[] {
    return this.#surveillance.alerts;
  }

  /** Accounts of each alert, in the test's numbers. */
  get named(): number[][] {
    return this.alerts.map(({ accounts }) => accounts.map((account) => account - this.#firstAccount + 1));
  }

  #ownerOf(account: number): number {
    return this.#firstAccount + account - 1;
  }

  #execute(): void {
    this.#surveillance.command(this.nowNs, this.#words, 0);
    this.venue.apply(this.#words, this.#doubles, 0, this.nowNs);
    const { reports, deltas } = this.venue;
    for (; !reports.isEmpty; reports.shift()) this.#surveillance.report(this.nowNs, reports.words, reports.front);
    deltas.clear();
  }
}
