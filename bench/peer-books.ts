import { createRequire } from "node:module";

import { CommandWord } from "../src/model/command.ts";
import { OrderType, TimeInForce, orderTypeOf, sideOf, timeInForceOf } from "../src/model/order-flags.ts";
import { RecordKind } from "../src/model/record.ts";
import { Side } from "../src/model/side.ts";
import { FastBook } from "../src/market/fast-book.ts";
import type { Flow } from "./flows.ts";
import { OWNER } from "./flows.ts";
import type { TradeSum } from "./trade-sum.ts";

/** The npm packages to compare with: both have the same interface. */
export const PEERS = ["nodejs-order-book", "hft-limit-order-book"] as const;
export type PeerName = (typeof PEERS)[number];

interface PeerOrder {
  readonly id: string;
  readonly price: number;
  readonly size: number;
}

interface PeerAnswer {
  readonly done: readonly PeerOrder[];
  readonly partial: PeerOrder | null;
  readonly partialQuantityProcessed: number;
  readonly err: Error | null;
}

interface NewOrder {
  readonly side: "buy" | "sell";
  readonly id: string;
  readonly size: number;
  readonly price: number;
  readonly timeInForce: "GTC" | "IOC";
}

export interface PeerBook {
  limit(order: NewOrder): PeerAnswer;
  market(order: { readonly side: "buy" | "sell"; readonly size: number }): PeerAnswer;
  modify(id: string, change: { readonly price: number; readonly size: number }): PeerAnswer;
  cancel(id: string): unknown;
}

/** A command in a peer's words. */
export type PeerCommand =
  | { readonly kind: "limit"; readonly taker: number; readonly order: NewOrder }
  | {
      readonly kind: "market";
      readonly taker: number;
      readonly order: { readonly side: "buy" | "sell"; readonly size: number };
    }
  | {
      readonly kind: "modify";
      readonly taker: number;
      readonly id: string;
      readonly change: { price: number; size: number };
    }
  | { readonly kind: "cancel"; readonly id: string };

const require = createRequire(import.meta.url);

export function createPeer(name: PeerName): PeerBook {
  const { OrderBook } = require(name) as { OrderBook: new () => PeerBook };
  return new OrderBook();
}

/**
 * Translates the first commands of a flow. A replace becomes `modify`, which cancels and adds again: the flow's replaces
 * lose their place in our book too. Its new size is what our order has left, since a peer's size leaves fills out.
 */
export function translateFlow(flow: Flow, commands: number): PeerCommand[] {
  const book = new FastBook({ ...flow.rules, publishes: "nothing" });
  const translated: PeerCommand[] = [];
  for (let at = 0; at < commands << 4; at += 16) {
    translated.push(translate(book, flow.words, at));
    book.apply(flow.words, flow.doubles, at, 0);
    book.reports.clear();
  }
  return translated;
}

function translate(book: FastBook, words: Int32Array, at: number): PeerCommand {
  const taker = words[at + CommandWord.orderId];
  const id = String(taker);
  const size = words[at + CommandWord.qtyLots];
  const price = words[at + CommandWord.priceTicks];
  if (words[at] === RecordKind.cancelOrder) return { kind: "cancel", id };
  if (words[at] === RecordKind.replaceOrder) {
    return { kind: "modify", taker, id, change: { price, size: size - (book.peek(OWNER, taker)?.filledLots ?? 0) } };
  }
  const flags = words[at + CommandWord.flags];
  const side = sideOf(flags) === Side.buy ? "buy" : "sell";
  if (orderTypeOf(flags) === OrderType.market) return { kind: "market", taker, order: { side, size } };
  const timeInForce = timeInForceOf(flags) === TimeInForce.IOC ? "IOC" : "GTC";
  return { kind: "limit", taker, order: { side, id, size, price, timeInForce } };
}

/** Executes commands; what they trade goes into `sum` where there is one. */
export function runPeer(
  book: PeerBook,
  commands: readonly PeerCommand[],
  span: { from: number; to: number },
  sum?: TradeSum,
): void {
  for (let i = span.from; i < span.to; i++) {
    const command = commands[i];
    if (command.kind === "cancel") {
      book.cancel(command.id);
      continue;
    }
    const answer =
      command.kind === "limit"
        ? book.limit(command.order)
        : command.kind === "market"
          ? book.market(command.order)
          : book.modify(command.id, command.change);
    if (sum !== undefined) sumTrades(answer, command.taker, sum);
  }
}

/** An answer lists makers that are done with what they had left, then the one that traded in part; the taker too. */
function sumTrades(answer: PeerAnswer, taker: number, sum: TradeSum): void {
  if (answer.err !== null) throw answer.err;
  for (const { id, price, size } of answer.done) {
    if (Number(id) !== taker) sum.add(taker, Number(id), price, size);
  }
  const { partial } = answer;
  if (partial !== null && Number(partial.id) !== taker) {
    sum.add(taker, Number(partial.id), partial.price, answer.partialQuantityProcessed);
  }
}
