import type { AgentFactory, BookLevel } from "../../../agents/port.ts";
import { NS_PER_MILLISECOND } from "../../../core/units.ts";
import type { Nanos, Ticks } from "../../../core/units.ts";

const INTERVAL_NS = 100 * NS_PER_MILLISECOND;

/** What a book looked like, on average over the snapshots from a time on. */
export class DepthProbe {
  readonly #sinceNs: Nanos;
  readonly #withinTicks: Ticks;
  readonly #valueAt: (timeNs: Nanos) => Ticks;
  #snapshots = 0;
  #twoSided = 0;
  #spreadTicks = 0;
  #lots = 0;

  constructor(options: { sinceNs: Nanos; withinTicks: Ticks; valueAt: (timeNs: Nanos) => Ticks }) {
    this.#sinceNs = options.sinceNs;
    this.#withinTicks = options.withinTicks;
    this.#valueAt = options.valueAt;
  }

  /** Stands at the venue and looks. */
  readonly factory: AgentFactory = ({ market }) => ({
    onStart: (agent) =>
      agent.subscribe(market, { depth: "levels", mode: "snapshots", levels: 20, intervalNs: INTERVAL_NS }),
    onSnapshot: (agent, { bids, asks }) => {
      if (agent.nowNs < this.#sinceNs) return;
      this.#snapshots++;
      this.#lots += this.#near([...bids, ...asks], this.#valueAt(agent.nowNs));
      if (bids.length === 0 || asks.length === 0) return;
      this.#twoSided++;
      this.#spreadTicks += asks[0].priceTicks - bids[0].priceTicks;
    },
  });

  /** Of the snapshots with two sides; null where there were none. */
  get spreadTicks(): number | null {
    return this.#twoSided === 0 ? null : this.#spreadTicks / this.#twoSided;
  }

  /** Lots so near to the value, both sides together. */
  get depthLots(): number | null {
    return this.#snapshots === 0 ? null : this.#lots / this.#snapshots;
  }

  #near(levels: readonly BookLevel[], valueTicks: Ticks): number {
    return levels.reduce(
      (sum, { priceTicks, lots }) => (Math.abs(priceTicks - valueTicks) <= this.#withinTicks ? sum + lots : sum),
      0,
    );
  }
}
