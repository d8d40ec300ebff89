import { RandomStream } from "../core/random.ts";
import type { FeeSchedule } from "../market/fees.ts";
import { feeOf } from "../market/fees.ts";
import type { Ledger } from "../market/ledger.ts";
import { FEE_ACCOUNT } from "../market/ledger.ts";
import { orderTypeOf, OrderType, sideOf } from "../model/order-flags.ts";
import { PhaseChangedWord, TradingPhase } from "../model/phase.ts";
import { reasonName } from "../model/reason.ts";
import { RecordKind, recordKindName } from "../model/record.ts";
import { ReportWord } from "../model/report.ts";
import { Side } from "../model/side.ts";
import type { BookProfile } from "./book-profiles.ts";
import { BOOK_PROFILES, PROFILE_RULES, profileNamed } from "./book-profiles.ts";
import { renderStep } from "./book-step-text.ts";
import { worstFee } from "./naive-fees.ts";
import { waitingRecords } from "./stale-words.ts";
import type { BookStep } from "./book-steps.ts";
import type { FloorVenueSpec, StepTarget } from "./trading-floor.ts";
import { TradingFloor } from "./trading-floor.ts";
import { VenueStepGenerator } from "./venue-step-generator.ts";

const everything = profileNamed("everything");

/** The profiles of books, and one that leans on what only a venue knows. */
export const VENUE_PROFILES: readonly BookProfile[] = [
  ...BOOK_PROFILES,
  {
    ...everything,
    name: "market orders on little money",
    owners: 6,
    spreadTicks: 40,
    weights: { ...everything.weights, position: 4, clock: 20, expire: 0 },
    chances: { ...everything.chances, market: 0.4, stop: 0.1, reduceOnly: 0.2, gtd: 0.7, selfTradePrevention: 0.7 },
  },
];

export interface VenueFlowOptions {
  readonly profile: BookProfile;
  readonly seed: number;
  readonly commands: number;
  /** What everybody owns, in parts of what lets most orders through; 1 where nothing is said. */
  readonly wealth?: number;
  /** Of the two venues; two opposite pairs of rates where nothing is said. */
  readonly fees?: readonly [FeeSchedule, FeeSchedule];
  /** Stands between venues and ledger, for tests that plant bugs. */
  readonly wrap?: (ledger: Ledger) => Ledger;
}

/** How often each report came, by its kind, type of order and reason, such as `orderCanceled limit selfTradeMaker`. */
export type ReportCounts = ReadonlyMap<string, number>;

const FEES = [
  { makerMillionths: -5_000, takerMillionths: 7_001 },
  { makerMillionths: 9_999, takerMillionths: 300 },
] as const;

/** Instruments that trade and pay in each other's assets, on grids of their own, at two venues with opposite fees. */
function venuesOf(
  { sessionEndNs, ordersMax }: BookProfile["rules"],
  fees: readonly [FeeSchedule, FeeSchedule],
): readonly FloorVenueSpec[] {
  const rules = {
    ...(sessionEndNs === undefined ? {} : { sessionEndNs }),
    ...(ordersMax === undefined ? {} : { ordersMax }),
  };
  const btc = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "0.01", lot: "0.001" };
  return [
    {
      ...rules,
      fees: fees[0],
      instruments: [
        btc,
        {
          symbol: "ETH/USD",
          base: "ETH",
          quote: "USD",
          tick: "0.05",
          lot: "0.01",
          bandPercent: 0.25,
          minNotional: "10",
        },
        { symbol: "ETH/BTC", base: "ETH", quote: "BTC", tick: "0.00001", lot: "0.01" },
      ],
    },
    { ...rules, fees: fees[1], instruments: [btc] },
  ];
}

/** What most owners need for about ten orders; each has another part of it, so that some are rich and some are poor. */
const WEALTH = { USD: 15_000_000, BTC: 500_000, ETH: 60 };
const SHARES = [1, 0.3, 3, 0.1, 10, 1, 1, 0.3, 3, 0.1, 10, 1];
/** Every third owner may borrow this part of what it has. */
const CREDIT_SHARE = 0.2;
/** How often an owner who buys at the market has just enough. */
const SQUEEZE_CHANCE = 0.7;

/** Where prices or quantities lie anywhere in int32, owners need more to get any order through. */
export function wealthFor({ rules, name }: BookProfile): number {
  if (name === "market orders on little money") return 0.3;
  return (rules.priceTicksMax ?? 0) > 1_000_000 || (rules.qtyLotsMax ?? 0) > 1_000_000 ? 100_000 : 1;
}

/**
 * Sends random steps to two venues with four instruments on one ledger, and checks the money after each.
 * @throws {Error} with the step that money went wrong in, and how to run it again
 */
export function runVenueFlow(options: VenueFlowOptions): ReportCounts {
  const { profile, seed, commands, wealth = 1, fees = FEES, wrap } = options;
  const floor = new TradingFloor(venuesOf({ ...PROFILE_RULES, ...profile.rules }, fees), wrap);
  const accounts = SHARES.map((share, place) => openAccount(floor, { share: share * wealth, place }));
  const bank = floor.ledger.openAccount();
  const random = RandomStream.named(seed, "money", profile.name);
  const instruments = floor.venues.map(({ books }) => books.length);
  const generator = new VenueStepGenerator(random, { profile, instruments, accounts });
  const counts = new Map<string, number>();
  for (let count = 0; count < commands; count++) {
    const { venue, instrument, step } = generator.next();
    const target = { venue: floor.venues[venue], instrument };
    const short = random.integer(0, 1);
    const loan = random.chance(SQUEEZE_CHANCE) ? squeeze(floor, { step, target, bank, short }) : undefined;
    try {
      floor.apply(step, target);
    } catch (error) {
      throw new Error(
        [
          `profile "${profile.name}", seed ${seed}, step ${count} of ${commands}, at ${venue}/${instrument}: ${renderStep(step)}`,
          error instanceof Error ? error.message : String(error),
          "run it again:",
          `  TRADESWARM_SOAK_SEED=${seed} TRADESWARM_SOAK_PROFILE="${profile.name}" TRADESWARM_SOAK_COMMANDS=${commands} \\`,
          "    npx vitest run --mode soak test/soak/venue.soak.ts",
        ].join("\n"),
        { cause: error },
      );
    }
    if (loan !== undefined) floor.pay({ ...loan, from: loan.to, to: loan.from });
    for (const { reports } of floor.venues) {
      for (const at of waitingRecords(reports)) countReport(reports.words, at, counts);
    }
    floor.take();
  }
  return counts;
}

interface Payment {
  readonly from: number;
  readonly to: number;
  readonly asset: number;
  readonly units: number;
}

/**
 * Takes from who sends a market buy all that the venue should not ask for, or `short` units more: what the venue forgets
 * to ask for is missing then when it comes to pay.
 */
function squeeze(
  floor: TradingFloor,
  { step, target, bank, short }: { step: BookStep; target: StepTarget; bank: number; short: number },
): Payment | undefined {
  if (step.do !== "submit" || sideOf(step.flags) !== Side.buy || orderTypeOf(step.flags) !== OrderType.market)
    return undefined;
  const { owner, flags, qtyLots } = step;
  const book = target.venue.books[target.instrument];
  if (book === undefined || owner < FEE_ACCOUNT + 1 || owner >= bank) return undefined;
  const { quoteAsset, tickLotUnits } = target.venue.listed[target.instrument];
  const isCall = book.phase === TradingPhase.auction;
  const tickLots = isCall ? book.marketLimit(flags) * qtyLots : book.costOfMarketOrder(owner, flags, qtyLots);
  const notional = tickLots * tickLotUnits;
  const fees = floor.feesOf(target.venue);
  const fee = isCall ? Number(worstFee(fees, BigInt(notional), BigInt(qtyLots))) : mostFee(fees, notional, qtyLots);
  const free = floor.ledger.free(owner, quoteAsset);
  const units = Math.min(free, free - notional - fee + short);
  if (units <= 0) return undefined;
  const payment = { from: owner, to: bank, asset: quoteAsset, units };
  floor.pay(payment);
  return payment;
}

/** The most that a taker may have to pay. */
function mostFee(fees: FeeSchedule, notional: number, lots: number): number {
  const { minimumUnits = 0, tiers = [], washMillionths = 0 } = fees;
  const takerMillionths = Math.max(fees.takerMillionths, ...tiers.map((tier) => tier.takerMillionths));
  return Math.min(notional, feeOf(notional, takerMillionths + washMillionths) + lots * minimumUnits);
}

function openAccount(floor: TradingFloor, { share, place }: { share: number; place: number }): number {
  const account = floor.ledger.openAccount();
  for (const [code, units] of Object.entries(WEALTH)) {
    floor.deposit(account, code, Math.floor(units * share));
    if (place % 3 === 0) floor.grantCredit(account, code, Math.floor(units * share * CREDIT_SHARE));
  }
  // Some of them belong together.
  if (place % 4 === 1) for (const venue of floor.venues) venue.groups.join(account, 1);
  if (place % 2 === 0) for (const venue of floor.venues) venue.cancelOnDisconnect(account);
  return account;
}

function countReport(words: Int32Array, at: number, counts: Map<string, number>): void {
  const kind = words[at];
  let name = recordKindName(kind);
  if (kind === RecordKind.phaseChanged) {
    name = `${name} ${words[at + PhaseChangedWord.priceTicks] === 0 ? "idle" : "traded"}`;
  } else if (kind !== RecordKind.trade) {
    const type = orderTypeOf(words[at + ReportWord.flags]);
    const typeName = Object.entries(OrderType).find(([, value]) => value === type)?.[0];
    name = `${name} ${typeName} ${reasonName(words[at + ReportWord.reason])}`;
  }
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
