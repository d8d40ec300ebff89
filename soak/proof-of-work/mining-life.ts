import type { Disk } from "../../src/consensus/disk.ts";
import { keyedHashKeyring } from "../../src/consensus/keyed-hash.ts";
import { AccountLedger } from "../../src/consensus/ledger/account-ledger.ts";
import { chainCodec } from "../../src/consensus/proof-of-work/chain-message.ts";
import type { ChainMessage } from "../../src/consensus/proof-of-work/chain-message.ts";
import { SimulatedMining } from "../../src/consensus/proof-of-work/mining.ts";
import { ProofOfWorkNode } from "../../src/consensus/proof-of-work/node.ts";
import type { Replica } from "../../src/consensus/replica.ts";
import { RandomStream } from "../../src/core/random.ts";
import { coinOpenings } from "../../src/testing/coins.ts";
import { LedgerClients } from "../ledger/ledger-clients.ts";
import type { Life, LifeReport, Limits, Subject } from "../life.ts";
import { Cluster } from "../simulation/cluster.ts";
import { FaultPlayer } from "../simulation/fault-player.ts";
import { faultText } from "../simulation/fault.ts";
import { throughWords } from "../simulation/through-words.ts";
import { violated } from "../simulation/violation.ts";
import { Weather } from "../simulation/weather.ts";
import { forgedBlock } from "./forged-block.ts";
import { ChainWatch } from "./chain-watch.ts";
import type { MiningPlan } from "./mining-plan.ts";
import { drawMiningPlan } from "./mining-plan.ts";

const SECOND = 1e9;
/** Of rewards: the first miner's, behind the clients'. */
const FIRST_MINER_ACCOUNT = 1_000;
const AMOUNT_MAX = 900;
const ANSWERED_WITHIN_SECONDS = 600;
const AGREED_WITHIN_SECONDS = 200;
const ALONE_SECONDS = 20;

export const miningSubject: Subject = {
  name: "proof-of-work",
  draw: (seed, limits) => new MiningLife(seed, limits),
};

/** Miners under faults; then all is well, one of them goes on, and all must follow the heaviest chain there is. */
class MiningLife implements Life {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
  readonly size: Life["size"];
  readonly #seed: number;
  readonly #plan: MiningPlan;
  readonly #accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: 8 });
  readonly #watch: ChainWatch;
  readonly #cluster: Cluster<ChainMessage>;
  readonly #clients: LedgerClients<ChainMessage>;
  readonly #player: FaultPlayer<ChainMessage>;
  readonly #nodes: (ProofOfWorkNode | undefined)[];
  readonly #ledgers: AccountLedger[] = [];
  readonly #minings: SimulatedMining[] = [];
  readonly #powers: number[];

  constructor(seed: number, limits: Limits) {
    const plan = drawMiningPlan(seed, limits);
    const { replicas, clients, seconds } = plan;
    this.#seed = seed;
    this.#plan = plan;
    this.parameters = plan.parameters;
    this.faults = plan.faults.map(faultText);
    this.size = { replicas, replicasMin: 2, clients, seconds };
    this.#powers = [...plan.powers];
    this.#watch = new ChainWatch(plan.chain, this.#accounts.verifier);
    this.#nodes = Array.from({ length: replicas }, () => undefined);
    const seats = replicas + clients;
    this.#clients = new LedgerClients<ChainMessage>({
      cluster: () => this.#cluster,
      random: RandomStream.named(seed, "clients", "spending"),
      habits: plan.habits,
      clients,
      replicas,
      accounts: this.#accounts,
      firstAccount: 0,
      amountMax: AMOUNT_MAX,
      finality: "a bet",
      isHonest: () => true,
    });
    this.#cluster = new Cluster({
      seed,
      replicas,
      seats,
      weather: new Weather({ ...plan.topology, seats, random: RandomStream.named(seed, "network", "chance") }),
      diskHabits: plan.disks,
      create: (seat, disk) => this.#create(seat, disk),
      carry: plan.coded ? throughWords(chainCodec) : (message) => message,
      watch: {
        afterEvent: (seat) => {
          const node = this.#nodes[seat];
          if (node !== undefined) this.#watch.check(seat, node, this.#ledgers[seat]);
        },
        onCrash: (seat) => {
          this.#nodes[seat] = undefined;
          this.#watch.crashed(seat);
          this.#player.onCrash(seat);
        },
      },
    });
    this.#player = new FaultPlayer(this.#cluster, plan.keptFaults, {
      leader: () => this.#leader(),
      rottenMax: plan.rottenMax,
      onProtocolFault: (_kind, random) => this.#forge(random),
    });
  }

  play(): LifeReport {
    const { replicas, seconds } = this.#plan;
    const cluster = this.#cluster;
    for (let replica = 0; replica < replicas; replica++) cluster.start(replica);
    this.#clients.start();
    cluster.runUntil(seconds * SECOND);
    this.#heal(Array.from(this.#nodes.keys()).filter((replica) => cluster.diskOf(replica).rotten === 0));
    const { events, messages, crashes, nowNs } = cluster;
    const { reorganisations, heaviest } = this.#watch;
    const transactions = this.#clients.settled;
    const counts = { messages, crashes, blocks: heaviest.height, reorganisations, transactions };
    return { seed: this.#seed, durationNs: nowNs, events, counts };
  }

  trail(): string[] {
    const { replicas } = this.#plan;
    return this.#cluster.trail.lines((seat) => {
      if (seat < 0) return "all   ";
      return seat < replicas ? `node ${seat}` : `client ${seat - replicas}`;
    });
  }

  #heal(core: readonly number[]): void {
    const cluster = this.#cluster;
    this.#player.healCore(core);
    this.#clients.finish();
    // One goes on mining, or two branches of the same weight could stay for ever.
    const total = this.#powers.reduce((sum, power) => sum + power, 0);
    for (const replica of this.#nodes.keys()) this.#setPower(replica, replica === core[0] ? total : 0);
    // Its power counts from the next block on, for which it may have to wait for long: it begins anew.
    cluster.crash(core[0]);
    cluster.start(core[0]);
    const aloneUntilNs = cluster.nowNs + ALONE_SECONDS * SECOND;
    cluster.runUntil(aloneUntilNs);
    cluster.runUntil(aloneUntilNs + ANSWERED_WITHIN_SECONDS * SECOND, () => this.#clients.pending === 0);
    if (this.#clients.pending > 0) violated("liveness", `${this.#clients.pending} clients get no answer`);
    this.#setPower(core[0], 0);
    cluster.runUntil(cluster.nowNs + AGREED_WITHIN_SECONDS * SECOND, () => this.#disagreement(core) === undefined);
    const problem = this.#disagreement(core);
    if (problem !== undefined) violated("agreement", problem);
  }

  #disagreement(core: readonly number[]): string | undefined {
    const tips = core.map((replica) => this.#nodes[replica]?.chain.tip);
    const place = tips.findIndex((tip) => tip?.block.id !== tips[0]?.block.id);
    if (place >= 0)
      return `${core[0]} is at height ${tips[0]?.block.height}, ${core[place]} at ${tips[place]?.block.height}`;
    const { id, height } = this.#watch.heaviest;
    const isAll = core.length === this.#plan.replicas;
    return isAll && tips[0]?.block.id !== id ? `nobody follows the heaviest chain, of height ${height}` : undefined;
  }

  #setPower(replica: number, hashesPerSecond: number): void {
    this.#powers[replica] = hashesPerSecond;
    this.#minings[replica].setPower(hashesPerSecond);
  }

  #create(seat: number, disk: Disk): Replica<ChainMessage> {
    const { replicas, chain, confirmations, announceNs } = this.#plan;
    if (seat >= replicas) return this.#clients.at(seat);
    const machine = new AccountLedger({ openings: coinOpenings(chain.allocation) });
    const mining = new SimulatedMining(this.#powers[seat]);
    const node = new ProofOfWorkNode(disk, {
      parameters: chain,
      proof: "simulated",
      accountKeys: this.#accounts.verifier,
      machine,
      peers: Array.from({ length: replicas }, (_, peer) => peer).filter((peer) => peer !== seat),
      account: FIRST_MINER_ACCOUNT + seat,
      mining,
      confirmations,
      announceNs,
    });
    this.#ledgers[seat] = machine;
    this.#minings[seat] = mining;
    this.#nodes[seat] = node;
    return node;
  }

  /** A liar makes a wrong block upon the furthest chain, and shows it to somebody. Whoever waits for a block is believed. */
  #forge(random: RandomStream): void {
    const { chain } = this.#nodes[this.#leader()] ?? {};
    const client = this.#plan.replicas;
    if (chain === undefined) return;
    const block = forgedBlock(chain, this.#accounts, random);
    for (const to of this.#nodes.keys()) {
      if (random.chance(0.7)) this.#cluster.act(client, (context) => context.send(to, { kind: "block", block }));
    }
  }

  /** Who leads a chain without leaders is whoever is furthest. */
  #leader(): number {
    const works = this.#nodes.map((node) => node?.chain.tip.work ?? -1);
    return works.indexOf(Math.max(...works));
  }
}
