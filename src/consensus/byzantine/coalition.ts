import { assert } from "../../core/assert.ts";
import type { NamedBlock } from "../block.ts";
import type { ReplicaContext } from "../replica.ts";
import type { Signer } from "../signature.ts";
import type { StreamletMessage } from "../streamlet/message.ts";
import { statementOf } from "../streamlet/message.ts";
import type { StreamletOptions } from "../streamlet/options.ts";
import { StreamletReplica } from "../streamlet/replica.ts";
import { epochAt } from "../streamlet/rules.ts";
import { DeviantReplica } from "./deviant-replica.ts";
import type { DoubleSpender } from "./lies.ts";
import { proposalMessage, signedProposal, signedVote } from "./lies.ts";

/** Epochs in a row that the coalition must lead: three adjacent blocks make one final. */
const EPOCHS_NEEDED = 3;

export interface CoalitionOptions {
  /** Its replicas with their signers: what one of them knows, all know. */
  readonly members: ReadonlyMap<number, Signer>;
  /** The honest replicas in two groups, each of which is to believe another chain. */
  readonly victims: readonly [readonly number[], readonly number[]];
  readonly spender: DoubleSpender;
}

/**
 * The attack that forks Streamlet once a third of the replicas lie. When members lead three epochs in a row, each of
 * them proposes two blocks, one on each of two branches that spend the same money, tells each group of victims one of
 * them, and brings the votes of all members for it. With f + 1 liars, f victims a group are enough for two thirds, so
 * both branches get three adjacent blocks of consecutive epochs, and each group makes another block final.
 *
 * Until then the members behave well. If a group hears of the other group's block first, the attack fails and is tried
 * again; it always succeeds when the network keeps the groups apart meanwhile.
 */
export class Coalition {
  readonly #options: CoalitionOptions;
  #branches: readonly NamedBlock[] = [];
  #branchEpoch = -1;

  constructor(options: CoalitionOptions) {
    this.#options = options;
  }

  /** One of its members. */
  member(options: StreamletOptions): DeviantReplica {
    const honest = new StreamletReplica(options);
    return new DeviantReplica(honest, {
      onEpoch: (context) => {
        const epoch = epochAt(context.nowNs, options.deltaNs);
        if (this.isAttacked(epoch, honest) && honest.chain.leaderOf(epoch) === context.self) {
          this.#strike(epoch, honest, context);
        }
      },
      send: (context, to, message) => {
        if (!this.isAttacked(epochAt(context.nowNs, options.deltaNs), honest)) context.send(to, message);
      },
    });
  }

  /** Whether an epoch is one of at least three in a row that the coalition leads. */
  isAttacked(epoch: number, { chain }: StreamletReplica): boolean {
    let row = 0;
    const isOurs = (of: number): boolean => of >= 1 && this.#options.members.has(chain.leaderOf(of));
    for (let of = epoch; isOurs(of) && row < EPOCHS_NEEDED; of--) row++;
    for (let of = epoch + 1; isOurs(of) && row < EPOCHS_NEEDED; of++) row++;
    return row >= EPOCHS_NEEDED && isOurs(epoch);
  }

  /** Makes the two branches one block longer, or starts them where the chain ends. */
  #strike(epoch: number, { chain }: StreamletReplica, context: ReplicaContext<StreamletMessage>): void {
    const isFirst = this.#branchEpoch !== epoch - 1;
    const { tip } = chain.tree;
    const spends = this.#options.spender.spend(chain.nextNoncesAbove(tip)(this.#options.spender.account));
    const signer = this.#options.members.get(context.self);
    assert(signer !== undefined, "a member has a signer");
    this.#branches = [0, 1].map((side) => {
      const { id, block } = isFirst ? tip : this.#branches[side];
      const transactions = isFirst ? [spends[side]] : [];
      const grown = { parent: id, height: block.height + 1, epoch, proposer: context.self, transactions };
      const proposal = signedProposal(grown, signer);
      for (const victim of this.#options.victims[side]) {
        context.send(victim, proposalMessage(proposal));
        for (const [voter, key] of this.#options.members) {
          context.send(victim, signedVote(statementOf(proposal), voter, key));
        }
      }
      return proposal;
    });
    this.#branchEpoch = epoch;
  }
}
