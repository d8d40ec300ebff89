import type { ReplicaContext } from "../replica.ts";
import type { SessionAnswer } from "./client-sessions.ts";
import { NO_REPLICA } from "./configuration.ts";
import type { Entry } from "./entry.ts";
import type { AnswerOutcome, RaftMessage } from "./messages.ts";

export interface Asker {
  readonly client: number;
  readonly request: number;
}

type Context = ReplicaContext<RaftMessage>;

/**
 * Clients of a leader whose commands or reads are not done yet. The leader's own queues bound their number: there is
 * one for each entry that waits for its majority at most, and one for each read.
 */
export class WaitingClients {
  readonly #term: number;
  readonly #commands = new Map<number, Asker>();
  readonly #reads = new Map<number, Asker & { readonly words: Int32Array }>();
  #tickets = 0;

  constructor(term: number) {
    this.#term = term;
  }

  /** The leader's term: what waits was written in it. */
  get term(): number {
    return this.#term;
  }

  awaitEntry(index: number, asker: Asker): void {
    this.#commands.set(index, asker);
  }

  /** @returns the ticket of the read */
  awaitRead(asker: Asker, words: Int32Array): number {
    this.#reads.set(++this.#tickets, { ...asker, words });
    return this.#tickets;
  }

  forgetRead(ticket: number): void {
    this.#reads.delete(ticket);
  }

  /** An entry is applied. */
  answerEntry(context: Context, entry: Entry, answer: SessionAnswer): void {
    const asker = this.#commands.get(entry.index);
    this.#commands.delete(entry.index);
    if (asker !== undefined) sendAnswer(context, asker, answer.outcome, answer.value);
  }

  answerRead(context: Context, ticket: number, read: (words: Int32Array) => number): void {
    const asker = this.#reads.get(ticket);
    this.#reads.delete(ticket);
    if (asker !== undefined) sendAnswer(context, asker, "done", read(asker.words));
  }

  /** This replica leads no more: others may still complete the commands, so their clients have to ask again. */
  dismiss(context: Context): void {
    if (this.#commands.size === 0 && this.#reads.size === 0) return;
    for (const asker of [...this.#commands.values(), ...this.#reads.values()]) {
      sendAnswer(context, asker, "not-leader", NO_REPLICA);
    }
    this.#commands.clear();
    this.#reads.clear();
  }
}

export function sendAnswer(context: Context, asker: Asker, outcome: AnswerOutcome, value: number): void {
  context.send(asker.client, { kind: "answer", request: asker.request, outcome, value });
}
