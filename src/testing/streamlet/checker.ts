import type { AccountLedger } from "../../consensus/ledger/account-ledger.ts";
import type { NamedBlock } from "../../consensus/block.ts";
import type { Outcome } from "../../consensus/client-messages.ts";
import type { Digest } from "../../consensus/digest.ts";
import type { Verifier } from "../../consensus/signature.ts";
import type { Evidence } from "../../consensus/streamlet/evidence.ts";
import { isProof } from "../../consensus/streamlet/evidence.ts";
import type { StreamletMessage } from "../../consensus/streamlet/message.ts";
import { statementOf } from "../../consensus/streamlet/message.ts";
import type { StreamletReplica } from "../../consensus/streamlet/replica.ts";
import type { Statement } from "../../consensus/streamlet/statement.ts";
import { statementKey } from "../../consensus/streamlet/statement.ts";
import { named } from "../../consensus/block.ts";
import { isSigned, TransactionWord } from "../../consensus/transaction.ts";
import type { VoteRules } from "./vote-rules.ts";
import type { WireOracle } from "./wire-oracle.ts";

/** A property that does not hold. */
export class StreamletCheckError extends Error {
  override readonly name = "StreamletCheckError";
  /** Its name, without what broke it. */
  readonly property: string;

  constructor(property: string, message: string) {
    super(message);
    this.property = property;
  }
}

const UNKNOWN = "";

/** A final block as one replica has it, and the state after it. */
interface Final {
  readonly id: Digest;
  readonly hash: string;
}

/** What an honest replica has, and when it is, as it sends something. */
export interface Sender {
  /** What is safe on its disk. */
  readonly disk: { holds(message: StreamletMessage): boolean };
  readonly epoch: number;
}

export interface CheckerOptions {
  readonly oracle: WireOracle;
  readonly voteRules: VoteRules;
  /** Of the replicas. */
  readonly keys: Verifier;
  readonly accounts: Verifier;
  readonly isLiar: (replica: number) => boolean;
  readonly forks: "are a bug" | "are expected";
}

/** Watches a cluster from outside, and throws at the first thing that may never happen. */
export class StreamletChecker {
  /** Heights at which two honest replicas made different blocks final. */
  readonly forkedHeights = new Set<number>();
  readonly culprits = new Set<number>();
  readonly #options: CheckerOptions;
  /** By replica, then by height from 1 on. */
  readonly #finals = new Map<number, Final[]>();
  /** By height: what the first replica there made final. */
  readonly #first: Final[] = [];
  /** What honest replicas have said, by replica, kind and epoch. */
  readonly #said = new Map<string, string>();
  readonly #told = new Set<string>();

  constructor(options: CheckerOptions) {
    this.#options = options;
  }

  /** An honest replica sends something. */
  onSend(from: number, message: StreamletMessage, { disk, epoch }: Sender): void {
    const said = ownStatement(from, message);
    if (said === undefined) return;
    const key = `${from}/${message.kind}/${said.epoch}`;
    const text = statementKey(said);
    const before = this.#said.get(key);
    if (before !== undefined && before !== text)
      fail("one statement an epoch", `${from}, who is honest, says two things: ${message.kind} ${text}`);
    // A proposal may be told again, to those who missed it. A vote comes once, also when a crash came after it.
    if (before !== undefined && message.kind === "vote")
      fail("one vote an epoch", `${from}, who is honest, votes twice: ${text}`);
    this.#said.set(key, text);
    const complaint = message.kind === "vote" ? this.#options.voteRules.complaint(message, epoch) : undefined;
    if (complaint !== undefined) fail("the rule of votes", `${from}, who is honest, ${complaint}`);
    if (!disk.holds(message)) fail("durable votes", `${from} sends a ${message.kind} that it would forget in a crash`);
  }

  /** A replica made a block final, and executed it. */
  onFinal(replica: number, { id, block }: NamedBlock, machine: AccountLedger): void {
    const finals = this.#finals.get(replica) ?? [];
    this.#finals.set(replica, finals);
    if (block.height !== finals.length + 1)
      fail("final blocks in order", `${replica} tells of height ${block.height} after ${finals.length}`);
    if (!this.#options.oracle.isFinal(id))
      fail("final by three consecutive epochs", `${replica} made a block final that is not: height ${block.height}`);
    if (!block.transactions.every((transaction) => isSigned(transaction, this.#options.accounts))) {
      fail(
        "every transaction is signed",
        `${replica} executed a transaction that its account has not signed: height ${block.height}`,
      );
    }
    const final = { id, hash: machine.hash() };
    finals.push(final);
    this.#compare(replica, block.height, final);
  }

  /** A replica was made anew from its disk. */
  onRestart(replica: number, { chain }: StreamletReplica, machine: AccountLedger): void {
    const told = this.#finals.get(replica) ?? [];
    const restored = chain.tree.final.slice(1);
    if (restored.length < told.length)
      fail("no final block is reverted", `${replica} forgot final blocks: ${restored.length} of ${told.length}`);
    for (const [place, { id }] of told.entries()) {
      if (restored[place].id !== id)
        fail("no final block is reverted", `${replica} has another final block at height ${place + 1} after a crash`);
    }
    for (const { id, block } of restored) {
      if (!this.#options.oracle.isFinal(id))
        fail("final by three consecutive epochs", `${replica} restored a final block that is not: ${block.height}`);
    }
    const last = told.at(-1);
    if (restored.length > told.length || last === undefined) {
      // What became safe on the disk just before the crash was never told; of these only the last state is known.
      for (const { id } of restored.slice(told.length)) told.push({ id, hash: UNKNOWN });
    } else if (last.hash !== UNKNOWN && last.hash !== machine.hash()) {
      fail("equal states at equal height", `${replica} has another state at height ${told.length} after a crash`);
    }
    if (told.length > 0) told[told.length - 1] = { id: told[told.length - 1].id, hash: machine.hash() };
    this.#finals.set(replica, told);
    for (const [place, final] of told.entries()) this.#compare(replica, place + 1, final);
  }

  onEvidence(finder: number, evidence: Evidence): void {
    const { culprit, kind } = evidence;
    if (!this.#options.isLiar(culprit))
      fail("only the guilty are accused", `${finder} accuses ${culprit}, who is honest, of ${kind}`);
    if (!isProof(evidence, this.#options.keys))
      fail("evidence is proof", `${finder} accuses ${culprit} of ${kind} without proof`);
    const key = `${finder}/${culprit}/${kind}`;
    if (this.#told.has(key)) fail("evidence is told once", `${finder} accuses ${culprit} of ${kind} twice`);
    this.#told.add(key);
    this.culprits.add(culprit);
  }

  /** A replica that crashed has forgotten what it told. */
  onCrash(replica: number): void {
    for (const key of this.#told) if (key.startsWith(`${replica}/`)) this.#told.delete(key);
  }

  /** A client is told that a transaction is final. */
  onOutcome(from: number, outcome: Outcome, account: number): void {
    if (this.#options.isLiar(from)) return;
    if (outcome.words[TransactionWord.account] !== account)
      fail("clients hear of their own", `${from} tells a client of somebody else's money`);
    if (outcome.height > this.finalHeight(from))
      fail("clients hear of what is final", `${from} told a client before it was final`);
  }

  finalHeight(replica: number): number {
    return this.#finals.get(replica)?.length ?? 0;
  }

  #compare(replica: number, height: number, final: Final): void {
    const first = this.#first[height];
    if (first === undefined) {
      this.#first[height] = final;
      return;
    }
    if (first.id !== final.id) {
      if (this.#options.forks === "are a bug")
        fail("no fork", `${replica} made another block final at height ${height}`);
      this.forkedHeights.add(height);
    } else if (first.hash !== final.hash && first.hash !== UNKNOWN && final.hash !== UNKNOWN) {
      fail("equal states at equal height", `${replica} has another state at height ${height}`);
    }
  }
}

/** What a replica says in its own name. */
function ownStatement(from: number, message: StreamletMessage): Statement | undefined {
  if (message.kind === "vote") return message.voter === from ? message : undefined;
  if (message.kind !== "proposal" || message.block.proposer !== from) return undefined;
  return statementOf(named(message.block));
}

function fail(property: string, message: string): never {
  throw new StreamletCheckError(property, message);
}
