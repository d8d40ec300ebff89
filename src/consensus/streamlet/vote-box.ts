import type { Digest } from "../digest.ts";
import type { Vote } from "./message.ts";
import type { Statement } from "./statement.ts";

/**
 * Different votes of one replica in one epoch that are kept unless a whole certificate brings more: one is honest, and
 * two prove that it is not.
 */
export const VOTES_PER_EPOCH_MAX = 2;

/** Votes for one statement, by voter. A liar may state a height or an epoch that is not the block's. */
interface Tally {
  readonly epoch: number;
  readonly height: number;
  readonly votes: Map<number, Vote>;
}

interface EpochVotes {
  readonly blocks: Set<Digest>;
  /** By voter: how many different votes. */
  readonly counts: Map<number, number>;
}

const NO_VOTES: ReadonlyMap<number, Vote> = new Map();

/** Votes with good signatures, by what they are for. */
export class VoteBox {
  readonly #tallies = new Map<Digest, Tally[]>();
  readonly #epochs = new Map<number, EpochVotes>();

  has(vote: Vote): boolean {
    return this.for(vote).has(vote.voter);
  }

  /** Whether the box keeps another vote of this voter and epoch outside of a certificate. */
  hasRoomFor({ epoch, voter }: Vote): boolean {
    return (this.#epochs.get(epoch)?.counts.get(voter) ?? 0) < VOTES_PER_EPOCH_MAX;
  }

  /** Counts a vote, once. */
  add(vote: Vote): void {
    const { votes } = this.#tallyOf(vote) ?? this.#openTally(vote);
    if (votes.has(vote.voter)) return;
    votes.set(vote.voter, vote);
    const { counts } = this.#epochOf(vote);
    counts.set(vote.voter, (counts.get(vote.voter) ?? 0) + 1);
  }

  /** Votes for exactly this block, height and epoch, by voter. */
  for(statement: Statement): ReadonlyMap<number, Vote> {
    return this.#tallyOf(statement)?.votes ?? NO_VOTES;
  }

  /** Forgets the votes of older epochs. */
  forgetBefore(epoch: number): void {
    for (const [old, { blocks }] of this.#epochs) {
      if (old >= epoch) continue;
      for (const block of blocks) {
        const left = this.#tallies.get(block)?.filter((tally) => tally.epoch !== old) ?? [];
        if (left.length === 0) this.#tallies.delete(block);
        else this.#tallies.set(block, left);
      }
      this.#epochs.delete(old);
    }
  }

  #tallyOf({ epoch, height, block }: Statement): Tally | undefined {
    return this.#tallies.get(block)?.find((tally) => tally.epoch === epoch && tally.height === height);
  }

  #openTally(statement: Statement): Tally {
    const { epoch, height, block } = statement;
    const tally = { epoch, height, votes: new Map<number, Vote>() };
    const others = this.#tallies.get(block);
    if (others === undefined) this.#tallies.set(block, [tally]);
    else others.push(tally);
    this.#epochOf(statement).blocks.add(block);
    return tally;
  }

  #epochOf({ epoch }: Statement): EpochVotes {
    const known = this.#epochs.get(epoch);
    if (known !== undefined) return known;
    const opened = { blocks: new Set<Digest>(), counts: new Map<number, number>() };
    this.#epochs.set(epoch, opened);
    return opened;
  }
}
