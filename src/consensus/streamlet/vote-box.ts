import type { Vote } from "./message.ts";
import type { Statement } from "./statement.ts";
import { statementKey } from "./statement.ts";

/**
 * Different votes of one replica in one epoch that are kept unless a whole certificate brings more: one is honest, and
 * two prove that it is not.
 */
export const VOTES_PER_EPOCH_MAX = 2;

/** Votes with good signatures, by what they are for. */
export class VoteBox {
  readonly #byStatement = new Map<string, Map<number, Vote>>();
  readonly #byEpoch = new Map<number, { readonly keys: Set<string>; readonly countOf: Map<number, number> }>();

  has(vote: Vote): boolean {
    return this.#byStatement.get(statementKey(vote))?.has(vote.voter) === true;
  }

  /** Whether the box keeps another vote of this voter and epoch outside of a certificate. */
  hasRoomFor({ epoch, voter }: Vote): boolean {
    return (this.#byEpoch.get(epoch)?.countOf.get(voter) ?? 0) < VOTES_PER_EPOCH_MAX;
  }

  /** Counts a vote, once. */
  add(vote: Vote): void {
    const key = statementKey(vote);
    const votes = this.#byStatement.get(key) ?? new Map<number, Vote>();
    if (votes.has(vote.voter)) return;
    votes.set(vote.voter, vote);
    this.#byStatement.set(key, votes);
    const epoch = this.#byEpoch.get(vote.epoch) ?? { keys: new Set<string>(), countOf: new Map<number, number>() };
    epoch.keys.add(key);
    epoch.countOf.set(vote.voter, (epoch.countOf.get(vote.voter) ?? 0) + 1);
    this.#byEpoch.set(vote.epoch, epoch);
  }

  /** Votes for exactly this block, height and epoch, by voter. */
  for(statement: Statement): ReadonlyMap<number, Vote> {
    return this.#byStatement.get(statementKey(statement)) ?? new Map<number, Vote>();
  }

  /** Forgets the votes of older epochs. */
  forgetBefore(epoch: number): void {
    for (const [old, { keys }] of this.#byEpoch) {
      if (old >= epoch) continue;
      for (const key of keys) this.#byStatement.delete(key);
      this.#byEpoch.delete(old);
    }
  }
}
