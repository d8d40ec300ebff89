import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { Replica, ReplicaContext } from "../replica.ts";
import type { Answer, AnswerOutcome, ClientRequest, RaftMessage } from "./messages.ts";

/** Tasks of a client that wait for their turn. */
export const CLIENT_TASKS_MAX = 1024;

export interface ClientTask {
  readonly kind: "transaction" | "query";
  /** A record of 16 words. */
  readonly words: Int32Array;
}

export interface RaftClientOptions {
  /** Replicas to ask, by their numbers. */
  readonly replicas: readonly number[];
  /** After so long without an answer the next replica is asked. */
  readonly retryNs: Nanos;
  /** The machine's answer is `value` when the outcome is `done`; else it is not known whether the task took effect. */
  readonly onDone: (
    context: ReplicaContext<RaftMessage>,
    task: ClientTask,
    outcome: AnswerOutcome,
    value: number,
  ) => void;
}

type Context = ReplicaContext<RaftMessage>;

/**
 * A client of the replicas: one task after the other, each sent again until it is answered. Its session makes sure that
 * a transaction which was sent many times takes effect once.
 */
export class RaftClient implements Replica<RaftMessage> {
  readonly #options: RaftClientOptions;
  #tasks: ClientTask[] = [];
  #session: number | undefined;
  #sequence = 0;
  /** What is asked for at the moment. */
  #request: ClientRequest | undefined;
  #requests = 0;
  #target = 0;
  /** Who is asked next when nobody answers: in turn, whatever replicas say, for they may all name one that is gone. */
  #turn = 0;
  /** One step to the leader that a replica has named; further ones wait for the timer, so that nothing goes in circles. */
  #mayRedirect = true;

  constructor(options: RaftClientOptions) {
    assert(options.replicas.length > 0, "a client needs a replica to ask");
    this.#options = options;
  }

  /** Tasks that are not done. */
  get pending(): number {
    return this.#tasks.length;
  }

  /** @returns false when too many tasks wait already */
  submit(context: Context, task: ClientTask): boolean {
    if (this.#tasks.length >= CLIENT_TASKS_MAX) return false;
    this.#tasks.push(task);
    if (this.#request === undefined) this.#next(context);
    return true;
  }

  onStart(): void {}

  onMessage(context: Context, _from: number, message: RaftMessage): void {
    if (message.kind === "answer" && message.request === this.#request?.request) this.#answered(context, message);
  }

  /** The tag is the number of the request that was not answered, or not well. */
  onTimer(context: Context, tag: number): void {
    if (tag !== this.#request?.request) return;
    this.#turn = (this.#turn + 1) % this.#options.replicas.length;
    this.#target = this.#turn;
    this.#send(context, this.#request);
  }

  #answered(context: Context, answer: Answer): void {
    assert(this.#request !== undefined, "an answer needs a request");
    if (answer.outcome === "busy" || answer.outcome === "not-leader") return this.#redirect(context, answer);
    if (this.#request.kind === "open-session") {
      this.#session = answer.value;
      this.#sequence = 0;
    } else {
      if (answer.outcome === "session-expired") this.#session = undefined;
      const task = this.#tasks.shift();
      assert(task !== undefined, "a request is made for a task");
      this.#options.onDone(context, task, answer.outcome, answer.value);
    }
    this.#next(context);
  }

  #redirect(context: Context, answer: Answer): void {
    const leader = this.#options.replicas.indexOf(answer.value);
    if (answer.outcome === "busy" || leader < 0 || !this.#mayRedirect || this.#request === undefined) return;
    this.#mayRedirect = false;
    this.#target = leader;
    context.send(answer.value, this.#request);
  }

  #next(context: Context): void {
    this.#request = undefined;
    if (this.#tasks.length === 0) return;
    const request = ++this.#requests;
    const { kind, words } = this.#tasks[0];
    if (kind === "query") this.#request = { kind, request, words };
    else if (this.#session === undefined) this.#request = { kind: "open-session", request };
    else this.#request = { kind, request, session: this.#session, sequence: ++this.#sequence, words };
    this.#send(context, this.#request);
  }

  #send(context: Context, request: ClientRequest): void {
    this.#mayRedirect = true;
    context.send(this.#options.replicas[this.#target], request);
    context.setTimer(this.#options.retryNs, request.request);
  }
}
