import type { Outcome, Submission } from "../../src/consensus/client-messages.ts";
import { transferWords } from "../../src/consensus/ledger/ledger-transaction.ts";
import type { Replica, ReplicaContext } from "../../src/consensus/replica.ts";
import type { Keyring } from "../../src/consensus/signature.ts";
import type { SignedTransaction } from "../../src/consensus/transaction.ts";
import { signTransaction, transactionKey, TransactionWord } from "../../src/consensus/transaction.ts";
import type { RandomStream } from "../../src/core/random.ts";
import { oneOf } from "../simulation/draws.ts";
import { violated } from "../simulation/violation.ts";

type Context = ReplicaContext<Submission | Outcome>;

export interface LedgerClientOptions {
  /** Whose money it spends. */
  readonly account: number;
  readonly accounts: Keyring;
  /** To whom it may send. */
  readonly receivers: readonly number[];
  readonly amountMax: number;
  readonly replicas: number;
  readonly retryNs: number;
  /** How often it spends the same money twice, at two replicas. */
  readonly doubleSpends: number;
  /** Whether what is final may never be taken back. */
  readonly finality: "for good" | "a bet";
  /** Whether what this replica says can be relied upon. */
  readonly isHonest: (replica: number) => boolean;
  readonly random: RandomStream;
  readonly onDone: () => void;
}

/** So many of its last transactions are sent again when nobody answers: a branch may have been undone with them. */
const SENT_AGAIN = 8;

/** A client that spends its money, one transaction after the other, and asks again until it hears what became of it. */
export class LedgerClient implements Replica<Submission | Outcome> {
  readonly #options: LedgerClientOptions;
  #nonce = 0;
  #pending = false;
  /** By nonce: all that it has signed. */
  readonly #signed: SignedTransaction[][] = [];
  readonly #outcomes = new Map<string, string>();

  constructor(options: LedgerClientOptions) {
    this.#options = options;
  }

  get isPending(): boolean {
    return this.#pending;
  }

  /** Transactions of which it has heard that they are final. */
  get settled(): number {
    return this.#nonce;
  }

  onStart(): void {}

  /** Spends, unless the last transaction is not settled yet. */
  spend(context: Context): void {
    if (this.#pending) return;
    const { random, doubleSpends } = this.#options;
    this.#pending = true;
    const copies = random.chance(doubleSpends) ? 2 : 1;
    this.#signed[this.#nonce] = Array.from({ length: copies }, () => this.#sign());
    this.#submit(context, this.#nonce);
    context.setTimer(this.#options.retryNs, this.#nonce);
  }

  onMessage(_context: Context, from: number, message: Submission | Outcome): void {
    if (message.kind !== "outcome" || !this.#options.isHonest(from)) return;
    const { account, finality, onDone } = this.#options;
    const nonce = message.words[TransactionWord.nonce];
    if (message.words[TransactionWord.account] !== account) {
      violated("clients hear of their own", `${from} tells account ${account} of somebody else's money`);
    }
    const signed = this.#signed[nonce] ?? [];
    const isOwn = signed.some(({ words }) => words.every((word, i) => word === message.words[i]));
    if (!isOwn) violated("every transaction is signed", `${from} tells of one that ${account} never signed`);
    if (finality === "for good") this.#mustBeTheSame(message);
    if (!this.#pending || nonce < this.#nonce) return;
    this.#nonce = nonce + 1;
    this.#pending = false;
    onDone();
  }

  /** The tag is the nonce that was not settled when the timer was set. */
  onTimer(context: Context, tag: number): void {
    if (!this.#pending || tag !== this.#nonce) return;
    for (let nonce = Math.max(0, tag - SENT_AGAIN); nonce <= tag; nonce++) this.#submit(context, nonce);
    context.setTimer(this.#options.retryNs, tag);
  }

  #sign(): SignedTransaction {
    const { account, accounts, receivers, amountMax, random } = this.#options;
    const to = oneOf(random, receivers);
    const fee = random.integer(0, 2);
    const words = transferWords({ account, to, amount: random.integer(0, amountMax), fee, nonce: this.#nonce });
    return signTransaction(words, accounts.signers[account]);
  }

  #submit(context: Context, nonce: number): void {
    const { replicas, random } = this.#options;
    for (const transaction of this.#signed[nonce] ?? []) {
      context.send(random.integer(0, replicas - 1), { kind: "submission", transaction });
    }
  }

  /** Of what is final for good there is one story. */
  #mustBeTheSame({ words, height, result }: Outcome): void {
    const key = transactionKey(words);
    const told = `${words.join(" ")} at height ${height}, answer ${result}`;
    const before = this.#outcomes.get(key);
    if (before !== undefined && before !== told)
      violated("exactly once", `${key} was final as ${before}, then as ${told}`);
    this.#outcomes.set(key, told);
  }
}
