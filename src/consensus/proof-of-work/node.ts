import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { Disk } from "../disk.ts";
import type { Replica, ReplicaContext } from "../replica.ts";
import { TRANSACTION_WORDS } from "../replica.ts";
import type { Block, BlockHeader, BlockId } from "./block.ts";
import { BLOCK_TRANSACTIONS_MAX, hashTransactions, makeBlock } from "./block.ts";
import type { Proof } from "./block-rules.ts";
import type { Added, Chain } from "./chain.ts";
import type { ChainMessage } from "./chain-message.ts";
import { ChainStore } from "./chain-store.ts";
import type { ChainMachine } from "./coin-ledger.ts";
import { blocksBehind, locatorOf } from "./locator.ts";
import { Mempool } from "./mempool.ts";
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
  /** New: what the disk holds is applied to it. */
  readonly machine: ChainMachine;
  /** Numbers of the replicas to which it speaks by itself. */
  readonly peers: readonly number[];
  /** Who gets the reward of blocks mined here. */
  readonly account: number;
  /** Absent for a node that does not mine. It belongs to this node alone, and is made anew after a crash. */
  readonly mining?: Mining;
  readonly strategy?: Strategy;
  /** Time between two announcements of the tip, each to one peer: the way to learn of what was lost. */
  readonly announceNs?: Nanos;
}

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
  #minesOn: TreeBlock | undefined;
  #quietUntilNs: Nanos = 0;
  /** The last block that another sent and that is in the tree: a place on the other's branch. */
  #lastHeard: TreeBlock | undefined;

  constructor(disk: Disk, options: NodeOptions) {
    const { parameters, proof, machine, mining } = options;
    assert(mining === undefined || mining.proof === proof, "a miner makes the proof that the chain asks for");
    this.#options = options;
    this.#strategy = options.strategy ?? honest;
    this.#store = new ChainStore(disk, DISK_RECORDS_PER_TREE_BLOCK * parameters.treeBlocksMax);
    this.chain = this.#store.open(machine, { parameters, proof });
    this.mempool = new Mempool(parameters, machine);
  }

  onStart(context: Context): void {
    context.setTimer(this.#announceNs, ANNOUNCE_TIMER);
    this.#mine(context);
  }

  onMessage(context: Context, from: number, message: ChainMessage): void {
    if (message.kind === "block") this.#hear(context, from, message.block);
    else if (message.kind === "transaction") this.#submit(context, message.words, from);
    else if (message.kind === "locate") this.#answer(context, from, message.ids);
    else if (this.chain.get(message.id) === undefined) this.#ask(context, from);
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

  #draft(parent: TreeBlock, nowNs: Nanos): { header: BlockHeader; transactions: Int32Array } {
    const { parameters, account } = this.#options;
    // The pool knows the state at the tip only; a block on another branch can hold none of its transactions.
    const room = parent === this.chain.tip ? BLOCK_TRANSACTIONS_MAX : 0;
    const transactions = this.#strategy.draft?.(this.chain) ?? this.mempool.select(room);
    const header = {
      height: parent.block.height + 1,
      parent: parent.block.id,
      body: hashTransactions(transactions),
      difficulty: difficultyAfter(parent, parameters),
      timeNs: Math.max(nowNs, parent.block.timeNs + 1),
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
    this.mempool.follow(added.disconnected, added.connected);
    return added;
  }

  #submit(context: Context, words: Int32Array, from: number): void {
    if (this.mempool.add(words, 0) === "taken") this.#tell(context, { kind: "transaction", words }, from);
  }

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
    const waiting = this.mempool.select(ANNOUNCE_TRANSACTIONS);
    for (let at = 0; at < waiting.length; at += TRANSACTION_WORDS) {
      context.send(peer, { kind: "transaction", words: waiting.slice(at, at + TRANSACTION_WORDS) });
    }
  }

  get #publicTip(): TreeBlock {
    return this.#strategy.publicTip(this.chain);
  }

  #actions(context: Context): StrategyActions {
    return {
      chain: this.chain,
      publish: ({ block }, except) => this.#tell(context, { kind: "block", block }, except),
      submit: (words) => {
        // Others may take what the own pool refuses: the branch that it follows may be a secret one.
        this.mempool.add(words, 0);
        this.#tell(context, { kind: "transaction", words });
      },
    };
  }

  #tell(context: Context, message: ChainMessage, except?: number): void {
    for (const peer of this.#options.peers) {
      if (peer !== except) context.send(peer, message);
    }
  }
}
