import type { Disk } from "../../src/consensus/disk.ts";
import { keyedHashKeyring } from "../../src/consensus/keyed-hash.ts";
import type { AccountLedger } from "../../src/consensus/ledger/account-ledger.ts";
import type { Replica } from "../../src/consensus/replica.ts";
import type { Keyring } from "../../src/consensus/signature.ts";
import { streamletCodec } from "../../src/consensus/streamlet/codec.ts";
import type { StreamletMessage } from "../../src/consensus/streamlet/message.ts";
import { StreamletReplica } from "../../src/consensus/streamlet/replica.ts";
import { epochAt, quorumOf } from "../../src/consensus/streamlet/rules.ts";
import { RandomStream } from "../../src/core/random.ts";
import { StreamletChecker } from "../../src/testing/streamlet/checker.ts";
import { createLiar } from "../../src/testing/streamlet/liars.ts";
import { doubleSpender, spendingLedger, ACCOUNTS } from "../../src/testing/streamlet/spending.ts";
import { VoteRules } from "../../src/testing/streamlet/vote-rules.ts";
import { WireOracle } from "../../src/testing/streamlet/wire-oracle.ts";
import { LedgerClients } from "../ledger/ledger-clients.ts";
import type { Life, LifeReport, Limits, Subject } from "../life.ts";
import { Cluster } from "../simulation/cluster.ts";
import { FaultPlayer } from "../simulation/fault-player.ts";
import { faultText } from "../simulation/fault.ts";
import { throughWords } from "../simulation/through-words.ts";
import { violated } from "../simulation/violation.ts";
import { Weather } from "../simulation/weather.ts";
import { holds } from "./durable-messages.ts";
import { checkGrowth } from "./growth.ts";
import type { StreamletPlan } from "./streamlet-plan.ts";
import { drawStreamletPlan } from "./streamlet-plan.ts";

const SECOND = 1e9;
/** The account of liars; those behind it belong to the clients. */
const LIARS_ACCOUNT = 0;
const AMOUNT_MAX = 120;
const ANSWERED_WITHIN_SECONDS = 120;

export const streamletSubject: Subject = {
  name: "streamlet",
  draw: (seed, limits) => new StreamletLife(seed, limits),
};

/** Replicas of Streamlet, liars among them, under faults; then all is well, and the chain must grow as the paper says. */
class StreamletLife implements Life {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  readonly size: Life["size"];
  readonly #seed: number;
  readonly #plan: StreamletPlan;
  readonly #keys: Keyring;
  readonly #accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
  readonly #oracle: WireOracle;
  readonly #voteRules: VoteRules;
  readonly #checker: StreamletChecker;
  readonly #cluster: Cluster<StreamletMessage>;
  readonly #clients: LedgerClients<StreamletMessage>;
  readonly #player: FaultPlayer<StreamletMessage>;
  /** Honest ones, by seat; undefined for liars and those that are down. */
  readonly #replicas: (StreamletReplica | undefined)[];
  readonly #ledgers: AccountLedger[] = [];
  /** By seat: the height of the longest notarised chain that it has seen since it was started. */
  readonly #longest: number[] = [];
  /** What is told to all is one object, of which once is enough. */
  #heard: StreamletMessage | undefined;

  constructor(seed: number, limits: Limits) {
    const plan = drawStreamletPlan(seed, limits);
    const { replicas, clients, seconds, liars } = plan;
    this.#seed = seed;
    this.#plan = plan;
    this.parameters = plan.parameters;
    this.faults = plan.faults.map(faultText);
    this.size = { replicas, replicasMin: 4, clients, seconds };
    this.#keys = keyedHashKeyring({ seed, group: "replicas", signers: replicas });
    const keys = this.#keys.verifier;
    this.#oracle = new WireOracle({ replicas, chain: seed, keys });
    this.#voteRules = new VoteRules({ replicas, oracle: this.#oracle, keys });
    const isLiar = (replica: number): boolean => liars.has(replica);
    this.#checker = new StreamletChecker({
      oracle: this.#oracle,
      voteRules: this.#voteRules,
      keys,
      accounts: this.#accounts.verifier,
      isLiar,
      forks: "are a bug",
    });
    this.#replicas = Array.from({ length: replicas }, () => undefined);
    const seats = replicas + clients;
    this.#clients = new LedgerClients<StreamletMessage>({
      cluster: () => this.#cluster,
      random: RandomStream.named(seed, "clients", "spending"),
      habits: plan.habits,
      clients,
      replicas,
      accounts: this.#accounts,
      firstAccount: LIARS_ACCOUNT + 1,
      amountMax: AMOUNT_MAX,
      finality: "for good",
      isHonest: (replica) => !isLiar(replica),
    });
    this.#cluster = new Cluster({
      seed,
      replicas,
      seats,
      weather: new Weather({ ...plan.topology, seats, random: RandomStream.named(seed, "network", "chance") }),
      diskHabits: plan.disks,
      create: (seat, disk) => this.#create(seat, disk),
      carry: plan.coded ? throughWords(streamletCodec) : (message) => message,
      watch: {
        onSend: (from, _to, message) => this.#onSend(from, message),
        onDeliver: (from, to, message) => this.#onDeliver(from, to, message),
        afterEvent: (seat) => this.#mustNotForget(seat),
        onCrash: (seat) => {
          this.#replicas[seat] = undefined;
          this.#longest[seat] = 0;
          this.#checker.onCrash(seat);
          this.#player.onCrash(seat);
        },
        onRestart: (seat) => this.#onRestart(seat),
      },
    });
    this.#player = new FaultPlayer(this.#cluster, plan.keptFaults, {
      leader: () => this.#leader(),
      rottenMax: plan.rottenMax,
    });
  }

  play(): LifeReport {
    const { replicas, seconds, liars, deltaNs } = this.#plan;
    const cluster = this.#cluster;
    for (let replica = 0; replica < replicas; replica++) cluster.start(replica);
    this.#clients.start();
    cluster.runUntil(seconds * SECOND);
    const core = this.#core();
    this.#player.healCore([...core, ...liars.keys()]);
    this.#clients.finish();
    checkGrowth({ cluster, core, deltaNs, liars, replicaAt: (seat) => this.#replicas[seat] });
    const untilNs = cluster.nowNs + ANSWERED_WITHIN_SECONDS * SECOND;
    cluster.runUntil(untilNs, () => this.#clients.pending === 0);
    if (this.#clients.pending > 0) violated("liveness", `${this.#clients.pending} clients get no answer`);
    const { events, messages, crashes, nowNs } = cluster;
    const blocks = Math.max(...core.map((replica) => this.#checker.finalHeight(replica)));
    const counts = {
      messages,
      crashes,
      blocks,
      transactions: this.#clients.settled,
      caught: this.#checker.culprits.size,
    };
    return { seed: this.#seed, durationNs: nowNs, events, counts };
  }

  trail(): string[] {
    const { replicas } = this.#plan;
    return this.#cluster.trail.lines((seat) => {
      if (seat < 0) return "all      ";
      return seat < replicas ? `replica ${seat}` : `client ${seat - replicas}`;
    });
  }

  #create(seat: number, disk: Disk): Replica<StreamletMessage> {
    const { replicas, liars, deltaNs } = this.#plan;
    if (seat >= replicas) return this.#clients.at(seat);
    const machine = spendingLedger();
    const options = {
      replicas,
      chain: this.#seed,
      deltaNs,
      signer: this.#keys.signers[seat],
      replicaKeys: this.#keys.verifier,
      accountKeys: this.#accounts.verifier,
      disk,
      machine,
    };
    const kind = liars.get(seat);
    if (kind !== undefined) {
      return createLiar(kind, options, { spender: doubleSpender(LIARS_ACCOUNT, this.#accounts), coalition: undefined });
    }
    const replica = new StreamletReplica({
      ...options,
      observer: {
        onFinal: (block) => {
          this.#checker.onFinal(seat, block, machine);
          if (machine.total() !== machine.supply()) {
            violated("money is conserved", `replica ${seat} has ${machine.total()} of ${machine.supply()} coins`);
          }
        },
        onEvidence: (evidence) => this.#checker.onEvidence(seat, evidence),
      },
    });
    this.#ledgers[seat] = machine;
    this.#replicas[seat] = replica;
    return replica;
  }

  #onSend(from: number, message: StreamletMessage): void {
    if (message === this.#heard) return;
    this.#heard = message;
    this.#oracle.hear(message);
    if (from >= this.#plan.replicas || this.#plan.liars.has(from)) return;
    const disk = this.#cluster.diskOf(from);
    const epoch = this.#epochAt(from);
    this.#checker.onSend(from, message, { disk: { holds: (sent) => holds(disk, sent) }, epoch });
  }

  #onDeliver(from: number, to: number, message: StreamletMessage): void {
    const { replicas, liars } = this.#plan;
    if (to < replicas) {
      if (!liars.has(to)) this.#voteRules.onDelivery(to, message);
    } else if (message.kind === "outcome") {
      this.#checker.onOutcome(from, message, LIARS_ACCOUNT + 1 + to - replicas);
    }
  }

  /** Who has seen a chain never votes as if it had not. */
  #mustNotForget(seat: number): void {
    const replica = this.#replicas[seat];
    if (replica === undefined) return;
    const { longestHeight } = replica.chain.tree;
    if (longestHeight < (this.#longest[seat] ?? 0)) {
      violated("the rule of votes", `${seat} has forgotten a notarised chain of height ${this.#longest[seat]}`);
    }
    this.#longest[seat] = longestHeight;
  }

  #onRestart(seat: number): void {
    if (seat >= this.#plan.replicas) return;
    this.#voteRules.onRestart(seat, this.#epochAt(seat));
    const replica = this.#replicas[seat];
    if (replica !== undefined) this.#checker.onRestart(seat, replica, this.#ledgers[seat]);
  }

  #epochAt(seat: number): number {
    return epochAt(this.#cluster.clockOf(seat).at(this.#cluster.nowNs), this.#plan.deltaNs);
  }

  #leader(): number {
    const any = this.#replicas.find((replica) => replica !== undefined);
    return any?.chain.leaderOf(epochAt(this.#cluster.nowNs, this.#plan.deltaNs)) ?? -1;
  }

  /** Honest replicas that must be enough: two thirds of all, or everybody whose disk is whole. */
  #core(): number[] {
    const { replicas, hasBareCore, liars } = this.#plan;
    const alive = Array.from({ length: replicas }, (_, replica) => replica).filter(
      (replica) => !liars.has(replica) && this.#cluster.diskOf(replica).rotten === 0,
    );
    if (!hasBareCore) return alive;
    const random = RandomStream.named(this.#seed, "core", "members");
    while (alive.length > quorumOf(replicas)) alive.splice(random.integer(0, alive.length - 1), 1);
    return alive;
  }
}
