import { assert } from "../src/core/assert.ts";
import { RandomStream } from "../src/core/random.ts";
import { FastBook } from "../src/market/fast-book.ts";
import type { BookRules } from "../src/market/order-book.ts";
import { CommandWord, writeCancel, writeReplace, writeSubmit } from "../src/model/command.ts";
import { OrderType, TimeInForce, orderTypeOf, packFlags, sideOf, timeInForceOf } from "../src/model/order-flags.ts";
import { RecordKind } from "../src/model/record.ts";
import { ReportWord, TradeWord } from "../src/model/report.ts";
import { Side } from "../src/model/side.ts";

/** A stream of commands for one book, made once and fed to every engine alike: 16 words a command. */
export interface Flow {
  readonly name: string;
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly commands: number;
  /** Commands before this one only fill the book; what follows is measured. */
  readonly opening: number;
  readonly rules: BookRules;
}

export const BENCH_RULES: BookRules = {
  instrument: 0,
  priceTicksMin: 1,
  priceTicksMax: 2_000_000,
  qtyLotsMin: 1,
  qtyLotsMax: 1_000_000,
  tickLotUnits: 1,
  notionalUnitsMin: 0,
  bandMillionths: 0,
  referencePriceTicks: 100_000,
};

/** Every order of a flow has this owner: an account that a new ledger opens first. */
export const OWNER = 2;

/** The orders that a flow may still cancel or replace, with O(1) draw and removal. */
class LiveOrders {
  readonly ids: number[] = [];
  readonly #place = new Map<number, number>();

  add(id: number): void {
    this.#place.set(id, this.ids.length);
    this.ids.push(id);
  }

  remove(id: number): void {
    const place = this.#place.get(id);
    if (place === undefined) return;
    const last = this.ids.pop();
    assert(last !== undefined, "a known order is in the list");
    this.#place.delete(id);
    if (last === id) return;
    this.ids[place] = last;
    this.#place.set(last, place);
  }
}

/** Writes commands while a book executes them, so that the flow names only orders that live. */
class FlowWriter {
  readonly words: Int32Array;
  readonly doubles: Float64Array;
  readonly live = new LiveOrders();
  readonly book = new FastBook(BENCH_RULES);
  commands = 0;
  opening = 0;
  nextId = 0;

  constructor(commandsMax: number) {
    this.words = new Int32Array(commandsMax * 16);
    this.doubles = new Float64Array(this.words.buffer);
  }

  get at(): number {
    return this.commands << 4;
  }

  commit(): void {
    this.book.apply(this.words, this.doubles, this.at, 0);
    this.commands++;
    const { reports, deltas } = this.book;
    for (; !reports.isEmpty; reports.shift()) {
      const at = reports.front;
      if (reports.words[at] === RecordKind.trade && reports.words[at + TradeWord.makerLeavesLots] === 0) {
        this.live.remove(reports.words[at + TradeWord.makerOrderId]);
      } else if (reports.words[at] === RecordKind.orderCanceled) {
        this.live.remove(reports.words[at + ReportWord.orderId]);
      }
    }
    deltas.clear();
  }

  submit(
    side: Side,
    priceTicks: number,
    qtyLots: number,
    options: { type?: OrderType; timeInForce?: TimeInForce } = {},
  ): void {
    const orderId = this.nextId++;
    const flags = packFlags({
      side,
      orderType: options.type ?? OrderType.limit,
      timeInForce: options.timeInForce ?? TimeInForce.GTC,
    });
    writeSubmit(this.words, this.doubles, this.at, {
      instrument: 0,
      owner: OWNER,
      orderId,
      flags,
      priceTicks,
      qtyLots,
    });
    this.commit();
    if (this.book.peek(OWNER, orderId) !== undefined) this.live.add(orderId);
  }

  cancel(orderId: number): void {
    writeCancel(this.words, this.at, { instrument: 0, owner: OWNER, orderId });
    this.commit();
  }

  /** Says that the book is filled. */
  opened(): void {
    this.opening = this.commands;
  }

  finish(name: string): Flow {
    const length = this.commands * 16;
    const words = this.words.slice(0, length);
    return {
      name,
      words,
      doubles: new Float64Array(words.buffer),
      commands: this.commands,
      opening: this.opening,
      rules: BENCH_RULES,
    };
  }
}

/** Resting orders that the neutral flow swings around. */
const NEUTRAL_RESTING = 4000;

/**
 * 45 % limit adds near the touch, 45 % cancels, 5 % market or IOC orders, 5 % replaces, in random order; a mid that
 * walks at random; about 4,000 orders rest. Every trade takes orders away, so the draw leans to adds when fewer rest
 * than at the start and to cancels when more do: a percent or two.
 */
export function neutralFlow(commands: number, seed = 1): Flow {
  const random = RandomStream.named(seed, "bench", "neutral");
  const flow = new FlowWriter(commands + NEUTRAL_RESTING);
  let mid = 100_000;
  for (let i = 0; i < NEUTRAL_RESTING; i++) addNear(flow, random, mid);
  flow.opened();
  while (flow.commands < commands + NEUTRAL_RESTING) {
    if (random.chance(0.002)) mid += random.integer(-1, 1);
    const resting = flow.live.ids.length;
    const draw = random.uniform();
    const adds = 0.45 + (NEUTRAL_RESTING - resting) / 10_000;
    if (draw < adds) addNear(flow, random, mid);
    else if (draw < 0.9) flow.cancel(flow.live.ids[random.integer(0, resting - 1)]);
    else if (draw < 0.95) takeSome(flow, random, mid);
    else replaceOne(flow, random, mid);
  }
  return flow.finish("neutral");
}

/** A market order, or an IOC order at a price up to five ticks beyond the mid. */
function takeSome(flow: FlowWriter, random: RandomStream, mid: number): void {
  const side = random.chance(0.5) ? Side.buy : Side.sell;
  const qtyLots = random.integer(1, 4);
  if (random.chance(0.5)) flow.submit(side, 0, qtyLots, { type: OrderType.market });
  else flow.submit(side, side === Side.buy ? mid + 5 : mid - 5, qtyLots, { timeInForce: TimeInForce.IOC });
}

/**
 * A new price or a larger quantity, so that the order loses its place. The peers' only way to change an order loses the
 * place always, so a smaller quantity at the same price would give other trades there.
 */
function replaceOne(flow: FlowWriter, random: RandomStream, mid: number): void {
  const orderId = flow.live.ids[random.integer(0, flow.live.ids.length - 1)];
  const order = flow.book.peek(OWNER, orderId);
  assert(order !== undefined, "a flow names only orders that live");
  const total = order.leavesLots + order.filledLots;
  const priceTicks = random.chance(0.5) ? order.priceTicks : nearPrice(random, sideOf(order.flags), mid);
  const qtyLots = total + random.integer(1, 10);
  writeReplace(flow.words, flow.at, { instrument: 0, owner: OWNER, orderId, priceTicks, qtyLots });
  flow.commit();
  if (flow.book.peek(OWNER, orderId) === undefined) flow.live.remove(orderId);
}

function addNear(flow: FlowWriter, random: RandomStream, mid: number): void {
  const side = random.chance(0.5) ? Side.buy : Side.sell;
  flow.submit(side, nearPrice(random, side, mid), random.integer(1, 20));
}

/** A price on its own side of the mid, 12 ticks away in the mean. */
function nearPrice(random: RandomStream, side: Side, mid: number): number {
  const distance = 1 + Math.floor(random.exponential(12));
  return side === Side.buy ? mid - distance : mid + distance;
}

/** 200 k resting orders on 20 k levels; then cancels of random ones, each followed by a new order at a random level. */
export function hostileFlow(commands: number, seed = 1): Flow {
  const random = RandomStream.named(seed, "bench", "hostile");
  const resting = 200_000;
  const flow = new FlowWriter(commands + resting);
  const add = (): void => {
    const side = random.chance(0.5) ? Side.buy : Side.sell;
    const distance = random.integer(1, 10_000);
    flow.submit(side, side === Side.buy ? 100_000 - distance : 100_000 + distance, random.integer(1, 20));
  };
  for (let i = 0; i < resting; i++) add();
  flow.opened();
  while (flow.commands < commands + resting - 1) {
    if (random.chance(0.02)) {
      flow.submit(random.chance(0.5) ? Side.buy : Side.sell, 0, random.integer(1, 40), { type: OrderType.market });
      continue;
    }
    flow.cancel(flow.live.ids[random.integer(0, flow.live.ids.length - 1)]);
    add();
  }
  return flow.finish("hostile");
}

/** The shares of a flow's measured commands, in words. */
export function mixOf(flow: Flow): string {
  const counts = { adds: 0, cancels: 0, takers: 0, replaces: 0 };
  for (let at = flow.opening << 4; at < flow.commands << 4; at += 16) {
    const flags = flow.words[at + CommandWord.flags];
    if (flow.words[at] === RecordKind.cancelOrder) counts.cancels++;
    else if (flow.words[at] === RecordKind.replaceOrder) counts.replaces++;
    else if (orderTypeOf(flags) === OrderType.market || timeInForceOf(flags) === TimeInForce.IOC) counts.takers++;
    else counts.adds++;
  }
  const all = flow.commands - flow.opening;
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${((100 * count) / all).toFixed(1)} % ${name}`)
    .join(", ");
}
