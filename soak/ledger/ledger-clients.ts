import type { Outcome, Submission } from "../../src/consensus/client-messages.ts";
import type { Keyring } from "../../src/consensus/signature.ts";
import type { RandomStream } from "../../src/core/random.ts";
import type { Cluster } from "../simulation/cluster.ts";
import { logUniform } from "../simulation/draws.ts";
import type { LedgerClientOptions } from "./ledger-client.ts";
import { LedgerClient } from "./ledger-client.ts";

const SECOND = 1e9;

/** What clients of a ledger do. */
export interface LedgerHabits {
  readonly thinkNs: number;
  readonly retryNs: number;
  readonly doubleSpends: number;
}

export function drawLedgerHabits(random: RandomStream): LedgerHabits {
  return {
    thinkNs: logUniform(random, 0.1, 3) * SECOND,
    retryNs: Math.ceil(logUniform(random, 1, 6) * SECOND),
    doubleSpends: random.chance(0.5) ? random.uniform() : 0,
  };
}

export interface LedgerClientsOptions<Message> extends Pick<
  LedgerClientOptions,
  "finality" | "isHonest" | "amountMax"
> {
  readonly cluster: () => Cluster<Message | Submission | Outcome>;
  readonly random: RandomStream;
  readonly habits: LedgerHabits;
  readonly clients: number;
  readonly replicas: number;
  readonly accounts: Keyring;
  /** Of the first client; those of the others follow. */
  readonly firstAccount: number;
}

/** The clients of a ledger: each spends when it has thought, and hears what becomes of it. They sit behind the replicas. */
export class LedgerClients<Message> {
  readonly #options: LedgerClientsOptions<Message>;
  readonly #clients: LedgerClient[];
  #isOver = false;

  constructor(options: LedgerClientsOptions<Message>) {
    this.#options = options;
    const { clients, firstAccount, habits } = options;
    const owners = Array.from({ length: clients }, (_, client) => firstAccount + client);
    this.#clients = owners.map(
      (account, client) =>
        new LedgerClient({ ...options, ...habits, account, receivers: owners, onDone: () => this.#spendLater(client) }),
    );
  }

  at(seat: number): LedgerClient {
    return this.#clients[seat - this.#options.replicas];
  }

  start(): void {
    for (const client of this.#clients.keys()) {
      this.#options.cluster().start(this.#options.replicas + client);
      this.#spendLater(client);
    }
  }

  /** They spend no more, but still wait for what is under way. */
  finish(): void {
    this.#isOver = true;
  }

  get pending(): number {
    return this.#clients.filter(({ isPending }) => isPending).length;
  }

  get settled(): number {
    return this.#clients.reduce((sum, { settled }) => sum + settled, 0);
  }

  #spendLater(client: number): void {
    const { random, habits, replicas } = this.#options;
    const cluster = this.#options.cluster();
    cluster.at(cluster.nowNs + Math.ceil(random.exponential(habits.thinkNs)), () => {
      if (!this.#isOver) cluster.act(replicas + client, (context) => this.#clients[client].spend(context));
    });
  }
}
