import type { RandomStream } from "../../core/random.ts";
import type { ReplicaContext } from "../../consensus/replica.ts";
import type { AnswerOutcome, RaftMessage } from "../../consensus/raft/messages.ts";
import type { ClientTask } from "../../consensus/raft/raft-client.ts";
import { RaftClient } from "../../consensus/raft/raft-client.ts";
import { transactionName } from "./counting-machine.ts";
import { RaftCheckError } from "./raft-check-error.ts";
import type { RaftCluster } from "./raft-cluster.ts";

type Context = ReplicaContext<RaftMessage>;

interface Client {
  readonly client: RaftClient;
  readonly seat: number;
  submitted: number;
  /** Transactions that all clients together knew to be executed when the running task was begun. */
  readonly knownAtBegin: Map<ClientTask, number>;
}

/**
 * Clients that count, and what they must see: a transaction takes effect once, between question and answer, and a query
 * sees all that was answered before it was asked.
 */
export class RaftWorkload {
  /** A seat that sends requests for which it wants no answer. */
  admin = -1;
  transactions = 0;
  readonly #cluster: RaftCluster;
  readonly #random: RandomStream;
  readonly #replicas: number;
  readonly #clients: Client[] = [];
  readonly #queryShare: number;
  /** By transaction: its place in the order of all. */
  readonly #places = new Map<number, number>();
  /** The highest place that any client knows of. */
  #known = 0;
  #isRefilling = true;

  constructor(cluster: RaftCluster, random: RandomStream, replicas: number) {
    this.#cluster = cluster;
    this.#random = random;
    this.#replicas = replicas;
    this.#queryShare = random.uniform();
  }

  addClients(): void {
    const replicas = Array.from({ length: this.#replicas }, (_, i) => i);
    const count = this.#random.integer(1, 4);
    for (let i = 0; i < count; i++) {
      const client = new RaftClient({
        replicas,
        retryNs: this.#random.integer(40, 150),
        onDone: (_, task, outcome, value) => this.#done(this.#clients[i], task, outcome, value),
      });
      const seat = this.#cluster.add(() => client);
      this.#clients.push({ client, seat, submitted: 0, knownAtBegin: new Map() });
    }
    this.admin = this.#cluster.add(() => ({ onStart() {}, onMessage() {}, onTimer() {} }));
  }

  start(): void {
    for (const { seat } of this.#clients) this.#cluster.start(seat);
    this.#cluster.start(this.admin);
  }

  /** A client always has something to do. */
  refill(seat: number, context: Context): void {
    const client = this.#clients.find((candidate) => candidate.seat === seat);
    if (client === undefined || !this.#isRefilling || client.client.pending > 0) return;
    const words = new Int32Array(16);
    const kind = this.#random.chance(this.#queryShare) ? "query" : "transaction";
    if (kind === "transaction") words.set([seat, ++client.submitted]);
    const task = { kind, words } as const;
    client.knownAtBegin.set(task, this.#known);
    client.client.submit(context, task);
  }

  stopRefilling(): void {
    this.#isRefilling = false;
  }

  get isDone(): boolean {
    return this.#clients.every(({ client }) => client.pending === 0);
  }

  get pendingText(): string {
    return `tasks pending: ${this.#clients.map(({ client }) => client.pending).join(", ")}`;
  }

  /** A replica has executed a transaction. All replicas do, at the same place. */
  executed(transaction: number, place: number): void {
    const known = this.#places.get(transaction);
    if (known === undefined) this.#places.set(transaction, place);
    else if (known !== place) broken(`exactly once: ${transaction} executed at ${known} and at ${place}`);
    this.transactions = Math.max(this.transactions, place);
  }

  #done(client: Client, task: ClientTask, outcome: AnswerOutcome, value: number): void {
    const known = client.knownAtBegin.get(task) ?? 0;
    client.knownAtBegin.delete(task);
    if (outcome === "session-expired") return;
    if (outcome !== "done") broken(`a client was told ${outcome}`);
    if (task.kind === "query") {
      if (value < known) broken(`linearizable reads: a query saw ${value} transactions, ${known} were known before`);
      if (value > this.transactions) broken("linearizable reads: a query saw what was not executed");
    } else {
      const name = transactionName(task.words[0], task.words[1]);
      if (this.#places.get(name) !== value) broken(`exactly once: ${name} was answered with ${value}`);
      if (value <= known) broken(`linearizable: ${name} came at ${value}, before ${known} that was known`);
    }
    this.#known = Math.max(this.#known, value);
  }
}

function broken(message: string): never {
  throw new RaftCheckError(message);
}
