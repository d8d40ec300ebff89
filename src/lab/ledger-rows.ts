import { formatDuration } from "../core/duration.ts";
import { grouped } from "./grouped.ts";
import type { LedgerSummary } from "./ledger-summary.ts";

/** What became of the replicated ledger, in words: for the terminal and the report. */
export function ledgerRows(ledger: LedgerSummary): [string, string][] {
  const { finality, states } = ledger;
  const count = (value: number): string => grouped(String(value));
  const time = (ns: number): string => (ledger.batchesFinal === 0 ? "-" : formatDuration(Math.round(ns / 1e6) * 1e6));
  return [
    ["protocol", `${ledger.protocol}, ${ledger.replicas} replicas${ledger.liars > 0 ? `, ${ledger.liars} lie` : ""}`],
    ["batches", `${count(ledger.batchesFinal)} of ${count(ledger.batches)} final`],
    [
      "transactions",
      `${count(ledger.transactionsFinal)} final in ${count(ledger.blocksFinal)} blocks, ${ledger.transactionsPerSecond.toFixed(1)} a second, ${count(ledger.transactionsRefused)} without effect`,
    ],
    [
      "time to finality",
      `median ${time(finality.p50Ns)}, 99 % ${time(finality.p99Ns)}, longest ${time(finality.maxNs)}`,
    ],
    [
      "reorganisations",
      `${count(ledger.reorganisations)}, the deepest of ${count(ledger.deepestReorganisation)} blocks; ${count(ledger.reverted)} final blocks undone`,
    ],
    ["forks of what is final", count(ledger.forks)],
    ["spent twice", count(ledger.spentTwice)],
    ["caught lying", ledger.caught.length === 0 ? "nobody" : ledger.caught.join(", ")],
    ...states.map(({ name, height, batch, state }): [string, string] => {
      const words = { equal: "the venues' balances", behind: "behind", different: "OTHER BALANCES" }[state];
      return [name, `${words}, final up to block ${count(height)}, checked after batch ${count(batch)}`];
    }),
  ];
}
