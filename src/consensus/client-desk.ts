import type { Outcome } from "./client-messages.ts";
import type { SignedTransaction } from "./transaction.ts";
import { accountOf, nonceOf, TransactionWord, transactionKey } from "./transaction.ts";

/** Clients that wait at once. The one that has waited longest goes; it can ask again. */
export const CLIENTS_MAX = 65_536;

/** Who waits at a replica for the outcome of which transaction, and what is told to those who ask too late. */
export class ClientDesk {
  readonly #clients = new Map<string, number>();
  /** By account: of its transaction that became final last. */
  readonly #last = new Map<number, Outcome>();

  register(transaction: SignedTransaction, client: number): void {
    this.#clients.set(transactionKey(transaction.words), client);
    if (this.#clients.size <= CLIENTS_MAX) return;
    for (const oldest of this.#clients.keys()) {
      this.#clients.delete(oldest);
      break;
    }
  }

  /** Keeps an outcome that is final. @returns who waited for it */
  take(outcome: Outcome): number | undefined {
    this.#last.set(outcome.words[TransactionWord.account], outcome);
    const key = transactionKey(outcome.words);
    const client = this.#clients.get(key);
    if (client !== undefined) this.#clients.delete(key);
    return client;
  }

  /**
   * What to tell a client whose transaction's nonce has been used: the outcome of its account's last one, which comes no
   * earlier. An account's transactions become final in order, so it says as much about those before it.
   */
  answerTo(transaction: SignedTransaction): Outcome | undefined {
    const last = this.#last.get(accountOf(transaction));
    return last !== undefined && last.words[TransactionWord.nonce] >= nonceOf(transaction) ? last : undefined;
  }
}
