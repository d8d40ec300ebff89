import type { AnswerOutcome } from "./messages.ts";
import type { WordReader, WordWriter } from "./word-stream.ts";

/** Sessions that are open at once. One more closes the one whose last transaction is the oldest in the log. */
export const SESSIONS_MAX = 4096;

const SESSION_WORDS = 3;

interface Session {
  readonly sequence: number;
  readonly result: number;
}

export interface SessionAnswer {
  readonly outcome: AnswerOutcome;
  readonly value: number;
}

/**
 * What makes a transaction take effect once, however often its client has to send it (Ongaro 2014, section 6.3): each
 * session's last transaction and what came of it. The table is part of the replicated state: every replica changes it
 * alike, by entries of the log only, and it is in every snapshot.
 */
export class ClientSessions {
  /** In the order of last use, which is the order of the log. */
  #sessions = new Map<number, Session>();
  readonly #sessionsMax: number;

  constructor(sessionsMax = SESSIONS_MAX) {
    this.#sessionsMax = sessionsMax;
  }

  open(session: number): void {
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size < this.#sessionsMax) break;
      this.#sessions.delete(oldest);
    }
    this.#sessions.set(session, { sequence: 0, result: 0 });
  }

  /** What a transaction has come to already; undefined if it is new. */
  answerOf(session: number, sequence: number): SessionAnswer | undefined {
    const last = this.#sessions.get(session);
    // A transaction of a closed session may have taken effect or not: executing it could be the second time.
    if (last === undefined) return { outcome: "session-expired", value: 0 };
    if (sequence > last.sequence) return undefined;
    if (sequence === last.sequence) return { outcome: "done", value: last.result };
    return { outcome: "superseded", value: 0 };
  }

  /** Executes a transaction unless it has taken effect already. */
  execute(session: number, sequence: number, apply: () => number): SessionAnswer {
    const known = this.answerOf(session, sequence);
    if (known !== undefined) return known;
    const result = apply();
    this.#sessions.delete(session);
    this.#sessions.set(session, { sequence, result });
    return { outcome: "done", value: result };
  }

  get words(): number {
    return 1 + SESSION_WORDS * this.#sessions.size;
  }

  write(writer: WordWriter): void {
    writer.word(this.#sessions.size);
    for (const [session, { sequence, result }] of this.#sessions) {
      writer.word(session);
      writer.word(sequence);
      writer.word(result);
    }
  }

  restore(reader: WordReader): void {
    const count = reader.count();
    this.#sessions = new Map();
    for (let i = 0; i < count; i++) {
      const session = reader.count();
      const sequence = reader.count();
      this.#sessions.set(session, { sequence, result: reader.word() });
    }
  }
}
