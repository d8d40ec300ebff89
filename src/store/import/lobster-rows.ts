import { INT32_MAX } from "../../core/units.ts";
import { type RecordingRow, RowFlag, RowKind } from "../columnar/recording-chunk.ts";
import type { RecordingWriter } from "../columnar/recording-writer.ts";
import type { LobsterLevels } from "./lobster-levels.ts";
import { type LobsterMessage, LobsterType } from "./lobster-message.ts";
import { bookBefore, LobsterWindow } from "./lobster-window.ts";
import type { LineFault } from "./quarantine.ts";

/**
 * Most orders that are remembered at once to tell which orders a recording has seen added. A day of a busy share has some
 * ten thousand resting orders near the touch; orders that leave the window are never seen to end, and pile up.
 */
export const ORDERS_REMEMBERED_MAX = 4_000_000;

const HALT_KINDS: ReadonlyMap<number, RowKind> = new Map([
  [-1, RowKind.halt],
  [0, RowKind.quoteResume],
  [1, RowKind.tradeResume],
]);

/** Grids in LOBSTER's own units: 1/10,000 dollar per tick, shares per lot. */
export interface LobsterGrids {
  readonly tickUnits: number;
  readonly lotShares: number;
}

/** Turns LOBSTER messages into rows, each with the levels that came into the window with it. */
export class LobsterRows {
  readonly counts = {
    messages: 0,
    submissions: 0,
    reductions: 0,
    deletions: 0,
    executions: 0,
    hiddenExecutions: 0,
    crossTrades: 0,
    halts: 0,
    snapshotLevels: 0,
    unknownOrders: 0,
    deletionsOfOtherSize: 0,
    ordersForgotten: 0,
    windowLevelsEntered: 0,
    windowLevelsChanged: 0,
    windowLevelsGone: 0,
    timeStepsBack: 0,
    timesRounded: 0,
  };
  readonly #writer: RecordingWriter;
  readonly #grids: LobsterGrids;
  readonly #window: LobsterWindow | undefined;
  readonly #remaining = new Map<number, number>();
  readonly #ordersMax: number;
  readonly #row: RecordingRow = {
    eventTime: 0,
    receiveTime: 0,
    kind: RowKind.clear,
    side: 0,
    price: 0,
    qty: 0,
    orderId: 0,
    sequence: 0,
    flags: 0,
  };
  #hasStarted = false;
  #lastTimeNs = 0;
  /** Levels that the recorded window showed after the last message, as `side:price`. */
  #shownBefore = new Set<number>();

  /** @param options.levels of the recorded window; 0 without one. */
  constructor(writer: RecordingWriter, options: { grids: LobsterGrids; levels: number; ordersMax?: number }) {
    this.#writer = writer;
    this.#grids = options.grids;
    this.#window = options.levels > 0 ? new LobsterWindow(options.levels) : undefined;
    this.#ordersMax = options.ordersMax ?? ORDERS_REMEMBERED_MAX;
  }

  /**
   * Writes a message, and behind it the levels that changed without one.
   * @param after the recorded book after the message; undefined where that row is missing or broken.
   */
  message(message: LobsterMessage, after: LobsterLevels | undefined, sequence: number): LineFault | undefined {
    const fault = this.#faultOf(message);
    if (fault !== undefined) return fault;
    if (message.timeNs < this.#lastTimeNs) this.counts.timeStepsBack++;
    this.#lastTimeNs = message.timeNs;
    if (message.isTimeRounded) this.counts.timesRounded++;
    const row = this.#row;
    row.eventTime = message.timeNs;
    row.receiveTime = message.timeNs;
    if (!this.#hasStarted) this.#start(message, after);
    row.sequence = sequence;
    const corrections: { side: 0 | 1; price: number; size: number }[] = [];
    this.#window?.apply(message);
    if (after !== undefined) {
      this.#window?.correct(after, (side, price, size) => void corrections.push({ side, price, size }));
    }
    this.#writeMessage(message, corrections.length === 0 ? RowFlag.lastOfFrame : 0);
    corrections.forEach((correction, i) => this.#writeWindowLevel(correction, i === corrections.length - 1));
    if (after !== undefined) this.#shownBefore = new Set(keysOf(after));
    return undefined;
  }

  #start(message: LobsterMessage, after: LobsterLevels | undefined): void {
    this.#hasStarted = true;
    const before = after === undefined ? undefined : bookBefore(message, after);
    if (before === undefined) return;
    this.#window?.start(before);
    this.#shownBefore = new Set(keysOf(before));
    const row = this.#row;
    const levels = before.flatMap(({ prices, sizes }, side) =>
      prices.map((price, i) => ({ side, price, size: sizes[i] })),
    );
    row.sequence = 0;
    row.kind = RowKind.clear;
    row.flags = RowFlag.snapshot | (levels.length === 0 ? RowFlag.lastOfFrame : 0);
    this.#writer.append(row);
    levels.forEach(({ side, price, size }, i) => {
      row.kind = RowKind.snapshotLevel;
      row.side = side;
      row.price = price / this.#grids.tickUnits;
      row.qty = size / this.#grids.lotShares;
      row.flags = RowFlag.snapshot | (i === levels.length - 1 ? RowFlag.lastOfFrame : 0);
      this.#writer.append(row);
    });
    this.counts.snapshotLevels += levels.length;
  }

  #writeMessage(message: LobsterMessage, flags: number): void {
    const row = this.#row;
    const { type, price, size, orderId, side } = message;
    const isHalt = type === LobsterType.halt;
    row.kind = this.#count(message);
    row.side = isHalt ? 0 : side;
    row.price = isHalt ? 0 : price / this.#grids.tickUnits;
    row.qty = size / this.#grids.lotShares;
    row.orderId = orderId;
    row.flags = flags | (this.#knowsOrder(message) ? 0 : RowFlag.unknownOrder);
    this.#writer.append(row);
    row.orderId = 0;
  }

  #writeWindowLevel({ side, price, size }: { side: 0 | 1; price: number; size: number }, isLast: boolean): void {
    if (size === 0) this.counts.windowLevelsGone++;
    else if (this.#shownBefore.has(keyOf(side, price))) this.counts.windowLevelsChanged++;
    else this.counts.windowLevelsEntered++;
    const row = this.#row;
    row.kind = RowKind.windowLevel;
    row.side = side;
    row.price = price / this.#grids.tickUnits;
    row.qty = size / this.#grids.lotShares;
    row.flags = isLast ? RowFlag.lastOfFrame : 0;
    this.#writer.append(row);
  }

  #count(message: LobsterMessage): RowKind {
    const { counts } = this;
    counts.messages++;
    switch (message.type) {
      case LobsterType.submission:
        counts.submissions++;
        return RowKind.orderAdd;
      case LobsterType.reduction:
        counts.reductions++;
        return RowKind.orderReduce;
      case LobsterType.deletion:
        counts.deletions++;
        return RowKind.orderDelete;
      case LobsterType.execution:
        counts.executions++;
        return RowKind.orderExecute;
      case LobsterType.hiddenExecution:
        counts.hiddenExecutions++;
        return RowKind.hiddenExecute;
      case LobsterType.crossTrade:
        counts.crossTrades++;
        return RowKind.crossTrade;
      case LobsterType.halt:
        counts.halts++;
        return HALT_KINDS.get(message.price) ?? RowKind.halt;
    }
  }

  /** Whether the order that a message is about was added within the recording. Keeps what is left of each order. */
  #knowsOrder(message: LobsterMessage): boolean {
    const { type, orderId, size } = message;
    if (type === LobsterType.submission) {
      if (this.#remaining.size < this.#ordersMax) this.#remaining.set(orderId, size);
      else this.counts.ordersForgotten++;
      return true;
    }
    if (orderId === 0) return true;
    const remaining = this.#remaining.get(orderId);
    if (remaining === undefined) {
      this.counts.unknownOrders++;
      return false;
    }
    if (type === LobsterType.deletion && remaining !== size) this.counts.deletionsOfOtherSize++;
    if (type === LobsterType.deletion || remaining <= size) this.#remaining.delete(orderId);
    else this.#remaining.set(orderId, remaining - size);
    return true;
  }

  #faultOf(message: LobsterMessage): LineFault | undefined {
    if (message.type === LobsterType.halt) return undefined;
    const { tickUnits, lotShares } = this.#grids;
    if (message.price % tickUnits !== 0) {
      return { code: "off-grid", reason: `price ${message.price} is no whole number of ticks of ${tickUnits}` };
    }
    if (message.size % lotShares !== 0) {
      return { code: "off-grid", reason: `size ${message.size} is no whole number of lots of ${lotShares}` };
    }
    if (message.price / tickUnits > INT32_MAX) {
      return { code: "out-of-range", reason: `price ${message.price} is more than ${INT32_MAX} ticks` };
    }
    return undefined;
  }
}

function* keysOf(book: LobsterLevels): Generator<number> {
  for (const price of book[0].prices) yield keyOf(0, price);
  for (const price of book[1].prices) yield keyOf(1, price);
}

function keyOf(side: 0 | 1, price: number): number {
  return 2 * price + side;
}
