import type { Digest } from "../digest.ts";

/** Proposals of one epoch that are kept without a certificate: one is honest, and two prove that the leader is not. */
export const PROPOSALS_PER_EPOCH_MAX = 2;

/** By epoch: the leader's first proposal that was seen, and how many were. */
export class SeenProposals {
  readonly #seen = new Map<number, { readonly first: Digest; count: number }>();

  firstOf(epoch: number): Digest | undefined {
    return this.#seen.get(epoch)?.first;
  }

  hasRoomIn(epoch: number): boolean {
    return (this.#seen.get(epoch)?.count ?? 0) < PROPOSALS_PER_EPOCH_MAX;
  }

  add(epoch: number, id: Digest): void {
    const seen = this.#seen.get(epoch);
    if (seen === undefined) this.#seen.set(epoch, { first: id, count: 1 });
    else seen.count++;
  }

  forgetBefore(epoch: number): void {
    for (const old of this.#seen.keys()) if (old < epoch) this.#seen.delete(old);
  }
}
