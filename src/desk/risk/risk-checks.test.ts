import { describe, expect, test } from "vitest";

import { Side } from "../../model/side.ts";
import { ANN, BEN, CEM, intentOf, riskStage } from "../../testing/desk/risk-stage.ts";
import type { Intent } from "../intent.ts";
import type { LimitName } from "./limits.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { RiskEngine } from "./risk-engine.ts";
import type { ScopeKind } from "./scope-kind.ts";

/** One lot of market 0 at 100 ticks, in the reporting asset's units: half a dollar times a thousandth, in 10^-4. */
const LOT = 500;

interface Case {
  readonly what: string;
  readonly limits?: readonly (readonly [ScopeKind, string, LimitName, number])[];
  readonly before?: (stage: { desk: RiskDesk; engine: RiskEngine }) => void;
  readonly intent?: Partial<Intent>;
  readonly nowNs?: number;
  /** Lots that are let through, or why none are. */
  readonly expected: number | string;
}

/** An agent holds lots of market 0, bought or sold before. */
const holding =
  (lots: number, agent = ANN, market = 0) =>
  ({ engine }: { engine: RiskEngine }): void =>
    engine.onFill(0, agent, market, lots > 0 ? Side.buy : Side.sell, Math.abs(lots));

/** An order is working. */
const working =
  (changes: Partial<Intent>) =>
  ({ engine }: { engine: RiskEngine }): void => {
    expect(engine.decide(intentOf(changes), 0).kind).toBe("allowed");
  };

const sell = { side: Side.sell } as const;
const cases: readonly Case[] = [
  { what: "nothing is limited", expected: 10 },

  { what: "a fraction of a lot", intent: { qtyLots: 0.5 }, expected: "invalidIntent" },
  { what: "no quantity", intent: { qtyLots: Number.NaN }, expected: "invalidIntent" },
  { what: "a negative price", intent: { limitTicks: -1 }, expected: "invalidIntent" },
  { what: "a stop between two ticks", intent: { stopTicks: 9.5 }, expected: "invalidIntent" },
  { what: "a market of nobody's", intent: { market: 7 }, expected: "invalidIntent" },
  { what: "an agent of nobody's", intent: { agent: -1 }, expected: "invalidIntent" },
  { what: "an intent of an old number", intent: { number: 0 }, expected: "duplicateIntent" },
  { what: "the last moment of an intent", nowNs: 1e9, expected: 10 },
  { what: "a moment later", nowNs: 1e9 + 1, expected: "intentExpired" },

  {
    what: "a halted portfolio",
    before: ({ desk }) => (desk.trading[desk.scopes.all.length - 1] = "halted"),
    expected: "tradingHalted",
  },
  {
    what: "another agent's halt",
    before: ({ desk }) => (desk.trading[BEN] = "halted"),
    expected: 10,
  },
  {
    what: "an agent that may only reduce, and has nothing",
    before: ({ desk }) => (desk.trading[ANN] = "reducing"),
    expected: "reducingOnly",
  },
  {
    what: "an agent that may only reduce, and holds less than it sells",
    before: (stage) => {
      holding(4)(stage);
      stage.desk.trading[ANN] = "reducing";
    },
    intent: sell,
    expected: 4,
  },
  {
    what: "a venue that is being reconciled",
    before: ({ desk }) => (desk.isReconciling[0] = true),
    expected: "reconciling",
  },
  { what: "a restricted instrument", limits: [["instrument", "BTC-USD", "isRestricted", 1]], expected: "restricted" },
  {
    what: "the way out of a restricted instrument",
    limits: [["instrument", "BTC-USD", "isRestricted", 1]],
    before: holding(10),
    intent: sell,
    expected: 10,
  },
  {
    what: "a window that has not opened",
    limits: [["strategy", "makers", "windowOpensNs", 5]],
    nowNs: 4,
    expected: "outsideWindow",
  },
  { what: "a window that has", limits: [["strategy", "makers", "windowOpensNs", 5]], nowNs: 5, expected: 10 },
  {
    what: "a window that has closed",
    limits: [["strategy", "makers", "windowClosesNs", 5]],
    nowNs: 5,
    expected: "outsideWindow",
  },
  { what: "another strategy's window", limits: [["strategy", "takers", "windowClosesNs", 5]], nowNs: 5, expected: 10 },
  {
    what: "an instrument that the venue has halted",
    before: ({ desk }) => (desk.references[0].isHalted = true),
    expected: "outsideWindow",
  },

  { what: "a degraded feed", before: ({ desk }) => (desk.references[0].isDegraded = true), expected: "feedDegraded" },
  { what: "a price as old as allowed", limits: [["venue", "ALPHA", "referenceAgeNsMax", 7]], nowNs: 7, expected: 10 },
  {
    what: "an older price",
    limits: [["venue", "ALPHA", "referenceAgeNsMax", 7]],
    nowNs: 8,
    expected: "staleReference",
  },
  {
    what: "a market order without a price",
    before: ({ desk }) => (desk.references[0].askTicks = 0),
    intent: { limitTicks: undefined },
    expected: "staleReference",
  },
  {
    what: "a market that moved by 1 %",
    limits: [["portfolio", "portfolio", "moveMillionthsMax", 10_000]],
    intent: { basis: { sequence: 0, midHalfTicks: 198 } },
    expected: "marketMoved",
  },
  {
    what: "a market that moved by less",
    limits: [["portfolio", "portfolio", "moveMillionthsMax", 10_200]],
    intent: { basis: { sequence: 0, midHalfTicks: 198 } },
    expected: 10,
  },
  {
    what: "a wild market",
    limits: [["instrument", "BTC-USD", "volatilityMillionthsMax", 300]],
    before: ({ desk }) => (desk.references[0].volatilityMillionths = 301),
    expected: "tooVolatile",
  },
  {
    what: "a price at the collar",
    limits: [["agent", "ann", "collarMillionths", 20_000]],
    intent: { limitTicks: 102 },
    expected: 10,
  },
  {
    what: "a price beyond the collar",
    limits: [["agent", "ann", "collarMillionths", 20_000]],
    intent: { limitTicks: 103 },
    expected: "priceCollar",
  },
  {
    what: "a sale far below the market",
    limits: [["agent", "ann", "collarMillionths", 20_000]],
    intent: { ...sell, limitTicks: 97 },
    expected: "priceCollar",
  },
  {
    what: "a book that is too thin",
    limits: [["agent", "ann", "slippageMillionthsMax", 500]],
    before: ({ desk }) =>
      Object.assign(desk.references[0], { takingCostMillionths: (_: Side, lots: number) => lots * 51 }),
    intent: { limitTicks: 101 },
    expected: "slippage",
  },
  {
    what: "a thin book and an order that does not take",
    limits: [["agent", "ann", "slippageMillionthsMax", 500]],
    before: ({ desk }) => Object.assign(desk.references[0], { takingCostMillionths: () => Infinity }),
    expected: 10,
  },
  { what: "no stop", limits: [["strategy", "makers", "stopRequired", 1]], expected: "stopRequired" },
  {
    what: "a stop on the winning side",
    limits: [["strategy", "makers", "stopRequired", 1]],
    intent: { stopTicks: 105 },
    expected: "stopRequired",
  },
  { what: "a stop", limits: [["strategy", "makers", "stopRequired", 1]], intent: { stopTicks: 95 }, expected: 10 },

  { what: "an order too large", limits: [["agent", "ann", "orderLotsMax", 7]], expected: 7 },
  {
    what: "an order that is of no use when smaller",
    limits: [["agent", "ann", "orderLotsMax", 7]],
    intent: { allOrNothing: true },
    expected: "orderSize",
  },
  { what: "an order worth too much", limits: [["venue", "ALPHA", "orderNotionalMax", 6 * LOT + 1]], expected: 6 },
  {
    what: "an order that risks too much",
    limits: [["agent", "ann", "tradeRiskMax", 250]],
    intent: { stopTicks: 90 },
    expected: 5,
  },
  { what: "an order without a stop risks all of it", limits: [["agent", "ann", "tradeRiskMax", 3 * LOT]], expected: 3 },

  {
    what: "a position at its limit",
    limits: [["agent", "ann", "positionLotsMax", 12]],
    before: holding(2),
    expected: 10,
  },
  {
    what: "a position that would pass it",
    limits: [["agent", "ann", "positionLotsMax", 12]],
    before: holding(3),
    expected: 9,
  },
  {
    what: "a working order counts as filled",
    limits: [["agent", "ann", "positionLotsMax", 12]],
    before: working({ qtyLots: 12 }),
    expected: "position",
  },
  {
    what: "a working sale counts for nothing",
    limits: [["agent", "ann", "positionLotsMax", 12]],
    before: working({ ...sell, limitTicks: 200 }),
    expected: 10,
  },
  {
    what: "a colleague's position counts for the strategy",
    limits: [["strategy", "makers", "positionLotsMax", 12]],
    before: holding(5, BEN),
    expected: 7,
  },
  {
    what: "a stranger's position does not",
    limits: [["strategy", "makers", "positionLotsMax", 12]],
    before: holding(5, CEM),
    expected: 10,
  },
  {
    what: "a stranger's position counts for the venue",
    limits: [["venue", "ALPHA", "positionLotsMax", 12]],
    before: holding(5, CEM),
    expected: 7,
  },
  {
    what: "a position beyond a limit that was lowered",
    limits: [["agent", "ann", "positionLotsMax", 12]],
    before: holding(20),
    intent: sell,
    expected: 10,
  },

  {
    what: "gross exposure",
    limits: [["portfolio", "portfolio", "grossExposureMax", 12 * LOT]],
    before: holding(-4, BEN, 2),
    expected: 8,
  },
  {
    what: "gross exposure when a position is reduced",
    limits: [["portfolio", "portfolio", "grossExposureMax", LOT]],
    before: holding(10),
    intent: sell,
    expected: 10,
  },
  {
    what: "gross exposure when a position is turned around",
    limits: [["portfolio", "portfolio", "grossExposureMax", LOT]],
    before: holding(3),
    intent: sell,
    expected: 6,
  },
  {
    what: "net exposure",
    limits: [["portfolio", "portfolio", "netExposureMax", 12 * LOT]],
    before: holding(-4, BEN, 2),
    expected: 10,
  },
  {
    what: "net exposure on one side",
    limits: [["portfolio", "portfolio", "netExposureMax", 12 * LOT]],
    before: holding(4, BEN, 2),
    expected: 8,
  },
  {
    what: "concentration",
    limits: [["portfolio", "portfolio", "concentrationMillionthsMax", 250_000]],
    before: ({ desk }) => desk.equity.open(desk.scopes.all.at(-1)?.row ?? 0, 16 * LOT),
    expected: 4,
  },
  {
    what: "as many positions as allowed",
    limits: [["agent", "ann", "positionsMax", 1]],
    before: holding(1, ANN, 1),
    expected: "positionCount",
  },
  {
    what: "more of a position that is open",
    limits: [["agent", "ann", "positionsMax", 1]],
    before: holding(1),
    expected: 10,
  },
  {
    what: "a day's loss",
    limits: [["agent", "ann", "dailyLossMax", 100]],
    before: ({ desk }) => desk.equity.update(ANN, -100),
    expected: "dailyLoss",
  },
  {
    what: "an equity that is no number",
    limits: [["agent", "ann", "dailyLossMax", 100]],
    before: ({ desk }) => desk.equity.update(ANN, Number.NaN),
    expected: "dailyLoss",
  },
  {
    what: "the way out after a day's loss",
    limits: [["agent", "ann", "dailyLossMax", 100]],
    before: (stage) => {
      holding(6)(stage);
      stage.desk.equity.update(ANN, -100);
    },
    intent: sell,
    expected: 6,
  },
  {
    what: "a new day after a loss",
    limits: [["agent", "ann", "dailyLossMax", 100]],
    before: ({ desk }) => {
      desk.equity.update(ANN, -100);
      desk.equity.startDay();
    },
    expected: 10,
  },
  {
    what: "a drawdown, which no new day heals",
    limits: [["agent", "ann", "drawdownMax", 100]],
    before: ({ desk }) => {
      desk.equity.update(ANN, 70);
      desk.equity.update(ANN, -30);
      desk.equity.startDay();
    },
    expected: "drawdown",
  },

  {
    what: "an account that can pay for a part",
    before: ({ desk }) => desk.funds.setCredit(0, 1, 7 * (LOT + 5) + 1),
    expected: 7,
  },
  {
    what: "an account whose money is set aside already",
    before: (stage) => {
      stage.desk.funds.setCredit(0, 1, 12 * (LOT + 5));
      working({ agent: BEN, qtyLots: 12 })(stage);
    },
    expected: "freeBalance",
  },
  {
    what: "a sale of what is not there",
    before: ({ desk }) => desk.funds.setCredit(0, 0, 3),
    intent: sell,
    expected: 3,
  },
  {
    what: "an order of our own on the other side",
    before: working({ ...sell, agent: CEM, limitTicks: 100 }),
    expected: "selfCross",
  },
  {
    what: "an order of our own that is out of reach",
    before: working({ ...sell, agent: CEM, limitTicks: 101 }),
    expected: 10,
  },
  {
    what: "an order of our own in another market",
    before: working({ ...sell, agent: CEM, limitTicks: 100, market: 2 }),
    expected: 10,
  },
  {
    what: "too many orders in a second",
    limits: [["strategy", "makers", "ordersPerSecondMax", 1]],
    before: working({ agent: BEN }),
    expected: "orderRate",
  },
  {
    what: "a second later",
    limits: [["strategy", "makers", "ordersPerSecondMax", 1]],
    before: working({ agent: BEN }),
    nowNs: 1e9,
    expected: 10,
  },
];

describe("an intent meets", () => {
  test.each(cases)("$what: $expected", ({ limits = [], before, intent, nowNs = 0, expected }) => {
    const stage = riskStage(limits);
    before?.(stage);
    const decision = stage.engine.decide(intentOf(intent), nowNs);
    expect(decision.kind === "allowed" ? decision.lots : decision.reason).toBe(expected);
  });
});

test("a denial tells the limit, where it is set, and what was found", () => {
  const { engine } = riskStage([["strategy", "makers", "orderLotsMax", 7]]);
  const decision = engine.decide(intentOf({ allOrNothing: true }), 0);
  expect(decision.finding).toMatchObject({ limit: 7, found: 10, scope: { kind: "strategy", name: "makers" } });
});

test("a smaller order tells which check made it smaller", () => {
  const { engine } = riskStage([["agent", "ann", "positionLotsMax", 3]]);
  expect(engine.decide(intentOf(), 0)).toMatchObject({ kind: "allowed", lots: 3, clampedBy: "position" });
});

test("an intent is decided once", () => {
  const { engine } = riskStage();
  const intent = intentOf();
  expect(engine.decide(intent, 0).kind).toBe("allowed");
  expect(engine.decide(intent, 0)).toMatchObject({ kind: "denied", reason: "duplicateIntent" });
});

test("numbers of orders go on where the desk's last life ended", () => {
  const { engine } = riskStage();
  expect(engine.decide(intentOf(), 0)).toMatchObject({ order: 1 });
  expect(engine.decide(intentOf(), 0)).toMatchObject({ order: 2 });
});
