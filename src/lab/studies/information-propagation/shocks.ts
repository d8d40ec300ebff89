import type { AgentFactory } from "../../../agents/port.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Nanos, Ticks } from "../../../core/units.ts";

/** Shocks to the price, one a second, and when each node first saw each of them. */
export class Shocks {
  /** By shock: times after it, of the nodes that have seen it. */
  readonly delaysNs: readonly Nanos[][];
  readonly #startTicks: Ticks;

  constructor(count: number, startTicks: Ticks) {
    this.delaysNs = Array.from({ length: count }, () => []);
    this.#startTicks = startTicks;
  }

  /** Stands at the venue, and at each shock bids one tick more than before. */
  readonly mover: AgentFactory = ({ market }) => ({
    onStart: (agent) => {
      for (const shock of this.delaysNs.keys()) agent.setTimer((shock + 1) * NS_PER_SECOND, shock);
    },
    onTimer: (agent, shock) => {
      agent.submit(market, { side: "buy", qtyLots: 1, priceTicks: this.#startTicks + shock });
    },
  });

  /** Listens to quotes: a bid tells of its shock and of all before. */
  readonly node: AgentFactory = ({ market }) => {
    let seen = 0;
    return {
      onStart: (agent) => agent.subscribe(market),
      onQuote: (agent, { bidTicks }) => {
        if (bidTicks === 0) return;
        for (; seen <= bidTicks - this.#startTicks; seen++) {
          this.delaysNs[seen].push(agent.nowNs - (seen + 1) * NS_PER_SECOND);
        }
      },
    };
  };

  /** The time after which so large a share of the nodes has seen the middle one of the shocks; null where it never had. */
  timeToNs(share: number, nodes: number): Nanos | null {
    const rank = Math.ceil(share * nodes);
    const times = this.delaysNs.map((delays) => delays.toSorted((a, b) => a - b)[rank - 1] ?? Infinity);
    const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
    // Who hears of a shock only by the next one has not heard of it in time.
    return median < NS_PER_SECOND ? median : null;
  }

  /** Share of the nodes that hear of a shock before the next one. */
  shareReached(nodes: number): number {
    const heard = this.delaysNs.map((delays) => delays.filter((delayNs) => delayNs < NS_PER_SECOND).length);
    return heard.reduce((sum, count) => sum + count, 0) / (heard.length * nodes);
  }
}
