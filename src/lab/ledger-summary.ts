import type { Nanos } from "../core/units.ts";
import { NS_PER_SECOND } from "../core/units.ts";
import type { Agreement } from "../world/settlement/ledger-audit.ts";
import type { ReplicatedLedger } from "../world/settlement/replicated-ledger.ts";

/** What the replicas of the ledger did, and whether what they keep is what the venues say. */
export interface LedgerSummary {
  readonly protocol: string;
  /** Of which so many lie. */
  readonly replicas: number;
  readonly liars: number;
  readonly batches: number;
  readonly batchesFinal: number;
  /** Signed transactions that the venues sent, and those of anybody that are final; of these, without effect. */
  readonly transactions: number;
  readonly transactionsFinal: number;
  readonly transactionsRefused: number;
  readonly blocksFinal: number;
  readonly transactionsPerSecond: number;
  /** From when a batch was closed until its last transaction was final. */
  readonly finality: { readonly meanNs: Nanos; readonly p50Ns: Nanos; readonly p99Ns: Nanos; readonly maxNs: Nanos };
  readonly reorganisations: number;
  readonly deepestReorganisation: number;
  /** Blocks that a replica had taken to be final, and undid; of all replicas together, as are reorganisations. */
  readonly reverted: number;
  /** Heights at which honest replicas have different final blocks. */
  readonly forks: number;
  /** Transactions that are twice on the final chain. Any is a bug. */
  readonly spentTwice: number;
  /** Replicas that were caught lying, with proof. */
  readonly caught: readonly string[];
  readonly states: readonly {
    readonly name: string;
    readonly height: number;
    /** The last batch after which its balances were those that the venues stated. */
    readonly batch: number;
    readonly state: Agreement;
  }[];
}

export function summarizeLedger(ledger: ReplicatedLedger): LedgerSummary {
  const { section, cluster, clearing, record } = ledger;
  const chain = record.finalChain();
  const latencies = clearing.latenciesNs.toSorted((a, b) => a - b);
  const sum = latencies.reduce((total, ns) => total + ns, 0);
  return {
    protocol: section.protocol,
    replicas: cluster.members.length,
    liars: cluster.members.filter(({ isHonest }) => !isHonest).length,
    batches: clearing.batchesClosed,
    batchesFinal: latencies.length,
    transactions: clearing.submitted,
    transactionsFinal: chain.transactions,
    transactionsRefused: chain.refused,
    blocksFinal: chain.blocks,
    transactionsPerSecond: chain.spanNs === 0 ? 0 : (chain.transactions * NS_PER_SECOND) / chain.spanNs,
    finality: {
      meanNs: latencies.length === 0 ? 0 : sum / latencies.length,
      p50Ns: quantile(latencies, 0.5),
      p99Ns: quantile(latencies, 0.99),
      maxNs: latencies.at(-1) ?? 0,
    },
    reorganisations: record.reorganisations,
    deepestReorganisation: record.deepestReorganisation,
    reverted: record.reverted,
    forks: record.forks().length,
    spentTwice: chain.spentTwice.length,
    caught: [...record.culprits].toSorted((a, b) => a - b).map((number) => cluster.members[number].name),
    states: ledger.audit(),
  };
}

/** The value below which a part of them lies: the smallest that has at least that part at or below it. */
function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
