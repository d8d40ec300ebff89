import { assert } from "../../core/assert.ts";
import type { NamedBlock } from "../block.ts";
import type { Digest } from "../digest.ts";
import type { Certificate, NamedProposal } from "./message.ts";
import { finalises } from "./rules.ts";

/** A block whose ancestors are all known. */
export interface TreeBlock extends NamedBlock {
  /** What proves who proposed it; undefined for the genesis block. */
  readonly proposal: NamedProposal | undefined;
  readonly parent: TreeBlock | undefined;
  readonly children: TreeBlock[];
  /** Two thirds have voted for it: their votes. The genesis block needs none. */
  certificate: Certificate | undefined;
  notarised: boolean;
  /** It and all its ancestors are notarised: it ends a notarised chain. */
  endsNotarisedChain: boolean;
}

/**
 * The blocks that a replica knows, from the genesis block on, which chains of them are notarised, and which one is
 * final. Blocks that are not above the final one are forgotten: no replica may ever build on them.
 */
export class BlockTree {
  readonly genesis: TreeBlock;
  readonly #blocks = new Map<Digest, TreeBlock>();
  /** Those that are not notarised. */
  readonly #open = new Set<TreeBlock>();
  #longestHeight = 0;
  #tip: TreeBlock;
  /** Final blocks by height. */
  readonly #final: TreeBlock[];

  constructor(genesis: NamedBlock) {
    this.genesis = {
      ...genesis,
      proposal: undefined,
      parent: undefined,
      children: [],
      certificate: undefined,
      notarised: true,
      endsNotarisedChain: true,
    };
    this.#blocks.set(genesis.id, this.genesis);
    this.#tip = this.genesis;
    this.#final = [this.genesis];
  }

  /**
   * Height of the longest notarised chain that was ever seen. It never falls, not even when that chain can no longer
   * become final: a replica that then voted for a shorter one could be taken for a liar.
   */
  get longestHeight(): number {
    return this.#longestHeight;
  }

  /** The end of a longest notarised chain above the final block: of several the one with the highest epoch. */
  get tip(): TreeBlock {
    return this.#tip;
  }

  /** Final blocks by height, from the genesis block on. */
  get final(): readonly TreeBlock[] {
    return this.#final;
  }

  get finalTip(): TreeBlock {
    return this.#final[this.#final.length - 1];
  }

  get(id: Digest): TreeBlock | undefined {
    return this.#blocks.get(id);
  }

  /** Whether a replica may vote for a child of this block. */
  endsLongest(block: TreeBlock): boolean {
    return block.endsNotarisedChain && block.block.height === this.#longestHeight;
  }

  /** Adds a block above one that is known. */
  add(proposal: NamedProposal, parent: TreeBlock): TreeBlock {
    const { id, block } = proposal;
    assert(!this.#blocks.has(id) && this.#blocks.get(parent.id) === parent, "a block is added once, to a known one");
    assert(block.parent === parent.id && block.height === parent.block.height + 1, "a block is one higher");
    assert(block.epoch > parent.block.epoch, "epochs rise along a chain");
    const added: TreeBlock = {
      id,
      block,
      proposal,
      parent,
      children: [],
      certificate: undefined,
      notarised: false,
      endsNotarisedChain: false,
    };
    this.#blocks.set(id, added);
    this.#open.add(added);
    parent.children.push(added);
    return added;
  }

  /** Takes note that two thirds have voted for a block. */
  notarise(block: TreeBlock, certificate: Certificate): void {
    assert(!block.notarised && certificate.block === block.id, "a block is notarised once, by votes for it");
    this.#open.delete(block);
    block.notarised = true;
    block.certificate = certificate;
    if (block.parent?.endsNotarisedChain === true) this.#extendNotarised(block);
  }

  /** Forgets blocks below an epoch that were never notarised; should one have been, others will tell of it again. */
  forgetBefore(epoch: number): void {
    for (const block of this.#open) if (block.block.epoch < epoch && block.children.length === 0) this.#forget(block);
  }

  /** The blocks of a chain that are above a height, in order. */
  above(height: number, last: TreeBlock): TreeBlock[] {
    const blocks: TreeBlock[] = [];
    for (let block = last; block.block.height > height; block = parentOf(block)) blocks.push(block);
    return blocks.reverse();
  }

  #extendNotarised(from: TreeBlock): void {
    const pending = [from];
    for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
      // A block that became final meanwhile may have made this one's chain one that nobody builds on.
      if (this.#blocks.get(block.id) !== block) continue;
      block.endsNotarisedChain = true;
      if (block.block.height > this.#longestHeight) this.#longestHeight = block.block.height;
      if (isBetterTip(block, this.#tip)) this.#tip = block;
      this.#finaliseBelow(block);
      for (const child of block.children) if (child.notarised) pending.push(child);
    }
  }

  #finaliseBelow(last: TreeBlock): void {
    const middle = last.parent;
    const first = middle?.parent;
    if (middle === undefined || first === undefined) return;
    const epochs = { first: first.block.epoch, middle: middle.block.epoch, last: last.block.epoch };
    if (!finalises(epochs) || middle.block.height <= this.finalTip.block.height) return;
    for (const block of this.above(this.finalTip.block.height, middle)) {
      assert(block.parent === this.finalTip, "a final block is the child of the one before");
      for (const sibling of block.parent.children.filter((child) => child !== block)) this.#forget(sibling);
      this.#final.push(block);
    }
    if (this.#blocks.get(this.#tip.id) !== this.#tip) this.#findTip();
  }

  #forget(root: TreeBlock): void {
    const parent = parentOf(root);
    parent.children.splice(parent.children.indexOf(root), 1);
    const pending = [root];
    for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
      this.#blocks.delete(block.id);
      this.#open.delete(block);
      pending.push(...block.children);
    }
  }

  #findTip(): void {
    this.#tip = this.finalTip;
    for (const block of this.#blocks.values()) {
      if (block.endsNotarisedChain && isBetterTip(block, this.#tip)) this.#tip = block;
    }
  }
}

function parentOf(block: TreeBlock): TreeBlock {
  assert(block.parent !== undefined, "only the genesis block has no parent");
  return block.parent;
}

/** A total order, so that replicas that have seen the same chains build on the same one. */
function isBetterTip(block: TreeBlock, than: TreeBlock): boolean {
  const { height, epoch } = block.block;
  if (height !== than.block.height) return height > than.block.height;
  if (epoch !== than.block.epoch) return epoch > than.block.epoch;
  return block.id > than.id;
}
