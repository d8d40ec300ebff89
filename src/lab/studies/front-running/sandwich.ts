import { committing } from "../../../agents/committing.ts";
import { institution } from "../../../agents/population/institution.ts";
import { NS_PER_SECOND } from "../../../core/units.ts";
import type { Value } from "../../study/estimate.ts";
import type { ScenarioInput } from "../../study/fly-scenario.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { gainOf } from "../../study/gain.ts";
import { withParameters } from "../../study/with-parameters.ts";
import { ACCOUNT, INSTRUMENT, START_TICKS, crowdScenario } from "../crowd.ts";
import { noSlippage, withSlippage } from "./slippage.ts";

/** Whether somebody overhears the institutions, and how the venue trades. */
export interface SandwichTreatment {
  readonly isOverheard: boolean;
  /** The instrument's `rules`, as a scenario has them. */
  readonly rules: Readonly<Record<string, unknown>>;
}

export interface SandwichParameters {
  readonly simulatedSeconds: number;
  readonly ordersPerMinute: number;
  readonly sizeShares: number;
  readonly reachTicks: number;
}

export type SandwichMeasure = "runner" | "slippage" | "filled";

/** The institutions are 8 ms from the venue; their broker's friend hears of an order after 1 ms and is 1 ms away. */
const NETWORK: ScenarioInput["network"] = {
  kind: "matrix",
  places: ["city", "exchange", "broker"],
  delays: [
    ["4ms", "8ms", "1ms"],
    ["8ms", "50us", "1ms"],
    ["1ms", "1ms", "1ms"],
  ],
  at: { XSIM: "exchange", maker: "exchange", runner: "broker" },
};

const INSTITUTIONS = 2;
/** By then the books of all arms have filled. */
const WARM_UP_NS = 30 * NS_PER_SECOND;

export async function runSandwich(
  treatment: SandwichTreatment,
  options: { readonly seed: number; readonly parameters: SandwichParameters },
): Promise<Record<SandwichMeasure, Value>> {
  const { seed, parameters } = options;
  const { simulatedSeconds, ordersPerMinute, sizeShares, reachTicks } = parameters;
  const crowd = crowdScenario({ name: "front-running", seed, simulatedSeconds });
  const meanInterval = (60 * INSTITUTIONS * NS_PER_SECOND) / ordersPerMinute;
  const scenario = scenarioFrom({
    ...crowd,
    network: NETWORK,
    venues: [{ ...crowd.venues[0], instruments: [{ ...INSTRUMENT, rules: treatment.rules }] }],
    population: [...(crowd.population ?? []), { kind: "frontRunner", name: "runner", account: ACCOUNT }],
    agents: [
      {
        file: "institution",
        name: "institution",
        count: INSTITUTIONS,
        account: ACCOUNT,
        ...(treatment.isOverheard ? { leaksTo: "runner" } : {}),
      },
    ],
  });
  const slippage = noSlippage();
  const victim = withParameters(institution, { meanInterval, sizeLots: sizeShares, reachTicks });
  const world = await flyScenario(scenario, {
    institution: committing(withSlippage(victim, { slippage, fromNs: WARM_UP_NS })),
  });
  const { excessTickLots, midTickLots, lots, decisions } = slippage;
  return {
    runner: gainOf(world, "runner", START_TICKS) * (3_600 / simulatedSeconds),
    slippage: lots === 0 ? null : (1e4 * excessTickLots) / midTickLots,
    filled: decisions === 0 ? null : (100 * lots) / (decisions * sizeShares),
  };
}
