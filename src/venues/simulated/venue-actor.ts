import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { Actor, ActorContext, TimerHandle } from "../../kernel/actor.ts";
import type { JournalPort } from "../../kernel/journal-port.ts";
import { MarketData } from "../../market/feed/market-data.ts";
import { EXTERNAL_ACCOUNT } from "../../market/ledger.ts";
import type { Venue } from "../../market/venue.ts";
import { CommandWord, EVERY_INSTRUMENT, writeOwnerCommand } from "../../model/command.ts";
import { sideOf } from "../../model/order-flags.ts";
import { Reason } from "../../model/reason.ts";
import { RECORD_WORDS, RecordKind, recordLength } from "../../model/record.ts";
import { FillWord, IN_AUCTION, ReportWord, TradeWord } from "../../model/report.ts";
import { Side } from "../../model/side.ts";
import { AccountAnswers } from "./account-answers.ts";
import { OrderHistory } from "./order-history.ts";
import type { OrderFlow } from "./order-flow.ts";
import type { SpeedBumpOptions } from "./speed-bump.ts";
import { SpeedBumps } from "./speed-bumps.ts";
import { VenueStatistics } from "./venue-statistics.ts";
import type { VenueWatcher, VenueWitness } from "./venue-witness.ts";

const Kind = { ...RecordKind };
/** Tags of the venue's timers: orders of an instrument expire, orders flow into an instrument, and the feed's own. */
const EXPIRY_TAGS = 0;
const FLOW_TAGS = 1 << 20;
const FEED_TAGS = 1 << 21;
/** Rules of the venue want to be called, and commands that are due: below those of instruments, which count up from 0. */
const WAKE_TAG = -1;
const SCHEDULE_TAGS = -2;
/** Commands that have waited at a speed bump, by their slots; far below what is scheduled. */
const RELEASE_TAGS = -(1 << 20);

interface Scheduled {
  readonly atNs: Nanos;
  readonly command: Int32Array;
  isDone: boolean;
}

/**
 * A venue as an actor: takes commands and subscriptions as messages, executes them in order of arrival, tells each
 * owner what became of its orders, and publishes market data.
 *
 * It writes each command down before it executes it, so a crash costs it neither books nor accounts nor subscriptions.
 * What waited for it is lost, and every session has ended.
 */
export class VenueActor implements Actor {
  readonly venue: Venue;
  readonly statistics: VenueStatistics;
  /** Who sees what happens here, where somebody does. */
  witness: VenueWitness | undefined = undefined;
  watcher: VenueWatcher | undefined = undefined;
  /** Told of each trade's report, once it is settled. */
  onTrade: ((words: Int32Array, doubles: Float64Array, at: number) => void) | undefined = undefined;
  readonly #journal: JournalPort;
  readonly #feed: MarketData;
  /** By actor: its account; 0 where it has none. */
  readonly #accountOf: number[] = [];
  /** By account: its actor, and what stands for it in draws. */
  readonly #actorOf: number[] = [];
  readonly #histories: OrderHistory[] = [];
  /** By account. */
  readonly #answersOf: AccountAnswers[] = [];
  readonly #keyOf: number[] = [];
  /** Where commands wait before they go on to their books. */
  readonly #bumps: SpeedBumps;
  /** By instrument: orders that come by themselves. */
  readonly #flows = new Map<number, OrderFlow>();
  /** By instrument: for when the expiry timer is set, Infinity for not at all, and the timer. */
  readonly #expiryTimersNs: Nanos[];
  readonly #expiryTimers: TimerHandle[] = [];
  /** The latest time that the venue has seen. */
  #nowNs: Nanos = 0;
  #hasStarted = false;
  /** For when rules have asked to be called, Infinity for not at all, and the timer. */
  #wakeTimerNs: Nanos = Infinity;
  #wakeTimer: TimerHandle = 0;
  /** Commands of the operator, in any order of time. */
  readonly #scheduled: Scheduled[] = [];

  constructor(venue: Venue, journal: JournalPort, options: { readonly waitingMax?: number | undefined } = {}) {
    this.venue = venue;
    this.statistics = new VenueStatistics(venue.books.length);
    this.#journal = journal;
    this.#bumps = new SpeedBumps({ ...options, tagBase: RELEASE_TAGS });
    this.#feed = new MarketData({ books: venue.books, deltas: venue.deltas, tagBase: FEED_TAGS });
    this.#expiryTimersNs = venue.books.map(() => Infinity);
  }

  /**
   * Lets an actor trade on an account.
   * @param key stands for the actor in draws: it should depend on seed and name alone
   */
  admit(actor: number, account: number, key = 0): void {
    this.#accountOf[actor] = account;
    this.#actorOf[account] = actor;
    this.#keyOf[account] = key;
  }

  /** Lets commands wait before an instrument's book. */
  delay(instrument: number, options: SpeedBumpOptions): void {
    this.#bumps.add(instrument, options, this.venue.books[instrument]);
  }

  /** Has the venue remember an account's orders and fills, so that its owner can ask about them. */
  keepHistory(account: number): void {
    const history = new OrderHistory(account, this.venue.books.length);
    this.#histories.push(history);
    this.#answersOf[account] = new AccountAnswers(this.venue, account, history);
  }

  /** Lets orders flow into a book by themselves, from the run's start. */
  drive(instrument: number, flow: OrderFlow): void {
    this.#flows.set(instrument, flow);
  }

  /** Has the venue's operator send a command at a time, which is written before the run begins. */
  schedule(atNs: Nanos, command: Int32Array): void {
    assert(command.length === RECORD_WORDS, "a command is one record");
    this.#scheduled.push({ atNs, command, isDone: false });
  }

  onStart(context: ActorContext): void {
    if (this.#hasStarted) this.#restart(context);
    this.#hasStarted = true;
    this.#scheduled.forEach(({ atNs, isDone }, number) => {
      if (!isDone) context.setTimer(atNs, SCHEDULE_TAGS - number);
    });
    for (const [instrument, flow] of this.#flows) this.#awaitFlow(context, instrument, flow);
    this.#watchRules(context);
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    const kind = words[at];
    if (kind >= Kind.subscribe && kind <= Kind.requestQuote) {
      this.#feed.handle(context, words, at);
      return;
    }
    if (kind === Kind.queryOrder || kind === Kind.requestAccount) {
      this.#answersOf[this.#accountOf[context.sender]]?.answer(context, words, at);
      return;
    }
    if (kind < Kind.submitOrder || kind > Kind.revealOrder) return;
    // Who sends a command is who owns it, whatever the command says. What comes from outside is nobody's, unless only
    // the operator may send it.
    const isOperator = context.sender < 0 && kind > Kind.disconnect;
    words[at + CommandWord.owner] = isOperator ? EXTERNAL_ACCOUNT : (this.#accountOf[context.sender] ?? -1);
    const isOfOwner = words[at + CommandWord.owner] > EXTERNAL_ACCOUNT;
    if (isOfOwner && !this.#bumps.areNone && !this.#admits(context, words, at)) return;
    this.#execute(context, words, context.doubles, at);
  }

  onTimer(context: ActorContext, tag: number): void {
    if (tag >= FEED_TAGS) this.#feed.onTimer(context, tag);
    else if (tag >= FLOW_TAGS) this.#flow(context, tag - FLOW_TAGS);
    else if (tag === WAKE_TAG) this.#wake(context);
    else if (tag <= RELEASE_TAGS) this.#release(context, tag);
    else if (tag <= SCHEDULE_TAGS) this.#operate(context, this.#scheduled[SCHEDULE_TAGS - tag]);
    else this.#expire(context, tag - EXPIRY_TAGS);
  }

  /** After a crash, which took the timers. What has come due meanwhile is done at once. */
  #restart(context: ActorContext): void {
    this.#expiryTimersNs.fill(Infinity);
    this.#wakeTimerNs = Infinity;
    this.#bumps.forget();
    this.#feed.restart(context);
    for (const instrument of this.venue.books.keys()) this.#watchExpiry(context, instrument);
    const words = new Int32Array(RECORD_WORDS);
    const doubles = new Float64Array(words.buffer);
    for (const owner of this.venue.canceledOnDisconnect) {
      writeOwnerCommand(words, 0, { kind: Kind.disconnect, instrument: EVERY_INSTRUMENT, owner });
      this.#execute(context, words, doubles, 0);
    }
  }

  /** The venue's time. When its clock is set back it stands until its time comes again, since orders have an order. */
  #timeOf(context: ActorContext): Nanos {
    if (context.nowNs > this.#nowNs) this.#nowNs = context.nowNs;
    return this.#nowNs;
  }

  #execute(context: ActorContext, words: Int32Array, doubles: Float64Array, at: number): void {
    const instrument = words[at + CommandWord.instrument];
    const nowNs = this.#timeOf(context);
    this.#journal.command(nowNs, words, at);
    this.witness?.happened(words, doubles, at);
    this.statistics.countCommand(words, at);
    this.watcher?.command(nowNs, words, at);
    this.venue.apply(words, doubles, at, nowNs);
    this.#sendReports(context);
    this.#publish(context);
    this.#watchExpiry(context, instrument);
    this.#watchRules(context);
  }

  /** @returns whether the command goes on to its book now */
  #admits(context: ActorContext, words: Int32Array, at: number): boolean {
    const arrival = this.#bumps.arrive(context, words, at, this.#keyOf[words[at + CommandWord.owner]]);
    if (arrival === "isTooMuch") {
      this.#journal.command(context.nowNs, words, at);
      this.statistics.countCommand(words, at);
      this.venue.refuse(words, at, Reason.tooManyWaiting);
      this.#sendReports(context);
    }
    return arrival === "passes";
  }

  /** Executes a command that has waited long enough. */
  #release(context: ActorContext, tag: number): void {
    const { waiting } = this.#bumps;
    const at = this.#bumps.release(tag);
    this.#execute(context, waiting.words, waiting.doubles, at);
    waiting.release(at >> 4);
  }

  #flow(context: ActorContext, instrument: number): void {
    const flow = this.#flows.get(instrument);
    if (flow === undefined) return;
    flow.emit(this.#timeOf(context), this.venue.books[instrument], (words, doubles) =>
      this.#execute(context, words, doubles, 0),
    );
    this.#awaitFlow(context, instrument, flow);
  }

  #awaitFlow(context: ActorContext, instrument: number, flow: OrderFlow): void {
    if (flow.nextTimeNs !== Infinity) context.setTimer(flow.nextTimeNs, FLOW_TAGS + instrument);
  }

  #expire(context: ActorContext, instrument: number): void {
    this.#expiryTimersNs[instrument] = Infinity;
    this.venue.expire(instrument, this.#timeOf(context));
    this.#sendReports(context);
    this.#publish(context);
    this.#watchExpiry(context, instrument);
    this.#watchRules(context);
  }

  #operate(context: ActorContext, scheduled: Scheduled): void {
    const command = scheduled.command.slice();
    scheduled.isDone = true;
    this.#execute(context, command, new Float64Array(command.buffer), 0);
  }

  /** Lets the rules act whose time has come. */
  #wake(context: ActorContext): void {
    this.#wakeTimerNs = Infinity;
    this.venue.wake(this.#timeOf(context));
    this.#sendReports(context);
    this.#publish(context);
    this.#watchRules(context);
  }

  /** Sets the timer to when a rule wants to be called next. */
  #watchRules(context: ActorContext): void {
    const nextNs = this.venue.nextWakeNs;
    if (nextNs === this.#wakeTimerNs || nextNs > Number.MAX_SAFE_INTEGER) return;
    // One that has come due already, and waits for the venue to be free, calls the rules that are due then.
    if (this.#wakeTimerNs !== Infinity && !context.cancelTimer(this.#wakeTimer)) return;
    this.#wakeTimerNs = nextNs;
    this.#wakeTimer = context.setTimer(Math.ceil(nextNs), WAKE_TAG);
  }

  /** Sets the timer earlier where an order expires before it. */
  #watchExpiry(context: ActorContext, instrument: number): void {
    const book = this.venue.books[instrument];
    if (book === undefined) return;
    const nextNs: Nanos = book.nextExpiryNs;
    const timerNs = this.#expiryTimersNs[instrument];
    // Kernel time never gets past the safe integers, so such an order is as good as one without an end.
    if (nextNs >= timerNs || nextNs > Number.MAX_SAFE_INTEGER) return;
    // One that has come due although it is for later, since the clock was set back, waits and will look for itself.
    if (timerNs !== Infinity && !context.cancelTimer(this.#expiryTimers[instrument])) return;
    this.#expiryTimersNs[instrument] = nextNs;
    this.#expiryTimers[instrument] = context.setTimer(Math.ceil(nextNs), EXPIRY_TAGS + instrument);
  }

  /** Tells subscribers, and whoever looks on, what changed in the public book. */
  #publish(context: ActorContext): void {
    const { deltas } = this.venue;
    if (this.witness !== undefined) {
      for (let number = deltas.taken; number !== deltas.written; number = (number + 1) | 0)
        this.witness.happened(deltas.words, deltas.doubles, deltas.offsetOf(number));
    }
    this.#feed.publish(context);
  }

  #sendReports(context: ActorContext): void {
    const ring = this.venue.reports;
    for (; !ring.isEmpty; ring.shift()) {
      const at = ring.front;
      const words = ring.words;
      for (const history of this.#histories) history.onReport(words, ring.doubles, at, context.nowNs);
      this.witness?.happened(words, ring.doubles, at);
      this.statistics.countReport(words, ring.doubles, at);
      this.watcher?.report(this.#nowNs, words, at);
      if (words[at] === Kind.trade) {
        this.onTrade?.(words, ring.doubles, at);
        this.#sendFill(context, words, ring.doubles, at, "taker");
        this.#sendFill(context, words, ring.doubles, at, "maker");
        continue;
      }
      if (words[at] === Kind.phaseChanged) {
        // Most phases are planned or come of a rule, without a command: the journal tells of each auction and halt.
        this.#journal.command(context.nowNs, words, at);
        continue;
      }
      const account = words[at + ReportWord.owner];
      // Without an account it is a refusal, and goes back to who asked. Recorded orders have an account and no actor,
      // and what came from outside has neither.
      const owner = account < 0 ? context.sender : this.#actorOf[account];
      if (owner === undefined || owner < 0) continue;
      const message = context.compose();
      const to = message << 4;
      const length = recordLength(words[at]);
      for (let word = 0; word < length; word++) context.words[to + word] = words[at + word];
      // The receiver is the owner; an account number would make its tape depend on who else has accounts.
      context.words[to + ReportWord.owner] = 0;
      context.send(owner, message);
    }
  }

  #sendFill(
    context: ActorContext,
    words: Int32Array,
    doubles: Float64Array,
    at: number,
    role: "taker" | "maker",
  ): void {
    const isTaker = role === "taker";
    const takerSide = sideOf(words[at + TradeWord.takerFlags]);
    const owner = this.#actorOf[words[at + (isTaker ? TradeWord.takerOwner : TradeWord.makerOwner)]];
    if (owner === undefined) return;
    const message = context.compose();
    const fill = context.words;
    const to = message << 4;
    fill[to] = Kind.fill;
    fill[to + FillWord.instrument] = words[at + TradeWord.instrument];
    fill[to + FillWord.orderId] = words[at + (isTaker ? TradeWord.takerOrderId : TradeWord.makerOrderId)];
    fill[to + FillWord.side] = isTaker ? takerSide : takerSide === Side.buy ? Side.sell : Side.buy;
    fill[to + FillWord.priceTicks] = words[at + TradeWord.priceTicks];
    fill[to + FillWord.qtyLots] = words[at + TradeWord.qtyLots];
    fill[to + FillWord.leavesLots] = words[at + (isTaker ? TradeWord.takerLeavesLots : TradeWord.makerLeavesLots)];
    const inAuction = (words[at + TradeWord.takerFlags] & IN_AUCTION) !== 0;
    fill[to + FillWord.isMaker] = inAuction ? 2 : isTaker ? 0 : 1;
    fill[to + FillWord.tradeId] = words[at + TradeWord.tradeId];
    context.doubles[(to + FillWord.feeUnits) >> 1] =
      doubles[(at + (isTaker ? TradeWord.takerFeeUnits : TradeWord.makerFeeUnits)) >> 1];
    context.send(owner, message);
  }
}
