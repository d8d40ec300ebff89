import { writeCancel, writeSubmit } from "../model/command.ts";
import { OrderType, packFlags } from "../model/order-flags.ts";
import type { TradingPhaseName } from "../model/phase.ts";
import { TradingPhase, writeSetPhase } from "../model/phase.ts";
import { RecordKind } from "../model/record.ts";
import { Side } from "../model/side.ts";
import { renderFeedMessage } from "./feed-message-text.ts";
import { FeedMirror } from "./feed-mirror.ts";
import type { FeedRequest } from "./venue-stage.ts";
import { VenueStage, writeSubscription } from "./venue-stage.ts";

const BTC = { symbol: "BTC/USD", base: "BTC", quote: "USD", tick: "1", lot: "1" };

/** One venue with one trader, and clients whose messages are written down as text. */
export class FeedScene {
  readonly stage = new VenueStage({ instruments: [BTC, { ...BTC, symbol: "ETH/USD", base: "ETH" }] });
  readonly heard = new Map<string, string[]>();
  readonly mirrors = new Map<string, FeedMirror>();
  timeNs = 0;
  readonly #clients = new Map<string, number>();
  readonly #trader: number;
  #nextOrderId = 1;

  constructor() {
    this.#trader = this.stage.addClient("trader", () => undefined);
    this.stage.openAccount(this.#trader, { USD: 1_000_000_000, BTC: 1_000_000, ETH: 1_000_000 });
  }

  /** Sends a request in the name of a client, which is made when it is new. */
  request(name: string, kind: number, request: FeedRequest): void {
    const client = this.#clients.get(name) ?? this.#addClient(name);
    this.#send(client, (words, doubles) => writeSubscription(words, doubles, kind, request));
  }

  subscribe(name: string, request: FeedRequest): void {
    const { depth, mode, levels = 0 } = request;
    this.mirrors.set(name, new FeedMirror({ depth, mode, levels }));
    this.request(name, RecordKind.subscribe, request);
  }

  unsubscribe(name: string, request: FeedRequest): void {
    this.request(name, RecordKind.unsubscribe, request);
  }

  /** `buy 10@100`, `sell 5@101 hidden`, `buy 3@market`. @returns the order's id */
  order(text: string): number {
    const [side, sizeAndPrice, choice] = text.split(" ");
    const [qty, price] = sizeAndPrice.split("@");
    const isMarket = price === "market";
    const orderId = this.#nextOrderId++;
    const flags = packFlags({
      side: side === "buy" ? Side.buy : Side.sell,
      orderType: isMarket ? OrderType.market : OrderType.limit,
      hidden: choice === "hidden",
    });
    const priceTicks = isMarket ? 0 : Number(price);
    const order = { instrument: 0, owner: 0, orderId, flags, priceTicks, qtyLots: Number(qty) };
    this.#send(this.#trader, (words, doubles) => writeSubmit(words, doubles, 0, order));
    return orderId;
  }

  cancel(orderId: number): void {
    this.#send(this.#trader, (words) => writeCancel(words, 0, { instrument: 0, owner: 0, orderId }));
  }

  /** Sets the phase, as the venue's operator. */
  phase(phase: TradingPhaseName, untilNs = 0): void {
    this.timeNs++;
    const change = { instrument: 0, phase: TradingPhase[phase], untilNs };
    this.stage.operate(this.timeNs, (words, doubles) => writeSetPhase(words, doubles, 0, change));
    this.stage.runTo(this.timeNs);
  }

  /** Lets time pass. */
  runTo(timeNs: number): void {
    this.timeNs = timeNs;
    this.stage.runTo(timeNs);
  }

  /** What a client has heard since the last call. */
  take(name: string): string[] {
    return this.heard.get(name)?.splice(0) ?? [];
  }

  #addClient(name: string): number {
    const lines: string[] = [];
    this.heard.set(name, lines);
    const client = this.stage.addClient(name, ({ words, doubles, at }) => {
      lines.push(renderFeedMessage(words, doubles, at));
      if (words[at] !== RecordKind.requestRejected) this.mirrors.get(name)?.take(words, doubles, at);
    });
    this.#clients.set(name, client);
    return client;
  }

  #send(client: number, write: (words: Int32Array, doubles: Float64Array) => void): void {
    this.stage.send(client, this.timeNs, write);
    this.stage.runTo(this.timeNs);
  }
}
