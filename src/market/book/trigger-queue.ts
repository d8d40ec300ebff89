import { INT32_MAX } from "../../core/units.ts";
import { Side } from "../../model/side.ts";
import type { BookMemory } from "./book-memory.ts";
import { ExtraWord, LADDER_HEADS, LevelWord, OrderWord, enqueue, unlink } from "./book-memory.ts";
import { NO_KEY, PriceLadder } from "./price-ladder.ts";

/** Waiting stop orders of one side: buys from the lowest trigger up, sells from the highest down, each first come first. */
export class TriggerQueue {
  declare readonly ladder: PriceLadder;
  declare private readonly side: Side;
  declare private readonly memory: BookMemory;

  constructor(side: Side, memory: BookMemory) {
    this.side = side;
    this.memory = memory;
    this.ladder = new PriceLadder(memory, side === Side.buy ? LADDER_HEADS.buyStops : LADDER_HEADS.sellStops);
  }

  keyOf(triggerTicks: number): number {
    return this.side === Side.buy ? triggerTicks : INT32_MAX - triggerTicks;
  }

  add(order: number): void {
    const key = this.keyOf(this.triggerOf(order));
    const level = this.ladder.reach(key);
    const words = this.memory.words;
    enqueue(words, order, level);
    if ((words[level | LevelWord.orders] += 1) === 1) this.ladder.activate(key, level);
  }

  remove(order: number): void {
    const words = this.memory.words;
    const level = words[order | OrderWord.queue];
    unlink(words, order);
    if ((words[level | LevelWord.orders] -= 1) === 0) {
      this.ladder.deactivate(this.keyOf(this.triggerOf(order)));
    }
  }

  /** The order that a last price of `lastTicks` sets off next, or 0. */
  due(lastTicks: number): number {
    const best = this.ladder.bestKey;
    if (best === NO_KEY || lastTicks === 0) return 0;
    return best <= this.keyOf(lastTicks) ? this.memory.words[this.ladder.bestLevel] : 0;
  }

  private triggerOf(order: number): number {
    const words = this.memory.words;
    return words[words[order | OrderWord.extra] | ExtraWord.triggerTicks];
  }
}
