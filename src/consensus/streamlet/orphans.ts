import type { Digest } from "../digest.ts";
import type { NamedProposal } from "./message.ts";

/** Proposals that may wait for their parents. */
export const ORPHANS_MAX = 128;

/** Proposals whose parent is not known yet. */
export class Orphans {
  readonly #proposals = new Map<Digest, NamedProposal>();

  has(id: Digest): boolean {
    return this.#proposals.has(id);
  }

  /** When there is no room the one of the oldest epoch goes: it is the least likely to be voted for. */
  add(proposal: NamedProposal): void {
    this.#proposals.set(proposal.id, proposal);
    if (this.#proposals.size <= ORPHANS_MAX) return;
    let oldest = proposal;
    for (const other of this.#proposals.values()) if (other.block.epoch < oldest.block.epoch) oldest = other;
    this.#proposals.delete(oldest.id);
  }

  /** Takes out those that wait for this block. */
  takeChildrenOf(parent: Digest): NamedProposal[] {
    const children = [...this.#proposals.values()].filter(({ block }) => block.parent === parent);
    for (const { id } of children) this.#proposals.delete(id);
    return children;
  }

  forgetUpTo(epoch: number): void {
    for (const { id, block } of this.#proposals.values()) if (block.epoch <= epoch) this.#proposals.delete(id);
  }
}
