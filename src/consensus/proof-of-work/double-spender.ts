import type { Units } from "../../core/units.ts";
import type { BlockBody } from "../block-body.ts";
import { transferWords } from "../ledger/ledger-transaction.ts";
import type { Signer } from "../signature.ts";
import type { SignedTransaction } from "../transaction.ts";
import { nonceOf, signTransaction } from "../transaction.ts";
import type { Chain } from "./chain.ts";
import { confirmationsOf } from "./confirmations.ts";
import type { Strategy, StrategyActions } from "./strategy.ts";
import type { TreeBlock } from "./tree-block.ts";

export interface DoubleSpenderOptions {
  readonly account: number;
  /** The account's. */
  readonly signer: Signer;
  readonly merchant: number;
  readonly amount: Units;
  readonly fee: Units;
  /** Confirmations after which the merchant delivers. */
  readonly confirmations: number;
  /** Blocks behind at which an attack is given up. */
  readonly givesUpBehind: number;
}

/**
 * Pays a merchant, and mines in secret a branch on which the same coins go back to itself; when the merchant has
 * delivered and the secret branch is heavier, it shows it. It pays only when it has mined the first secret block, as in
 * Rosenfeld, "Analysis of hashrate-based double-spending" (2014). Then it begins anew.
 */
export class DoubleSpender implements Strategy {
  attempts = 0;
  successes = 0;
  readonly #options: DoubleSpenderOptions;
  #public: TreeBlock | undefined;
  /** The secret branch; while it is empty, the attack has not begun. */
  #secret: TreeBlock[] = [];
  #paid: SignedTransaction | undefined;

  constructor(options: DoubleSpenderOptions) {
    this.#options = options;
  }

  mineOn(chain: Chain): TreeBlock {
    return this.#secret.at(-1) ?? this.publicTip(chain);
  }

  publicTip(chain: Chain): TreeBlock {
    return this.#public ?? chain.tip;
  }

  draft(chain: Chain): BlockBody {
    const { account } = this.#options;
    // The first block alone says where the coins go. The others need only be there.
    return this.#secret.length > 0 ? [] : [this.#payTo(account, chain.machine.nextNonce(account))];
  }

  onMined(actions: StrategyActions, mined: TreeBlock): void {
    // Until now everything was public, so what was mined upon is the public tip.
    this.#public ??= mined.parent;
    this.#secret.push(mined);
    if (this.#secret.length === 1) this.#begin(actions, mined);
    this.#look(actions);
  }

  onHeard(actions: StrategyActions, heard: readonly TreeBlock[]): void {
    for (const block of heard) {
      if (!block.invalid && (this.#public === undefined || block.work > this.#public.work)) this.#public = block;
    }
    this.#look(actions);
  }

  #begin(actions: StrategyActions, { block }: TreeBlock): void {
    this.attempts++;
    // With the nonce that the secret block uses, so that only one of the two can ever happen.
    const nonce = nonceOf(block.transactions[0]);
    this.#paid = this.#payTo(this.#options.merchant, nonce);
    actions.submit(this.#paid);
  }

  #payTo(to: number, nonce: number): SignedTransaction {
    const { account, amount, fee, signer } = this.#options;
    return signTransaction(transferWords({ account, to, amount, fee, nonce }), signer);
  }

  #look(actions: StrategyActions): void {
    const secret = this.#secret.at(-1);
    const shown = this.publicTip(actions.chain);
    if (secret === undefined || this.#paid === undefined) return;
    const { confirmations, givesUpBehind } = this.#options;
    const lead = secret.block.height - shown.block.height;
    const branch = shown.block.height - this.#secret[0].block.height + 1;
    const isDelivered = confirmationsOf(this.#paid, shown, branch) >= confirmations;
    // Others refuse to go back deeper than this: a longer secret would be worth nothing.
    const isTooLong = this.#secret.length >= actions.chain.rules.parameters.depthMax;
    if (secret.work > shown.work && (isDelivered || isTooLong)) {
      for (const block of this.#secret) actions.publish(block);
      this.#public = secret;
      this.#secret = [];
      if (isDelivered) this.successes++;
    } else if (-lead >= (isTooLong ? 1 : givesUpBehind)) {
      this.#secret = [];
    }
  }
}
