import type { AccountMachine } from "../account-machine.ts";
import type { Disk } from "../disk.ts";
import { readSafeInteger, writeSafeInteger } from "../safe-integer.ts";
import type { Block } from "./block.ts";
import { genesisBlock } from "./block.ts";
import { BLOCK_WORDS_MAX, readBlock, writeBlock } from "./block-codec.ts";
import type { BlockRules } from "./block-rules.ts";
import { Chain } from "./chain.ts";
import type { TreeBlock } from "./tree-block.ts";
import { rootOf } from "./tree-block.ts";

const RecordWord = { block: 1, root: 2 } as const;
/** Words of a root's record before its block: kind, work, start of the retarget's window, words of the block. */
const ROOT_HEAD_WORDS = 6;

/**
 * A chain on a disk: its blocks in order of arrival, parents first, behind the root and the state there. The order is
 * kept because it decides between branches of the same work.
 */
export class ChainStore {
  readonly #disk: Disk;
  readonly #recordsMax: number;
  readonly #words = new Int32Array(1 + BLOCK_WORDS_MAX);

  constructor(disk: Disk, recordsMax: number) {
    this.#disk = disk;
    this.#recordsMax = recordsMax;
  }

  /** The chain as the disk holds it; the machine is new. */
  open(machine: AccountMachine, rules: BlockRules): Chain {
    const { records } = this.#disk;
    const stored = records.length > 0 ? readRoot(records[0]) : undefined;
    if (stored !== undefined) machine.restore(stored.state);
    const root = stored?.root ?? rootOf(genesisBlock(rules.parameters.difficultyFirst), 0, 0);
    const chain = new Chain({ ...rules, machine, root });
    for (const record of records) {
      const block = record[0] === RecordWord.block ? readBlock(record, 1) : undefined;
      // Its time was judged when it came. Whatever a crash tore is not attached, and neither is what stood behind it.
      if (block !== undefined) chain.add(block, Infinity);
    }
    return chain;
  }

  /** Writes blocks that joined the tree. They are safe when it returns. */
  append(attached: readonly TreeBlock[], chain: Chain): void {
    if (attached.length === 0) return;
    if (this.#disk.records.length + attached.length > this.#recordsMax) {
      this.#disk.rewrite([...this.#checkpoint(chain)]);
      return;
    }
    for (const { block } of attached) this.#disk.append(this.#blockRecord(block));
    this.#disk.sync();
  }

  *#checkpoint(chain: Chain): Generator<Int32Array> {
    const { root, state, above } = chain.checkpoint();
    yield rootRecord(root, state.words);
    for (const { block } of above) yield this.#blockRecord(block);
  }

  #blockRecord(block: Block): Int32Array {
    this.#words[0] = RecordWord.block;
    return this.#words.slice(0, 1 + writeBlock(block, this.#words, 1));
  }
}

function rootRecord(root: TreeBlock, state: Int32Array): Int32Array {
  const words = new Int32Array(ROOT_HEAD_WORDS + BLOCK_WORDS_MAX + state.length);
  words[0] = RecordWord.root;
  writeSafeInteger(root.work, words, 1);
  writeSafeInteger(root.windowStartNs, words, 3);
  const blockWords = writeBlock(root.block, words, ROOT_HEAD_WORDS);
  words[5] = blockWords;
  words.set(state, ROOT_HEAD_WORDS + blockWords);
  return words.slice(0, ROOT_HEAD_WORDS + blockWords + state.length);
}

function readRoot(words: Int32Array): { root: TreeBlock; state: Int32Array } | undefined {
  const block = words[0] === RecordWord.root ? readBlock(words, ROOT_HEAD_WORDS) : undefined;
  if (block === undefined) return undefined;
  const root = rootOf(block, readSafeInteger(words, 1), readSafeInteger(words, 3));
  return { root, state: words.slice(ROOT_HEAD_WORDS + words[5]) };
}
