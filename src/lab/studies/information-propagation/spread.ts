import { NS_PER_MILLISECOND } from "../../../core/units.ts";
import type { Value } from "../../study/estimate.ts";
import type { ScenarioInput } from "../../study/fly-scenario.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { Shocks } from "./shocks.ts";

type Topology = Extract<NonNullable<ScenarioInput["network"]>, { readonly kind: "routed" }>["topology"];

/** How nodes are joined, and who passes quotes on. */
export interface Spread {
  readonly topology: (places: string[]) => Topology;
  /** By gossip to so many others; from the venue to each node where nothing is said. */
  readonly fanOut?: number;
}

export interface SpreadParameters {
  readonly nodes: number;
  readonly shocks: number;
  readonly hopMs: number;
  readonly bandwidthMbit: number;
  readonly lossPercent: number;
}

const START_TICKS = 90_000;

export type SpreadMeasure = "half" | "most" | "nearlyAll" | "reached";

/** Times in milliseconds until a share of the nodes has seen a quote that tells of the shock. */
export async function runSpread(
  { topology, fanOut }: Spread,
  options: { readonly seed: number; readonly parameters: SpreadParameters },
): Promise<Record<SpreadMeasure, Value>> {
  const { seed, parameters } = options;
  const { nodes, shocks, hopMs, bandwidthMbit, lossPercent } = parameters;
  const places = Array.from({ length: nodes + 1 }, (_, place) => `n${place}`);
  const heard = new Shocks(shocks, START_TICKS);
  const scenario = scenarioFrom({
    version: 1,
    name: "information-propagation",
    seed,
    duration: `${shocks + 1}s`,
    venues: [
      {
        name: "XSIM",
        instruments: [{ symbol: "ACME", base: "ACME", quote: "USD", tick: "0.01", lot: "1", referencePrice: "1000" }],
      },
    ],
    network: {
      kind: "routed",
      topology: topology(places),
      link: {
        delay: `${Math.round((hopMs * NS_PER_MILLISECOND) / 2)}ns`,
        jitter: { kind: "logNormal", median: `${Math.round((hopMs * NS_PER_MILLISECOND) / 2)}ns`, sigma: 0.5 },
        bandwidth: `${Math.round(bandwidthMbit * 1_000)}kbit`,
        loss: { kind: "bernoulli", probability: lossPercent / 100 },
      },
      at: { XSIM: places[0], mover: places[0], node: places.slice(1) },
      ...(fanOut === undefined ? {} : { transport: { marketData: "gossip", fanOut } }),
    },
    agents: [
      { file: "mover", name: "mover", account: { cash: "1000000000" } },
      { file: "node", name: "node", count: nodes },
    ],
  });
  await flyScenario(scenario, { mover: heard.mover, node: heard.node });
  const timeTo = (share: number): Value => {
    const ns = heard.timeToNs(share, nodes);
    return ns === null ? null : ns / NS_PER_MILLISECOND;
  };
  return {
    half: timeTo(0.5),
    most: timeTo(0.9),
    nearlyAll: timeTo(0.99),
    reached: 100 * heard.shareReached(nodes),
  };
}
