import { formatOnGrid } from "../core/decimal.ts";
import { Side } from "../model/side.ts";
import type { World } from "../world/world.ts";
import { agentNameOf } from "../world/scenario/groups.ts";
import { unitsText } from "./units-text.ts";

/** Levels a side, and accounts, that a state shows. */
const LEVELS_SHOWN = 10;

/** The books and the accounts of a world as they stand. */
export interface WorldState {
  readonly timeNs: number;
  readonly timeOfDayNs: number;
  readonly events: number;
  readonly books: readonly BookState[];
  readonly accounts: readonly AccountState[];
}

export interface BookState {
  readonly venue: string;
  readonly symbol: string;
  readonly lastPrice: string;
  readonly orders: number;
  readonly bids: readonly LevelState[];
  readonly asks: readonly LevelState[];
}

export interface LevelState {
  readonly price: string;
  readonly qty: string;
  readonly orders: number;
}

export interface AccountState {
  readonly agent: string;
  readonly cash: string;
  readonly inventory: string;
  readonly cashReserved: string;
  readonly inventoryReserved: string;
}

export function stateOf(world: World): WorldState {
  const { kernel, scenario } = world;
  return {
    timeNs: kernel.nowNs,
    timeOfDayNs: scenario.start + kernel.nowNs,
    events: kernel.events,
    books: world.markets.map((market) => {
      const book = world.listing(market).actor.venue.books[market.index];
      const { tick, lot } = market.instrument;
      const levels = (side: Side): LevelState[] => {
        const found: LevelState[] = [];
        for (
          let price = book.bestPriceTicks(side);
          price !== 0 && found.length < LEVELS_SHOWN;
          price = book.nextPriceTicks(side, price)
        ) {
          found.push({
            price: formatOnGrid(price, tick),
            qty: formatOnGrid(book.levelLots(side, price), lot),
            orders: book.levelOrders(side, price),
          });
        }
        return found;
      };
      return {
        venue: market.venue,
        symbol: market.symbol,
        lastPrice: formatOnGrid(book.lastPriceTicks, tick),
        orders: book.orderCount,
        bids: levels(Side.buy),
        asks: levels(Side.sell),
      };
    }),
    accounts: world.groups.flatMap((group) => {
      const { listed } = world.listing(group.market);
      const { assets } = world.assets;
      const text = (units: number, asset: number): string => unitsText(BigInt(units), assets[asset].decimals);
      return group.accounts.map((account, index) => ({
        agent: agentNameOf(group.name, index + 1),
        cash: text(world.ledger.balance(account, listed.quoteAsset), listed.quoteAsset),
        inventory: text(world.ledger.balance(account, listed.baseAsset), listed.baseAsset),
        cashReserved: text(world.ledger.reserved(account, listed.quoteAsset), listed.quoteAsset),
        inventoryReserved: text(world.ledger.reserved(account, listed.baseAsset), listed.baseAsset),
      }));
    }),
  };
}
