import { assert } from "../../core/assert.ts";
import type { Block, BlockId } from "./block.ts";
import type { ChainParameters } from "./parameters.ts";
import type { TreeBlock } from "./tree-block.ts";
import { childOf } from "./tree-block.ts";

/** All branches above a root, and which of them is heaviest. */
export class BlockTree {
  /** In order of arrival: of two branches of the same work, the one whose last block came first wins. */
  readonly #blocks = new Map<BlockId, TreeBlock>();
  readonly #parameters: ChainParameters;
  #root: TreeBlock;
  #heaviest: TreeBlock;

  constructor(root: TreeBlock, parameters: ChainParameters) {
    assert(root.parent === undefined, "a root has no parent");
    this.#parameters = parameters;
    this.#root = root;
    this.#heaviest = root;
    this.#blocks.set(root.block.id, root);
  }

  get root(): TreeBlock {
    return this.#root;
  }

  /** The last block of the branch with the most work; of several, the one that came first. */
  get heaviest(): TreeBlock {
    return this.#heaviest;
  }

  get size(): number {
    return this.#blocks.size;
  }

  get(id: BlockId): TreeBlock | undefined {
    return this.#blocks.get(id);
  }

  /** In order of arrival, parents before children. */
  all(): TreeBlock[] {
    return [...this.#blocks.values()];
  }

  attach(block: Block, parent: TreeBlock): TreeBlock {
    assert(this.#blocks.get(parent.block.id) === parent, "a block is attached to a block of the tree");
    assert(!this.#blocks.has(block.id), "a block is attached once");
    const child = childOf(parent, block, this.#parameters);
    parent.children.push(child);
    this.#blocks.set(block.id, child);
    this.#consider(child);
    return child;
  }

  /** The block and all above it are out of the choice. They stay known, so that nobody asks for them again. */
  markInvalid(block: TreeBlock): void {
    for (const each of withDescendants(block)) each.invalid = true;
    this.#choose();
  }

  /** Forgets what is below the new root, and every branch that does not go through it. */
  moveRoot(root: TreeBlock): void {
    const forgotten = [this.#root];
    // The array grows while it is walked.
    for (const each of forgotten) {
      this.#blocks.delete(each.block.id);
      for (const child of each.children) if (child !== root) forgotten.push(child);
    }
    root.parent = undefined;
    this.#root = root;
    assert(this.#blocks.has(this.#heaviest.block.id), "the heaviest branch goes through the root");
  }

  /** Makes room by forgetting the lightest last block of a branch, of those that may be forgotten. */
  forgetLightest(mayForget: (block: TreeBlock) => boolean): void {
    let lightest: TreeBlock | undefined;
    for (const each of this.#blocks.values()) {
      if (each === this.#root || each.children.length > 0 || !mayForget(each)) continue;
      if (lightest === undefined || each.work < lightest.work) lightest = each;
    }
    assert(lightest !== undefined, "a full tree has side branches");
    this.#blocks.delete(lightest.block.id);
    const siblings = lightest.parent?.children ?? [];
    siblings.splice(siblings.indexOf(lightest), 1);
    if (lightest === this.#heaviest) this.#choose();
  }

  #choose(): void {
    this.#heaviest = this.#root;
    for (const each of this.#blocks.values()) this.#consider(each);
  }

  #consider(block: TreeBlock): void {
    if (!block.invalid && block.work > this.#heaviest.work) this.#heaviest = block;
  }
}

/** The last block that two branches share. */
export function forkPoint(one: TreeBlock, other: TreeBlock): TreeBlock {
  let [a, b] = [one, other];
  while (a !== b) {
    const higher = a.block.height >= b.block.height ? a : b;
    const parent = higher.parent;
    assert(parent !== undefined, "all branches of a tree meet at its root");
    if (higher === a) a = parent;
    else b = parent;
  }
  return a;
}

function withDescendants(block: TreeBlock): TreeBlock[] {
  const found = [block];
  // The array grows while it is walked.
  for (const each of found) found.push(...each.children);
  return found;
}
