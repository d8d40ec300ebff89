import { assert } from "../core/assert.ts";

/** One who decides: an agent, and the strategy that it belongs to. */
export interface DeskAgent {
  readonly name: string;
  readonly strategy: string;
}

/**
 * Who trades on the desk. Agents share the desk's accounts at the venues as sub-accounts; number 0 is the house, which
 * belongs to no strategy.
 */
export class Roster {
  /** By number: the house, and then the agents. */
  readonly agents: readonly string[];
  readonly strategies: readonly string[];
  /** By agent: its strategy's number; -1 for the house. */
  readonly strategyOf: readonly number[];

  constructor(agents: readonly DeskAgent[]) {
    this.agents = ["house", ...agents.map(({ name }) => name)];
    assert(new Set(this.agents).size === this.agents.length, "no two agents have the same name, and none is the house");
    this.strategies = [...new Set(agents.map(({ strategy }) => strategy))];
    this.strategyOf = [-1, ...agents.map(({ strategy }) => this.strategies.indexOf(strategy))];
  }
}
