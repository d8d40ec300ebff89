import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import type { AccountMachine } from "../account-machine.ts";
import { LedgerAnswer } from "../account-machine.ts";
import type { BlockBody } from "../block-body.ts";
import { BLOCK_TRANSACTIONS_MAX } from "../block-body.ts";
import { nextNoncesAfter } from "../block-transactions.ts";
import { ClientDesk } from "../client-desk.ts";
import type { Outcome, Submission } from "../client-messages.ts";
import type { MempoolLimits } from "../mempool.ts";
import { Mempool } from "../mempool.ts";
import type { ReplicaContext } from "../replica.ts";
import type { Verifier } from "../signature.ts";
import { isSigned } from "../transaction.ts";
import { membersOf } from "./configuration.ts";
import type { RaftMessage } from "./messages.ts";
import type { RaftNode } from "./raft-node.ts";

/** What makes replicas of Raft keep a ledger: they order blocks of its transactions. */
export interface RaftBlocksOptions {
  /** The replicas' machine, which is one with accounts. */
  readonly machine: AccountMachine;
  readonly accountKeys: Verifier;
  /** How often a leader looks whether transactions wait for a block. */
  readonly intervalNs: Nanos;
  readonly mempool?: MempoolLimits;
  readonly observer?: RaftObserver;
}

/** Is told what happens to a replica. After a crash it is told again of what the log still holds. */
export interface RaftObserver {
  /** A block is committed and executed, with what became of its transactions. */
  onFinal?(height: number, body: BlockBody, outcomes: readonly Outcome[]): void;
}

type Context = ReplicaContext<RaftMessage>;

/**
 * The pool of a replica and the blocks that it makes of it when it leads. Blocks stand in the log as entries, so what is
 * committed is final. Raft believes its replicas, but not their clients: nobody executes what is not signed.
 */
export class RaftBlocks {
  readonly mempool: Mempool;
  readonly #options: RaftBlocksOptions;
  readonly #clients = new ClientDesk();
  #height = 0;

  constructor(options: RaftBlocksOptions) {
    assert(options.intervalNs > 0, "blocks have an interval");
    this.#options = options;
    this.mempool = new Mempool(options.mempool);
  }

  get intervalNs(): Nanos {
    return this.#options.intervalNs;
  }

  /** Blocks executed so far. */
  get height(): number {
    return this.#height;
  }

  /** Takes a transaction from a client, and tells the other members, since any of them may lead next. */
  take(context: Context, node: RaftNode, { transaction }: Submission, from: number): void {
    if (!isSigned(transaction, this.#options.accountKeys)) return;
    const admission = this.mempool.add(transaction, this.#executed);
    const members = membersOf(node.configuration);
    if (members.includes(from)) return;
    const answer = admission === "nonce is used" ? this.#clients.answerTo(transaction) : undefined;
    if (answer !== undefined) context.send(from, answer);
    if (admission !== "added" && admission !== "known") return;
    this.#clients.register(transaction, from);
    for (const to of members) if (to !== context.self) context.send(to, { kind: "submission", transaction });
  }

  /** Has a leader propose a block of what waits, behind those that are under way. */
  propose(node: RaftNode): void {
    if (!node.takesCommands || this.mempool.size === 0) return;
    const { log } = node.state;
    const underWay = log.between(log.applied + 1, log.lastIndex).flatMap(({ command }) => {
      return command.kind === "block" ? [command.body] : [];
    });
    const { machine } = this.#options;
    const next = nextNoncesAfter(underWay, this.#executed);
    const body = this.mempool.select(BLOCK_TRANSACTIONS_MAX, next, (account) => machine.feeBudget(account));
    if (body.length > 0) node.propose({ kind: "block", body });
  }

  /** Executes a committed block. */
  execute(context: Context, body: BlockBody): void {
    const { machine, accountKeys, observer } = this.#options;
    const height = ++this.#height;
    const signed = body.filter((transaction) => this.mempool.has(transaction) || isSigned(transaction, accountKeys));
    const outcomes: Outcome[] = [];
    for (const { words } of signed) {
      const result = machine.apply(words, 0);
      // What came out of turn has left no trace, and may come again in its turn.
      if (result !== LedgerAnswer.wrongNonce) outcomes.push({ kind: "outcome", words, height, result });
    }
    this.mempool.removeUsed(signed, this.#executed);
    observer?.onFinal?.(height, signed, outcomes);
    for (const outcome of outcomes) {
      const client = this.#clients.take(outcome);
      if (client !== undefined) context.send(client, outcome);
    }
  }

  /** The machine has been put into the state after so many blocks. */
  restored(height: number): void {
    this.#height = height;
  }

  readonly #executed = (account: number): number => this.#options.machine.nextNonce(account);
}
