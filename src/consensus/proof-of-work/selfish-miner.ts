import type { Chain } from "./chain.ts";
import type { Strategy, StrategyActions } from "./strategy.ts";
import type { TreeBlock } from "./tree-block.ts";

/**
 * Keeps what it finds to itself and shows just enough of it to make others' work worthless: Algorithm 1 of Eyal and
 * Sirer, "Majority is not enough: Bitcoin mining is vulnerable" (2014). Which part of the others mines upon its branch
 * when two are of the same weight (the paper's gamma) is what the network makes of it, and counted here.
 *
 * The paper counts blocks, and so does this: while a race lasts, blocks are taken to be equally difficult.
 */
export class SelfishMiner implements Strategy {
  /** Races of two branches of the same weight that a block of another decided: upon ours, or upon theirs. */
  readonly races = { onOurs: 0, onTheirs: 0 };
  /** The own branch above its fork from the public one, published or not. */
  #branch: TreeBlock[] = [];
  #published = 0;
  #public: TreeBlock | undefined;

  mineOn(chain: Chain): TreeBlock {
    return this.#branch.at(-1) ?? this.publicTip(chain);
  }

  publicTip(chain: Chain): TreeBlock {
    return this.#public ?? chain.tip;
  }

  onMined(actions: StrategyActions, mined: TreeBlock): void {
    // Until now everything was public, so what was mined upon is the public tip.
    this.#public ??= mined.parent;
    this.#branch.push(mined);
    // Both branches were equal and public, and this block decides.
    const wasRace = this.#published > 0 && this.#leadOver(this.publicTip(actions.chain)) === 1;
    // Others refuse to go back deeper than this, so a longer secret would be worth nothing.
    const isTooLong = this.#branch.length >= actions.chain.rules.parameters.depthMax;
    if (wasRace || isTooLong) this.#overtake(actions);
  }

  onHeard(actions: StrategyActions, heard: readonly TreeBlock[]): void {
    for (const block of heard) {
      const known = this.#public;
      if (block.invalid || (known !== undefined && block.work <= known.work)) continue;
      this.#countRace(block);
      this.#public = block;
      this.#respond(actions, block);
    }
  }

  #respond(actions: StrategyActions, block: TreeBlock): void {
    if (this.#branch.length === 0) return;
    const lead = this.#leadOver(block);
    if (lead < 0) this.#forgetBranch();
    else if (lead === 1) this.#overtake(actions);
    // Of a lead of none, everything is shown; of a longer one, as much as is public of the others.
    else this.#publishTo(actions, block.block.height);
  }

  /** Shows everything: now our branch is the heaviest, and everybody's. */
  #overtake(actions: StrategyActions): void {
    const last = this.#branch[this.#branch.length - 1];
    this.#publishTo(actions, last.block.height);
    this.#public = last;
    this.#forgetBranch();
  }

  #publishTo(actions: StrategyActions, height: number): void {
    for (let next = this.#branch[this.#published]; next !== undefined && next.block.height <= height;) {
      actions.publish(next);
      next = this.#branch[++this.#published];
    }
  }

  #forgetBranch(): void {
    this.#branch = [];
    this.#published = 0;
  }

  /** Blocks by which the own branch is longer; negative when it is shorter. */
  #leadOver(block: TreeBlock): number {
    return (this.#branch.at(-1)?.block.height ?? 0) - block.block.height;
  }

  #countRace(block: TreeBlock): void {
    const ours = this.#branch.at(-1);
    const isRace = ours !== undefined && this.#published === this.#branch.length;
    if (!isRace || block.block.height !== ours.block.height + 1) return;
    if (block.parent === ours) this.races.onOurs++;
    else this.races.onTheirs++;
  }
}
