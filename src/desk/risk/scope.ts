import type { DeskListing } from "../listing.ts";
import type { Roster } from "../roster.ts";
import type { Limits } from "./limits.ts";
import type { ScopeKind } from "./scope-kind.ts";

/** What limits may be set for: whose positions count, and in which markets. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly name: string;
  /** Its number among all scopes: where what is counted for it stands. */
  readonly number: number;
  /** Whose positions count: a row of `Exposure`. */
  readonly row: number;
  /** Where they count. */
  readonly markets: readonly number[];
  limits: Limits;
}

/**
 * Every scope of a desk. An order lies in five of them: those of its agent, its strategy, its venue, its instrument
 * (wherever it is traded), and the portfolio.
 */
export class Scopes {
  readonly all: readonly Scope[];
  readonly #byMarketAndAgent: readonly (readonly Scope[])[];
  readonly #agents: number;

  constructor(listing: DeskListing, roster: Roster) {
    const rows = rowsOf(roster);
    const every = listing.markets.map(({ number }) => number);
    const all: Scope[] = [];
    const add = (kind: ScopeKind, name: string, row: number, markets: readonly number[]): Scope => {
      const scope: Scope = { kind, name, number: all.length, row, markets, limits: {} };
      all.push(scope);
      return scope;
    };
    const agents = roster.agents.map((name, agent) => add("agent", name, agent, every));
    const strategies = roster.strategies.map((name, place) => add("strategy", name, rows.strategy(place), every));
    const venues = listing.venues.map((name, venue) => {
      const markets = listing.markets.filter((market) => market.venue === venue);
      return add(
        "venue",
        name,
        rows.everybody,
        markets.map(({ number }) => number),
      );
    });
    const symbols = [...new Set(listing.markets.map(({ listed }) => listed.instrument.symbol))];
    const instruments = symbols.map((symbol) => {
      const markets = listing.markets.filter(({ listed }) => listed.instrument.symbol === symbol);
      return add(
        "instrument",
        symbol,
        rows.everybody,
        markets.map(({ number }) => number),
      );
    });
    const portfolio = add("portfolio", "portfolio", rows.everybody, every);
    this.all = all;
    this.#agents = roster.agents.length;
    this.#byMarketAndAgent = listing.markets.flatMap(({ venue, listed }) =>
      agents.map((agent, number) => {
        const strategy = strategies[roster.strategyOf[number]];
        const instrument = instruments[symbols.indexOf(listed.instrument.symbol)];
        return [agent, ...(strategy === undefined ? [] : [strategy]), venues[venue], instrument, portfolio];
      }),
    );
  }

  /** The scopes in which an order lies, from the narrowest on. The house has no strategy. */
  of(market: number, agent: number): readonly Scope[] {
    return this.#byMarketAndAgent[market * this.#agents + agent];
  }

  find(kind: ScopeKind, name: string): Scope | undefined {
    return this.all.find((scope) => scope.kind === kind && scope.name === name);
  }
}

/** Rows of `Exposure`: the agents', then the strategies', then everybody's. */
export function rowsOf(roster: Roster): {
  readonly count: number;
  readonly everybody: number;
  strategy(number: number): number;
} {
  const agents = roster.agents.length;
  const everybody = agents + roster.strategies.length;
  return { count: everybody + 1, everybody, strategy: (number) => agents + number };
}
