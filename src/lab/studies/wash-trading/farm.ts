import { defaultWashTraderParameters, washTrader } from "../../../agents/population/wash-trader.ts";
import { NS_PER_MINUTE } from "../../../core/units.ts";
import type { Value } from "../../study/estimate.ts";
import { flyScenario, scenarioFrom } from "../../study/fly-scenario.ts";
import { gainOf } from "../../study/gain.ts";
import { withParameters } from "../../study/with-parameters.ts";
import { ACCOUNT, START_TICKS, crowdScenario } from "../crowd.ts";
import type { Turnover } from "./turnover.ts";
import { withTurnover } from "./turnover.ts";

/** What the venue asks of each side of a trade. */
export interface FarmTreatment {
  readonly feeBps: number;
  /** Least fee of a side, in dollars. */
  readonly minimum?: string;
  /** On top where both sides have one owner, which the venue knows. */
  readonly washBps?: number;
}

export interface FarmParameters {
  readonly simulatedSeconds: number;
  readonly rewardBps: number;
  readonly washesPerMinute: number;
  readonly shares: number;
}

export type FarmMeasure = "profit" | "rewards" | "fees" | "losses" | "washed";

/** Two accounts of one owner hand shares back and forth, at a venue that rewards volume. Dollars an hour. */
export async function runFarm(
  treatment: FarmTreatment,
  options: { readonly seed: number; readonly parameters: FarmParameters },
): Promise<Record<FarmMeasure, Value>> {
  const { seed, parameters } = options;
  const { simulatedSeconds, rewardBps, washesPerMinute, shares } = parameters;
  const { feeBps, ...others } = treatment;
  const crowd = crowdScenario({ name: "wash-trading", seed, simulatedSeconds });
  const scenario = scenarioFrom({
    ...crowd,
    venues: [
      {
        ...crowd.venues[0],
        fees: { makerBps: feeBps, takerBps: feeBps, ...others },
      },
    ],
    agents: [{ file: "ring", name: "ring", count: 2, account: { ...ACCOUNT, owner: "farmer" } }],
  });
  const ring = withParameters(washTrader, {
    ...defaultWashTraderParameters,
    interval: NS_PER_MINUTE / washesPerMinute,
    qtyLots: shares,
  });
  const turnover: Turnover = { tickLots: 0, lots: 0, feeUnits: 0 };
  const world = await flyScenario(scenario, { ring: withTurnover(ring, turnover) });
  const perHour = 3_600 / simulatedSeconds;
  // A tick and a lot of this instrument are a cent together, and a cent is the dollar's smallest unit.
  const rewards = (rewardBps / 1e4) * (turnover.tickLots / 100) * perHour;
  const fees = (turnover.feeUnits / 100) * perHour;
  const gained = gainOf(world, "ring", START_TICKS) * perHour;
  const traded = world.venues[0].statistics.turnovers[0].volumeLots;
  return {
    profit: gained + rewards,
    rewards,
    fees,
    losses: -(gained + fees),
    // Each wash is one trade and two fills of the ring.
    washed: traded === 0 ? null : (100 * turnover.lots) / 2 / traded,
  };
}
