import type { Nanos } from "../../core/units.ts";
import type { FastBook } from "../../market/fast-book.ts";
import { OwnerValues } from "../../market/rules/owner-values.ts";
import { CommandWord } from "../../model/command.ts";
import { FlagBits, OrderType } from "../../model/order-flags.ts";
import { RecordKind } from "../../model/record.ts";
import { Side } from "../../model/side.ts";
import { keyedUniform, packetKey } from "../../network/keyed-draw.ts";

const { submitOrder: SUBMIT, cancelOrder: CANCEL, replaceOrder: REPLACE, cancelAllOrders: CANCEL_ALL } = RecordKind;
const { limit: LIMIT, market: MARKET } = OrderType;
const Command = { ...CommandWord };
const Flag = { ...FlagBits };

/** Numbers of an owner: what waits of it, when the last of that is released, and how many have been held in all. */
const WAITING = 0;
const LAST_NS = 1;
const HELD = 2;
const STRIDE = 3;

export interface SpeedBumpOptions {
  readonly delayNs: Nanos;
  /** What is added at random: uniform from 0 to this. */
  readonly jitterNs: Nanos;
  /** Takers: orders and replaces that would trade on arrival with what the book shows. */
  readonly appliesTo: "all" | "takers";
  /** Whether cancels of what is in the book pass at once. Those to whom the bump is for takers always do. */
  readonly exemptsCancels: boolean;
}

/** When a command goes on its way. */
export const PASSES_NOW = -1;

/**
 * Says how long each command waits before one instrument's book. What waits is executed when it is released as if it
 * had arrived just then: gates, funds and book see it then for the first time, and a taker that finds nothing any more
 * may rest.
 *
 * Of one owner, later commands never leave before earlier ones that wait, and a command that names an order which is not
 * in the book waits behind them: so a cancel does not overtake its order.
 */
export class SpeedBump {
  readonly #options: SpeedBumpOptions;
  readonly #book: FastBook;
  readonly #owners = new OwnerValues(STRIDE);

  constructor(options: SpeedBumpOptions, book: FastBook) {
    this.#options = options;
    this.#book = book;
  }

  /**
   * When the command at `words[at…]`, of an owner with an account, is released; it counts as waiting from now on.
   * @param key the owner's own for draws, so that nobody's delays depend on what others send
   * @returns `PASSES_NOW` where it does not wait
   */
  hold(words: Int32Array, at: number, nowNs: Nanos, key: number): Nanos {
    const row = this.#owners.rowOf(words[at + Command.owner]);
    const { numbers } = this.#owners;
    const isDelayed = this.#delays(words, at);
    if (!isDelayed && !this.#followsWaiting(words, at, row)) return PASSES_NOW;
    let releaseNs = isDelayed ? nowNs + this.#delayNs(key, numbers[row + HELD]) : nowNs;
    if (numbers[row + WAITING] > 0) releaseNs = Math.max(releaseNs, numbers[row + LAST_NS]);
    numbers[row + WAITING] += 1;
    numbers[row + LAST_NS] = releaseNs;
    numbers[row + HELD] += 1;
    return releaseNs;
  }

  /** Keeps a command over all orders of an owner behind what of it waits; it passes now as well. */
  follow(owner: number): Nanos {
    const row = this.#owners.rowOf(owner);
    const { numbers } = this.#owners;
    if (numbers[row + WAITING] === 0) return PASSES_NOW;
    numbers[row + WAITING] += 1;
    return numbers[row + LAST_NS];
  }

  /** A command of the owner is released. */
  released(owner: number): void {
    const row = this.#owners.rowOf(owner);
    this.#owners.numbers[row + WAITING] -= 1;
  }

  #delayNs(key: number, count: number): Nanos {
    const { delayNs, jitterNs } = this.#options;
    if (jitterNs === 0) return delayNs;
    return delayNs + Math.floor(keyedUniform(packetKey(key, count), 0, 1) * (jitterNs + 1));
  }

  #delays(words: Int32Array, at: number): boolean {
    const { appliesTo, exemptsCancels } = this.#options;
    const kind = words[at];
    if (kind === CANCEL || kind === CANCEL_ALL) return appliesTo === "all" && !exemptsCancels;
    if (kind !== SUBMIT && kind !== REPLACE) return false;
    return appliesTo === "all" || this.#takes(words, at);
  }

  /** Whether a command of an owner that has something waiting names an order that is not there, or not yet. */
  #followsWaiting(words: Int32Array, at: number, row: number): boolean {
    const kind = words[at];
    if (this.#owners.numbers[row + WAITING] === 0 || (kind !== CANCEL && kind !== REPLACE)) return false;
    return this.#book.peek(words[at + Command.owner], words[at + Command.orderId]) === undefined;
  }

  /** Whether an order or a replace would trade now with what the book shows. */
  #takes(words: Int32Array, at: number): boolean {
    let flags = words[at + Command.flags];
    if (words[at] === REPLACE) {
      const order = this.#book.peek(words[at + Command.owner], words[at + Command.orderId]);
      if (order === undefined) return false;
      flags = order.flags;
    }
    const type = (flags >> Flag.typeShift) & Flag.typeMask;
    const isBuy = (flags & Flag.side) === Side.buy;
    const best = this.#book.bestPriceTicks(isBuy ? Side.sell : Side.buy);
    if (best === 0 || (flags & Flag.postOnly) !== 0) return false;
    if (type === MARKET) return true;
    const price = words[at + Command.priceTicks];
    return type === LIMIT && (isBuy ? price >= best : price <= best);
  }
}
