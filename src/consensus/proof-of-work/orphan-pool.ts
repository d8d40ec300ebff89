import type { Block, BlockId } from "./block.ts";

/** Blocks whose parent has not come yet. When there is no room, the oldest of them goes: it can be asked for again. */
export class OrphanPool {
  readonly #blocks = new Map<BlockId, Block>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#blocks.size;
  }

  has(id: BlockId): boolean {
    return this.#blocks.has(id);
  }

  add(block: Block): void {
    if (this.#blocks.has(block.id)) return;
    this.#blocks.set(block.id, block);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= this.#max) break;
      this.#blocks.delete(oldest);
    }
  }

  /** Takes out the blocks that wait for this one, in order of arrival. */
  takeChildrenOf(parent: BlockId): Block[] {
    const children = [...this.#blocks.values()].filter((block) => block.parent === parent);
    for (const { id } of children) this.#blocks.delete(id);
    return children;
  }

  /** Drops what can no longer be attached. */
  dropUpTo(height: number): void {
    for (const block of this.#blocks.values()) {
      if (block.height <= height) this.#blocks.delete(block.id);
    }
  }
}
