import { assert } from "../core/assert.ts";
import type { RandomStream } from "../core/random.ts";
import type { Nanos } from "../core/units.ts";
import type { SubmitOrder } from "../model/command.ts";
import { RECORD_WORDS } from "../model/record.ts";
import { SALT_WORDS, commitmentOf, writeReveal } from "../model/commitment.ts";
import { commitWindowsAt } from "./commit-schedule.ts";
import type { Market } from "./port.ts";

interface OwnCommit {
  readonly reveal: Int32Array;
  readonly hash: Int32Array;
}

/** What an agent has committed to and not yet been told the end of: the orders, and the salts that only it knows. */
export class OwnCommits {
  readonly #commits = new Map<number, OwnCommit>();

  /** Keeps an order with a salt of its own. @returns the end of the batch that it is for */
  prepare(
    owner: string,
    market: Market,
    order: SubmitOrder,
    { nowNs, salt }: { readonly nowNs: Nanos; readonly salt: RandomStream },
  ): Nanos {
    assert(market.commits !== undefined, () => `${market.symbol} at ${market.venue} takes no commits`);
    const reveal = new Int32Array(RECORD_WORDS);
    const grains = Array.from({ length: SALT_WORDS }, () => salt.int32());
    writeReveal(reveal, new Float64Array(reveal.buffer), 0, { order, salt: grains });
    this.#commits.set(order.orderId, { reveal, hash: commitmentOf({ venue: market.venue, owner }, reveal, 0) });
    // When trading is over the venue says so.
    return commitWindowsAt(market.commits, nowNs)?.endNs ?? 0;
  }

  hashOf(orderId: number): Int32Array {
    return this.#find(orderId).hash;
  }

  /** The record of a reveal. */
  revealOf(orderId: number): Int32Array {
    return this.#find(orderId).reveal;
  }

  /** The commit has come to its end. */
  forget(orderId: number): void {
    this.#commits.delete(orderId);
  }

  #find(orderId: number): OwnCommit {
    const commit = this.#commits.get(orderId);
    assert(commit !== undefined, () => `there is no commit ${orderId} that is still to be revealed`);
    return commit;
  }
}
