import type { ReplicaContext, ReplicatedMachine } from "../replica.ts";
import type { SessionAnswer } from "./client-sessions.ts";
import { ClientSessions } from "./client-sessions.ts";
import type { Entry } from "./entry.ts";
import type { RaftMessage } from "./messages.ts";
import type { RaftBlocks } from "./raft-blocks.ts";
import { WordReader, WordWriter } from "./word-stream.ts";

/** A machine that answers questions about its state. */
export interface ReadableMachine extends ReplicatedMachine {
  /** Answers the question at `words[at…at+15]` and changes nothing. */
  read(words: Int32Array, at: number): number;
}

/** What the log's entries lead to: the machine, and the sessions by which each transaction takes effect once. */
export class ReplicatedState {
  readonly #machine: ReadableMachine;
  readonly #sessions: ClientSessions;
  readonly #blocks: RaftBlocks | undefined;

  constructor(machine: ReadableMachine, options: { readonly sessionsMax?: number; readonly blocks?: RaftBlocks }) {
    const { sessionsMax, blocks } = options;
    this.#machine = machine;
    this.#blocks = blocks;
    this.#sessions = new ClientSessions(sessionsMax);
  }

  /** @returns what the entry's client is told */
  apply(context: ReplicaContext<RaftMessage>, { command, index }: Entry): SessionAnswer {
    if (command.kind === "open-session") {
      this.#sessions.open(index);
    } else if (command.kind === "transaction") {
      const { session, sequence, words } = command;
      return this.#sessions.execute(session, sequence, () => this.#machine.apply(words, 0));
    } else if (command.kind === "block") {
      this.#blocks?.execute(context, command.body);
    }
    return { outcome: "done", value: index };
  }

  answerOf(session: number, sequence: number): SessionAnswer | undefined {
    return this.#sessions.answerOf(session, sequence);
  }

  read(words: Int32Array): number {
    return this.#machine.read(words, 0);
  }

  snapshot(): Int32Array {
    const machine = this.#machine.snapshot();
    const writer = new WordWriter(new Int32Array(this.#sessions.words + 2 + machine.length), 0);
    this.#sessions.write(writer);
    writer.word(this.#blocks?.height ?? 0);
    writer.list(machine);
    return writer.words;
  }

  restore(words: Int32Array): void {
    const reader = new WordReader(words, 0, words.length);
    this.#sessions.restore(reader);
    const height = reader.count();
    this.#blocks?.restored(height);
    this.#machine.restore(reader.counted(words.length));
  }
}
