import { formatOnGrid } from "../core/decimal.ts";
import { FEE_ACCOUNT } from "../market/ledger.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";
import type { RecordedFlowCounts } from "../venues/simulated/recorded-flow.ts";
import type { Group, World } from "../world/world.ts";
import { wholeUnits } from "../world/scenario/amounts.ts";
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
  readonly recorded?: RecordedFlowCounts | undefined;
  /** The hash of everything that was delivered: equal runs have equal hashes. */
  readonly tape: string;
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
  /** Orders, cancels and replaces that reached the venue, all its instruments together. */
  readonly commands: number;
  readonly rejected: number;
  readonly restingOrders: number;
}

export interface GroupSummary {
  readonly name: string;
  readonly kind: string;
  readonly agents: number;
  /** Change of cash, and of inventory at the last price, of all agents together. */
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
    agents: world.groups.reduce((sum, group) => sum + group.accounts.length, 0),
    instruments: world.markets.map((_, place) => summarizeInstrument(world, place)),
    groups: world.groups.map((group) => summarizeGroup(world, group)),
    money: world.assets.assets.map((asset, index) => {
      const sum = world.ledger.total(index);
      const fees = unitsText(BigInt(world.ledger.balance(FEE_ACCOUNT, index)), asset.decimals);
      return { asset: asset.code, sum: unitsText(sum, asset.decimals), conserved: sum === 0n, fees };
    }),
    recorded: world.recordedFlow?.counts,
    tape: world.kernel.tape.digest(),
  };
}

function summarizeInstrument(world: World, place: number): InstrumentSummary {
  const market = world.markets[place];
  const { actor, listed } = world.listing(market);
  const { instrument } = market;
  const turnover = actor.statistics.turnovers[market.index];
  const records = actor.statistics.records;
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
    commands: records
      .subarray(RecordKind.submitOrder, RecordKind.disconnect + 1)
      .reduce((sum, count) => sum + count, 0),
    rejected: records[RecordKind.orderRejected] + records[RecordKind.requestRejected],
    restingOrders: book.orderCount,
  };
}

function summarizeGroup(world: World, group: Group): GroupSummary {
  const { actor, listed } = world.listing(group.market);
  const book = actor.venue.books[group.market.index];
  const spec = [...world.scenario.population, ...world.scenario.agents].find(({ name }) => name === group.name);
  const account = spec?.account as { cash: string; inventory: string };
  const { assets } = world.assets;
  const startCash = BigInt(wholeUnits(account.cash, assets[listed.quoteAsset].decimals));
  const startInventory = BigInt(wholeUnits(account.inventory, assets[listed.baseAsset].decimals));
  const bid = book.bestPriceTicks(Side.buy);
  const lastTicks = BigInt(book.lastPriceTicks || bid);
  let profit = 0n;
  for (const owner of group.accounts) {
    const cash = BigInt(world.ledger.balance(owner, listed.quoteAsset)) - startCash;
    const lots = (BigInt(world.ledger.balance(owner, listed.baseAsset)) - startInventory) / BigInt(listed.lotUnits);
    profit += cash + lots * lastTicks * BigInt(listed.tickLotUnits);
  }
  return {
    name: group.name,
    kind: group.kind,
    agents: group.accounts.length,
    profit: unitsText(profit, assets[listed.quoteAsset].decimals),
    asset: group.market.instrument.quote,
  };
}

function quoteDecimals(world: World, asset: number): number {
  return world.assets.assets[asset].decimals;
}
