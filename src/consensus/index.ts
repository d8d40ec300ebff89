/** Protocols by which replicas agree on an order of transactions, and what carries them in the kernel. */
export type { Block, NamedBlock } from "./block.ts";
export { genesisOf, named } from "./block.ts";
export type { BlockBody } from "./block-body.ts";
export { BLOCK_TRANSACTIONS_MAX } from "./block-body.ts";
export type { AccountMachine } from "./account-machine.ts";
export { LedgerAnswer, NO_NONCE } from "./account-machine.ts";
export { blockForger } from "./byzantine/block-forger.ts";
export { Coalition } from "./byzantine/coalition.ts";
export type { CoalitionOptions } from "./byzantine/coalition.ts";
export { DeviantReplica } from "./byzantine/deviant-replica.ts";
export type { Deviation } from "./byzantine/deviant-replica.ts";
export { doubleVoter } from "./byzantine/double-voter.ts";
export { eclipser } from "./byzantine/eclipser.ts";
export type { EclipserOptions } from "./byzantine/eclipser.ts";
export { equivocatingLeader } from "./byzantine/equivocating-leader.ts";
export { lateReplica } from "./byzantine/late-replica.ts";
export type { DoubleSpender } from "./byzantine/lies.ts";
export { silentReplica } from "./byzantine/silent.ts";
export { voteWithholder } from "./byzantine/vote-withholder.ts";
export type { Outcome, Submission } from "./client-messages.ts";
export { FinalityRecord } from "./cluster/finality-record.ts";
export type { FinalBlock, FinalChain } from "./cluster/finality-record.ts";
export type {
  ClientCodec,
  LedgerCluster,
  LedgerClusterOptions,
  LedgerMember,
  LiarsMoney,
} from "./cluster/ledger-cluster.ts";
export { proofOfWorkCluster } from "./cluster/proof-of-work-cluster.ts";
export type { MiningLie, ProofOfWorkClusterOptions } from "./cluster/proof-of-work-cluster.ts";
export { raftCluster } from "./cluster/raft-cluster.ts";
export type { RaftClusterOptions } from "./cluster/raft-cluster.ts";
export { streamletCluster } from "./cluster/streamlet-cluster.ts";
export type { StreamletClusterOptions, StreamletLie } from "./cluster/streamlet-cluster.ts";
export type { Digest } from "./digest.ts";
export type { Disk } from "./disk.ts";
export type { ChangeKind, MemberChange, MembershipChange } from "./raft/conf-change.ts";
export { configurationOf, NO_REPLICA } from "./raft/configuration.ts";
export type { Configuration } from "./raft/configuration.ts";
export type { Answer, AnswerOutcome, ClientRequest, RaftMessage } from "./raft/messages.ts";
export { RaftClient } from "./raft/raft-client.ts";
export type { ClientTask, RaftClientOptions } from "./raft/raft-client.ts";
export { raftCodec } from "./raft/raft-codec.ts";
export { RaftReplica } from "./raft/raft-replica.ts";
export type { RaftBlocksOptions, RaftObserver } from "./raft/raft-blocks.ts";
export type { RaftReplicaOptions } from "./raft/raft-replica.ts";
export type { ReadableMachine } from "./raft/replicated-state.ts";
export { AccountLedger, hashBalances } from "./ledger/account-ledger.ts";
export type { AccountLedgerOptions } from "./ledger/account-ledger.ts";
export type { Opening } from "./ledger/accounts.ts";
export {
  clearWords,
  COIN,
  LedgerKind,
  LEGS_MAX,
  markWords,
  tradeWords,
  transferWords,
} from "./ledger/ledger-transaction.ts";
export type { Leg, Mark, Trade, Transfer, Turn } from "./ledger/ledger-transaction.ts";
export { ed25519Keyring } from "./ed25519.ts";
export { keyedHashKeyring } from "./keyed-hash.ts";
export { ACCOUNT_TRANSACTIONS_MAX, Mempool, MEMPOOL_TRANSACTIONS_MAX } from "./mempool.ts";
export type { Admission, MempoolLimits, NextNonces } from "./mempool.ts";
export { SimulatedDisk } from "./simulated-disk.ts";
export { MESSAGE_WORDS_MAX, ReplicaActor } from "./replica-actor.ts";
export type { ReplicaActorOptions } from "./replica-actor.ts";
export { TRANSACTION_WORDS } from "./replica.ts";
export type { Codec, ReplicatedMachine, Replica, ReplicaContext } from "./replica.ts";
export { SIGNATURE_WORDS } from "./signature.ts";
export type { Keyring, KeyringOptions, Signature, SignatureScheme, Signer, Verifier } from "./signature.ts";
export { streamletCodec } from "./streamlet/codec.ts";
export { isProof } from "./streamlet/evidence.ts";
export type { Evidence } from "./streamlet/evidence.ts";
export type { StreamletMessage } from "./streamlet/message.ts";
export type { StreamletObserver, StreamletOptions } from "./streamlet/options.ts";
export { StreamletReplica } from "./streamlet/replica.ts";
export { epochAt, epochStartNs, leaderOf, quorumOf, REPLICAS_MAX, toleratedBy } from "./streamlet/rules.ts";
export { isSigned, signTransaction, TransactionWord } from "./transaction.ts";
export type { SignedTransaction } from "./transaction.ts";
export * as proofOfWork from "./proof-of-work/index.ts";
