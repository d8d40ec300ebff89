import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { AccountMachine } from "../account-machine.ts";
import type { Block, BlockId } from "./block.ts";
import type { BlockFault, BlockRules } from "./block-rules.ts";
import { faultOf, hasProof } from "./block-rules.ts";
import { BlockTree, forkPoint } from "./block-tree.ts";
import { applyBlock } from "./block-execution.ts";
import { OrphanPool } from "./orphan-pool.ts";
import { assertParameters } from "./parameters.ts";
import { supplyAt } from "./reward.ts";
import type { Snapshot } from "./state-history.ts";
import { StateHistory } from "./state-history.ts";
import type { TreeBlock } from "./tree-block.ts";

export interface ChainOptions extends BlockRules {
  /** In the state after the root block. */
  readonly machine: AccountMachine;
  readonly root: TreeBlock;
}

/** What became of a block. */
export interface Added {
  /** `stranded`: it leaves the chain below everything that is kept. `refused`: it is wrong, and so is all above it. */
  readonly status: "attached" | "known" | "orphan" | "stranded" | "refused";
  readonly fault?: BlockFault;
  /** New in the tree, in order: the block, and orphans that waited for it. */
  readonly attached: readonly TreeBlock[];
  /** Left the main chain, the highest first. */
  readonly disconnected: readonly Block[];
  /** Joined the main chain, the lowest first. */
  readonly connected: readonly Block[];
}

const NOTHING = { attached: [], disconnected: [], connected: [] } as const;

/**
 * The heaviest chain and the state that its blocks make. A block that makes another branch heavier moves the state
 * there: back to the last snapshot below the fork, and forward over the blocks of the new branch.
 */
export class Chain {
  readonly machine: AccountMachine;
  readonly rules: BlockRules;
  readonly #tree: BlockTree;
  readonly #orphans: OrphanPool;
  readonly #history: StateHistory;
  /** The main chain from the root on. The state is that after its last block. */
  #main: TreeBlock[];

  constructor({ machine, root, ...rules }: ChainOptions) {
    const { parameters } = rules;
    assertParameters(parameters);
    // All the money that there will ever be must be countable exactly, not only what there is now.
    supplyAt(Number.MAX_SAFE_INTEGER, parameters);
    this.machine = machine;
    this.rules = rules;
    this.#tree = new BlockTree(root, parameters);
    this.#orphans = new OrphanPool(parameters.orphansMax);
    this.#history = new StateHistory({ height: root.block.height, words: machine.snapshot() });
    this.#main = [root];
  }

  get tip(): TreeBlock {
    return this.#main[this.#main.length - 1];
  }

  get root(): TreeBlock {
    return this.#tree.root;
  }

  get orphans(): number {
    return this.#orphans.size;
  }

  get treeBlocks(): number {
    return this.#tree.size;
  }

  get snapshots(): number {
    return this.#history.size;
  }

  get(id: BlockId): TreeBlock | undefined {
    return this.#tree.get(id);
  }

  /** The main chain's block at a height that is kept. */
  at(height: number): TreeBlock | undefined {
    return this.#main[height - this.root.block.height];
  }

  isOnMain(block: TreeBlock): boolean {
    return this.at(block.block.height) === block;
  }

  /** What a restart needs: the state at the root, and all blocks above it, in order of arrival. */
  checkpoint(): { root: TreeBlock; state: Snapshot; above: readonly TreeBlock[] } {
    const { root } = this;
    const state = this.#history.dropBelow(root.block.height);
    return { root, state, above: this.#tree.all().filter((each) => each !== root) };
  }

  add(block: Block, nowNs: Nanos): Added {
    if (this.#tree.get(block.id) !== undefined) return { status: "known", ...NOTHING };
    const parent = this.#tree.get(block.parent);
    if (parent === undefined) return this.#addOrphan(block);
    const fault = faultOf(block, parent, nowNs, this.rules);
    if (fault !== undefined) return { status: "refused", fault, ...NOTHING };
    const attached = this.#attachWithOrphans(block, parent, nowNs);
    const change = this.#followHeaviest();
    this.#moveRoot();
    while (this.#tree.size > this.rules.parameters.treeBlocksMax) {
      this.#tree.forgetLightest((each) => !this.isOnMain(each));
    }
    return { status: attached[0].invalid ? "refused" : "attached", attached, ...change };
  }

  #addOrphan(block: Block): Added {
    if (block.height <= this.root.block.height) return { status: "stranded", ...NOTHING };
    if (!hasProof(block, this.rules.proof)) return { status: "refused", fault: "no proof of work", ...NOTHING };
    if (this.#orphans.has(block.id)) return { status: "known", ...NOTHING };
    this.#orphans.add(block);
    return { status: "orphan", ...NOTHING };
  }

  #attachWithOrphans(block: Block, parent: TreeBlock, nowNs: Nanos): TreeBlock[] {
    const attached = [this.#tree.attach(block, parent)];
    // The array grows while it is walked.
    for (const each of attached) {
      for (const orphan of this.#orphans.takeChildrenOf(each.block.id)) {
        if (faultOf(orphan, each, nowNs, this.rules) === undefined) attached.push(this.#tree.attach(orphan, each));
      }
    }
    return attached;
  }

  #followHeaviest(): { disconnected: readonly Block[]; connected: readonly Block[] } {
    const before = this.tip;
    // Each turn either arrives, or finds a block invalid and leaves one branch less to choose from.
    for (let turns = 0; this.#tree.heaviest !== this.tip; turns++) {
      assert(turns <= this.#tree.size, "the choice of a branch comes to an end");
      this.#moveTo(this.#tree.heaviest);
    }
    const fork = forkPoint(before, this.tip);
    return {
      disconnected: pathDown(before, fork).map(({ block }) => block),
      connected: pathDown(this.tip, fork)
        .toReversed()
        .map(({ block }) => block),
    };
  }

  #moveTo(target: TreeBlock): void {
    const fork = forkPoint(this.tip, target);
    if (fork !== this.tip) this.#rollBackTo(fork);
    for (const next of pathDown(target, fork).toReversed()) {
      const answers = applyBlock(this.machine, next.block, this.rules.parameters);
      if (answers === undefined) {
        this.#tree.markInvalid(next);
        // The ledger took a part of the block.
        this.#rollBackTo(this.tip);
        return;
      }
      next.answers = answers;
      this.#connect(next);
    }
  }

  #connect(next: TreeBlock): void {
    assert(next.parent === this.tip, "the main chain grows by one block at a time");
    this.#main.push(next);
    const { height } = next.block;
    if (height % this.rules.parameters.snapshotBlocks === 0) {
      this.#history.record({ height, words: this.machine.snapshot() });
    }
  }

  #rollBackTo(block: TreeBlock): void {
    assert(this.isOnMain(block), "the state is rolled back along the main chain");
    const first = this.root.block.height;
    this.#main.length = block.block.height - first + 1;
    const snapshot = this.#history.rewindTo(block.block.height);
    this.machine.restore(snapshot.words);
    for (const again of this.#main.slice(snapshot.height - first + 1)) {
      const applied = applyBlock(this.machine, again.block, this.rules.parameters);
      assert(applied !== undefined, "a block that was applied once is applied again");
    }
  }

  /** Forgets what is deeper than every reorganisation that must be possible. Roots have snapshots. */
  #moveRoot(): void {
    const { depthMax, snapshotBlocks } = this.rules.parameters;
    const height = this.tip.block.height - depthMax;
    const rooted = height - (height % snapshotBlocks);
    if (rooted <= this.root.block.height) return;
    const root = this.at(rooted);
    assert(root !== undefined, "a new root is on the main chain");
    this.#main = this.#main.slice(rooted - this.root.block.height);
    this.#tree.moveRoot(root);
    this.#history.dropBelow(rooted);
    this.#orphans.dropUpTo(rooted);
  }
}

/** The blocks from `from` down to `to`, without `to`. */
function pathDown(from: TreeBlock, to: TreeBlock): TreeBlock[] {
  const path: TreeBlock[] = [];
  for (let each = from; each !== to;) {
    path.push(each);
    assert(each.parent !== undefined, "a path ends at an ancestor");
    each = each.parent;
  }
  return path;
}
