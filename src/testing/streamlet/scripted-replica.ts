import { RandomStream } from "../../core/random.ts";
import { signedProposal, signedVote } from "../../consensus/byzantine/lies.ts";
import type { Block, NamedBlock } from "../../consensus/block.ts";
import { genesisOf } from "../../consensus/block.ts";
import { keyedHashKeyring } from "../../consensus/keyed-hash.ts";
import type { ReplicaContext } from "../../consensus/replica.ts";
import type { Evidence } from "../../consensus/streamlet/evidence.ts";
import type { Certificate, NamedProposal, StreamletMessage } from "../../consensus/streamlet/message.ts";
import { statementOf } from "../../consensus/streamlet/message.ts";
import { StreamletReplica } from "../../consensus/streamlet/replica.ts";
import { epochStartNs, leaderOf, quorumOf } from "../../consensus/streamlet/rules.ts";
import type { SignedTransaction } from "../../consensus/transaction.ts";
import { MemoryDisk } from "../memory-disk.ts";
import { DELTA_NS } from "./plan.ts";
import { ACCOUNTS, spendingLedger } from "./spending.ts";

const CHAIN = 1;

export interface Sent {
  readonly to: number;
  readonly message: StreamletMessage;
}

/** One replica of four, number 0, whose world is the test: it hears what it is told, and what it sends is kept. */
export class ScriptedReplica implements ReplicaContext<StreamletMessage> {
  readonly self = 0;
  readonly replicas = 4;
  readonly keys = keyedHashKeyring({ seed: 1, group: "replicas", signers: 4 });
  readonly accounts = keyedHashKeyring({ seed: 1, group: "accounts", signers: ACCOUNTS });
  readonly genesis: NamedBlock = genesisOf(CHAIN);
  readonly disk = new MemoryDisk();
  machine = spendingLedger();
  replica: StreamletReplica;
  nowNs = 0;
  readonly sent: Sent[] = [];
  readonly final: number[] = [];
  readonly evidence: Evidence[] = [];

  constructor() {
    this.replica = this.#create();
    this.replica.onStart(this);
  }

  /** The first epoch from one on that a replica leads. */
  epochOf(leader: number, from = 1): number {
    let epoch = from;
    while (leaderOf(epoch, this.genesis.id, this.replicas) !== leader) epoch++;
    return epoch;
  }

  /** The leader's block of an epoch. */
  propose(parent: NamedBlock, epoch: number, transactions: readonly SignedTransaction[] = []): NamedProposal {
    const proposer = leaderOf(epoch, this.genesis.id, this.replicas);
    const block: Block = { parent: parent.id, height: parent.block.height + 1, epoch, proposer, transactions };
    return signedProposal(block, this.keys.signers[proposer]);
  }

  certificate(block: NamedBlock, voters = [1, 2, 3].slice(0, quorumOf(this.replicas))): Certificate {
    const statement = statementOf(block);
    return {
      kind: "certificate",
      ...statement,
      votes: voters.map((voter) => signedVote(statement, voter, this.keys.signers[voter])),
    };
  }

  hear(message: StreamletMessage, from = 1): void {
    this.replica.onMessage(this, from, message);
  }

  hearProposal({ block, signature }: NamedProposal, from = block.proposer): void {
    this.hear({ kind: "proposal", block, signature }, from);
  }

  /** Lets it see a block notarised. */
  hearNotarised(proposal: NamedProposal): void {
    this.hearProposal(proposal);
    this.hear(this.certificate(proposal));
  }

  /** Goes on to an epoch, whose beginning the replica's timer tells it. */
  enter(epoch: number): void {
    this.nowNs = epochStartNs(epoch, DELTA_NS);
    this.replica.onTimer(this, 1);
  }

  /** Loses its memory and what was not synced. */
  restart(): void {
    this.disk.crash(RandomStream.named(1, "scripted replica", "crash"));
    this.machine = spendingLedger();
    this.replica = this.#create();
    this.replica.onStart(this);
  }

  /** The messages of a kind that it has sent, each once. */
  said<Kind extends StreamletMessage["kind"]>(kind: Kind): Extract<StreamletMessage, { readonly kind: Kind }>[] {
    const all = new Set(this.sent.map(({ message }) => message));
    return [...all].filter((message) => message.kind === kind) as Extract<StreamletMessage, { readonly kind: Kind }>[];
  }

  send(to: number, message: StreamletMessage): void {
    this.sent.push({ to, message });
  }

  setTimer(): number {
    return 0;
  }

  cancelTimer(): boolean {
    return false;
  }

  random(purpose: string): RandomStream {
    return RandomStream.named(1, "scripted replica", purpose);
  }

  #create(): StreamletReplica {
    return new StreamletReplica({
      replicas: this.replicas,
      chain: CHAIN,
      deltaNs: DELTA_NS,
      signer: this.keys.signers[this.self],
      replicaKeys: this.keys.verifier,
      accountKeys: this.accounts.verifier,
      disk: this.disk,
      machine: this.machine,
      observer: {
        onFinal: ({ block }) => void this.final.push(block.height),
        onEvidence: (evidence) => void this.evidence.push(evidence),
      },
    });
  }
}
