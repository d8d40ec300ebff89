import type { Nanos } from "../../core/units.ts";
import { LedgerAnswer } from "../account-machine.ts";
import type { BlockBody } from "../block-body.ts";
import type { Outcome } from "../client-messages.ts";
import type { Digest } from "../digest.ts";
import { transactionKey } from "../transaction.ts";

/** A block as a replica made it final. */
export interface FinalBlock {
  readonly height: number;
  readonly id: Digest;
  readonly body: BlockBody;
  readonly outcomes: readonly Outcome[];
}

interface Kept extends FinalBlock {
  /** When the first replica made it final. */
  readonly atNs: Nanos;
}

/** What has become final over all, as an honest replica that has got as far as any has it. */
export interface FinalChain {
  readonly blocks: number;
  readonly transactions: number;
  /** Of these, so many had no effect. */
  readonly refused: number;
  /** From the first of its blocks to the last one. */
  readonly spanNs: Nanos;
  /** Transactions that are on it twice, or out of their account's order: none, or it is a bug. */
  readonly spentTwice: readonly string[];
}

/**
 * Writes down what each honest replica makes final, from outside. In Raft and Streamlet what is final stays; in proof of
 * work it may be undone, and is counted then.
 */
export class FinalityRecord {
  /** Blocks that a replica had made final and that left its chain. */
  reverted = 0;
  /** Times that a replica's chain was reorganised, final blocks or not, and the most blocks at once. */
  reorganisations = 0;
  deepestReorganisation = 0;
  /** Replicas that were caught, with proof. */
  readonly culprits = new Set<number>();
  /** By replica: ids by height. */
  readonly #chains = new Map<number, Digest[]>();
  readonly #blocks = new Map<Digest, Kept>();
  readonly #now: () => Nanos;

  /** @param now the true time, whatever the replicas' clocks show */
  constructor(now: () => Nanos) {
    this.#now = now;
  }

  /** After a crash a replica may tell again of what it had told before. */
  onFinal(replica: number, block: FinalBlock): void {
    const { height, id } = block;
    if (!this.#blocks.has(id)) this.#blocks.set(id, { ...block, atNs: this.#now() });
    const chain = this.#chains.get(replica) ?? [];
    this.#chains.set(replica, chain);
    if (chain[height] === id) return;
    if (height < chain.length) {
      this.reverted += chain.length - height;
      chain.length = height;
    }
    chain[height] = id;
  }

  onReorganisation(blocks: number): void {
    this.reorganisations++;
    this.deepestReorganisation = Math.max(this.deepestReorganisation, blocks);
  }

  /** Of the last final block; 0 for none. */
  heightOf(replica: number): number {
    return Math.max(0, (this.#chains.get(replica)?.length ?? 0) - 1);
  }

  /** Heights at which two replicas have different final blocks. */
  forks(): number[] {
    const forked = new Set<number>();
    const first: Digest[] = [];
    for (const chain of this.#chains.values()) {
      // Heights that a replica was never told of, after a crash, are holes.
      chain.forEach((id, height) => {
        if ((first[height] ??= id) !== id) forked.add(height);
      });
    }
    return [...forked].toSorted((a, b) => a - b);
  }

  /** The final chain of the replica that has got furthest. */
  finalChain(): FinalChain {
    const longest = [...this.#chains.values()].reduce<Digest[]>((a, b) => (b.length > a.length ? b : a), []);
    const blocks = longest.flatMap((id) => this.#blocks.get(id) ?? []);
    const seen = new Set<string>();
    const spentTwice: string[] = [];
    let refused = 0;
    for (const { body, outcomes } of blocks) {
      for (const { words } of body) {
        const key = transactionKey(words);
        if (seen.has(key)) spentTwice.push(key);
        seen.add(key);
      }
      for (const { result } of outcomes) if (result !== LedgerAnswer.applied) refused++;
    }
    const transactions = blocks.reduce((sum, { body }) => sum + body.length, 0);
    const spanNs = blocks.length === 0 ? 0 : blocks[blocks.length - 1].atNs - blocks[0].atNs;
    return { blocks: blocks.length, transactions, refused, spanNs, spentTwice };
  }
}
