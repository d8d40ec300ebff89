import type { ReplicaContext } from "../replica.ts";
import type { SignedTransaction } from "../transaction.ts";
import { accountOf, isSigned, nonceOf, TransactionWord } from "../transaction.ts";
import type { Chain } from "./chain.ts";
import type { Outcome, StreamletMessage, Submission } from "./message.ts";
import type { StreamletOptions } from "./options.ts";

/**
 * Transactions from clients: a replica puts them into its pool, tells the other replicas, and answers when one is final.
 * A client that asks again is answered from what was executed, or makes the replica tell the others again.
 */
export class Submissions {
  readonly #options: StreamletOptions;
  readonly #chain: Chain;
  /** Who waits for the outcome of an account's transaction with a nonce, as long as it waits in the pool. */
  readonly #clients = new Map<string, number>();

  constructor(options: StreamletOptions, chain: Chain) {
    this.#options = options;
    this.#chain = chain;
  }

  take({ transaction }: Submission, from: number, context: ReplicaContext<StreamletMessage>): void {
    const { ledger, mempool } = this.#chain;
    if (!isSigned(transaction, this.#options.accountKeys)) return;
    const admission = mempool.add(transaction, ledger.nextNonce);
    if (from < this.#options.replicas) return;
    if (admission === "nonce is used") this.#answerAgain(transaction, from, context);
    if (admission !== "added" && admission !== "known") return;
    this.#clients.set(keyOf(transaction.words), from);
    for (let to = 0; to < this.#options.replicas; to++) {
      if (to !== context.self) context.send(to, { kind: "submission", transaction });
    }
  }

  onOutcome(outcome: Outcome, context: ReplicaContext<StreamletMessage>): void {
    const key = keyOf(outcome.words);
    const client = this.#clients.get(key);
    if (client === undefined) return;
    this.#clients.delete(key);
    context.send(client, outcome);
  }

  #answerAgain(transaction: SignedTransaction, client: number, context: ReplicaContext<StreamletMessage>): void {
    const outcome = this.#chain.ledger.lastOutcome(accountOf(transaction));
    if (outcome?.words[TransactionWord.nonce] === nonceOf(transaction)) context.send(client, outcome);
  }
}

function keyOf(words: Int32Array): string {
  return `${words[TransactionWord.account]}/${words[TransactionWord.nonce]}`;
}
