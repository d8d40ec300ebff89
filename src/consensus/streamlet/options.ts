import type { Nanos } from "../../core/units.ts";
import type { AccountMachine } from "../account-machine.ts";
import type { NamedBlock } from "../block.ts";
import type { Outcome } from "../client-messages.ts";
import type { Disk } from "../disk.ts";
import type { MempoolLimits } from "../mempool.ts";
import type { Signer, Verifier } from "../signature.ts";
import type { Evidence } from "./evidence.ts";

export interface StreamletOptions {
  /** n = 3f + 1. They are numbered from 0; clients come behind them. */
  readonly replicas: number;
  /** Number of the chain, which decides its genesis block and who leads when. */
  readonly chain: number;
  /** Delta: how long a message takes at most once the network is well. An epoch lasts twice as long. */
  readonly deltaNs: Nanos;
  /** This replica's. */
  readonly signer: Signer;
  readonly replicaKeys: Verifier;
  readonly accountKeys: Verifier;
  readonly disk: Disk;
  /** In its first state: the replica hands it every final transaction, those of before a crash too. */
  readonly machine: AccountMachine;
  readonly mempool?: MempoolLimits;
  readonly observer?: StreamletObserver;
}

/** Is told what happens to a replica, each once. What a replica finds again on its disk after a crash is not told. */
export interface StreamletObserver {
  /** A block is final and executed, with what became of its transactions. */
  onFinal?(block: NamedBlock, outcomes: readonly Outcome[]): void;
  /** A replica was caught: proof that anyone can check. */
  onEvidence?(evidence: Evidence): void;
}
