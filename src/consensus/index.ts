/** Protocols by which replicas agree on an order of transactions, and what carries them in the kernel. */
export type { Disk } from "./disk.ts";
export type { ChangeKind, MemberChange, MembershipChange } from "./raft/conf-change.ts";
export { configurationOf, NO_REPLICA } from "./raft/configuration.ts";
export type { Configuration } from "./raft/configuration.ts";
export type { Answer, AnswerOutcome, ClientRequest, RaftMessage } from "./raft/messages.ts";
export { RaftClient } from "./raft/raft-client.ts";
export type { ClientTask, RaftClientOptions } from "./raft/raft-client.ts";
export { raftCodec } from "./raft/raft-codec.ts";
export { RaftReplica } from "./raft/raft-replica.ts";
export type { RaftReplicaOptions } from "./raft/raft-replica.ts";
export type { ReadableMachine } from "./raft/replicated-state.ts";
export { MESSAGE_WORDS_MAX, ReplicaActor } from "./replica-actor.ts";
export type { ReplicaActorOptions } from "./replica-actor.ts";
export { TRANSACTION_WORDS } from "./replica.ts";
export type { Codec, ReplicatedMachine, Replica, ReplicaContext } from "./replica.ts";
