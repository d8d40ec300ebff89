import { grouped } from "../lab/grouped.ts";
import { formatTimeOfDay } from "../core/duration.ts";
import type { BookState, WorldState } from "../lab/state.ts";
import { styled, table } from "./terminal.ts";

/** Accounts that are shown; `--json` has all of them. */
const ACCOUNTS_SHOWN = 12;

/** The state of a world for people. */
export function stateText(state: WorldState): string {
  const title = `${formatTimeOfDay(state.timeOfDayNs, 9)}, after ${grouped(String(state.events))} events`;
  return [
    styled("bold", title),
    "",
    ...state.books.flatMap((book) => [bookText(book), ""]),
    accountsText(state),
    "",
  ].join("\n");
}

function bookText(book: BookState): string {
  const rows = Array.from({ length: Math.max(book.bids.length, book.asks.length) }, (_, i) => {
    const [bid, ask] = [book.bids[i], book.asks[i]];
    return [
      "",
      String(bid?.orders ?? ""),
      bid?.qty ?? "",
      bid?.price ?? "",
      ask?.price ?? "",
      ask?.qty ?? "",
      String(ask?.orders ?? ""),
    ];
  });
  const head = ["", "orders", "bid qty", "bid", "ask", "ask qty", "orders"];
  const title = `${book.symbol} at ${book.venue}: last ${grouped(book.lastPrice)}, ${grouped(String(book.orders))} orders`;
  return `${styled("bold", title)}\n${table([head, ...rows], { indent: " " })}`;
}

/** Those that differ most from how they began are the ones that have traded, so accounts with orders come first. */
function accountsText(state: WorldState): string {
  const busy = state.accounts.filter(({ inventory, cashReserved, inventoryReserved }) =>
    [inventory, cashReserved, inventoryReserved].some((amount) => Number(amount) !== 0),
  );
  const shown = (busy.length > 0 ? busy : state.accounts).slice(0, ACCOUNTS_SHOWN);
  const rows = shown.map((account) => [
    account.agent,
    ...[account.cash, account.cashReserved, account.inventory, account.inventoryReserved].map(grouped),
  ]);
  const rest = state.accounts.length - shown.length;
  const more = rest > 0 ? `\n  and ${grouped(String(rest))} more; --json lists all` : "";
  return `${styled("bold", "Accounts")}\n${table([["", "cash", "reserved", "inventory", "reserved"], ...rows], { indent: "  " })}${more}`;
}
