import type { RandomStream } from "../../src/core/random.ts";
import type { ReplicaContext } from "../../src/consensus/replica.ts";
import { TRANSACTION_WORDS } from "../../src/consensus/replica.ts";
import type { AnswerOutcome, RaftMessage } from "../../src/consensus/raft/messages.ts";
import type { ClientTask } from "../../src/consensus/raft/raft-client.ts";
import { RaftClient } from "../../src/consensus/raft/raft-client.ts";
import { HistoryRecorder } from "../../src/testing/linearizability/history.ts";
import type { RegisterOutput } from "../../src/testing/linearizability/register-model.ts";
import type { Cluster } from "../simulation/cluster.ts";
import { violated } from "../simulation/violation.ts";
import { ACCOUNTS, BankKind, BankWord, REGISTERS, transactionName } from "./register-bank.ts";
import type { KeyedInput } from "./register-history.ts";
import { checkHistory } from "./register-history.ts";

type Context = ReplicaContext<RaftMessage>;

const QUERY_WORDS = TRANSACTION_WORDS;

export interface Habits {
  readonly clients: number;
  /** Mean time between an answer and the next question. */
  readonly thinkNs: number;
  readonly retryNs: number;
  /** By client, the share of reads. */
  readonly reads: readonly number[];
  /** The share of transfers among the rest. */
  readonly transfers: number;
}

/**
 * Clients that ask and write down what they are answered: a transaction must take effect once, between question and
 * answer, and a read must see all that was answered before it was asked.
 */
export class RaftClients {
  transactions = 0;
  readonly #cluster: () => Cluster<RaftMessage>;
  readonly #random: RandomStream;
  readonly #habits: Habits;
  readonly #firstSeat: number;
  readonly #clients: RaftClient[];
  readonly #numbers: number[];
  readonly #recorder = new HistoryRecorder<KeyedInput, RegisterOutput>();
  /** By name: the place of a transaction in the order of all. */
  readonly #places = new Map<number, number>();
  #values = 0;
  /** By register, what somebody has read or written last: what compare-and-set expects; 0 is no value. */
  readonly #lastSeen = new Int32Array(REGISTERS);
  #isOver = false;

  constructor(options: {
    readonly cluster: () => Cluster<RaftMessage>;
    readonly random: RandomStream;
    readonly habits: Habits;
    readonly replicas: number;
  }) {
    this.#cluster = options.cluster;
    this.#random = options.random;
    this.#habits = options.habits;
    this.#firstSeat = options.replicas;
    const replicas = Array.from({ length: options.replicas }, (_, replica) => replica);
    this.#numbers = Array.from({ length: options.habits.clients }, () => 0);
    this.#clients = this.#numbers.map(
      (_, client) =>
        new RaftClient({
          replicas,
          retryNs: options.habits.retryNs,
          onDone: (_context, task, outcome, value) => this.#done(client, task, outcome, value),
        }),
    );
  }

  at(seat: number): RaftClient {
    return this.#clients[seat - this.#firstSeat];
  }

  start(): void {
    for (const client of this.#clients.keys()) {
      this.#cluster().start(this.#firstSeat + client);
      this.#askLater(client);
    }
  }

  /** No more questions; those that are under way must still be answered. */
  finish(): void {
    this.#isOver = true;
  }

  get isDone(): boolean {
    return this.#clients.every(({ pending }) => pending === 0);
  }

  get pending(): number {
    return this.#clients.reduce((sum, { pending }) => sum + pending, 0);
  }

  checkHistory(): void {
    checkHistory(this.#recorder.history());
  }

  /** A replica has executed a transaction. All replicas do, at the same place. */
  executed(name: number, place: number): void {
    const known = this.#places.get(name);
    if (known === undefined) this.#places.set(name, place);
    else if (known !== place) violated("exactly once", `${name} is executed at ${known} and at ${place}`);
    this.transactions = Math.max(this.transactions, place);
  }

  #askLater(client: number): void {
    const cluster = this.#cluster();
    const thinkNs = Math.ceil(this.#random.exponential(this.#habits.thinkNs));
    cluster.at(cluster.nowNs + thinkNs, () => {
      if (this.#isOver) return;
      cluster.act(this.#firstSeat + client, (context) => this.#ask(client, context));
    });
  }

  #ask(client: number, context: Context): void {
    const random = this.#random;
    const task = random.chance(this.#habits.reads[client]) ? this.#query() : this.#transaction(client);
    const input = inputOf(task);
    if (input !== undefined) this.#recorder.called(client, input);
    this.#clients[client].submit(context, task);
  }

  #query(): ClientTask {
    const words = new Int32Array(QUERY_WORDS);
    words[BankWord.first] = this.#random.integer(0, REGISTERS - 1);
    return { kind: "query", words };
  }

  #transaction(client: number): ClientTask {
    const random = this.#random;
    const words = new Int32Array(TRANSACTION_WORDS);
    if (random.chance(this.#habits.transfers)) {
      // Often more than there is: who spends the same money twice must be refused once.
      words[BankWord.kind] = BankKind.transfer;
      words[BankWord.first] = random.integer(0, ACCOUNTS - 1);
      words[BankWord.second] = random.integer(0, ACCOUNTS - 1);
      words[BankWord.third] = random.integer(0, 120);
    } else {
      words[BankWord.kind] = random.chance(0.7) ? BankKind.write : BankKind.compareAndSet;
      words[BankWord.first] = random.integer(0, REGISTERS - 1);
      // Every value is written once, so that one that is read says which write it is of.
      const fresh = ++this.#values;
      const isWrite = words[BankWord.kind] === BankKind.write;
      words[BankWord.second] = isWrite ? fresh : this.#lastSeen[words[BankWord.first]];
      words[BankWord.third] = isWrite ? 0 : fresh;
    }
    words[BankWord.client] = client;
    words[BankWord.number] = ++this.#numbers[client];
    return { kind: "transaction", words };
  }

  #done(client: number, task: ClientTask, outcome: AnswerOutcome, value: number): void {
    const input = inputOf(task);
    if (outcome === "session-expired") {
      if (input !== undefined) this.#recorder.timedOut(client);
    } else if (outcome !== "done") {
      violated("exactly once", `client ${client} was told ${outcome}`);
    } else {
      if (input !== undefined) {
        this.#recorder.returned(client, outputOf(input, value));
        this.#lastSeen[input.key] = input.kind === "read" ? Math.max(0, value) : input.value;
      }
      if (task.kind === "transaction") this.#mustBeExecuted(task.words);
    }
    this.#askLater(client);
  }

  #mustBeExecuted(words: Int32Array): void {
    const name = transactionName(words[BankWord.client], words[BankWord.number]);
    if (!this.#places.has(name)) violated("exactly once", `${name} was answered and never executed`);
  }
}

/** Undefined for a transfer, which is no register's. */
function inputOf({ kind, words }: ClientTask): KeyedInput | undefined {
  const key = words[BankWord.first];
  const value = words[BankWord.second];
  if (kind === "query") return { kind: "read", key };
  if (words[BankWord.kind] === BankKind.write) return { kind: "write", key, value };
  if (words[BankWord.kind] === BankKind.transfer) return undefined;
  return { kind: "cas", key, expected: value, value: words[BankWord.third] };
}

function outputOf({ kind }: KeyedInput, value: number): RegisterOutput {
  if (kind === "read") return value < 0 ? null : value;
  return kind === "write" || value === 1 ? "done" : "mismatch";
}
