import { assert } from "../../core/assert.ts";
import type { BlockId } from "./block.ts";
import type { Chain } from "./chain.ts";
import type { TreeBlock } from "./tree-block.ts";

/**
 * The blocks that are taken to be final, since so many of their chain confirm them. That is a bet, unlike a vote: a
 * branch that comes later may be heavier all the same, and then what was final is undone, and counted.
 */
export class ConfirmedBlocks {
  /** Blocks that were final and left the chain. */
  reverted = 0;
  readonly #confirmations: number;
  /** Ids of final blocks that could still be undone, by height. */
  readonly #ids = new Map<number, BlockId>();
  #height: number;

  /** Begins with what has its confirmations already: whoever was to be told of it has been. */
  constructor(chain: Chain, confirmations: number) {
    assert(Number.isSafeInteger(confirmations) && confirmations >= 1, "a block confirms itself");
    this.#confirmations = confirmations;
    this.#height = chain.root.block.height;
    this.advance(chain);
  }

  /** Of the last one; 0 for none. */
  get height(): number {
    return this.#height;
  }

  /** Follows the chain. @returns what has become final, the lowest first */
  advance(chain: Chain): TreeBlock[] {
    this.#undo(chain);
    const found: TreeBlock[] = [];
    const lastHeight = chain.tip.block.height - this.#confirmations + 1;
    while (this.#height < lastHeight) {
      const block = chain.at(++this.#height);
      assert(block !== undefined, "blocks become final before they are forgotten");
      this.#ids.set(this.#height, block.block.id);
      found.push(block);
    }
    return found;
  }

  #undo(chain: Chain): void {
    const rootHeight = chain.root.block.height;
    while (this.#height > rootHeight && chain.at(this.#height)?.block.id !== this.#ids.get(this.#height)) {
      this.#ids.delete(this.#height--);
      this.reverted++;
    }
    for (const height of this.#ids.keys()) {
      if (height > rootHeight) break;
      this.#ids.delete(height);
    }
  }
}
