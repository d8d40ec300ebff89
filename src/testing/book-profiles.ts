import { INT32_MAX } from "../core/units.ts";
import { OwnerGroups } from "../market/owner-groups.ts";
import type { BookRules } from "../market/order-book.ts";

/** What a random stream of steps is made of. Chances are between 0 and 1. */
export interface BookProfile {
  readonly name: string;
  readonly rules: Partial<BookRules>;
  readonly owners: number;
  /** Ids per owner, so at most `owners * ids` orders live at once. */
  readonly ids: number;
  readonly qtyLotsMax: number;
  /** How far from the centre orders are placed. */
  readonly spreadTicks: number;
  /** How far the centre moves at most from one step to the next. */
  readonly walkTicks: number;
  /** That the centre jumps anywhere in the instrument's price range. */
  readonly jumpChance: number;
  /** Relative frequencies of the steps; what is left out never happens. */
  readonly weights: Partial<Record<StepKind, number>>;
  /** What new orders are; what is left out, they are not. */
  readonly chances: Partial<Record<OrderTrait, number>>;
}

export type StepKind =
  | "submit"
  | "cancel"
  | "replace"
  | "cancelAll"
  | "massCancel"
  | "disconnect"
  | "phase"
  | "position"
  | "clock"
  | "expire";

export type OrderTrait =
  | "market"
  | "stop"
  | "stopLimit"
  | "ioc"
  | "fok"
  | "gtd"
  | "day"
  | "postOnly"
  | "slide"
  | "reduceOnly"
  | "hidden"
  | "iceberg"
  | "selfTradePrevention"
  /** One field has a value that makes no sense. */
  | "bad";

export const PROFILE_RULES: BookRules = {
  instrument: 5,
  priceTicksMin: 1,
  priceTicksMax: 20_000,
  qtyLotsMin: 1,
  qtyLotsMax: 1_000,
  tickLotUnits: 1,
  notionalUnitsMin: 0,
  bandMillionths: 0,
  referencePriceTicks: 0,
};

const WEIGHTS = { submit: 60, cancel: 14, replace: 14, cancelAll: 0.3, massCancel: 0.2, disconnect: 0.2 };
const RARE = { position: 1, clock: 3, expire: 0.5 };
/** A call of about a dozen commands. */
const CALLS = { phase: 8 };

const BASE = {
  rules: {},
  owners: 4,
  ids: 30,
  qtyLotsMax: 20,
  spreadTicks: 8,
  walkTicks: 1,
  jumpChance: 0,
  weights: { ...WEIGHTS, ...RARE },
  chances: {
    market: 0.06,
    stop: 0.04,
    stopLimit: 0.04,
    ioc: 0.06,
    fok: 0.06,
    gtd: 0.1,
    day: 0.03,
    postOnly: 0.1,
    slide: 0.5,
    reduceOnly: 0.1,
    hidden: 0.12,
    iceberg: 0.15,
    selfTradePrevention: 0.5,
    bad: 0.02,
  },
};

/** Owners, of the generator's numbers, who belong together. */
function groupsOf(...groups: readonly (readonly number[])[]): OwnerGroups {
  const made = new OwnerGroups();
  groups.forEach((owners, place) => owners.forEach((owner) => made.join(owner, place + 1)));
  return made;
}

/** Each profile leans on another part of the rules; all of them use every feature now and then. */
export const BOOK_PROFILES: readonly BookProfile[] = [
  { ...BASE, name: "everything" },
  {
    ...BASE,
    name: "few prices, long queues",
    spreadTicks: 1,
    walkTicks: 0,
    chances: { ...BASE.chances, iceberg: 0.4, hidden: 0.2, market: 0.03 },
  },
  {
    ...BASE,
    name: "prices run away over all of int32",
    rules: { priceTicksMax: INT32_MAX - 1 },
    spreadTicks: 40,
    walkTicks: 3_000,
    jumpChance: 0.01,
    chances: { ...BASE.chances, stop: 0.1, stopLimit: 0.1 },
  },
  {
    ...BASE,
    name: "prices jump with every step",
    rules: { priceTicksMax: INT32_MAX - 1 },
    ids: 60,
    spreadTicks: 2_000_000_000,
    jumpChance: 0.5,
  },
  {
    ...BASE,
    name: "cascades of stops",
    ids: 60,
    spreadTicks: 12,
    chances: { ...BASE.chances, stop: 0.3, stopLimit: 0.4, market: 0.04, gtd: 0.05 },
    weights: { ...BASE.weights, cancel: 5 },
  },
  {
    ...BASE,
    name: "self-trades",
    owners: 2,
    spreadTicks: 5,
    chances: { ...BASE.chances, selfTradePrevention: 0.95, fok: 0.2, iceberg: 0.3, postOnly: 0.03 },
  },
  {
    ...BASE,
    name: "self-trades of groups",
    rules: { groups: groupsOf([0, 1], [2, 1_000]) },
    owners: 5,
    spreadTicks: 5,
    chances: { ...BASE.chances, selfTradePrevention: 0.9, fok: 0.2, iceberg: 0.2, market: 0.1, postOnly: 0.03 },
  },
  {
    ...BASE,
    name: "reduce-only",
    owners: 3,
    chances: { ...BASE.chances, reduceOnly: 0.7, postOnly: 0.03 },
    weights: { ...BASE.weights, position: 6 },
  },
  {
    ...BASE,
    name: "time passes",
    rules: { sessionEndNs: 60_000 },
    chances: { ...BASE.chances, gtd: 0.6, day: 0.2 },
    weights: { ...BASE.weights, clock: 30, expire: 5 },
  },
  {
    ...BASE,
    name: "band, notional and a full book",
    rules: {
      bandMillionths: 2_500,
      referencePriceTicks: 10_000,
      notionalUnitsMin: 20_000,
      ordersMax: 40,
      qtyLotsMin: 2,
    },
    spreadTicks: 30,
    walkTicks: 0,
    chances: { ...BASE.chances, market: 0.1, stop: 0.08, stopLimit: 0.15 },
  },
  {
    ...BASE,
    name: "quantities of int32",
    rules: { qtyLotsMax: INT32_MAX, tickLotUnits: 500 },
    qtyLotsMax: INT32_MAX,
    weights: { ...BASE.weights, position: 3 },
  },
  {
    ...BASE,
    name: "nonsense",
    rules: { priceTicksMin: 9_990, priceTicksMax: 10_010, sessionEndNs: 5_000 },
    spreadTicks: 9,
    chances: { ...BASE.chances, bad: 0.6, slide: 0.9 },
    weights: { ...BASE.weights, disconnect: 2, cancelAll: 2 },
  },
  {
    ...BASE,
    name: "many orders",
    owners: 12,
    ids: 80,
    spreadTicks: 300,
    walkTicks: 4,
    chances: { ...BASE.chances, market: 0.02, ioc: 0.02, fok: 0.02 },
    weights: { ...BASE.weights, cancelAll: 0.02, massCancel: 0.02, disconnect: 0.02 },
  },
  {
    ...BASE,
    name: "calls, first come first",
    spreadTicks: 5,
    weights: { ...BASE.weights, ...CALLS },
    chances: { ...BASE.chances, market: 0.1, stop: 0.08, stopLimit: 0.08, reduceOnly: 0.04 },
  },
  {
    ...BASE,
    name: "calls, pro rata",
    rules: { allocation: "proRata", referencePriceTicks: 10_000 },
    spreadTicks: 3,
    walkTicks: 0,
    weights: { ...BASE.weights, ...CALLS, cancel: 6 },
  },
  {
    ...BASE,
    name: "calls, quantities of int32 pro rata",
    rules: { qtyLotsMax: INT32_MAX, tickLotUnits: 500, allocation: "proRata" },
    qtyLotsMax: INT32_MAX,
    spreadTicks: 2,
    weights: { ...BASE.weights, ...CALLS },
  },
  {
    ...BASE,
    name: "calls in a band, with a full book",
    rules: {
      bandMillionths: 2_500,
      referencePriceTicks: 10_000,
      notionalUnitsMin: 20_000,
      ordersMax: 40,
      qtyLotsMin: 2,
    },
    spreadTicks: 30,
    walkTicks: 0,
    weights: { ...BASE.weights, ...CALLS, clock: 10 },
    chances: { ...BASE.chances, market: 0.2, stop: 0.1, stopLimit: 0.15, gtd: 0.3 },
  },
];

/** @throws {Error} when no profile has this name; the message lists those that there are */
export function profileNamed(name: string): BookProfile {
  const profile = BOOK_PROFILES.find((candidate) => candidate.name === name);
  if (profile !== undefined) return profile;
  throw new Error(`no profile is called "${name}": ${BOOK_PROFILES.map((known) => known.name).join("; ")}`);
}
