import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { OrderRecord } from "../execution/order-record.ts";
import type { OrderPath } from "../order-path.ts";
import type { Scope } from "../risk/scope.ts";
import type { TradingState } from "../trading-state.ts";
import { stricter } from "../trading-state.ts";
import { flattenIntents } from "./flatten.ts";

/**
 * How hard the kill switch hits a scope: positions may only be made smaller; nothing is sent, and everything canceled;
 * everything is canceled, and then positions are closed at the market.
 */
export const KILL_GRADES = ["reduceOnly", "halt", "flatten"] as const;
export type KillGrade = (typeof KILL_GRADES)[number];

/** Each engaged kill is on record until somebody releases it. */
export interface Kill {
  readonly scope: Scope;
  readonly grade: KillGrade;
  readonly by: string;
  readonly atNs: Nanos;
  /** Orders that were working in the scope when it was engaged, by the desk's number. */
  readonly orders: readonly number[];
}

/** How far a kill has come. */
export interface KillStatus {
  readonly kill: Kill;
  /** Orders that are known to be gone, those whose cancel is on its way, and those of which nobody knows. */
  readonly gone: number;
  readonly pending: number;
  readonly unknown: readonly number[];
  /** Markets in which the scope holds something. */
  readonly open: readonly number[];
}

const STATE_OF: Readonly<Record<KillGrade, TradingState>> = {
  reduceOnly: "reducing",
  halt: "halted",
  flatten: "reducing",
};

/**
 * Stops trading at a scope, and does not forget it: a kill holds until it is released by name, over any number of lives
 * of the desk. Where several overlap, the strictest decides.
 */
export class KillSwitch {
  readonly #path: OrderPath;
  #kills: Kill[] = [];

  constructor(path: OrderPath) {
    this.#path = path;
  }

  get engaged(): readonly Kill[] {
    return this.#kills;
  }

  /** Engages it, and asks the venues to cancel what the grade says. */
  engage(scope: Scope, grade: KillGrade, { by, nowNs }: { readonly by: string; readonly nowNs: Nanos }): Kill {
    const { orders } = this.#path.execution;
    const inScope = grade === "reduceOnly" ? [] : orders.working.filter((order) => this.#isIn(scope, order));
    const kill: Kill = { scope, grade, by, atNs: nowNs, orders: inScope.map(({ plan }) => plan.number) };
    this.#kills.push(kill);
    this.#apply();
    for (const order of kill.orders) this.#path.execution.cancel(order);
    return kill;
  }

  /** Lets a scope trade again, as far as nothing else holds it. @returns how many kills that ended */
  release(scope: Scope): number {
    const before = this.#kills.length;
    this.#kills = this.#kills.filter((kill) => kill.scope !== scope);
    this.#apply();
    return before - this.#kills.length;
  }

  /** Goes on with what takes more than one step. Called at intervals. */
  tick(nowNs: Nanos): void {
    for (const { scope, grade } of this.#kills) {
      // Only when nothing works any more is it certain how much is left to close.
      const isClear = !this.#path.execution.orders.working.some((order) => this.#isIn(scope, order));
      if (grade !== "flatten" || !isClear) continue;
      for (const intent of flattenIntents(scope, this.#path, nowNs)) this.#path.onIntent(intent);
    }
  }

  status(kill: Kill): KillStatus {
    const left = kill.orders.flatMap((number) => this.#path.execution.orders.find(number) ?? []);
    const unknown = left.filter(({ status }) => status === "unknown").map(({ plan }) => plan.number);
    const { exposure } = this.#path.risk.desk;
    return {
      kill,
      gone: kill.orders.length - left.length,
      pending: left.length - unknown.length,
      unknown,
      open: kill.scope.markets.filter((market) => exposure.held(kill.scope.row, market) !== 0),
    };
  }

  #apply(): void {
    const { trading, scopes } = this.#path.risk.desk;
    for (const { number } of scopes.all) trading[number] = "active";
    for (const { scope, grade } of this.#kills)
      trading[scope.number] = stricter(trading[scope.number], STATE_OF[grade]);
  }

  #isIn(scope: Scope, { plan }: OrderRecord): boolean {
    assert(plan.market in this.#path.portfolio.listing.markets, "an order is of one of the desk's markets");
    return this.#path.risk.desk.scopes.of(plan.market, plan.agent).includes(scope);
  }
}
