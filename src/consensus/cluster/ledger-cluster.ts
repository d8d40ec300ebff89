import type { Nanos } from "../../core/units.ts";
import type { Actor } from "../../kernel/actor.ts";
import type { AccountLedger } from "../ledger/account-ledger.ts";
import type { MempoolLimits } from "../mempool.ts";
import type { Keyring, SignatureScheme, Verifier } from "../signature.ts";
import type { FinalityRecord } from "./finality-record.ts";

/** What replicas of a ledger have in common, whatever their protocol. */
export interface LedgerClusterOptions {
  readonly seed: number;
  /** Names of the replicas' actors. */
  readonly replicas: readonly string[];
  /** Names of their clients' actors. */
  readonly clients: readonly string[];
  /** How replicas sign. */
  readonly signatures: SignatureScheme;
  /** Tells whether an account has signed. */
  readonly accountKeys: Verifier;
  /** Makes the ledger in its first state, the same for all. */
  readonly createLedger: () => AccountLedger;
  readonly mempool: MempoolLimits;
  /** The time that a block takes: Raft's leader makes one so often, an epoch of Streamlet lasts so long, a block is mined so often on average. */
  readonly blockIntervalNs: Nanos;
  /** Is told what honest replicas make final. */
  readonly record: FinalityRecord;
}

/** Whatever is sent to a client, and what it sends: see `client-messages.ts`. */
export interface ClientCodec {
  encode(
    message: { readonly kind: "submission"; readonly transaction: { words: Int32Array; signature: Int32Array } },
    words: Int32Array,
    at: number,
  ): number;
  decode(words: Int32Array, at: number): { readonly kind: string } | undefined;
}

/** Replicas of a ledger that are ready to go into a kernel, in the order of their names. */
export interface LedgerCluster {
  readonly codec: ClientCodec;
  readonly members: readonly LedgerMember[];
  /** Replicas that must say so before a client believes that something is final: one more than may lie. */
  readonly witnesses: number;
  /** The member that leads at the moment, if the protocol has leaders. */
  leader(nowNs: Nanos): number | undefined;
}

export interface LedgerMember {
  readonly name: string;
  readonly actor: Actor;
  readonly isHonest: boolean;
  /** As it is now: a crash makes another one. */
  readonly ledger: () => AccountLedger;
}

/** A liar's account, and the keys of all. */
export interface LiarsMoney {
  readonly account: number;
  readonly keys: Keyring;
}
