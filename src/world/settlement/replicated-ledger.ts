import { assert } from "../../core/assert.ts";
import type { Nanos } from "../../core/units.ts";
import { FinalityRecord } from "../../consensus/cluster/finality-record.ts";
import type { LedgerCluster, LedgerClusterOptions, LiarsMoney } from "../../consensus/cluster/ledger-cluster.ts";
import { proofOfWorkCluster } from "../../consensus/cluster/proof-of-work-cluster.ts";
import { raftCluster } from "../../consensus/cluster/raft-cluster.ts";
import { streamletCluster } from "../../consensus/cluster/streamlet-cluster.ts";
import { ed25519Keyring } from "../../consensus/ed25519.ts";
import { keyedHashKeyring } from "../../consensus/keyed-hash.ts";
import { AccountLedger } from "../../consensus/ledger/account-ledger.ts";
import type { Opening } from "../../consensus/ledger/accounts.ts";
import type { Keyring, SignatureScheme, Signer } from "../../consensus/signature.ts";
import type { Kernel } from "../../kernel/kernel.ts";
import type { Ledger } from "../../market/ledger.ts";
import { FEE_ACCOUNT } from "../../market/ledger.ts";
import type { LedgerSection } from "../scenario/ledger-schema.ts";
import { CLEARING_NAME, replicaNames } from "../scenario/ledger-schema.ts";
import { ClearingActor, UNDER_WAY_MAX } from "./clearing-actor.ts";
import { ClearingBook } from "./clearing-book.ts";
import type { Agreement } from "./ledger-audit.ts";
import { auditReplica } from "./ledger-audit.ts";

/** Coins of the account that settles, for its fees, and of the account that liars spend twice. */
const SETTLER_COINS = 1_000_000_000_000;
const LIARS_COINS = 1_000;

const SCHEMES: Readonly<Record<LedgerSection["signatures"], SignatureScheme>> = {
  keyedHash: keyedHashKeyring,
  ed25519: ed25519Keyring,
};

/** The venues' ledger as replicas keep it, and who settles there. */
export class ReplicatedLedger {
  readonly section: LedgerSection;
  readonly cluster: LedgerCluster;
  readonly clearing: ClearingActor;
  readonly record: FinalityRecord;
  /** The account that settles. */
  readonly account: number;

  /** Adds replicas and the clearing to the kernel. All accounts of the venues' ledger have been opened. */
  constructor(options: { readonly section: LedgerSection; readonly ledger: Ledger; readonly kernel: Kernel }) {
    const { section, ledger, kernel } = options;
    const { seed } = kernel;
    const book = new ClearingBook(ledger);
    this.section = section;
    this.account = ledger.accountCount;
    const scheme = SCHEMES[section.signatures];
    const keys = keyringFrom(this.account, scheme({ seed, group: "accounts", signers: 2 }));
    const money = { account: this.account + 1, keys };
    this.record = new FinalityRecord(() => kernel.nowNs);
    const allocation = new Map([
      [this.account, SETTLER_COINS],
      [money.account, LIARS_COINS],
    ]);
    const openings = [...book.openings(), ...coinsOnly(allocation, 1 + ledger.assets)];
    const settler = { account: this.account, feeAccount: FEE_ACCOUNT };
    const common: LedgerClusterOptions = {
      seed,
      replicas: replicaNames(section),
      clients: [CLEARING_NAME],
      signatures: scheme,
      accountKeys: keys.verifier,
      createLedger: () => new AccountLedger({ assets: 1 + ledger.assets, openings, settler }),
      mempool: { transactionsMax: 2 * UNDER_WAY_MAX, accountTransactionsMax: UNDER_WAY_MAX },
      blockIntervalNs: section.blockInterval,
      record: this.record,
    };
    this.cluster = createCluster(section, common, { money, allocation });
    this.clearing = new ClearingActor({
      book,
      account: this.account,
      signer: keys.signers[this.account],
      codec: this.cluster.codec,
      replicas: common.replicas,
      witnesses: this.cluster.witnesses,
      batchNs: section.batch,
      retryNs: section.retry,
      fee: section.fee,
    });
    for (const { name, actor } of this.cluster.members) kernel.add(name, actor);
    kernel.add(CLEARING_NAME, this.clearing);
  }

  /** For each honest replica: whether its ledger is the venues'. */
  audit(): { readonly name: string; readonly height: number; readonly batch: number; readonly state: Agreement }[] {
    return this.cluster.members.flatMap(({ name, isHonest, ledger }, number) => {
      if (!isHonest) return [];
      const state = auditReplica(ledger(), this.clearing, this.account);
      return [{ name, height: this.record.heightOf(number), batch: ledger().settledBatch, state }];
    });
  }

  leaderName(nowNs: Nanos): string | undefined {
    const leader = this.cluster.leader(nowNs);
    return leader === undefined ? undefined : this.cluster.members[leader].name;
  }
}

function createCluster(
  section: LedgerSection,
  common: LedgerClusterOptions,
  means: { readonly money: LiarsMoney; readonly allocation: ReadonlyMap<number, number> },
): LedgerCluster {
  const { raft, streamlet, proofOfWork, replicas } = section;
  const { money, allocation } = means;
  switch (section.protocol) {
    case "raft":
      return raftCluster({ ...common, heartbeatNs: raft.heartbeat, electionNs: raft.election });
    case "streamlet":
      return streamletCluster({ ...common, liars: lastOnes(replicas, streamlet.liars), money });
    case "proofOfWork": {
      const { confirmations, proof, liars } = proofOfWork;
      const powers = proofOfWork.powers ?? Array.from({ length: replicas }, () => 1);
      const minerAccount = (replica: number): number => money.account + 2 + replica;
      const own = { confirmations, proof, powers, minerAccount, allocation, money };
      return proofOfWorkCluster({ ...common, ...own, liars: lastOnes(replicas, liars) });
    }
  }
}

/** Liars are the last replicas, in the order in which the scenario has them. */
function lastOnes<Lie>(
  replicas: number,
  liars: readonly { readonly lie: Lie; readonly count: number }[],
): ReadonlyMap<number, Lie> {
  const lies = liars.flatMap(({ lie, count }) => Array.from({ length: count }, () => lie));
  assert(lies.length < replicas, "the check let pass that nobody is honest");
  return new Map(lies.map((lie, i) => [replicas - lies.length + i, lie]));
}

/** Keys of a few accounts behind those that never sign. */
function keyringFrom(first: number, keyring: Keyring): Keyring {
  const signers: Signer[] = [];
  for (const [i, signer] of keyring.signers.entries()) signers[first + i] = signer;
  return {
    signers,
    verifier: {
      verify: (signer, statement, signature) => keyring.verifier.verify(signer - first, statement, signature),
    },
  };
}

function coinsOnly(allocation: ReadonlyMap<number, number>, assets: number): Opening[] {
  return [...allocation].map(([account, coins]) => ({
    account,
    balances: [coins, ...Array.from({ length: assets - 1 }, () => 0)],
  }));
}
