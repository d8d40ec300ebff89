import { digestOfBody } from "../consensus/block-body.ts";
import type { BlockBody } from "../consensus/block-body.ts";
import type { Block } from "../consensus/proof-of-work/block.ts";
import { genesisBlock, makeBlock } from "../consensus/proof-of-work/block.ts";
import type { ChainParameters } from "../consensus/proof-of-work/parameters.ts";
import type { TreeBlock } from "../consensus/proof-of-work/tree-block.ts";
import { childOf, difficultyAfter, rootOf } from "../consensus/proof-of-work/tree-block.ts";
import { assert } from "../core/assert.ts";

export interface Forged {
  readonly name: string;
  readonly parent: string;
  readonly timeNs: number;
  readonly miner?: number;
  readonly transactions?: BlockBody;
}

export const GENESIS = "-";

/** Makes blocks by name, whose headers keep the rules, on every branch, without a chain. */
export class BlockForge {
  readonly parameters: ChainParameters;
  readonly #blocks = new Map<string, TreeBlock>();

  constructor(parameters: ChainParameters) {
    this.parameters = parameters;
    this.#blocks.set(GENESIS, rootOf(genesisBlock(parameters.difficultyFirst), 0, 0));
  }

  make({ name, parent: parentName, timeNs, miner, transactions = [] }: Forged): Block {
    const parent = this.tree(parentName);
    assert(!this.#blocks.has(name), "a block is made once");
    const header = {
      height: parent.block.height + 1,
      parent: parent.block.id,
      body: digestOfBody(transactions),
      difficulty: difficultyAfter(parent, this.parameters),
      timeNs,
      miner: miner ?? 99,
      // The same header under two names would be one block.
      nonce: this.#blocks.size,
    };
    const block = makeBlock(header, transactions);
    this.#blocks.set(name, childOf(parent, block, this.parameters));
    return block;
  }

  tree(name: string): TreeBlock {
    const found = this.#blocks.get(name);
    assert(found !== undefined, () => `no block is named ${name}`);
    return found;
  }

  block(name: string): Block {
    return this.tree(name).block;
  }

  nameOf(id: string): string {
    for (const [name, { block }] of this.#blocks) if (block.id === id) return name;
    throw new Error(`no block has the id ${id}`);
  }
}
