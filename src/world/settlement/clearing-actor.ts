import type { Nanos, Units } from "../../core/units.ts";
import type { ClientCodec } from "../../consensus/cluster/ledger-cluster.ts";
import type { Outcome } from "../../consensus/client-messages.ts";
import type { Trade } from "../../consensus/ledger/ledger-transaction.ts";
import { clearWords, markWords, tradeWords } from "../../consensus/ledger/ledger-transaction.ts";
import type { Signer } from "../../consensus/signature.ts";
import type { SignedTransaction } from "../../consensus/transaction.ts";
import { signTransaction, TransactionWord } from "../../consensus/transaction.ts";
import type { Actor, ActorContext } from "../../kernel/actor.ts";
import { FEE_ACCOUNT } from "../../market/ledger.ts";
import type { Change, ClearingBook } from "./clearing-book.ts";
import type { SettledBalances } from "./settled-balances.ts";

export interface ClearingOptions {
  readonly book: ClearingBook;
  /** The account that settles, and its signer. */
  readonly account: number;
  readonly signer: Signer;
  readonly codec: ClientCodec;
  /** Names of the replicas' actors. */
  readonly replicas: readonly string[];
  /** Replicas that must say so before something is believed to be final. One more is asked, since a message may be lost. */
  readonly witnesses: number;
  readonly batchNs: Nanos;
  /** After so long without an answer other replicas are asked. */
  readonly retryNs: Nanos;
  /** Coins paid for each transaction. */
  readonly fee: Units;
}

/** Transactions that replicas have at once: as many as they let wait of one account. What comes behind is sent later. */
export const UNDER_WAY_MAX = 2_048;
/** Fills that wait for being sent one by one. Beyond that, what is left is netted. */
export const FILLS_MAX = 65_536;
/** Transactions sent again at once, of those under way, and of those that were final already: a chain may have undone them. */
const REPEATED_MAX = 64;

const BATCH_TIMER = 1;
const RETRY_TIMER = 2;

interface UnderWay {
  readonly transaction: SignedTransaction;
  readonly changes: readonly Change[];
  /** When its batch was closed, if it is the last of it. */
  readonly closedNs?: Nanos;
}

/**
 * Settles what the venues have traded at the replicas of a ledger. Trades are provisional until their batch is final: the
 * venues do not wait. Each batch ends with a mark, a hash of all balances, which every replica compares with its own.
 */
export class ClearingActor implements Actor {
  /** Fills to be sent one by one, the oldest first. */
  readonly fills: Trade[] = [];
  readonly settled: SettledBalances;
  /** How long each batch took from when it was closed until it was final. */
  readonly latenciesNs: Nanos[] = [];
  batchesClosed = 0;
  submitted = 0;
  /** Of final transactions that the replicas told of: without effect. Any is a bug. */
  refused = 0;
  /** Times that a batch could not be closed because too much was under way. */
  held = 0;
  readonly #options: ClearingOptions;
  /** By nonce from `#firstNonce` on. */
  readonly #underWay: UnderWay[] = [];
  /** The last final ones, in case that a chain undoes them. */
  readonly #recent: UnderWay[] = [];
  #firstNonce = 0;
  /** The first nonce that was never sent. */
  #sentTo = 0;
  /** By replica: the first nonce that it has not told to be final. */
  readonly #told: number[];
  readonly #numbers = new Map<number, number>();
  #target = 0;
  #heardNs = 0;

  constructor(options: ClearingOptions) {
    this.#options = options;
    this.#told = options.replicas.map(() => 0);
    this.settled = options.book.balances();
  }

  /** Transactions that are not final yet. */
  get underWay(): number {
    return this.#underWay.length;
  }

  /** The nonce of the first transaction that is not final yet. */
  get firstNonce(): number {
    return this.#firstNonce;
  }

  /** What the transactions from `firstNonce` up to a nonce will change. */
  changesBefore(nonce: number): Change[] {
    return this.#underWay.slice(0, Math.max(0, nonce - this.#firstNonce)).flatMap(({ changes }) => changes);
  }

  onStart(context: ActorContext): void {
    for (const [number, name] of this.#options.replicas.entries()) this.#numbers.set(context.find(name), number);
    context.setTimer(context.nowNs + this.#options.batchNs, BATCH_TIMER);
    context.setTimer(context.nowNs + this.#options.retryNs, RETRY_TIMER);
  }

  onTimer(context: ActorContext, tag: number): void {
    if (tag === BATCH_TIMER) {
      this.#closeBatch(context);
      context.setTimer(context.nowNs + this.#options.batchNs, BATCH_TIMER);
    } else {
      this.#retry(context);
      context.setTimer(context.nowNs + this.#options.retryNs, RETRY_TIMER);
    }
  }

  onMessage(context: ActorContext, words: Int32Array, at: number): void {
    const replica = this.#numbers.get(context.sender);
    const message = this.#options.codec.decode(words, at);
    if (replica === undefined || message?.kind !== "outcome") return;
    this.#hear(context.nowNs, replica, message as Outcome);
    this.#sendMore(context);
  }

  #hear(nowNs: Nanos, replica: number, { words, result }: Outcome): void {
    if (words[TransactionWord.account] !== this.#options.account) return;
    const next = words[TransactionWord.nonce] + 1;
    if (result !== 0 && next > this.#firstNonce) this.refused++;
    if (next <= this.#told[replica]) return;
    this.#told[replica] = next;
    const { witnesses } = this.#options;
    // An account's transactions become final in order, so each outcome stands for all before it.
    const believed = this.#told.toSorted((a, b) => b - a)[witnesses - 1];
    while (this.#firstNonce < believed) this.#becomeFinal(nowNs);
  }

  #becomeFinal(nowNs: Nanos): void {
    const final = this.#underWay.shift();
    if (final === undefined) return;
    this.#firstNonce++;
    this.#heardNs = nowNs;
    this.settled.take(final.changes);
    if (final.closedNs !== undefined) this.latenciesNs.push(nowNs - final.closedNs);
    this.#recent.push(final);
    if (this.#recent.length > REPEATED_MAX) this.#recent.shift();
  }

  /** Sends fills one by one while there is room, and once none is left nets what remains and marks the batch. */
  #closeBatch(context: ActorContext): void {
    const { book } = this.#options;
    if (this.fills.length > FILLS_MAX) this.fills.length = 0;
    let sent = 0;
    while (sent < this.fills.length && this.#underWay.length < UNDER_WAY_MAX) {
      const trade = this.fills[sent++];
      this.#submit({ changes: book.send(trade, FEE_ACCOUNT) }, (turn) => tradeWords(turn, trade));
    }
    this.fills.splice(0, sent);
    if (this.fills.length > 0 || 2 * this.#underWay.length > UNDER_WAY_MAX) {
      this.held++;
      this.#sendMore(context);
      return;
    }
    const netted = book.net();
    if (netted.length === 0 && sent === 0) return;
    for (const { asset, legs } of netted) {
      const changes = legs.map(({ party, units }) => ({ account: party, asset, units }));
      this.#submit({ changes }, (turn) => clearWords(turn, asset, legs));
    }
    const mark = { batch: ++this.batchesClosed, hash: book.hash() };
    this.#submit({ changes: [], closedNs: context.nowNs }, (turn) => markWords(turn, mark));
    this.#sendMore(context);
  }

  #submit(
    submitted: Omit<UnderWay, "transaction">,
    wordsOf: (turn: { account: number; nonce: number; fee: Units }) => Int32Array,
  ): void {
    const { account, fee, signer } = this.#options;
    const nonce = this.#firstNonce + this.#underWay.length;
    const transaction = signTransaction(wordsOf({ account, nonce, fee }), signer);
    this.#underWay.push({ ...submitted, transaction });
    this.submitted++;
  }

  /** Sends what has never been sent, as far as replicas let it wait. */
  #sendMore(context: ActorContext): void {
    const end = this.#firstNonce + Math.min(this.#underWay.length, UNDER_WAY_MAX);
    for (; this.#sentTo < end; this.#sentTo++) {
      this.#send(context, this.#underWay[this.#sentTo - this.#firstNonce].transaction);
    }
  }

  /** Asks others when nothing has been heard for a while. */
  #retry(context: ActorContext): void {
    if (this.#underWay.length === 0 || context.nowNs - this.#heardNs < this.#options.retryNs) return;
    this.#target = (this.#target + 1) % this.#options.replicas.length;
    for (const { transaction } of this.#recent) this.#send(context, transaction);
    const sent = this.#underWay.slice(0, Math.min(REPEATED_MAX, this.#sentTo - this.#firstNonce));
    for (const { transaction } of sent) this.#send(context, transaction);
  }

  #send(context: ActorContext, transaction: SignedTransaction): void {
    const { codec, replicas, witnesses } = this.#options;
    const asked = Math.min(witnesses + 1, replicas.length);
    const message = context.compose(SUBMISSION_RECORDS);
    codec.encode({ kind: "submission", transaction }, context.words, message << 4);
    for (let i = 0; i < asked; i++) {
      context.send(context.find(replicas[(this.#target + i) % replicas.length]), message);
    }
  }
}

/** Records of a message with a signed transaction. */
const SUBMISSION_RECORDS = 3;
