import { genesisOf } from "../block.ts";
import type { NamedBlock } from "../block.ts";
import { ClientDesk } from "../client-desk.ts";
import type { Outcome } from "../client-messages.ts";
import type { Digest } from "../digest.ts";
import type { NextNonces } from "../mempool.ts";
import { Mempool } from "../mempool.ts";
import type { SignedTransaction } from "../transaction.ts";
import { isSigned } from "../transaction.ts";
import { areValid, nextNoncesAfter } from "../block-transactions.ts";
import type { TreeBlock } from "./block-tree.ts";
import { BlockTree } from "./block-tree.ts";
import type { Evidence } from "./evidence.ts";
import { FinalLedger } from "./final-ledger.ts";
import { StreamletLog } from "./log.ts";
import type { LogEntry } from "./log.ts";
import type { Certificate, NamedProposal, Vote } from "./message.ts";
import { statementOf } from "./message.ts";
import { Misconduct } from "./misconduct.ts";
import type { StreamletOptions } from "./options.ts";
import { Orphans } from "./orphans.ts";
import { restore } from "./restore.ts";
import { leaderOf, quorumOf } from "./rules.ts";
import { SeenProposals } from "./seen-proposals.ts";
import type { SignedStatement, StatementKind } from "./statement.ts";
import { isSignedBy } from "./statement.ts";
import { VoteBox } from "./vote-box.ts";

/** How far a message's epoch may be ahead of the replica's clock. */
export const EPOCHS_AHEAD_MAX = 8;
/** For how long proposals and votes are kept without a certificate. */
export const EPOCHS_KEPT = 64;

/** Is told what a chain has learnt. */
export interface ChainEvents {
  onNotarised(block: TreeBlock): void;
  onFinal(block: NamedBlock, outcomes: readonly Outcome[]): void;
  onEvidence(evidence: Evidence): void;
}

/**
 * What a replica knows of the chain: it takes in signed proposals and votes from whoever brings them, believes only what
 * it can verify, writes down what it must not forget, and executes what is final. It sends nothing.
 */
export class Chain {
  readonly tree: BlockTree;
  readonly votes = new VoteBox();
  readonly misconduct = new Misconduct();
  readonly ledger: FinalLedger;
  readonly mempool: Mempool;
  readonly clients = new ClientDesk();
  readonly log: StreamletLog;
  /** The replica's last vote, also of before a crash. */
  lastVote: Vote | undefined;
  /** Proposals and certificates that were not believed. */
  refused = 0;
  readonly #options: StreamletOptions;
  readonly #events: ChainEvents;
  readonly #orphans = new Orphans();
  /** Of the epochs that were asked for in this one: each costs a hash. */
  readonly #leaders = new Map<number, number>();
  readonly #proposals = new SeenProposals();

  constructor(options: StreamletOptions, events: ChainEvents) {
    this.#options = options;
    this.#events = events;
    this.tree = new BlockTree(genesisOf(options.chain));
    this.mempool = new Mempool(options.mempool);
    this.ledger = new FinalLedger(options.machine);
    this.log = new StreamletLog(options.disk);
    for (const entry of this.log.entries()) this.#restore(entry);
  }

  leaderOf(epoch: number): number {
    const known = this.#leaders.get(epoch);
    if (known !== undefined) return known;
    const leader = leaderOf(epoch, this.tree.genesis.id, this.#options.replicas);
    this.#leaders.set(epoch, leader);
    return leader;
  }

  firstProposalOf(epoch: number): Digest | undefined {
    return this.#proposals.firstOf(epoch);
  }

  /** The nonces that transactions must have in a block on top of this one. */
  nextNoncesAbove(block: TreeBlock): NextNonces {
    const unfinal = this.tree.above(this.ledger.height, block).map(({ block: { transactions } }) => transactions);
    return nextNoncesAfter(unfinal, this.ledger.nextNonce);
  }

  /** @returns whether it is new and its leader's, so that others should hear of it */
  takeProposal(proposal: NamedProposal, currentEpoch: number): boolean {
    const { id, block } = proposal;
    if (this.tree.get(id) !== undefined || this.#orphans.has(id)) return false;
    if (block.epoch < 1 || block.epoch > currentEpoch + EPOCHS_AHEAD_MAX) return this.#refuse();
    if (block.proposer !== this.leaderOf(block.epoch)) return this.#refuse();
    const statement = { ...statementOf(proposal), signature: proposal.signature };
    if (!isSignedBy(block.proposer, "proposal", statement, this.#options.replicaKeys)) return this.#refuse();
    this.#see("proposal", block.proposer, statement);
    // Nobody builds on what is not above the final block.
    const final = this.tree.finalTip.block;
    if (block.epoch <= final.epoch || block.height <= final.height) return false;
    const isCertified = this.#hasQuorum(proposal);
    if (!isCertified && block.epoch < currentEpoch - EPOCHS_KEPT) return false;
    if (!isCertified && !this.#proposals.hasRoomIn(block.epoch)) return false;
    this.#proposals.add(block.epoch, id);
    if (this.tree.get(block.parent) === undefined) this.#orphans.add(proposal);
    else this.#attach(proposal);
    return true;
  }

  takeVote(vote: Vote, currentEpoch: number): void {
    if (vote.epoch > currentEpoch + EPOCHS_AHEAD_MAX || vote.epoch < currentEpoch - EPOCHS_KEPT) return;
    if (this.votes.has(vote) || !this.votes.hasRoomFor(vote)) return;
    if (this.#isGood(vote)) this.#count(vote);
  }

  /** Takes in all of a certificate's votes, or none when they do not make two thirds with those that are known. */
  takeCertificate(certificate: Certificate, currentEpoch: number): void {
    const { epoch, height, block } = certificate;
    if (epoch > currentEpoch + EPOCHS_AHEAD_MAX) return;
    const known = this.votes.for(certificate);
    const fresh = new Map<number, Vote>();
    for (const { voter, signature } of certificate.votes) {
      const vote: Vote = { kind: "vote", epoch, height, block, voter, signature };
      if (!known.has(voter) && !fresh.has(voter) && this.#isGood(vote)) fresh.set(voter, vote);
    }
    if (known.size + fresh.size < quorumOf(this.#options.replicas)) {
      this.#refuse();
      return;
    }
    for (const vote of fresh.values()) this.#count(vote);
  }

  /** Forgets what only a message that is far too late could still need. */
  forgetOld(currentEpoch: number): void {
    const before = currentEpoch - EPOCHS_KEPT;
    this.tree.forgetBefore(before);
    this.votes.forgetBefore(before);
    this.#orphans.forgetUpTo(this.tree.finalTip.block.epoch);
    this.#leaders.clear();
    this.#proposals.forgetBefore(before);
  }

  #attach(proposal: NamedProposal): void {
    const parent = this.tree.get(proposal.block.parent);
    if (parent === undefined) return;
    if (!this.#isValidAbove(parent, proposal)) {
      this.#refuse();
      return;
    }
    const added = this.tree.add(proposal, parent);
    this.log.proposal(proposal);
    this.#notariseIfDue(added);
    for (const child of this.#orphans.takeChildrenOf(proposal.id)) this.#attach(child);
  }

  #isValidAbove(parent: TreeBlock, { block }: NamedProposal): boolean {
    if (block.height !== parent.block.height + 1 || block.epoch <= parent.block.epoch) return false;
    const isGood = (transaction: SignedTransaction): boolean =>
      this.mempool.has(transaction) || isSigned(transaction, this.#options.accountKeys);
    return areValid(block.transactions, this.nextNoncesAbove(parent), isGood);
  }

  /** Counts a vote whose signature is good. */
  #count(vote: Vote): void {
    this.#see("vote", vote.voter, vote);
    this.votes.add(vote);
    const block = this.tree.get(vote.block);
    if (block !== undefined) this.#notariseIfDue(block);
  }

  #notariseIfDue(block: TreeBlock): void {
    if (block.notarised || !this.#hasQuorum(block)) return;
    const statement = statementOf(block);
    const votes = [...this.votes.for(statement).values()].map(({ voter, signature }) => ({ voter, signature }));
    const certificate: Certificate = { kind: "certificate", ...statement, votes };
    this.log.certificate(certificate);
    this.tree.notarise(block, certificate);
    this.#events.onNotarised(block);
    // What has been executed cannot be taken back, so what makes it final must be safe first.
    if (this.tree.finalTip.block.height > this.ledger.height) this.log.sync();
    this.#executeFinal((final, outcomes) => this.#events.onFinal(final, outcomes));
  }

  #executeFinal(tell: (block: NamedBlock, outcomes: readonly Outcome[]) => void): void {
    while (this.ledger.height < this.tree.finalTip.block.height) {
      const block = this.tree.final[this.ledger.height + 1];
      const outcomes = this.ledger.execute(block);
      this.mempool.removeUsed(block.block.transactions, this.ledger.nextNonce);
      tell(block, outcomes);
    }
  }

  #hasQuorum(block: NamedBlock): boolean {
    return this.votes.for(statementOf(block)).size >= quorumOf(this.#options.replicas);
  }

  #see(kind: StatementKind, signer: number, statement: SignedStatement): void {
    const evidence = this.misconduct.see(kind, signer, statement);
    if (evidence !== undefined) this.#events.onEvidence(evidence);
  }

  #isGood(vote: Vote): boolean {
    return vote.voter < this.#options.replicas && isSignedBy(vote.voter, "vote", vote, this.#options.replicaKeys);
  }

  #refuse(): false {
    this.refused++;
    return false;
  }

  #restore(entry: LogEntry): void {
    if (entry.kind === "vote") {
      this.lastVote = entry;
      return;
    }
    restore(entry, { tree: this.tree, proposals: this.#proposals, misconduct: this.misconduct });
    this.#executeFinal((_block, outcomes) => {
      // Nobody waits yet, but a client may ask again.
      for (const outcome of outcomes) this.clients.take(outcome);
    });
  }
}
