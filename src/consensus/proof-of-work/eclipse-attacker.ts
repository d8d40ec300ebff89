import type { Units } from "../../core/units.ts";
import type { BlockBody } from "../block-body.ts";
import { transferWords } from "../ledger/ledger-transaction.ts";
import type { Signer } from "../signature.ts";
import type { SignedTransaction } from "../transaction.ts";
import { nonceOf, signTransaction } from "../transaction.ts";
import type { Chain } from "./chain.ts";
import type { Strategy, StrategyActions } from "./strategy.ts";
import { honest } from "./strategy.ts";
import type { TreeBlock } from "./tree-block.ts";

export interface EclipseOptions {
  readonly account: number;
  /** The account's. */
  readonly signer: Signer;
  readonly merchant: number;
  readonly amount: Units;
  readonly fee: Units;
  /** Confirmations after which the merchant delivers. */
  readonly confirmations: number;
  /** Brings a transaction to the rest of the network, by another way than the attacker's own node. */
  readonly spendElsewhere: (transaction: SignedTransaction) => void;
}

/**
 * Has every connection of a merchant's node to itself: the node of this strategy speaks to the victim alone, and the
 * victim to nobody else (Heilman, Kendler, Zohar and Goldberg, "Eclipse attacks on Bitcoin's peer-to-peer network",
 * 2015). It mines a branch that the victim alone sees, with a payment to the merchant in its first block, while the rest
 * of the network is told that the same coins go back to the attacker. It needs no majority and no luck, only the time to
 * find the merchant's confirmations alone; then it lets the victim see what the others know, and begins anew.
 */
export class EclipseAttacker implements Strategy {
  attempts = 0;
  readonly #options: EclipseOptions;
  /** The branch for the victim; while it is empty, the attacker passes on what the others mine. */
  #branch: TreeBlock[] = [];

  constructor(options: EclipseOptions) {
    this.#options = options;
  }

  mineOn(chain: Chain): TreeBlock {
    return this.publicTip(chain);
  }

  publicTip(chain: Chain): TreeBlock {
    return this.#branch.at(-1) ?? chain.tip;
  }

  draft(chain: Chain): BlockBody {
    const { account, merchant } = this.#options;
    return this.#branch.length > 0 ? [] : [this.#pay(merchant, chain.machine.nextNonce(account))];
  }

  onMined(actions: StrategyActions, mined: TreeBlock): void {
    this.#branch.push(mined);
    actions.publish(mined);
    if (this.#branch.length > 1) return;
    this.attempts++;
    const { account, spendElsewhere } = this.#options;
    // With the nonce of the payment, so that only one of the two can ever happen.
    spendElsewhere(this.#pay(account, nonceOf(mined.block.transactions[0])));
  }

  onHeard(actions: StrategyActions, heard: readonly TreeBlock[], from: number): void {
    const { tip } = actions.chain;
    const end = this.#branch.at(-1);
    if (end === undefined) {
      honest.onHeard(actions, heard, from);
    } else if (this.#branch.length >= this.#options.confirmations && tip.work > end.work) {
      this.#branch = [];
      actions.publish(tip);
    }
  }

  #pay(to: number, nonce: number): SignedTransaction {
    const { account, amount, fee, signer } = this.#options;
    return signTransaction(transferWords({ account, to, amount, fee, nonce }), signer);
  }
}
