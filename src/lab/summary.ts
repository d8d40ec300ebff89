import { assert } from "../core/assert.ts";
import { formatOnGrid } from "../core/decimal.ts";
import { FEE_ACCOUNT } from "../market/ledger.ts";
import type { DropCause, NetworkCounts } from "../network/network-counts.ts";
import { DROP_CAUSES } from "../network/network-counts.ts";
import { reasonName } from "../model/reason.ts";
import { Side } from "../model/side.ts";
import type { RecordedFlowCounts } from "../venues/simulated/recorded-flow.ts";
import type { Group, World } from "../world/world.ts";
import { wholeUnits } from "../world/scenario/amounts.ts";
import { groupsOf } from "../world/scenario/groups.ts";
import type { SurveillanceSummary } from "./alerts.ts";
import { summarizeAlerts } from "./alerts.ts";
import type { DeskSummary } from "./desk-summary.ts";
import { summarizeDesk } from "./desk-summary.ts";
import type { LedgerSummary } from "./ledger-summary.ts";
import { summarizeLedger } from "./ledger-summary.ts";
import { marketStatistics } from "./market-statistics.ts";
import { unitsText } from "./units-text.ts";

/** What a run came to, for people and programs. Amounts are decimal text. */
export interface Summary {
  readonly scenario: string;
  readonly seed: number;
  /** Why: its time was over, nothing was left to happen, so many events were asked for, Ctrl-C, or an actor failed. */
  readonly ended: "time" | "idle" | "events" | "interrupted" | "failed";
  readonly simulatedNs: number;
  readonly events: number;
  readonly messages: number;
  readonly agents: number;
  readonly instruments: readonly InstrumentSummary[];
  readonly groups: readonly GroupSummary[];
  readonly money: readonly AssetSummary[];
  /** Desks that host agents, which are not among the groups. */
  readonly desks: readonly DeskSummary[];
  readonly recorded?: RecordedFlowCounts | undefined;
  /** What the network did, where it is one of places and links. */
  readonly network?: NetworkSummary | undefined;
  /** What detectors found, where the scenario has them look. */
  readonly surveillance?: SurveillanceSummary | undefined;
  /** What became final at the replicas of the ledger, where there are some. */
  readonly ledger?: LedgerSummary | undefined;
  /** The hash of everything that was delivered: equal runs have equal hashes. */
  readonly tape: string;
}

/** Messages, and packets by what became of them. */
export interface NetworkSummary {
  readonly messages: number;
  readonly delivered: number;
  readonly packets: number;
  readonly repeated: number;
  readonly duplicated: number;
  /** By cause; those of streams were sent again. */
  readonly dropped: Readonly<Record<DropCause, number>>;
  /** Messages that a stream did not take, or gave up on. */
  readonly givenUp: number;
}

export interface InstrumentSummary {
  readonly venue: string;
  readonly symbol: string;
  readonly quote: string;
  readonly trades: number;
  readonly volume: string;
  readonly turnover: string;
  readonly lastPrice: string;
  readonly averagePrice: string;
  readonly meanSpread: number;
  readonly volatility1mBps: number;
  readonly autocorrelation1m: number;
  /** Orders, cancels and replaces that reached the venue, and those that it refused. */
  readonly commands: number;
  readonly rejected: number;
  /** Those by reason, most frequent first. */
  readonly rejections: Readonly<Record<string, number>>;
  /** Fees apart from trades, by reason, in the quote asset. */
  readonly charges: Readonly<Record<string, string>>;
  readonly restingOrders: number;
  /** Calls that ended, with and without a trade, and halts. */
  readonly auctions: number;
  readonly halts: number;
}

export interface GroupSummary {
  readonly name: string;
  readonly kind: string;
  readonly agents: number;
  /** Change of cash and of inventories, at last prices, of all agents together. */
  readonly profit: string;
  readonly asset: string;
}

export interface AssetSummary {
  readonly asset: string;
  /** Sum over all accounts; anything but 0 is a bug. */
  readonly sum: string;
  readonly conserved: boolean;
  readonly fees: string;
}

export function summarize(world: World, ended: Summary["ended"]): Summary {
  return {
    scenario: world.scenario.name,
    seed: world.scenario.seed,
    ended,
    simulatedNs: ended === "time" || ended === "idle" ? world.endNs : world.kernel.nowNs,
    events: world.kernel.events,
    messages: world.kernel.messages,
    agents: groupsOf(world.scenario).reduce((sum, { spec }) => sum + spec.count, 0),
    instruments: world.markets.map((_, place) => summarizeInstrument(world, place)),
    groups: world.groups.filter(({ accounts }) => accounts.length > 0).map((group) => summarizeGroup(world, group)),
    desks: world.desks.map((desk) => summarizeDesk(desk)),
    money: world.assets.assets.map((asset, index) => {
      const sum = world.ledger.total(index);
      const fees = unitsText(BigInt(world.ledger.balance(FEE_ACCOUNT, index)), asset.decimals);
      return { asset: asset.code, sum: unitsText(sum, asset.decimals), conserved: sum === 0n, fees };
    }),
    recorded: world.recordedFlow?.counts,
    network: world.network === undefined ? undefined : summarizeNetwork(world.network.counts),
    surveillance: summarizeAlerts(world),
    ledger: world.replicated === undefined ? undefined : summarizeLedger(world.replicated),
    tape: world.kernel.tape.digest(),
  };
}

function summarizeNetwork(counts: NetworkCounts): NetworkSummary {
  const { offered, delivered, packets, repeated, duplicated, refused, abandoned } = counts;
  const dropped = Object.fromEntries(DROP_CAUSES.map((cause) => [cause, counts[cause]])) as Record<DropCause, number>;
  return { messages: offered, delivered, packets, repeated, duplicated, dropped, givenUp: refused + abandoned };
}

function summarizeInstrument(world: World, place: number): InstrumentSummary {
  const market = world.markets[place];
  const { actor, listed } = world.listing(market);
  const { instrument } = market;
  const turnover = actor.statistics.turnovers[market.index];
  const book = actor.venue.books[market.index];
  const statistics = marketStatistics(world.observer.samples[place], world.observer.intervalNs);
  const tick = Number(instrument.tick.text);
  const averageTicks = turnover.volumeLots === 0 ? 0 : Math.round(turnover.tickLots / turnover.volumeLots);
  return {
    venue: market.venue,
    symbol: market.symbol,
    quote: instrument.quote,
    trades: turnover.trades,
    volume: formatOnGrid(turnover.volumeLots, instrument.lot),
    turnover: unitsText(
      BigInt(Math.round(turnover.tickLots)) * BigInt(listed.tickLotUnits),
      quoteDecimals(world, listed.quoteAsset),
    ),
    lastPrice: formatOnGrid(book.lastPriceTicks, instrument.tick),
    averagePrice: formatOnGrid(averageTicks, instrument.tick),
    meanSpread: statistics.meanSpreadTicks * tick,
    volatility1mBps: statistics.volatility1mBps,
    autocorrelation1m: statistics.autocorrelation1m,
    commands: turnover.commands,
    rejected: turnover.rejected,
    rejections: byReason(turnover.refusals, (count) => count),
    charges: byReason(turnover.charges, (units) => unitsText(BigInt(units), quoteDecimals(world, listed.quoteAsset))),
    restingOrders: book.orderCount,
    auctions: turnover.auctions,
    halts: turnover.halts,
  };
}

function byReason<T>(sums: ReadonlyMap<number, number>, text: (sum: number) => T): Record<string, T> {
  const sorted = [...sums].sort(([codeA, a], [codeB, b]) => b - a || codeA - codeB);
  return Object.fromEntries(sorted.map(([code, sum]) => [reasonName(code), text(sum)]));
}

function summarizeGroup(world: World, group: Group): GroupSummary {
  const { listed } = world.listing(group.market);
  const { assets } = world.assets;
  const spec = groupsOf(world.scenario).find(({ spec: { name } }) => name === group.name)?.spec;
  assert(spec !== undefined, "a group comes out of the scenario");
  const { cash, inventory } = spec.account;
  const agents = BigInt(group.accounts.length);
  // What the agents have less what they were given.
  const gained = (asset: number): bigint => {
    let units = group.accounts.reduce((sum, owner) => sum + BigInt(world.ledger.balance(owner, asset)), 0n);
    if (asset === listed.quoteAsset) units -= agents * BigInt(wholeUnits(cash, assets[asset].decimals));
    if (asset === listed.baseAsset) units -= agents * BigInt(wholeUnits(inventory, assets[asset].decimals));
    return units;
  };
  const profit = assets.reduce((sum, _, asset) => {
    if (asset === listed.quoteAsset) return sum + gained(asset);
    return sum + valueOf(world, { units: gained(asset), asset, quoteAsset: listed.quoteAsset });
  }, 0n);
  return {
    name: group.name,
    kind: group.kind,
    agents: group.accounts.length,
    profit: unitsText(profit, assets[listed.quoteAsset].decimals),
    asset: group.market.instrument.quote,
  };
}

/** What an amount is worth at the last price, or at the bid where there was no trade; 0 where nobody trades the two. */
function valueOf(world: World, amount: { units: bigint; asset: number; quoteAsset: number }): bigint {
  for (const market of world.markets) {
    const { actor, listed } = world.listing(market);
    if (listed.baseAsset !== amount.asset || listed.quoteAsset !== amount.quoteAsset) continue;
    const book = actor.venue.books[market.index];
    const priceTicks = BigInt(book.lastPriceTicks || book.bestPriceTicks(Side.buy));
    if (priceTicks !== 0n) return (amount.units * priceTicks * BigInt(listed.tickLotUnits)) / BigInt(listed.lotUnits);
  }
  return 0n;
}

function quoteDecimals(world: World, asset: number): number {
  return world.assets.assets[asset].decimals;
}
