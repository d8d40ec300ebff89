import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { AccountMachine } from "../account-machine.ts";
import type { BlockBody } from "../block-body.ts";
import { BLOCK_TRANSACTIONS_MAX, digestOfBody } from "../block-body.ts";
import { ClientDesk } from "../client-desk.ts";
import type { Outcome, Submission } from "../client-messages.ts";
import type { Disk } from "../disk.ts";
import { Mempool } from "../mempool.ts";
import type { Replica, ReplicaContext } from "../replica.ts";
import type { Verifier } from "../signature.ts";
import type { SignedTransaction } from "../transaction.ts";
import { isSigned } from "../transaction.ts";
import type { Block, BlockHeader, BlockId } from "./block.ts";
import { makeBlock } from "./block.ts";
import type { Proof } from "./block-rules.ts";
import type { Added, Chain } from "./chain.ts";
import type { ChainMessage } from "./chain-message.ts";
import { ConfirmedBlocks } from "./confirmed-blocks.ts";
import { ChainStore } from "./chain-store.ts";
import { blocksBehind, locatorOf } from "./locator.ts";
import type { Mining } from "./mining.ts";
import { MINING_TIMER } from "./mining.ts";
import type { ChainParameters } from "./parameters.ts";
import type { Strategy, StrategyActions } from "./strategy.ts";
import { honest } from "./strategy.ts";
import type { TreeBlock } from "./tree-block.ts";
import { difficultyAfter } from "./tree-block.ts";

export interface NodeOptions {
  readonly parameters: ChainParameters;
  readonly proof: Proof;
  readonly accountKeys: Verifier;
  /** New: what the disk holds is applied to it. */
  readonly machine: AccountMachine;
  /** Numbers of the replicas to which it speaks by itself. */
  readonly peers: readonly number[];
  /** Who gets the reward of blocks mined here. */
  readonly account: number;
  /** Absent for a node that does not mine. It belongs to this node alone, and is made anew after a crash. */
  readonly mining?: Mining;
  readonly strategy?: Strategy;
  /** Blocks that confirm one, itself included, before clients are told that it is final. */
  readonly confirmations?: number;
  readonly observer?: ChainObserver;
  /** Time between two announcements of the tip, each to one peer: the way to learn of what was lost. */
  readonly announceNs?: Nanos;
}

/** Is told what happens to a node. What it finds on its disk after a crash is not told. */
export interface ChainObserver {
  /** A block has its confirmations: with what became of its transactions. */
  onFinal?(block: Block, outcomes: readonly Outcome[]): void;
  /** Blocks left the main chain. */
  onReorganisation?(disconnected: readonly Block[]): void;
}

const CONFIRMATIONS = 6;
const ANNOUNCE_TIMER = 2;
const ANNOUNCE_NS = 5e9;
/** Transactions sent with an announcement, in case that they were lost. */
const ANNOUNCE_TRANSACTIONS = 4;
/** A question that brought nothing in this time is asked again when there is a reason. */
const ASK_AGAIN_NS = 2e9;
/** Records of the disk, by blocks of the tree, before they are written anew without what has been forgotten. */
const DISK_RECORDS_PER_TREE_BLOCK = 2;

type Context = ReplicaContext<ChainMessage>;

/** A node of a proof-of-work chain: it mines, relays, catches up, and follows the heaviest chain. */
export class ProofOfWorkNode implements Replica<ChainMessage> {
  readonly chain: Chain;
  readonly mempool: Mempool;
  /** Blocks that were wrong, or that left the chain deeper than this node remembers. */
  refused = 0;
  stranded = 0;
  readonly #options: NodeOptions;
  readonly #strategy: Strategy;
  readonly #store: ChainStore;
  readonly #clients = new ClientDesk();
  readonly #confirmed: ConfirmedBlocks;
  #minesOn: TreeBlock | undefined;
  #quietUntilNs: Nanos = 0;
  /** The last block that another sent and that is in the tree: a place on the other's branch. */
  #lastHeard: TreeBlock | undefined;

  constructor(disk: Disk, options: NodeOptions) {
    const { parameters, proof, accountKeys, machine, mining } = options;
    assert(mining === undefined || mining.proof === proof, "a miner makes the proof that the chain asks for");
    this.#options = options;
    this.#strategy = options.strategy ?? honest;
    this.#store = new ChainStore(disk, DISK_RECORDS_PER_TREE_BLOCK * parameters.treeBlocksMax);
    this.mempool = new Mempool({
      transactionsMax: parameters.mempoolMax,
      accountTransactionsMax: parameters.mempoolOfSenderMax,
    });
    const isKnown = (transaction: SignedTransaction): boolean => this.mempool.has(transaction);
    this.chain = this.#store.open(machine, { parameters, proof, accountKeys, isKnown });
    const confirmations = options.confirmations ?? Math.min(CONFIRMATIONS, parameters.depthMax);
    assert(confirmations <= parameters.depthMax, "a block is remembered until it has its confirmations");
    this.#confirmed = new ConfirmedBlocks(this.chain, confirmations);
    this.#remember();
  }

  onStart(context: Context): void {
    context.setTimer(this.#announceNs, ANNOUNCE_TIMER);
    this.#mine(context);
  }

  onMessage(context: Context, from: number, message: ChainMessage): void {
    if (message.kind === "block") this.#hear(context, from, message.block);
    else if (message.kind === "submission") this.#submit(context, message, from);
    else if (message.kind === "locate") this.#answer(context, from, message.ids);
    else if (message.kind === "tip" && this.chain.get(message.id) === undefined) this.#ask(context, from);
  }

  onTimer(context: Context, tag: number): void {
    if (tag === MINING_TIMER) this.#tryBlock(context);
    else this.#announce(context);
  }

  get #announceNs(): Nanos {
    return this.#options.announceNs ?? ANNOUNCE_NS;
  }

  /** Starts over when there is another block to mine upon. */
  #mine(context: Context): void {
    const parent = this.#strategy.mineOn(this.chain);
    if (parent === this.#minesOn) return;
    this.#minesOn = parent;
    this.#options.mining?.work(context, difficultyAfter(parent, this.#options.parameters));
  }

  #tryBlock(context: Context): void {
    const { mining } = this.#options;
    const parent = this.#minesOn;
    assert(mining !== undefined && parent !== undefined, "a miner has a block to mine upon");
    const { header, transactions } = this.#draft(parent, context.nowNs);
    const nonce = mining.onTimer(context, header);
    this.#minesOn = undefined;
    if (nonce !== undefined) this.#found(context, makeBlock({ ...header, nonce }, transactions));
    this.#mine(context);
  }

  #draft(parent: TreeBlock, nowNs: Nanos): { header: BlockHeader; transactions: BlockBody } {
    const { parameters, account } = this.#options;
    // The pool knows the state at the tip only; a block on another branch can hold none of its transactions.
    const room = parent === this.chain.tip ? BLOCK_TRANSACTIONS_MAX : 0;
    const transactions = this.#strategy.draft?.(this.chain) ?? this.#select(room);
    const header = {
      height: parent.block.height + 1,
      parent: parent.block.id,
      body: digestOfBody(transactions),
      difficulty: difficultyAfter(parent, parameters),
      timeNs: Math.max(this.#strategy.claimedTimeNs?.(parent, nowNs) ?? nowNs, parent.block.timeNs + 1),
      miner: account,
      nonce: 0,
    };
    return { header, transactions };
  }

  #found(context: Context, block: Block): void {
    const added = this.#add(context, block);
    assert(added.status === "attached", () => `a miner made a block that is wrong: ${added.fault ?? added.status}`);
    this.#strategy.onMined(this.#actions(context), added.attached[0]);
  }

  #hear(context: Context, from: number, block: Block): void {
    const added = this.#add(context, block);
    this.#lastHeard = this.chain.get(block.id) ?? this.#lastHeard;
    if (added.status === "orphan") this.#ask(context, from);
    if (added.status === "refused") this.refused++;
    if (added.status === "stranded") this.stranded++;
    if (added.attached.length === 0) return;
    // The question bore fruit, so the next one may be asked at once.
    this.#quietUntilNs = 0;
    this.#strategy.onHeard(this.#actions(context), added.attached, from);
    this.#mine(context);
  }

  /** What joins the tree is on the disk before anyone hears of it. */
  #add(context: Context, block: Block): Added {
    const added = this.chain.add(block, context.nowNs);
    this.#store.append(added.attached, this.chain);
    this.#follow(added);
    for (const final of this.#confirmed.advance(this.chain)) this.#settle(context, final);
    return added;
  }

  /** What left the chain waits again, what is on it waits no more. */
  #follow({ disconnected, connected }: Added): void {
    const undone = disconnected.map(({ transactions }) => transactions).toReversed();
    if (undone.length > 0) this.#options.observer?.onReorganisation?.(disconnected);
    this.mempool.putBack(undone, this.#nextNonce);
    for (const { transactions } of connected) this.mempool.removeUsed(transactions, this.#nextNonce);
    this.mempool.removeFar(undone.flat(), this.#nextNonce);
  }

  /** What was final before a crash: nobody waits yet, but a client that was not told may ask again. */
  #remember(): void {
    for (let height = this.chain.root.block.height + 1; height <= this.#confirmed.height; height++) {
      const final = this.chain.at(height);
      assert(final !== undefined, "what is final is on the chain");
      for (const outcome of outcomesOf(final)) this.#clients.take(outcome);
    }
  }

  /** Tells clients what became of a final block's transactions. */
  #settle(context: Context, final: TreeBlock): void {
    const outcomes = outcomesOf(final);
    this.#options.observer?.onFinal?.(final.block, outcomes);
    for (const outcome of outcomes) {
      const client = this.#clients.take(outcome);
      if (client !== undefined) context.send(client, outcome);
    }
  }

  #submit(context: Context, submission: Submission, from: number): void {
    const { transaction } = submission;
    if (!isSigned(transaction, this.#options.accountKeys)) return;
    const admission = this.mempool.add(transaction, this.#nextNonce);
    if (admission === "added") this.#tell(context, submission, from);
    if (this.#options.peers.includes(from)) return;
    const answer = admission === "nonce is used" ? this.#clients.answerTo(transaction) : undefined;
    if (answer !== undefined) context.send(from, answer);
    else this.#clients.register(transaction, from);
  }

  #select(countMax: number): SignedTransaction[] {
    const { machine } = this.#options;
    return this.mempool.select(countMax, this.#nextNonce, (account) => machine.feeBudget(account));
  }

  /** After the tip. */
  readonly #nextNonce = (account: number): number => this.#options.machine.nextNonce(account);

  #ask(context: Context, from: number): void {
    if (context.nowNs < this.#quietUntilNs) return;
    this.#quietUntilNs = context.nowNs + ASK_AGAIN_NS;
    context.send(from, { kind: "locate", ids: locatorOf(this.#publicTip, this.#lastHeard) });
  }

  #answer(context: Context, to: number, locator: readonly BlockId[]): void {
    const tip = this.#publicTip;
    const blocks = blocksBehind(locator, tip);
    for (const { block } of blocks) context.send(to, { kind: "block", block });
    if (blocks.length > 0) context.send(to, { kind: "tip", id: tip.block.id });
  }

  #announce(context: Context): void {
    context.setTimer(this.#announceNs, ANNOUNCE_TIMER);
    const { peers } = this.#options;
    if (peers.length === 0) return;
    const peer = peers[context.random("announce").integer(0, peers.length - 1)];
    context.send(peer, { kind: "tip", id: this.#publicTip.block.id });
    for (const transaction of this.#select(ANNOUNCE_TRANSACTIONS)) {
      context.send(peer, { kind: "submission", transaction });
    }
  }

  get #publicTip(): TreeBlock {
    return this.#strategy.publicTip(this.chain);
  }

  #actions(context: Context): StrategyActions {
    return {
      chain: this.chain,
      publish: ({ block }, except) => this.#tell(context, { kind: "block", block }, except),
      submit: (transaction) => {
        // Others may take what the own pool refuses: the branch that it follows may be a secret one.
        this.mempool.add(transaction, this.#nextNonce);
        this.#tell(context, { kind: "submission", transaction });
      },
    };
  }

  #tell(context: Context, message: ChainMessage, except?: number): void {
    for (const peer of this.#options.peers) {
      if (peer !== except) context.send(peer, message);
    }
  }
}

function outcomesOf({ block, answers }: TreeBlock): Outcome[] {
  return block.transactions.map(({ words }, place): Outcome => {
    return { kind: "outcome", words, height: block.height, result: answers[place] };
  });
}
