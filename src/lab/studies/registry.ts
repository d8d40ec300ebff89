import { UserError } from "../../core/errors.ts";
import { nearest } from "../../world/scenario/suggestion.ts";
import { flashCrash } from "./flash-crash/study.ts";
import { frontRunning } from "./front-running/study.ts";
import { informationPropagation } from "./information-propagation/study.ts";
import { latencyArbitrage } from "./latency-arbitrage/study.ts";
import { latencyAndProfit } from "./latency-and-profit/study.ts";
import { lossAndCongestion } from "./loss-and-congestion/study.ts";
import { partition } from "./partition/study.ts";
import { settlement } from "./settlement/study.ts";
import { surveillance } from "./surveillance/study.ts";
import { washTrading } from "./wash-trading/study.ts";
import type { Study } from "../study/study.ts";

/** Every study, by name. A new one is added here, and nowhere else. */
export const STUDIES: readonly Study[] = [
  latencyArbitrage,
  frontRunning,
  flashCrash,
  washTrading,
  settlement,
  latencyAndProfit,
  informationPropagation,
  partition,
  lossAndCongestion,
  surveillance,
];

/** @throws {UserError} with a suggestion, when there is no such study */
export function findStudy(name: string): Study {
  const study = STUDIES.find((candidate) => candidate.name === name);
  if (study !== undefined) return study;
  const names = STUDIES.map((candidate) => candidate.name);
  const suggestion = nearest(name, names);
  const hint = suggestion === undefined ? `expected one of ${names.join(", ")}` : `did you mean ${suggestion}?`;
  throw new UserError(`there is no study ${JSON.stringify(name)}; ${hint}`);
}
