import type { Portfolio } from "../../desk/portfolio/portfolio.ts";
import type { RiskDesk } from "../../desk/risk/risk-desk.ts";
import { rowsOf } from "../../desk/risk/scope.ts";

/**
 * Values what the desk holds, for the risk stage: profit of each agent and strategy, and the equity of the whole, which
 * is what the accounts held when they were first compared and what was earned since.
 */
export class DeskEquity {
  readonly #desk: RiskDesk;
  readonly #portfolio: Portfolio;
  #startUnits: number | undefined;

  constructor(desk: RiskDesk, portfolio: Portfolio) {
    this.#desk = desk;
    this.#portfolio = portfolio;
  }

  /** An account has been compared; with the last one of the first round the equity begins. */
  onReconciled(): void {
    if (this.#startUnits === undefined && !this.#desk.isReconciling.includes(true)) this.#open();
  }

  update(): void {
    if (this.#startUnits === undefined) return;
    const { equity, roster } = this.#desk;
    const rows = rowsOf(roster);
    let all = 0;
    const strategies = roster.strategies.map(() => 0);
    for (const agent of roster.agents.keys()) {
      const profit = this.profitOf(agent);
      equity.update(agent, profit);
      all += profit;
      const strategy = roster.strategyOf[agent];
      if (strategy >= 0) strategies[strategy] += profit;
    }
    for (const [strategy, profit] of strategies.entries()) equity.update(rows.strategy(strategy), profit);
    equity.update(rows.everybody, this.#startUnits + all);
  }

  /** What an agent has earned, as if it got out now, less its fees, in the reporting asset. */
  profitOf(agent: number): number {
    const { references, valuation, listing } = this.#desk;
    const account = this.#portfolio.subAccounts[agent];
    let profit = 0;
    for (const [market, position] of account.positions.entries()) {
      const { bidTicks, askTicks } = references[market];
      // What it would bring to get out now. With nobody to trade with, nothing can be said of an open position.
      const exitTicks = position.lots > 0 ? bidTicks : askTicks;
      if (position.lots !== 0 && exitTicks === 0) continue;
      profit += valuation.unitsOf(listing.markets[market].listed.quoteAsset, Number(position.profitUnits(exitTicks)));
    }
    for (const [asset, units] of account.fees) profit -= valuation.unitsOf(asset, Number(units));
    for (const [asset, units] of account.funding) profit += valuation.unitsOf(asset, Number(units));
    return profit;
  }

  #open(): void {
    const { valuation, equity, roster } = this.#desk;
    let units = 0;
    for (const balances of this.#portfolio.balances) units += Number(balances.of(valuation.reportingAsset));
    // What is held of other assets is a position, and counts from its price on.
    this.#startUnits = units;
    equity.open(rowsOf(roster).everybody, units);
  }
}
