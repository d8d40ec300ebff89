import { RandomStream } from "../../core/random.ts";
import { configurationOf } from "../../consensus/raft/configuration.ts";
import { RaftReplica } from "../../consensus/raft/raft-replica.ts";
import { CountingMachine } from "./counting-machine.ts";
import { RaftCheckError } from "./raft-check-error.ts";
import { RaftChecker } from "./raft-checker.ts";
import { RaftCluster } from "./raft-cluster.ts";
import { RaftFaults } from "./raft-faults.ts";
import { RaftWorkload } from "./raft-workload.ts";

const TICK = 10;
const FAULTS_UNTIL = 1_500;
/** After the last fault: some elections, and every task of every client, one by one. */
const HEALED_UNTIL = FAULTS_UNTIL + 20_000;

export interface RaftRunReport {
  readonly seed: number;
  readonly parameters: string;
  readonly events: number;
  readonly transactions: number;
  readonly terms: number;
}

/**
 * One run of a cluster, all of it drawn from the seed: first under faults, with every property checked after every
 * event, then healed, when every client must get its answers.
 * @throws {RaftCheckError} with the seed and what was drawn, when a promise is broken
 */
export function runRaft(seed: number): RaftRunReport {
  const run = new Run(seed);
  try {
    run.play();
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const rerun = `TRADESWARM_SOAK_SEED=${seed} npx vitest run --mode soak test/soak/raft.soak.ts`;
    const message = `seed ${seed} at ${run.cluster.now} (${run.parameters})\n${reason}\nrerun: ${rerun}`;
    throw new RaftCheckError(message, { cause: error });
  }
  return run.report();
}

class Run {
  readonly cluster: RaftCluster;
  readonly parameters: string;
  readonly #seed: number;
  readonly #checker = new RaftChecker();
  readonly #replicas: (RaftReplica | undefined)[] = [];
  readonly #machines: CountingMachine[] = [];
  readonly #workload: RaftWorkload;
  readonly #faults: RaftFaults;
  #termMax = 0;
  /** The last term in which somebody has led. */
  #ledTerm = 0;

  constructor(seed: number) {
    this.#seed = seed;
    const random = RandomStream.named(seed, "run", "parameters");
    const voters = random.integer(1, 5);
    const spares = random.integer(0, 3);
    const drawn = {
      voters,
      spares,
      electionTicks: random.integer(3, 8),
      heartbeatTicks: random.integer(1, 2),
      preVote: random.chance(0.5) ? ("on" as const) : ("off" as const),
      checkQuorum: random.chance(0.5) ? ("on" as const) : ("off" as const),
      inflightMax: random.integer(1, 8),
      // A small one lets entries of several terms arrive one by one, as in figure 8.
      appendWordsMax: random.chance(0.5) ? 1 : 1000,
      sessionsMax: random.chance(0.7) ? 64 : 2,
      compactEntries: random.integer(2, 40),
      retainEntries: random.integer(0, 10),
      ballastWords: random.chance(0.7) ? 0 : random.integer(500, 4000),
    };
    const configuration = configurationOf(Array.from({ length: voters }, (_, i) => i));
    this.cluster = new RaftCluster({
      seed,
      afterEvent: (seat, context) => {
        if (seat < this.#replicas.length) this.#check(seat);
        else this.#workload.refill(seat, context);
      },
      onCrash: (seat) => {
        this.#replicas[seat] = undefined;
        this.#checker.crashed(seat);
      },
    });
    this.#workload = new RaftWorkload(this.cluster, random, voters + spares);
    for (let replica = 0; replica < voters + spares; replica++) {
      this.cluster.add((disk) => {
        const executed = (transaction: number, place: number): void => this.#workload.executed(transaction, place);
        const machine = new CountingMachine(executed, drawn.ballastWords);
        this.#machines[replica] = machine;
        const created = new RaftReplica({ ...drawn, configuration, machine, tickNs: TICK }, disk);
        this.#replicas[replica] = created;
        return created;
      });
      this.#replicas.push(undefined);
    }
    this.#workload.addClients();
    this.#faults = new RaftFaults(this.cluster, random, {
      replicas: voters + spares,
      voters,
      leader: () => this.#replicas.findIndex((replica) => replica?.node.state.isLeader === true),
      admin: this.#workload.admin,
    });
    this.parameters = `${JSON.stringify(drawn)} ${this.#faults.parameters}`;
  }

  play(): void {
    for (let replica = 0; replica < this.#replicas.length; replica++) this.cluster.start(replica);
    this.#workload.start();
    while (this.cluster.now < FAULTS_UNTIL) {
      this.#faults.next();
      this.cluster.runUntil(Math.min(this.cluster.now + this.#faults.pause, FAULTS_UNTIL));
    }
    this.#faults.healEverything();
    this.#workload.stopRefilling();
    while (this.cluster.now < HEALED_UNTIL && !this.#workload.isDone) this.cluster.runUntil(this.cluster.now + 50);
    if (!this.#workload.isDone) throw new RaftCheckError(`liveness: ${this.#workload.pendingText} after healing`);
  }

  report(): RaftRunReport {
    const { events } = this.cluster;
    const { transactions } = this.#workload;
    return { seed: this.#seed, parameters: this.parameters, events, transactions, terms: this.#termMax };
  }

  #check(seat: number): void {
    const replica = this.#replicas[seat];
    if (replica === undefined) return;
    const { term, isLeader } = replica.node.state;
    this.#termMax = Math.max(this.#termMax, term);
    if (isLeader && term > this.#ledTerm) {
      this.#ledTerm = term;
      this.#faults.leaderElected(seat);
    }
    const others = () => this.#replicas.flatMap((other) => (other === undefined ? [] : [other.node]));
    this.#checker.check(seat, replica.node, this.#machines[seat].hash(), others);
  }
}
