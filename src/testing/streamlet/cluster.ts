import type { AccountLedger } from "../../consensus/ledger/account-ledger.ts";
import { RandomStream } from "../../core/random.ts";
import type { Coalition } from "../../consensus/byzantine/coalition.ts";
import { silentReplica } from "../../consensus/byzantine/silent.ts";
import { keyedHashKeyring } from "../../consensus/keyed-hash.ts";
import type { Replica, ReplicaContext } from "../../consensus/replica.ts";
import type { Keyring } from "../../consensus/signature.ts";
import type { StreamletMessage } from "../../consensus/streamlet/message.ts";
import type { StreamletOptions } from "../../consensus/streamlet/options.ts";
import { StreamletReplica } from "../../consensus/streamlet/replica.ts";
import { epochAt, epochStartNs } from "../../consensus/streamlet/rules.ts";
import { EventQueue } from "../../kernel/event-queue.ts";
import { DiskCrash } from "../memory-disk.ts";
import { StreamletChecker } from "./checker.ts";
import { createLiar } from "./liars.ts";
import { throughCodec } from "./through-codec.ts";
import type { ClusterPlan } from "./plan.ts";
import { DELTA_NS } from "./plan.ts";
import type { ClusterNetwork } from "./rough-network.ts";
import { ACCOUNTS, doubleSpender, signedTransfer, spendingLedger } from "./spending.ts";
import { VoteRules } from "./vote-rules.ts";
import { WatchedDisk } from "./watched-disk.ts";
import { WireOracle } from "./wire-oracle.ts";

const EVENT = { epoch: 0, message: 1, timer: 2, restart: 3, submission: 4 } as const;

/** The account of liars; the others belong to the client. */
const LIARS_ACCOUNT = 0;

interface Node {
  readonly number: number;
  readonly disk: WatchedDisk;
  readonly random: RandomStream;
  readonly context: ReplicaContext<StreamletMessage>;
  machine: AccountLedger;
  replica: Replica<StreamletMessage>;
  /** Undefined for liars. */
  honest: StreamletReplica | undefined;
  isUp: boolean;
  /** Rises with every restart: timers of an earlier life do not ring. */
  life: number;
}

interface UnderWay {
  readonly from: number;
  readonly message: StreamletMessage;
}

export interface ClusterOptions {
  readonly plan: ClusterPlan;
  readonly network: ClusterNetwork;
  readonly forks: "are a bug" | "are expected";
  readonly coalition?: (replicas: Keyring, accounts: Keyring) => Coalition;
}

/** Replicas of Streamlet, liars among them, and a client, in memory: one event after the other, by the plan's seed. */
export class StreamletCluster {
  readonly checker: StreamletChecker;
  readonly accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
  readonly replicas: Keyring;
  messages = 0;
  crashes = 0;
  nowNs = 0;
  readonly #options: ClusterOptions;
  readonly #plan: ClusterPlan;
  readonly #oracle: WireOracle;
  readonly #voteRules: VoteRules;
  readonly #queue = new EventQueue();
  readonly #underWay: UnderWay[] = [];
  readonly #nodes: Node[];
  readonly #random: RandomStream;
  readonly #nonces = new Int32Array(ACCOUNTS);
  readonly #coalition: Coalition | undefined;
  #heard: StreamletMessage | undefined;

  constructor(options: ClusterOptions) {
    const { plan } = options;
    this.#options = options;
    this.#plan = plan;
    this.#random = RandomStream.named(plan.seed, "streamlet", "cluster");
    this.replicas = keyedHashKeyring({ seed: plan.seed, group: "replicas", signers: plan.replicas });
    const keys = this.replicas.verifier;
    this.#oracle = new WireOracle({ replicas: plan.replicas, chain: plan.seed, keys });
    const isLiar = (replica: number): boolean => plan.liars.has(replica);
    this.#voteRules = new VoteRules({ replicas: plan.replicas, oracle: this.#oracle, keys });
    this.checker = new StreamletChecker({
      oracle: this.#oracle,
      voteRules: this.#voteRules,
      keys,
      accounts: this.accounts.verifier,
      isLiar,
      forks: options.forks,
    });
    this.#coalition = options.coalition?.(this.replicas, this.accounts);
    this.#nodes = Array.from({ length: plan.replicas }, (_, number) => this.#createNode(number));
    // The network's epochs begin before the replicas', so that what these say first has the new epoch's luck.
    this.#beginEpoch();
    for (const node of this.#nodes) this.#act(node, () => node.replica.onStart(node.context));
  }

  get honest(): readonly StreamletReplica[] {
    return this.#nodes.flatMap(({ honest }) => (honest === undefined ? [] : [honest]));
  }

  /** Handles everything that happens before a time. */
  runUntil(untilNs: number): void {
    while (this.#queue.nextTimeNs < untilNs && this.#queue.pop()) {
      this.nowNs = this.#queue.timeNs;
      this.#handle(this.#queue.kind, this.#queue.target, this.#queue.payload);
    }
    this.nowNs = untilNs;
  }

  #handle(kind: number, target: number, payload: number): void {
    if (kind === EVENT.epoch) this.#beginEpoch();
    else if (kind === EVENT.message) this.#deliver(target, this.#underWay[payload]);
    else if (kind === EVENT.restart) this.#restart(this.#nodes[target]);
    else if (kind === EVENT.submission) this.#submit();
    else {
      const node = this.#nodes[target];
      const tag = payload % 8;
      if (node.isUp && node.life === (payload - tag) / 8) {
        this.#act(node, () => node.replica.onTimer(node.context, tag));
      }
    }
  }

  #beginEpoch(): void {
    const epoch = epochAt(this.nowNs, DELTA_NS);
    const random = this.#random;
    this.#options.network.beginEpoch(epoch);
    this.#queue.push(epochStartNs(epoch + 1, DELTA_NS), EVENT.epoch, 0, 0);
    for (const node of this.#nodes) {
      if (node.honest === undefined) continue;
      if (epoch >= this.#plan.gstEpoch) {
        node.disk.crashAfter(Infinity);
        if (!node.isUp) this.#restart(node);
      } else if (node.isUp && random.chance(this.#plan.crash)) {
        node.disk.crashAfter(random.integer(0, 6));
      }
    }
    for (let i = 0; i < this.#plan.submissionsPerEpoch; i++) {
      this.#queue.push(this.nowNs + random.integer(0, 2 * DELTA_NS), EVENT.submission, 0, 0);
    }
  }

  /** The client spends, sometimes the same nonce twice at two replicas. */
  #submit(): void {
    const random = this.#random;
    const account = random.integer(LIARS_ACCOUNT + 1, ACCOUNTS - 1);
    const nonce = Math.max(0, this.#nonces[account] - (random.chance(0.3) ? 1 : 0));
    this.#nonces[account] = nonce + 1;
    for (let copies = random.integer(1, 2); copies > 0; copies--) {
      const transfer = { account, nonce, to: random.integer(0, ACCOUNTS - 1), amount: random.integer(0, 120) };
      const transaction = signedTransfer(transfer, this.accounts);
      this.#send(this.#plan.replicas + account, random.integer(0, this.#plan.replicas - 1), {
        kind: "submission",
        transaction,
      });
    }
  }

  #deliver(to: number, { from, message }: UnderWay): void {
    if (to >= this.#plan.replicas) {
      if (message.kind === "outcome") this.checker.onOutcome(from, message, to - this.#plan.replicas);
      return;
    }
    const node = this.#nodes[to];
    if (!node.isUp) return;
    if (node.honest !== undefined) this.#voteRules.onDelivery(to, message);
    this.#act(node, () => node.replica.onMessage(node.context, from, message));
  }

  /** Lets a replica handle an event; its disk may crash meanwhile. */
  #act(node: Node, handle: () => void): void {
    try {
      handle();
    } catch (error) {
      if (!(error instanceof DiskCrash)) throw error;
      this.crashes++;
      node.isUp = false;
      node.disk.crash(this.#random);
      this.checker.onCrash(node.number);
      const downNs = 1 + Math.floor(this.#random.exponential(this.#plan.downNsMean));
      this.#queue.push(this.nowNs + downNs, EVENT.restart, node.number, 0);
    }
  }

  #restart(node: Node): void {
    if (node.isUp) return;
    node.isUp = true;
    node.life++;
    this.#make(node);
    this.#voteRules.onRestart(node.number, epochAt(this.nowNs, DELTA_NS));
    if (node.honest !== undefined) this.checker.onRestart(node.number, node.honest, node.machine);
    this.#act(node, () => node.replica.onStart(node.context));
  }

  #send(from: number, to: number, message: StreamletMessage): void {
    this.messages++;
    // What is told to all is one object, of which once is enough.
    if (message !== this.#heard) {
      this.#heard = message;
      this.#oracle.hear(message);
      const epoch = epochAt(this.nowNs, DELTA_NS);
      if (this.#nodes[from]?.honest !== undefined) {
        this.checker.onSend(from, message, { disk: this.#nodes[from].disk, epoch });
      }
    }
    const carried = this.#plan.coded ? throughCodec(message) : message;
    for (const delayNs of this.#options.network.delaysNs(from, to, message.kind)) {
      this.#queue.push(this.nowNs + delayNs, EVENT.message, to, this.#underWay.push({ from, message: carried }) - 1);
    }
  }

  #contextOf(node: Pick<Node, "number" | "disk" | "random" | "life">): ReplicaContext<StreamletMessage> {
    const now = (): number => this.nowNs;
    return {
      self: node.number,
      get nowNs() {
        return now();
      },
      disk: node.disk,
      send: (to, message) => this.#send(node.number, to, message),
      setTimer: (delayNs, tag) => this.#queue.push(this.nowNs + delayNs, EVENT.timer, node.number, 8 * node.life + tag),
      cancelTimer: (timer) => this.#queue.cancel(timer),
      random: () => node.random,
    };
  }

  #createNode(number: number): Node {
    const disk = new WatchedDisk();
    const random = RandomStream.named(this.#plan.seed, `replica ${number}`, "own");
    const machine = spendingLedger();
    const life = { number, disk, random, life: 0 };
    const context = this.#contextOf(life);
    const node: Node = Object.assign(life, { context, machine, replica: silentReplica, honest: undefined, isUp: true });
    this.#make(node);
    return node;
  }

  #make(node: Node): void {
    node.machine = spendingLedger();
    const options: StreamletOptions = {
      replicas: this.#plan.replicas,
      chain: this.#plan.seed,
      deltaNs: DELTA_NS,
      signer: this.replicas.signers[node.number],
      replicaKeys: this.replicas.verifier,
      accountKeys: this.accounts.verifier,
      disk: node.disk,
      machine: node.machine,
    };
    const kind = this.#plan.liars.get(node.number);
    if (kind !== undefined) {
      const spender = doubleSpender(LIARS_ACCOUNT, this.accounts);
      node.replica = createLiar(kind, options, { spender, coalition: this.#coalition });
      return;
    }
    const { number, machine } = node;
    const observer = {
      onFinal: (block: Parameters<StreamletChecker["onFinal"]>[1]) => this.checker.onFinal(number, block, machine),
      onEvidence: (evidence: Parameters<StreamletChecker["onEvidence"]>[1]) =>
        this.checker.onEvidence(number, evidence),
    };
    node.honest = new StreamletReplica({ ...options, observer });
    node.replica = node.honest;
  }
}
