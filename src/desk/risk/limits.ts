import type { Problem } from "../../core/errors.ts";
import type { Lots, Nanos, Units } from "../../core/units.ts";
import type { ScopeKind } from "./scope-kind.ts";
import { SCOPE_KINDS } from "./scope-kind.ts";

/**
 * What may be limited at a scope; what is left out is not. Money is in the smallest unit of the asset in which the desk
 * reports. Shares and distances are in millionths: 10,000 is one percent.
 */
export interface Limits {
  readonly orderLotsMax?: Lots;
  readonly orderNotionalMax?: Units;
  readonly positionLotsMax?: Lots;
  readonly grossExposureMax?: Units;
  readonly netExposureMax?: Units;
  readonly concentrationMillionthsMax?: number;
  readonly positionsMax?: number;
  readonly dailyLossMax?: Units;
  readonly drawdownMax?: Units;
  readonly tradeRiskMax?: Units;
  readonly stopRequired?: 0 | 1;
  readonly collarMillionths?: number;
  readonly slippageMillionthsMax?: number;
  readonly referenceAgeNsMax?: Nanos;
  readonly moveMillionthsMax?: number;
  readonly volatilityMillionthsMax?: number;
  readonly ordersPerSecondMax?: number;
  readonly isRestricted?: 0 | 1;
  readonly windowOpensNs?: Nanos;
  readonly windowClosesNs?: Nanos;
}

export type LimitName = keyof Limits;

export interface LimitEntry {
  readonly name: LimitName;
  readonly unit: "lots" | "money" | "millionths" | "count" | "ns" | "yes or no";
  readonly meaning: string;
}

const table = {
  orderLotsMax: ["lots", "Largest order."],
  orderNotionalMax: ["money", "Largest value of an order."],
  positionLotsMax: ["lots", "Largest position in each market of the scope, working orders included, long or short."],
  grossExposureMax: ["money", "Largest sum of the values of all positions, long and short, working orders included."],
  netExposureMax: ["money", "Largest value of long less short positions, in either direction, in the worst case."],
  concentrationMillionthsMax: ["millionths", "Largest share of the scope's equity in one market."],
  positionsMax: ["count", "Most markets with a position or a working order."],
  dailyLossMax: ["money", "Loss since the day's start from which on positions may only be reduced."],
  drawdownMax: ["money", "Fall from the highest equity ever from which on positions may only be reduced."],
  tradeRiskMax: ["money", "Most that may be lost between an order's price and its stop."],
  stopRequired: ["yes or no", "Whether an intent must have a stop."],
  collarMillionths: ["millionths", "How far an order's price may be from the reference price on the paying side."],
  slippageMillionthsMax: ["millionths", "How much a taking order may pay beyond the mid, by the book as it is."],
  referenceAgeNsMax: ["ns", "How old the reference price may be."],
  moveMillionthsMax: ["millionths", "How far the mid may have moved since the decision was made."],
  volatilityMillionthsMax: ["millionths", "Highest volatility, as one standard deviation of a minute's returns."],
  ordersPerSecondMax: ["count", "Orders in a second, and most at once."],
  isRestricted: ["yes or no", "Whether positions may only be reduced because the instrument is on a list."],
  windowOpensNs: ["ns", "Time of the run from which on positions may be opened."],
  windowClosesNs: ["ns", "Time of the run from which on positions may only be reduced."],
} as const satisfies Record<LimitName, readonly [LimitEntry["unit"], string]>;

/** All limits, from which their table in the docs is made. */
export const LIMITS: readonly LimitEntry[] = Object.entries(table).map(([name, [unit, meaning]]) => ({
  name: name as LimitName,
  unit,
  meaning,
}));

/** A limit to be set, as it comes from a person. */
export interface LimitSetting {
  readonly scope: string;
  readonly name: string;
  readonly limit: string;
  /** Undefined takes the limit away. */
  readonly value: number | undefined;
}

/** Everything that is wrong with a setting, apart from the scope's name. */
export function problemsOfSetting(setting: LimitSetting, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  const problem = (message: string): unknown => problems.push({ path, message });
  if (!SCOPE_KINDS.includes(setting.scope as ScopeKind)) {
    problem(`expected a scope of ${SCOPE_KINDS.join(", ")}, found ${JSON.stringify(setting.scope)}`);
  }
  const entry = LIMITS.find(({ name }) => name === setting.limit);
  if (entry === undefined) problem(`there is no limit ${JSON.stringify(setting.limit)}`);
  const { value } = setting;
  if (value === undefined || entry === undefined) return problems;
  if (!Number.isSafeInteger(value) || value < 0) {
    problem(`${entry.name}: expected a whole number of ${entry.unit} from 0 on, found ${value}`);
  } else if (entry.unit === "yes or no" && value > 1) {
    problem(`${entry.name}: expected 1 for yes or 0 for no, found ${value}`);
  }
  return problems;
}
