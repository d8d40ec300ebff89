import { Ledger } from "../src/market/ledger.ts";
import { CONTINUOUS_SESSION } from "../src/market/auction/session.ts";
import type { RuleOptions } from "../src/market/rules/registry.ts";
import { Venue } from "../src/market/venue.ts";
import { createInstrument } from "../src/model/instrument.ts";
import { AssetTable } from "../src/model/listing.ts";
import { RecordKind } from "../src/model/record.ts";
import { assert } from "../src/core/assert.ts";
import { OWNER, neutralFlow } from "./flows.ts";
import type { Flow } from "./flows.ts";
import { secondsOf } from "./matching.ts";
import type { BenchRow } from "./row.ts";

export interface RulesBenchOptions {
  readonly commands?: number;
  readonly rounds?: number;
}

const DEFAULTS = { commands: 500_000, rounds: 7 } as const;
const UNITS_PLENTY = 2 ** 51;
/** Time from one command to the next. */
const STEP_NS = 1_000;

const HALT = { haltNs: 300_000_000_000, reopeningNs: 30_000_000_000 };

/** Every rule but commit-reveal, which takes no plain orders, set so that nothing is refused: what is measured is the asking. */
const EVERY_RULE: Required<Omit<RuleOptions, "commitReveal">> = {
  uniqueOrderIds: { window: 1_024 },
  killSwitch: { isOffered: true },
  rateLimit: {
    perSecond: 1_000_000,
    burst: 1_000_000,
    throttleAfter: 20,
    forgetNs: 1_000_000_000,
    throttledPerSecond: 1,
    throttleNs: 10_000_000_000,
    suspendAfter: 20,
    suspendNs: 60_000_000_000,
  },
  orderToTrade: { windowNs: 60_000_000_000, freeMessages: 1_000_000_000, perTrade: 10, perTradeMax: 100, feeUnits: 1 },
  orderLimits: { qtyLotsMax: 1_000_000, notionalUnitsMax: 2 ** 50 },
  fatFinger: { timesAverage: 1_000, orders: 100 },
  priceCollar: { millionths: 500_000, maxAgeNs: 10_000_000_000 },
  positionLimit: { lotsMax: 1_000_000_000 },
  auctions: { ...CONTINUOUS_SESSION, allocation: "time" },
  limitUpLimitDown: { bandMillionths: 900_000, windowNs: 300_000_000_000, limitStateNs: 15_000_000_000, ...HALT },
  circuitBreaker: { moveMillionths: 900_000, windowNs: 60_000_000_000, ...HALT },
  marketHalt: { levels: [{ declineMillionths: 900_000, haltNs: HALT.haltNs }], reopeningNs: HALT.reopeningNs },
};

const TIERED = { tiers: [{ volumeUnits: 1_000_000, makerMillionths: 50, takerMillionths: 150 }], washMillionths: 0 };

/** What rules cost a venue: the same flow without any and with all, in turns. */
export function benchRules(options: RulesBenchOptions = {}): BenchRow[] {
  const { commands, rounds } = { ...DEFAULTS, ...options };
  const flow = neutralFlow(commands);
  // More cases would let V8 see more rules at each call than any venue has, and slow all of them down.
  const cases: readonly (readonly [string, RuleOptions, object])[] = [
    ["without rules", {}, {}],
    ["all rules, fees by tier", EVERY_RULE, TIERED],
  ];
  const best = cases.map(() => Infinity);
  for (let round = 0; round < rounds; round++) {
    cases.forEach(([, rules, fees], place) => {
      best[place] = Math.min(best[place], timeVenue(flow, rules, fees));
    });
  }
  const measured = flow.commands - flow.opening;
  return cases.map(([name], place): BenchRow => {
    const value = measured / best[place] / 1e6;
    const row: BenchRow = { bench: "rules", case: name, value, unit: "M commands/s" };
    if (place === 0) return row;
    const ratio = best[0] / best[place];
    const compared = { ...row, ratio, against: "no rules" };
    return place === cases.length - 1 ? { ...compared, target: ">= 0.7 x" } : compared;
  });
}

/** @returns seconds that the measured commands took */
function timeVenue(flow: Flow, rules: RuleOptions, fees: object): number {
  const venue = createVenue(rules, fees);
  const { words, doubles } = flow;
  let refused = 0;
  const run = (from: number, to: number): void => {
    for (let number = from; number < to; number++) {
      venue.apply(words, doubles, number << 4, number * STEP_NS);
      const { reports } = venue;
      if (reports.words[reports.front] === RecordKind.orderRejected) refused++;
      reports.clear();
      venue.deltas.clear();
    }
  };
  run(0, flow.opening);
  const seconds = secondsOf(() => run(flow.opening, flow.commands));
  assert(refused === 0, "rules that are set to refuse nothing refused something");
  return seconds;
}

function createVenue(rules: RuleOptions, fees: object): Venue {
  const instrument = createInstrument({ symbol: "BENCH", base: "BEN", quote: "CHF", tick: "0.01", lot: "1" });
  const assets = new AssetTable([instrument]);
  const ledger = new Ledger(assets.assets.length);
  const listed = [assets.list(instrument, 0)];
  while (ledger.openAccount() < OWNER);
  for (let asset = 0; asset < assets.assets.length; asset++) ledger.deposit(OWNER, asset, UNITS_PLENTY);
  const schedule = { makerMillionths: 100, takerMillionths: 200, ...fees };
  return new Venue({ name: "bench", listed, ledger, fees: schedule, rules: [rules] });
}
