import type { JointVoters } from "./quorum.ts";
import { jointIndex } from "./quorum.ts";

/** A read that may be answered as soon as the log is applied up to `index`. */
export interface ConfirmedRead {
  readonly ticket: number;
  readonly index: number;
}

interface Waiting extends ConfirmedRead {
  readonly round: number;
}

/**
 * Reads that write nothing (Ongaro 2014, section 6.4). A leader may have been replaced without knowing it, so it takes
 * down what is committed, and answers only after a majority has answered a heartbeat that left later. The heartbeats of
 * one round serve all reads that came in before it.
 */
export class ReadRounds {
  #round = 0;
  /** Wait for the next round. */
  #asked: number[] = [];
  #waiting: Waiting[] = [];
  #answered = new Map<number, number>();

  get round(): number {
    return this.#round;
  }

  get pending(): number {
    return this.#asked.length + this.#waiting.length;
  }

  /** Whether a round should begin: reads wait for one, and none is under way that would come back soon. */
  get isDue(): boolean {
    return this.#asked.length > 0 && this.#waiting.length === 0;
  }

  ask(ticket: number): void {
    this.#asked.push(ticket);
  }

  begin(self: number, commit: number): void {
    this.#round++;
    this.#answered.set(self, this.#round);
    for (const ticket of this.#asked) this.#waiting.push({ ticket, index: commit, round: this.#round });
    this.#asked = [];
  }

  answered(replica: number, round: number): void {
    this.#answered.set(replica, Math.max(round, this.#answered.get(replica) ?? 0));
  }

  /** Takes out the reads whose round a majority has answered. */
  take(voters: JointVoters): ConfirmedRead[] {
    if (this.#waiting.length === 0) return [];
    const confirmed = jointIndex(voters, (voter) => this.#answered.get(voter) ?? 0);
    const taken = this.#waiting.filter(({ round }) => round <= confirmed);
    if (taken.length > 0) this.#waiting = this.#waiting.filter(({ round }) => round > confirmed);
    return taken;
  }
}
