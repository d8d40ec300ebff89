import type { Listed } from "../../model/listing.ts";
import { COLUMNS, columnPlace } from "./columns.ts";

/**
 * One row of the log. It is used again for each: what a writer wants to keep, it copies.
 *
 * A `price` is in ticks, a `qty` in lots and `money` in units; what these are worth, `listed` says. All other values are
 * as they are written.
 */
export class LogRow {
  readonly values: (number | string | undefined)[] = COLUMNS.map(() => undefined);
  /** The instrument that the row's amounts are of. */
  listed: Listed | undefined;

  clear(): void {
    this.values.fill(undefined);
    this.listed = undefined;
  }
}

/** Takes the rows of a log. */
export interface LogWriter {
  /** The row is valid during the call only. */
  write(row: LogRow): void;
  /** Everything was written and proven. */
  commit(): void;
  /** What was written is worth nothing: whatever can be removed is. */
  discard(): void;
}

/** The places of the columns that are set by name. */
export const Place = {
  sequence: columnPlace("sequence"),
  event: columnPlace("event"),
  timeNs: columnPlace("timeNs"),
  time: columnPlace("time"),
  source: columnPlace("source"),
  kind: columnPlace("kind"),
  venue: columnPlace("venue"),
  sender: columnPlace("sender"),
  receiver: columnPlace("receiver"),
  instrument: columnPlace("instrument"),
  agent: columnPlace("agent"),
  account: columnPlace("account"),
  counterAgent: columnPlace("counterAgent"),
  counterAccount: columnPlace("counterAccount"),
  side: columnPlace("side"),
  orderType: columnPlace("orderType"),
  timeInForce: columnPlace("timeInForce"),
  instructions: columnPlace("instructions"),
  selfTradePrevention: columnPlace("selfTradePrevention"),
  fee: columnPlace("fee"),
  feeAsset: columnPlace("feeAsset"),
  words: columnPlace("words"),
} as const;
