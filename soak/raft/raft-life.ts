import type { MembershipChange } from "../../src/consensus/raft/conf-change.ts";
import { configurationOf } from "../../src/consensus/raft/configuration.ts";
import type { RaftMessage } from "../../src/consensus/raft/messages.ts";
import { raftCodec } from "../../src/consensus/raft/raft-codec.ts";
import { RaftReplica } from "../../src/consensus/raft/raft-replica.ts";
import type { Disk } from "../../src/consensus/disk.ts";
import type { Replica } from "../../src/consensus/replica.ts";
import { RandomStream } from "../../src/core/random.ts";
import type { Life, LifeReport, Limits, Subject } from "../life.ts";
import { Cluster } from "../simulation/cluster.ts";
import type { ProtocolFault } from "../simulation/fault-player.ts";
import { FaultPlayer } from "../simulation/fault-player.ts";
import { logUniform } from "../simulation/draws.ts";
import { faultText } from "../simulation/fault.ts";
import { throughWords } from "../simulation/through-words.ts";
import { violated } from "../simulation/violation.ts";
import { Weather } from "../simulation/weather.ts";
import { drawChange } from "./membership-draw.ts";
import { RaftClients } from "./raft-clients.ts";
import type { RaftPlan } from "./raft-plan.ts";
import { drawRaftPlan } from "./raft-plan.ts";
import { RaftWatch } from "./raft-watch.ts";
import { RegisterBank } from "./register-bank.ts";

const SECOND = 1e9;
/** After healing: some elections, snapshots to catch up, and what each client has under way. */
const LIVENESS_SECONDS = 300;
const TORN_APART_NS_MAX = 8 * SECOND;
const LIVENESS_STEP_NS = SECOND / 5;

export const raftSubject: Subject = {
  name: "raft",
  draw: (seed, limits) => new RaftLife(seed, limits),
};

/** A replicated log under faults; then a core of it is healed, and every client must get its answers. */
class RaftLife implements Life {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  readonly size: Life["size"];
  readonly #seed: number;
  readonly #plan: RaftPlan;
  readonly #cluster: Cluster<RaftMessage>;
  readonly #clients: RaftClients;
  readonly #player: FaultPlayer<RaftMessage>;
  readonly #watch = new RaftWatch();
  readonly #replicas: (RaftReplica | undefined)[];
  readonly #banks: RegisterBank[] = [];
  readonly #admin: number;
  #requests = 0;
  /** The last term in which somebody has led. */
  #ledTerm = 0;

  constructor(seed: number, limits: Limits) {
    const plan = drawRaftPlan(seed, limits);
    this.#seed = seed;
    this.#plan = plan;
    this.parameters = plan.parameters;
    this.faults = plan.faults.map(faultText);
    const { replicas, clients, seconds } = plan;
    this.size = { replicas, replicasMin: 1, clients, seconds };
    this.#admin = replicas + clients;
    this.#replicas = Array.from({ length: replicas }, () => undefined);
    const seats = this.#admin + 1;
    this.#clients = new RaftClients({
      cluster: () => this.#cluster,
      random: RandomStream.named(seed, "clients", "tasks"),
      habits: plan.habits,
      replicas,
    });
    this.#cluster = new Cluster({
      seed,
      replicas,
      seats,
      weather: new Weather({ ...plan.topology, seats, random: RandomStream.named(seed, "network", "chance") }),
      diskHabits: plan.disks,
      create: (seat, disk) => this.#create(seat, disk),
      // What a follower has to save; votes and heartbeats are short.
      isLong: (message) =>
        message.kind === "snapshot-piece" || (message.kind === "append" && message.entries.length > 0),
      carry: plan.coded ? throughWords(raftCodec) : (message) => message,
      watch: {
        onSend: (from, to, message) => {
          if (from < replicas) this.#watch.sent(from, to, message);
        },
        afterEvent: (seat) => {
          if (seat < replicas) this.#check(seat);
        },
        onCrash: (seat) => {
          this.#replicas[seat] = undefined;
          this.#watch.crashed(seat);
          this.#player.onCrash(seat);
        },
      },
    });
    this.#player = new FaultPlayer(this.#cluster, plan.keptFaults, {
      leader: () => this.#leader(),
      rottenMax: plan.rottenMax,
      onProtocolFault: (kind, random) => this.#ask(kind, random),
    });
  }

  play(): LifeReport {
    const cluster = this.#cluster;
    for (let replica = 0; replica < this.#plan.replicas; replica++) cluster.start(replica);
    cluster.start(this.#admin);
    this.#clients.start();
    cluster.runUntil(this.#plan.seconds * SECOND);
    const core = this.#core();
    this.#player.healCore(core);
    this.#clients.finish();
    const untilNs = cluster.nowNs + LIVENESS_SECONDS * SECOND;
    while (!this.#hasConverged(core)) {
      if (cluster.nowNs >= untilNs) violated("liveness", this.#whatIsMissing(core));
      this.#switchOffStrangers(core);
      cluster.runUntil(cluster.nowNs + LIVENESS_STEP_NS);
    }
    this.#clients.checkHistory();
    const { events, messages, crashes, nowNs } = cluster;
    const { transactions } = this.#clients;
    return {
      seed: this.#seed,
      durationNs: nowNs,
      events,
      counts: { messages, crashes, transactions, terms: this.#watch.termMax },
    };
  }

  trail(): string[] {
    const { replicas } = this.#plan;
    return this.#cluster.trail.lines((seat) => {
      if (seat < 0) return "all      ";
      return seat < replicas ? `replica ${seat}` : `client ${seat - replicas}`;
    });
  }

  #create(seat: number, disk: Disk): Replica<RaftMessage> {
    const { replicas, voters, options } = this.#plan;
    if (seat === this.#admin) return { onStart() {}, onMessage() {}, onTimer() {} };
    if (seat >= replicas) return this.#clients.at(seat);
    const configuration = configurationOf(Array.from({ length: voters }, (_, voter) => voter));
    const machine = new RegisterBank((name, place) => this.#clients.executed(name, place), this.#plan.ballastWords);
    const replica = new RaftReplica({ ...options, configuration, machine }, disk);
    this.#banks[seat] = machine;
    this.#replicas[seat] = replica;
    return replica;
  }

  #check(seat: number): void {
    const replica = this.#replicas[seat];
    if (replica === undefined) return;
    const { isLeader, term } = replica.node.state;
    if (isLeader && term > this.#ledTerm) {
      this.#ledTerm = term;
      this.#player.leaderElected(seat);
    }
    this.#watch.check(
      seat,
      replica.node,
      () => this.#banks[seat].hash(),
      () => this.#replicas.flatMap((other) => (other === undefined ? [] : [other.node])),
    );
  }

  #leader(): number {
    return this.#replicas.findIndex(
      (replica, seat) => replica !== undefined && this.#cluster.isUp(seat) && replica.node.state.isLeader,
    );
  }

  #ask(kind: Parameters<ProtocolFault>[0], random: RandomStream): void {
    const leader = this.#leader();
    if (leader < 0) return;
    const request = ++this.#requests;
    const { replicas } = this.#plan;
    let message: RaftMessage = { kind: "transfer-leadership", request, to: random.integer(0, replicas - 1) };
    if (kind === "transfer" && random.chance(0.5)) this.#tearOff(random, (seat) => seat === leader);
    if (kind === "membership") {
      const change = drawChange(random, replicas);
      message = { kind: "change-membership", request, change };
      this.#tearApart(change, random);
    }
    this.#cluster.act(this.#admin, (context) => context.send(leader, message));
  }

  /** Sometimes those who come are cut off from those who go, while some know of it and some do not. */
  #tearApart({ changes }: MembershipChange, random: RandomStream): void {
    if (random.chance(0.3)) return;
    const comes = new Set(changes.filter(({ kind }) => kind === "add-voter").map(({ replica }) => replica));
    this.#tearOff(random, (seat) => comes.has(seat));
  }

  /** Cuts some off from the others, while what was asked for is under way: an old leader may not hear of the new one. */
  #tearOff(random: RandomStream, isCutOff: (seat: number) => boolean): void {
    const cluster = this.#cluster;
    const lastsNs = random.integer(1, TORN_APART_NS_MAX);
    cluster.at(cluster.nowNs + Math.ceil(logUniform(random, 1e6, SECOND)), () =>
      this.#player.cut(lastsNs, (from, to) => isCutOff(from) !== isCutOff(to)),
    );
  }

  /** Who must be enough: a bare majority, or everybody. With other members than at the start only all are for certain. */
  #core(): number[] {
    const { replicas, hasBareCore } = this.#plan;
    const alive = Array.from({ length: replicas }, (_, replica) => replica).filter(
      (replica) => this.#cluster.diskOf(replica).rotten === 0,
    );
    if (!hasBareCore) return alive;
    const random = RandomStream.named(this.#seed, "core", "members");
    while (alive.length > Math.floor(replicas / 2) + 1) alive.splice(random.integer(0, alive.length - 1), 1);
    return alive;
  }

  /**
   * Whoever was removed before it could learn so stands for election again and again. Without pre-votes nothing but its
   * operator protects the others from that (Ongaro 2014, section 4.2.3), who switches off what is a member for nobody.
   */
  #switchOffStrangers(core: readonly number[]): void {
    for (const seat of core) {
      const others = core.filter((other) => other !== seat && this.#cluster.isUp(other));
      const isMember = others.some((other) => this.#replicas[other]?.node.state.progress.has(seat));
      if (isMember || others.length === 0) this.#cluster.start(seat);
      else this.#cluster.crash(seat);
    }
  }

  #hasConverged(core: readonly number[]): boolean {
    if (!this.#clients.isDone) return false;
    const leader = this.#replicas[this.#leader()]?.node;
    if (leader === undefined) return false;
    const members = leader.state.progress;
    return core.every((seat) => {
      const node = this.#replicas[seat]?.node;
      // Who was removed learns no more.
      return !members.has(seat) || node?.state.log.applied === leader.state.log.lastIndex;
    });
  }

  #whatIsMissing(core: readonly number[]): string {
    const logs = core.map((seat) => {
      const state = this.#replicas[seat]?.node.state;
      return `${seat}: ${state?.role} in term ${state?.term}, applied ${state?.log.applied} of ${state?.log.lastIndex}`;
    });
    return `${LIVENESS_SECONDS} s after healing ${this.#clients.pending} tasks are pending; ${logs.join("; ")}`;
  }
}
