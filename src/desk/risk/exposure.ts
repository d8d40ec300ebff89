import { assert } from "../../core/assert.ts";
import type { Lots } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import type { Roster } from "../roster.ts";
import { rowsOf } from "./scope.ts";

const { buy: BUY } = Side;

/**
 * What is held and what could become of it: positions and working orders in lots, by row (an agent, a strategy,
 * everybody) and market. An order counts as working from before it is sent until it is known to be done.
 *
 * The worst case long is every working buy filled and no sell, the worst case short the other way round: whatever the
 * market does, the position lies between them.
 */
export class Exposure {
  readonly #roster: Roster;
  readonly #everybody: number;
  readonly #markets: number;
  readonly #held: Float64Array;
  readonly #working: readonly [buys: Float64Array, sells: Float64Array];

  constructor(roster: Roster, markets: number) {
    const rows = rowsOf(roster);
    this.#roster = roster;
    this.#everybody = rows.everybody;
    this.#markets = markets;
    const cells = rows.count * markets;
    this.#held = new Float64Array(cells);
    this.#working = [new Float64Array(cells), new Float64Array(cells)];
  }

  /** Negative when short. */
  held(row: number, market: number): Lots {
    return this.#held[row * this.#markets + market];
  }

  working(row: number, market: number, side: Side): Lots {
    return this.#working[side][row * this.#markets + market];
  }

  /** The most that may come to be held on a side: for sells, what is short counts as positive. */
  worst(row: number, market: number, side: Side): Lots {
    const held = this.held(row, market);
    return (side === BUY ? held : 0 - held) + this.working(row, market, side);
  }

  /** The farther of both worst cases from 0. */
  worstOfBoth(row: number, market: number): Lots {
    return Math.max(this.worst(row, market, Side.buy), this.worst(row, market, Side.sell));
  }

  /** How many lots an order of that side only reduces what is held, whatever becomes of the working ones. */
  reducible(row: number, market: number, side: Side): Lots {
    return Math.max(0, 0 - this.worst(row, market, side));
  }

  /** An order is about to be sent. */
  reserve(agent: number, market: number, side: Side, lots: Lots): void {
    this.#addTo(this.#working[side], agent, market, lots);
  }

  /** So much of an order will not be filled any more, or has been filled. */
  release(agent: number, market: number, side: Side, lots: Lots): void {
    assert(this.working(agent, market, side) >= lots, "no more can be released than was reserved");
    this.#addTo(this.#working[side], agent, market, 0 - lots);
  }

  /** A fill was booked, or a position taken over: negative when sold. */
  hold(agent: number, market: number, lots: Lots): void {
    this.#addTo(this.#held, agent, market, lots);
  }

  #addTo(cells: Float64Array, agent: number, market: number, lots: Lots): void {
    cells[agent * this.#markets + market] += lots;
    const strategy = this.#roster.strategyOf[agent];
    if (strategy >= 0) cells[(this.#roster.agents.length + strategy) * this.#markets + market] += lots;
    cells[this.#everybody * this.#markets + market] += lots;
  }
}
