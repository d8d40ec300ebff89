import type { Outcome, Submission } from "../client-messages.ts";
import type { ReplicaContext } from "../replica.ts";
import { isSigned } from "../transaction.ts";
import type { Chain } from "./chain.ts";
import type { StreamletMessage } from "./message.ts";
import type { StreamletOptions } from "./options.ts";

/**
 * Transactions from clients: a replica puts them into its pool, tells the other replicas, and answers when one is final.
 * A client that asks again is answered from what was executed, or makes the replica tell the others again.
 */
export class Submissions {
  readonly #options: StreamletOptions;
  readonly #chain: Chain;

  constructor(options: StreamletOptions, chain: Chain) {
    this.#options = options;
    this.#chain = chain;
  }

  take({ transaction }: Submission, from: number, context: ReplicaContext<StreamletMessage>): void {
    const { ledger, mempool } = this.#chain;
    if (!isSigned(transaction, this.#options.accountKeys)) return;
    const admission = mempool.add(transaction, ledger.nextNonce);
    if (from < this.#options.replicas) return;
    const answer = admission === "nonce is used" ? this.#chain.clients.answerTo(transaction) : undefined;
    if (answer !== undefined) context.send(from, answer);
    if (admission !== "added" && admission !== "known") return;
    this.#chain.clients.register(transaction, from);
    for (let to = 0; to < this.#options.replicas; to++) {
      if (to !== context.self) context.send(to, { kind: "submission", transaction });
    }
  }

  onOutcome(outcome: Outcome, context: ReplicaContext<StreamletMessage>): void {
    const client = this.#chain.clients.take(outcome);
    if (client !== undefined) context.send(client, outcome);
  }
}
