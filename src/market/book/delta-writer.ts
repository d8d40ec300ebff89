import type { RecordRing } from "../../core/record-ring.ts";
import { DeltaWord } from "../../model/book-delta.ts";
import { RecordKind } from "../../model/record.ts";
import type { BookMemory } from "./book-memory.ts";
import { LevelWord, OrderWord, lotsOf } from "./book-memory.ts";

const Delta = { ...DeltaWord };
const Order = { ...OrderWord };
const Level = { ...LevelWord };
const HIDDEN_EXECUTED = RecordKind.hiddenExecuted;

/** Appends the public changes of one book, numbered from 1 without a gap. */
export class DeltaWriter {
  declare private readonly ring: RecordRing;
  declare private readonly memory: BookMemory;
  declare private readonly instrument: number;
  /** In an array, so that counting past 2^31 never allocates. */
  private readonly sequence = new Float64Array(1);

  constructor(ring: RecordRing, memory: BookMemory, instrument: number) {
    this.ring = ring;
    this.memory = memory;
    this.instrument = instrument;
  }

  /** A change of an order, which shows `visible` lots afterwards; its level's words say what holds afterwards too. */
  write(
    kind: number,
    side: number,
    order: number,
    visible: number,
    changeLots: number,
    level: number,
    tradeId: number,
  ): void {
    const at = this.ring.append();
    const words = this.ring.words;
    const doubles = this.ring.doubles;
    const memory = this.memory.words;
    words[at] = kind;
    words[at | Delta.instrument] = this.instrument;
    words[at | Delta.side] = side;
    words[at | Delta.priceTicks] = memory[order | Order.priceTicks];
    words[at | Delta.venueOrderId] = kind === HIDDEN_EXECUTED ? -1 : memory[order | Order.venueOrderId];
    words[at | Delta.visibleLots] = visible;
    words[at | Delta.changeLots] = changeLots;
    words[at | Delta.levelOrders] = memory[level | Level.orders];
    doubles[(at | Delta.levelLots) >> 1] = lotsOf(memory, level);
    const sequence = this.sequence[0] + 1;
    this.sequence[0] = sequence;
    doubles[(at | Delta.sequence) >> 1] = sequence;
    words[at | Delta.tradeId] = tradeId;
  }

  /** What happened to the book as a whole, and to no order that shows: numbers, and no object, which would be garbage. */
  writeEvent(kind: number, priceTicks: number, visibleLots: number, changeLots: number, tradeId: number): void {
    const at = this.ring.append();
    const { words, doubles } = this.ring;
    words[at] = kind;
    words[at | Delta.instrument] = this.instrument;
    words[at | Delta.side] = 0;
    words[at | Delta.priceTicks] = priceTicks;
    words[at | Delta.venueOrderId] = -1;
    words[at | Delta.visibleLots] = visibleLots;
    words[at | Delta.changeLots] = changeLots;
    words[at | Delta.levelOrders] = 0;
    doubles[(at | Delta.levelLots) >> 1] = 0;
    const sequence = this.sequence[0] + 1;
    this.sequence[0] = sequence;
    doubles[(at | Delta.sequence) >> 1] = sequence;
    words[at | Delta.tradeId] = tradeId;
  }
}
