import type { Listed } from "../../model/listing.ts";
import { Amounts } from "./amounts.ts";
import { Position } from "./position.ts";

/**
 * What is booked for one of those who share the desk's accounts at the venues: a strategy, an agent, or the house, to
 * which everything belongs that is nobody else's.
 */
export class SubAccount {
  readonly name: string;
  /** By market. */
  readonly positions: readonly Position[];
  /** What was paid, less rebates, by asset. */
  readonly fees = new Amounts();
  /** What was received, less what was paid, by asset. */
  readonly funding = new Amounts();

  constructor(name: string, listed: readonly Listed[]) {
    this.name = name;
    this.positions = listed.map((each) => new Position(each));
  }
}
