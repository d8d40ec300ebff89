import type { Block } from "../../consensus/block.ts";
import { genesisOf, named } from "../../consensus/block.ts";
import type { Digest } from "../../consensus/digest.ts";
import type { Verifier } from "../../consensus/signature.ts";
import type { StreamletMessage, Vote } from "../../consensus/streamlet/message.ts";
import { isSignedBy } from "../../consensus/streamlet/statement.ts";

/**
 * Reads every message that anybody sends, and says by the letter of the paper which blocks may be final: those on a
 * chain with three adjacent blocks of consecutive epochs, each with the votes of two thirds. It keeps everything,
 * looks at everything, and shares only signatures and hashes with the replicas.
 */
export class WireOracle {
  readonly #replicas: number;
  readonly #keys: Verifier;
  readonly genesis: Digest;
  readonly #blocks = new Map<Digest, Block>();
  readonly #children = new Map<Digest, Digest[]>();
  /** Different ones with good signatures, by the block that they name. */
  readonly #votes = new Map<Digest, Vote[]>();
  readonly #proven = new Set<Digest>();

  constructor(options: { readonly replicas: number; readonly chain: number; readonly keys: Verifier }) {
    this.#replicas = options.replicas;
    this.#keys = options.keys;
    const genesis = genesisOf(options.chain);
    this.genesis = genesis.id;
    this.#blocks.set(genesis.id, genesis.block);
    this.#proven.add(genesis.id);
  }

  hear(message: StreamletMessage): void {
    if (message.kind === "proposal") this.#hearBlock(message.block);
    if (message.kind === "vote") this.#hearVote(message);
    if (message.kind === "certificate") {
      const { epoch, height, block } = message;
      for (const ballot of message.votes) this.#hearVote({ kind: "vote", epoch, height, block, ...ballot });
    }
  }

  proposerOf(id: Digest): number | undefined {
    return this.#blocks.get(id)?.proposer;
  }

  isNotarised(id: Digest): boolean {
    if (id === this.genesis) return true;
    const block = this.#blocks.get(id);
    if (block === undefined) return false;
    const votes = this.#votes.get(id)?.filter((vote) => vote.epoch === block.epoch && vote.height === block.height);
    return (votes?.length ?? 0) * 3 >= this.#replicas * 2;
  }

  /** Whether all ancestors of a block are notarised, by what was said up to now. */
  isOnNotarisedChain(id: Digest): boolean {
    const block = this.#blocks.get(id);
    return block !== undefined && this.#chainIsNotarised(block.parent);
  }

  /** Whether what was said up to now makes the block final. */
  isFinal(id: Digest): boolean {
    if (this.#proven.has(id)) return true;
    const found = this.#isMiddleOrBelow(id);
    if (found && this.#chainIsNotarised(id)) this.#proven.add(id);
    return this.#proven.has(id);
  }

  #hearBlock(block: Block): void {
    const { id } = named(block);
    if (this.#blocks.has(id)) return;
    this.#blocks.set(id, block);
    const siblings = this.#children.get(block.parent);
    if (siblings === undefined) this.#children.set(block.parent, [id]);
    else siblings.push(id);
  }

  #hearVote(vote: Vote): void {
    const votes = this.#votes.get(vote.block) ?? [];
    this.#votes.set(vote.block, votes);
    if (votes.some((known) => isSame(known, vote)) || !isSignedBy(vote.voter, "vote", vote, this.#keys)) return;
    votes.push(vote);
  }

  #isMiddleOrBelow(id: Digest): boolean {
    if (!this.isNotarised(id)) return false;
    const block = this.#blocks.get(id);
    const before = this.#blocks.get(block?.parent ?? "");
    const after = (this.#children.get(id) ?? []).filter((child) => this.isNotarised(child));
    const isMiddle =
      block?.epoch === (before?.epoch ?? Number.NaN) + 1 &&
      after.some((child) => this.#blocks.get(child)?.epoch === block.epoch + 1);
    return isMiddle || after.some((child) => this.#isMiddleOrBelow(child));
  }

  #chainIsNotarised(id: Digest): boolean {
    for (let at = id; at !== this.genesis && !this.#proven.has(at); at = this.#blocks.get(at)?.parent ?? "") {
      if (!this.isNotarised(at)) return false;
    }
    return true;
  }
}

function isSame(a: Vote, b: Vote): boolean {
  return a.voter === b.voter && a.epoch === b.epoch && a.height === b.height && a.block === b.block;
}
