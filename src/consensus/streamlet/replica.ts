import { assert, unreachable } from "../../core/assert.ts";
import { named } from "../block.ts";
import { BLOCK_TRANSACTIONS_MAX } from "../block-body.ts";
import type { Block } from "../block.ts";
import type { Replica, ReplicaContext } from "../replica.ts";
import type { TreeBlock } from "./block-tree.ts";
import { answerTo } from "./catch-up.ts";
import { Chain } from "./chain.ts";
import type { Evidence } from "./evidence.ts";
import type { NamedProposal, Proposal, Status, StreamletMessage, Vote } from "./message.ts";
import { statementOf } from "./message.ts";
import type { StreamletOptions } from "./options.ts";
import { assertReplicas, epochAt, epochStartNs } from "./rules.ts";
import { signStatement } from "./statement.ts";
import { Submissions } from "./submissions.ts";

const EPOCH_TIMER = 1;

/**
 * A replica of Streamlet (Chan and Shi 2020). In each epoch its leader proposes a block on a longest notarised chain; a
 * replica votes for the leader's first proposal if that extends a longest notarised chain which it has seen; two thirds
 * of the votes notarise it; three adjacent blocks of consecutive epochs are final up to the middle one.
 */
export class StreamletReplica implements Replica<StreamletMessage> {
  readonly chain: Chain;
  readonly #options: StreamletOptions;
  readonly #submissions: Submissions;
  #acting: ReplicaContext<StreamletMessage> | undefined;
  /** By sender: the epoch in which its status was answered last, so that nobody can ask for ever more. */
  readonly #answered = new Map<number, number>();

  constructor(options: StreamletOptions) {
    assertReplicas(options.replicas);
    this.#options = options;
    this.chain = new Chain(options, {
      onNotarised: (block) => this.#tellNotarised(block),
      onFinal: (block, outcomes) => {
        for (const outcome of outcomes) this.#submissions.onOutcome(outcome, this.#context);
        options.observer?.onFinal?.(block, outcomes);
      },
      onEvidence: (evidence) => options.observer?.onEvidence?.(evidence),
    });
    this.#submissions = new Submissions(options, this.chain);
  }

  /** Proof of misconduct that this replica has seen since it was made. */
  get evidence(): readonly Evidence[] {
    return this.chain.misconduct.evidence;
  }

  onStart(context: ReplicaContext<StreamletMessage>): void {
    this.#acting = context;
    if (context.nowNs === epochStartNs(this.#epoch, this.#options.deltaNs)) this.#beginEpoch();
    else this.#proposeAgain(this.#epoch);
    this.#setEpochTimer();
  }

  onTimer(context: ReplicaContext<StreamletMessage>, tag: number): void {
    assert(tag === EPOCH_TIMER, "a replica sets one timer");
    this.#acting = context;
    this.#beginEpoch();
    this.#setEpochTimer();
  }

  onMessage(context: ReplicaContext<StreamletMessage>, from: number, message: StreamletMessage): void {
    this.#acting = context;
    switch (message.kind) {
      case "proposal":
        this.#onProposal(from, message);
        break;
      case "vote":
        this.chain.takeVote(message, this.#epoch);
        break;
      case "certificate":
        this.chain.takeCertificate(message, this.#epoch);
        break;
      case "status":
        this.#onStatus(from, message);
        return;
      case "submission":
        this.#submissions.take(message, from, context);
        return;
      case "outcome":
        return;
      default:
        unreachable(message, "message");
    }
    this.#voteIfDue();
  }

  #beginEpoch(): void {
    const epoch = this.#epoch;
    this.chain.forgetOld(epoch);
    const { tree } = this.chain;
    this.#broadcast({ kind: "status", finalHeight: tree.finalTip.block.height, tip: statementOf(tree.tip) });
    if (this.chain.leaderOf(epoch) === this.#context.self) this.#propose(epoch);
    this.#voteIfDue();
  }

  /** Sends the block that was proposed, but perhaps not sent, before a crash. */
  #proposeAgain(epoch: number): void {
    const known = this.chain.tree.get(this.chain.firstProposalOf(epoch) ?? "");
    if (known?.proposal === undefined || known.block.proposer !== this.#context.self) return;
    this.#broadcast({ kind: "proposal", block: known.block, signature: known.proposal.signature });
  }

  /** Proposes once per epoch, also when the replica has crashed meanwhile. */
  #propose(epoch: number): void {
    if (this.chain.firstProposalOf(epoch) !== undefined) {
      this.#proposeAgain(epoch);
      return;
    }
    const parent = this.chain.tree.tip;
    if (!this.chain.tree.endsLongest(parent)) return;
    const block: Block = {
      parent: parent.id,
      height: parent.block.height + 1,
      epoch,
      proposer: this.#context.self,
      transactions: this.chain.mempool.select(BLOCK_TRANSACTIONS_MAX, this.chain.nextNoncesAbove(parent)),
    };
    const unsigned = named(block);
    const signature = signStatement("proposal", statementOf(unsigned), this.#options.signer);
    assert(this.chain.takeProposal({ ...unsigned, signature }, epoch), "a leader believes its own proposal");
    this.chain.log.sync();
    this.#broadcast({ kind: "proposal", block, signature });
  }

  #onProposal(from: number, { block, signature }: Proposal): void {
    const proposal: NamedProposal = { ...named(block), signature };
    const isNews = this.chain.takeProposal(proposal, this.#epoch);
    // Others may have been told another block, or none. Old ones they get when they say what they lack.
    if (isNews && block.epoch >= this.#epoch - 1) this.#broadcast({ kind: "proposal", block, signature }, from);
  }

  /** Votes at most once per epoch, in rising epochs, for the first proposal if it extends a longest notarised chain. */
  #voteIfDue(): void {
    const { chain } = this;
    const epoch = this.#epoch;
    if (chain.lastVote !== undefined && chain.lastVote.epoch >= epoch) return;
    const first = chain.firstProposalOf(epoch);
    const block = first === undefined ? undefined : chain.tree.get(first);
    if (block?.parent === undefined || !chain.tree.endsLongest(block.parent)) return;
    assert(chain.lastVote === undefined || chain.lastVote.height <= block.block.height, "an honest vote never falls");
    const statement = statementOf(block);
    const signature = signStatement("vote", statement, this.#options.signer);
    const vote: Vote = { kind: "vote", ...statement, voter: this.#context.self, signature };
    chain.log.vote(vote);
    chain.log.sync();
    chain.lastVote = vote;
    this.#broadcast(vote);
    chain.takeVote(vote, epoch);
  }

  /** What one replica has seen notarised, all must see within Delta: some votes may have been sent to this one only. */
  #tellNotarised(block: TreeBlock): void {
    if (block.certificate !== undefined) this.#broadcast(block.certificate);
    // Of a leader that made several proposals others may have thrown this one away.
    const leader = block.block.proposer;
    if (block.proposal !== undefined && this.chain.misconduct.isKnownFor(leader, "two proposals")) {
      this.#broadcast({ kind: "proposal", block: block.block, signature: block.proposal.signature });
    }
  }

  #onStatus(from: number, status: Status): void {
    const epoch = this.#epoch;
    if (from >= this.#options.replicas || this.#answered.get(from) === epoch) return;
    const answer = answerTo(status, this.chain.tree);
    if (answer.length > 0) this.#answered.set(from, epoch);
    for (const message of answer) this.#context.send(from, message);
  }

  get #context(): ReplicaContext<StreamletMessage> {
    assert(this.#acting !== undefined, "a replica acts only while it handles an event");
    return this.#acting;
  }

  get #epoch(): number {
    return epochAt(this.#context.nowNs, this.#options.deltaNs);
  }

  #setEpochTimer(): void {
    const nextNs = epochStartNs(this.#epoch + 1, this.#options.deltaNs);
    this.#context.setTimer(nextNs - this.#context.nowNs, EPOCH_TIMER);
  }

  /** Sends to all replicas but this one and the one from which it comes. */
  #broadcast(message: StreamletMessage, except = this.#context.self): void {
    for (let to = 0; to < this.#options.replicas; to++) {
      if (to !== this.#context.self && to !== except) this.#context.send(to, message);
    }
  }
}
