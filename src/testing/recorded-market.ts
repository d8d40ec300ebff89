import { FastBook } from "../market/fast-book.ts";
import type { BookRules } from "../market/order-book.ts";
import { writeSubmit } from "../model/command.ts";
import { OrderType, TimeInForce, packFlags, sideOf } from "../model/order-flags.ts";
import type { SideName } from "../model/side.ts";
import { Side } from "../model/side.ts";
import { RowFlag, RowKind } from "../store/columnar/recording-chunk.ts";
import type { RecordingChunk } from "../store/columnar/recording-chunk.ts";
import type { RecordedFlowOptions } from "../venues/simulated/recorded-flow.ts";
import { RecordedFlow } from "../venues/simulated/recorded-flow.ts";

const MAKER = 2;
const TAKER = 3;
const AGENT = 4;

/** Rows of a recording, one after the other. */
export class MadeUpRows {
  readonly columns: RecordingChunk & { rows: number };

  constructor(rowsMax: number) {
    this.columns = {
      rows: 0,
      firstRow: 0,
      eventTime: new Float64Array(rowsMax),
      receiveTime: new Float64Array(rowsMax),
      kind: new Uint8Array(rowsMax),
      side: new Uint8Array(rowsMax),
      price: new Int32Array(rowsMax),
      qty: new Float64Array(rowsMax),
      orderId: new Float64Array(rowsMax),
      sequence: new Float64Array(rowsMax),
      flags: new Uint8Array(rowsMax),
    };
  }

  /**
   * Adds a row: `[@ns] kind [#order] [side price qty] [&] [unsynchronised]`, as in `level bid 100 5 &`, `trade buy 101 3`,
   * `orderAdd #7 ask 101 3`. It is the last of its frame unless `&` says that the frame goes on.
   */
  add(text: string): void {
    const { columns } = this;
    const row = columns.rows++;
    if (row >= columns.kind.length) throw new Error(`there is room for ${columns.kind.length} rows only`);
    const words = text.trim().split(/\s+/);
    const time = words[0].startsWith("@") ? Number(words.shift()?.slice(1)) : (columns.receiveTime[row - 1] ?? 0);
    const kind = words.shift() ?? "";
    if (!Object.hasOwn(RowKind, kind)) throw new Error(`${kind} is no kind of row`);
    columns.eventTime[row] = time;
    columns.receiveTime[row] = time;
    columns.kind[row] = RowKind[kind as keyof typeof RowKind];
    if (words[0]?.startsWith("#")) columns.orderId[row] = Number(words.shift()?.slice(1));
    columns.side[row] = ["bid", "buy"].includes(words[0]) ? Side.buy : Side.sell;
    columns.price[row] = Number(words[1] ?? 0);
    columns.qty[row] = Number(words[2] ?? 0);
    columns.flags[row] =
      (words.includes("&") ? 0 : RowFlag.lastOfFrame) | (words.includes("unsynchronised") ? RowFlag.unsynchronised : 0);
  }
}

export interface RecordedMarketOptions extends Partial<RecordedFlowOptions> {
  readonly rules?: Partial<BookRules>;
  /** Rows that there is room for. */
  readonly rowsMax?: number;
  /** Rows that are there from the start, to be played by their time. */
  readonly recorded?: readonly string[];
  /** Commands of the flow that never reach the book, as where a venue finds no funds. */
  readonly refuses?: (words: Int32Array) => boolean;
}

/** A book, a recording that is written row by row and played at once, and agents beside it. */
export class RecordedMarket {
  readonly book: FastBook;
  readonly flow: RecordedFlow;
  readonly rows: MadeUpRows;
  /** Commands that the flow has sent. */
  commands = 0;
  readonly #refuses: (words: Int32Array) => boolean;
  #orderId = 0;

  constructor(options: RecordedMarketOptions = {}) {
    this.#refuses = options.refuses ?? (() => false);
    this.rows = new MadeUpRows(options.rowsMax ?? 4_000);
    for (const row of options.recorded ?? []) this.rows.add(row);
    this.book = new FastBook({
      instrument: 0,
      priceTicksMin: 1,
      priceTicksMax: 1_000_000,
      qtyLotsMin: 1,
      qtyLotsMax: 2 ** 31 - 1,
      tickLotUnits: 1,
      notionalUnitsMin: 0,
      bandMillionths: 0,
      referencePriceTicks: 0,
      ...options.rules,
    });
    const whole = { times: 1, over: 1 };
    const accounts = { instrument: 0, maker: MAKER, taker: TAKER };
    const rest = { ticksPerTick: whole, lotsPerLot: whole, speed: 1, ...options };
    this.flow = new RecordedFlow({ rows: this.rows.columns, ...accounts, ...rest });
  }

  /** Lots that agents have traded, bought less sold. */
  get agentsLots(): number {
    return this.book.position(AGENT);
  }

  /** Writes rows, one a line, and plays them. */
  play(text: string): void {
    for (const line of text.trim().split("\n")) {
      this.rows.add(line);
      this.flow.playNext(this.book, (words, doubles) => this.#send(words, doubles));
    }
  }

  /** Plays what is due by then of the rows that were there from the start. */
  emit(nowNs: number): void {
    this.flow.emit(nowNs, this.book, (words, doubles) => this.#send(words, doubles));
  }

  /** An agent's order, as in `buy 101 5`, `sell 99 3 IOC`. @returns its id */
  agent(text: string): number {
    const [side, price, qty, timeInForce] = text.split(" ");
    const flags = packFlags({
      side: Side[side as keyof typeof Side],
      orderType: OrderType.limit,
      timeInForce: timeInForce === "IOC" ? TimeInForce.IOC : TimeInForce.GTC,
    });
    const orderId = ++this.#orderId;
    const order = { instrument: 0, owner: AGENT, orderId, flags, priceTicks: Number(price), qtyLots: Number(qty) };
    this.#command((words, doubles) => writeSubmit(words, doubles, 0, order));
    return orderId;
  }

  /** An agent's stop order. */
  agentStop(side: SideName, order: { triggerTicks: number; qtyLots: number }): void {
    const flags = packFlags({ side: Side[side], orderType: OrderType.stop });
    const stop = { instrument: 0, owner: AGENT, orderId: ++this.#orderId, flags, priceTicks: 0, ...order };
    this.#command((words, doubles) => writeSubmit(words, doubles, 0, stop));
  }

  /** The queue of each level, best first, recorded orders as R and agents' as A: `["bid 99: R10 A2", "ask 101: R5"]`. */
  get queues(): string[] {
    const queues = new Map<string, string[]>();
    for (const { flags, priceTicks, owner, leavesLots } of this.book.orders()) {
      const level = `${sideOf(flags) === Side.buy ? "bid" : "ask"} ${priceTicks}`;
      const queue = queues.get(level) ?? [];
      queues.set(level, [...queue, `${owner === AGENT ? "A" : "R"}${leavesLots}`]);
    }
    return [...queues].map(([level, queue]) => `${level}: ${queue.join(" ")}`);
  }

  /** What the recorded orders of a level stand for. */
  recordedLots(side: Side, priceTicks: number): number {
    return this.book
      .orders()
      .filter((order) => order.owner === MAKER && order.priceTicks === priceTicks && sideOf(order.flags) === side)
      .reduce((sum, order) => sum + order.leavesLots, 0);
  }

  #command(write: (words: Int32Array, doubles: Float64Array) => void): void {
    const words = new Int32Array(16);
    const doubles = new Float64Array(words.buffer);
    write(words, doubles);
    this.#apply(words, doubles);
  }

  #send(words: Int32Array, doubles: Float64Array): void {
    this.commands++;
    if (!this.#refuses(words)) this.#apply(words, doubles);
  }

  #apply(words: Int32Array, doubles: Float64Array): void {
    this.book.apply(words, doubles, 0, 0);
    this.book.reports.clear();
    this.book.deltas.clear();
  }
}
